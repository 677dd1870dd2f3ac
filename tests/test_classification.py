"""The room's own table of classes: what is wrong with it is said by file and line, before anything must go."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console.cad import names
from console.cad.adapters import choose
from console.cad.client import HttpCad
from console.cad.peer import NoCad
from console.classification import ClassificationError, classifications, read_classifications
from console.desk import open_desk
from console.settings import Settings
from console.times import now
from tests.cad.test_ticketscad import TABLE_TEXT
from triage_rules import PolicyError

if TYPE_CHECKING:
    from collections.abc import Iterator

OWN = files("console").joinpath("classification.toml").read_text(encoding="utf-8")
EIDO = Path(names.__file__).with_name("eido.toml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    yield
    classifications.cache_clear()


def line_with(text: str) -> int:
    return next(number for number, line in enumerate(OWN.splitlines(), 1) if line.startswith(text))


@pytest.mark.parametrize(
    ("was", "becomes", "line", "said"),
    [
        ('ransomware = "vodgcc"', 'ransomware = "vodgxx"', "ransomware", "vorm ransomware noemt 'vodgxx'"),
        ('ransomware = "vodgcc"', "ransomware = 3", "ransomware", "vorm ransomware noemt 3"),
        ('ransomware = "vodgcc"', "", "[vormen]", "noemt deze vormen niet: ransomware"),
        ('vostk = "Veiligheid', 'vostk = "" # "Veiligheid', "vostk", "bij code vostk hoort een tekst"),
        ('code = "dvpooe"', "", "[oefening]", "precies een code en een tekst"),
        ("[codes]", "[code]", "", "precies deze delen"),
        ("[codes]", "[codes", "", "geen geldig TOML"),
    ],
)
def test_a_table_that_cannot_be_right_is_refused_by_file_and_line(
    tmp_path: Path, was: str, becomes: str, line: str, said: str
) -> None:
    assert was in OWN
    path = tmp_path / "klassen.toml"
    path.write_text(OWN.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(ClassificationError, match=re.escape(said)) as refused:
        classifications(path)
    place = f"({path}, regel {line_with(line)})" if line else f"({path})"
    assert place in str(refused.value)


def test_a_table_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(ClassificationError, match="het bestaat niet"):
        classifications(tmp_path / "weg")
    (tmp_path / "b").write_bytes(b"a\n\xff")
    with pytest.raises(ClassificationError, match="regel 2 is geen UTF-8"):
        classifications(tmp_path / "b")
    assert read_classifications(OWN, "x") == classifications()


async def test_a_console_with_a_wrong_table_does_not_start(tmp_path: Path) -> None:
    path = tmp_path / "klassen.toml"
    path.write_text("")
    room = Settings(home=tmp_path / "huis", classifications=path)
    desk = open_desk(room, operator="a", terminal="", os_user="a", clock=now)
    try:
        with pytest.raises(PolicyError, match=re.escape(str(path))):
            await desk.warm_up()
    finally:
        await desk.close()


def test_the_table_of_the_room_and_that_of_its_cad_fit_each_other_before_anything_goes(tmp_path: Path) -> None:
    own, cad = tmp_path / "klassen.toml", tmp_path / "cad.toml"
    room = Settings(home=tmp_path, cad_url="http://127.0.0.1:9", classifications=own, cad_table=cad)
    own.write_text(f'{OWN}nieuwe_vorm = "vostk"\n', encoding="utf-8")
    cad.write_text(EIDO, encoding="utf-8")
    lacking = choose(room)
    assert isinstance(lacking, NoCad)
    line = EIDO.splitlines().index("[vormen]") + 1
    assert lacking.why == (
        f"de tabel van cad_tabel is onbruikbaar ({cad}, regel {line}): "
        "[vormen] noemt deze vormen niet: nieuwe_vorm; geef elk een code uit het register"
    )
    cad.write_text(f'{EIDO}nieuwe_vorm = "HARR"\n', encoding="utf-8")
    assert isinstance(choose(room), HttpCad)
    classifications.cache_clear()
    own.write_text(OWN.replace('code = "dvpooe"', 'code = "vostk"'), encoding="utf-8")
    mixed = choose(room)
    assert isinstance(mixed, NoCad)
    assert "oefening.classificaties hoort vostk te noemen" in mixed.why


def test_a_class_without_an_incident_type_is_named_at_the_start(tmp_path: Path) -> None:
    table = tmp_path / "t.toml"
    table.write_text(TABLE_TEXT)
    chosen = choose(Settings(home=tmp_path, cad_kind="ticketscad", cad_url="http://127.0.0.1:9", cad_table=table))
    assert isinstance(chosen, NoCad)
    line = TABLE_TEXT.splitlines().index("[soorten]") + 1
    assert chosen.why.startswith(f"de tabel van cad_tabel is onbruikbaar ({table}, regel {line}): [soorten] noemt deze")
    assert "vodgcc" in chosen.why
    assert "vodgdc" not in chosen.why
