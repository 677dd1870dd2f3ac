"""What the system says in English reaches a person in Dutch, wherever it happens."""

from __future__ import annotations

import errno
import os
import socket
import tomllib
from typing import TYPE_CHECKING

import pytest

import triage_rules
from console import cli, credentials
from console.dutch_errors import in_dutch, toml_in_dutch, utf8_in_dutch
from console.record import Home, HomeRefused
from console.settings import SettingsError, load
from console.toml_lines import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Prepare = Callable[[Path], object]

ENGLISH = ("No such", "directory", "Permission", "Invalid", "line ", "codec", "byte", "Errno", "Address", "column")


def assert_dutch(said: str) -> None:
    assert not [word for word in ENGLISH if word in said], said


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_every_number_of_the_system_has_dutch_words(number: int) -> None:
    said = in_dutch(OSError(number, os.strerror(number)))
    assert os.strerror(number) not in said


def test_a_rare_reason_keeps_its_number() -> None:
    assert in_dutch(OSError(errno.EXFULL, "Exchange full")) == f"het systeem weigert het (fout {errno.EXFULL})"
    assert in_dutch(OSError("no number at all")) == "het systeem weigert het (fout zonder nummer)"
    assert in_dutch(socket.gaierror(-2, "Name or service not known")) == "die naam is niet te vinden"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a = ", "aan het eind van het bestand"),
        ("a = 1\nb = 2x\n", "regel 2, teken 6"),
        ('a = """', "aan het eind van het bestand"),
        ("a = 1\na = 2\n", "regel 2, teken 6"),
    ],
)
def test_a_fault_in_toml_is_given_by_its_place(text: str, where: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    assert toml_in_dutch(caught.value) == where


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a = 1\nb = " + "9" * 4_301, "regel 2, teken 5"),
        ("a = 1\n\nb = " + "[" * 3_000, "regel 3, teken 5"),
        ("b = " + "{a = " * 3_000, "regel 1, teken 5"),
    ],
)
def test_what_the_reader_of_toml_gives_up_on_is_a_fault_in_the_toml_too(text: str, where: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        read(text)
    assert toml_in_dutch(caught.value) == where


def test_bytes_that_are_no_utf8_are_given_by_their_line() -> None:
    with pytest.raises(UnicodeDecodeError) as caught:
        b"een\ntwee\n\xff".decode()
    assert utf8_in_dutch(caught.value) == "regel 3 is geen UTF-8"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda file: file.write_text("cad_naam = \n"), "geen geldig TOML (regel 1, teken 12)"),
        (lambda file: file.write_bytes(b'# a\ncad_naam = "\xe9"\n'), "regel 2 is geen UTF-8"),
        (lambda file: file.mkdir(), "het is een map"),
    ],
)
def test_settings_that_cannot_be_read(tmp_path: Path, make: Prepare, said: str) -> None:
    make(tmp_path / "instellingen.toml")
    with pytest.raises(SettingsError) as caught:
        load({"MELDKAMER_HOME": str(tmp_path)})
    assert said in str(caught.value)
    assert_dutch(str(caught.value).replace(str(tmp_path), ""))


def test_a_data_folder_inside_a_file(tmp_path: Path) -> None:
    (tmp_path / "bestand").touch()
    with pytest.raises(HomeRefused, match="er staat al iets met die naam"):
        Home.prepare(tmp_path / "bestand" / "data")


def test_a_policy_and_answers_that_are_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MELDKAMER_HOME", str(tmp_path))
    for path, said in ((tmp_path / "weg", "het bestaat niet"), (tmp_path, "het is een map")):
        with pytest.raises(triage_rules.PolicyError, match=said):
            triage_rules.load(path)
        assert cli.run(["triage", "--answers", str(path)]) == 2
        assert cli.run(["beleid", "compileer", str(triage_rules.PACK), str(path / "x" / "y")]) == 2
        shown = capsys.readouterr().err
        assert said in shown
        assert_dutch(shown)


def test_broken_yaml_is_told_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "beleid.yaml"
    file.write_text("id: tpdc\nnaam: 'open\n")
    with pytest.raises(triage_rules.PolicyError, match=r"beleid\.yaml, regel \d: Dit is geen geldige YAML\.") as caught:
        triage_rules.read_pack(file)
    assert_dutch(str(caught.value))


def test_a_credential_that_is_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(credentials.DIRECTORY_VARIABLE, str(tmp_path))
    (tmp_path / "cad_token").mkdir()
    with pytest.raises(credentials.CredentialError, match="het is een map"):
        credentials.find("cad_token")
