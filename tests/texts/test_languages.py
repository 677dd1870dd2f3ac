"""What a language must give: every room its module, every name its text; a language that lacks one is told which."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from uuid import uuid4

import pytest

import console
from console import texts
from console.domain.referral import directory
from console.texts import nl, words
from tests.texts.language import lacking, not_text, rooms, unused, words_of

LANGUAGES = [
    import_module(f"{texts.__name__}.{found.name}") for found in pkgutil.iter_modules(texts.__path__) if found.ispkg
]
DUTCH = rooms(nl)
SOURCE = Path(nl.__path__[0])
CONSOLE = Path(console.__file__).parent


@pytest.fixture
def frisian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., ModuleType]:
    """Makes a language of the Dutch one with some files written otherwise; None leaves a file out."""

    def make(**written: Callable[[str], str | None]) -> ModuleType:
        package = tmp_path / f"frisian_{uuid4().hex}"
        package.mkdir()
        for path in SOURCE.iterdir():
            if path.suffix not in {".py", ".toml"}:
                continue
            text = path.read_text(encoding="utf-8")
            changed = written.get(path.stem, str)("" if path.stem == "__init__" else text)
            if changed is not None:
                (package / path.name).write_text(changed, encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))
        return import_module(package.name)

    return make


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.__name__)
def test_every_language_is_complete(language: ModuleType) -> None:
    assert lacking(nl, language) == []
    assert lacking(language, nl) == []


@pytest.mark.parametrize("room", DUTCH, ids=str)
def test_a_room_of_a_language_holds_text_and_what_gives_text(room: str) -> None:
    assert words_of(DUTCH[room])
    assert not_text(DUTCH[room]) == []


@pytest.mark.parametrize("room", DUTCH, ids=str)
def test_every_room_can_be_reached_by_its_name(room: str) -> None:
    assert getattr(words, room) is DUTCH[room]
    assert room in nl.__all__


def test_every_word_is_said_somewhere() -> None:
    assert unused(nl, CONSOLE.rglob("*.py")) == []


def test_a_word_that_nobody_says_is_named(frisian: Callable[..., ModuleType]) -> None:
    language = frisian(queue=lambda text: f'{text}\n\nGREETING: Final = "Goeie!"\n')
    assert set(unused(language, CONSOLE.rglob("*.py"))) - set(unused(nl, CONSOLE.rglob("*.py"))) == {"queue.GREETING"}


def test_a_language_that_lacks_something_is_told_what(frisian: Callable[..., ModuleType]) -> None:
    language = frisian(
        queue=lambda text: text.replace("FILTER_HINT:", "SEARCH_HINT:"),
        asking=lambda text: text.replace("(number: str, count: int)", "(count: int, number: str)"),
        terms=lambda text: text.replace('Stage.WAITING: "WACHT", ', ""),
        call_list=lambda text: text.replace("CHANNEL: Final = {", "CHANNEL: Final = '112'\nOTHER: Final = {"),
        outcome=lambda _text: None,
        zeg=lambda text: text.replace('id = "deur"', 'id = "doar"'),
        verwijzing=lambda _text: None,
    )
    organisations = sorted(f"verwijzing.toml instantie {each.id}" for each in directory())
    assert lacking(nl, language) == [
        "asking.jumped_too_far(number: 'str', count: 'int')",
        "call_list.CHANNEL: a table in one of the two",
        "outcome",
        "queue.FILTER_HINT",
        "terms.STAGE[wacht]",
        *organisations,
        "zeg.toml zeg deur",
    ]


def test_a_language_with_the_same_names_lacks_nothing(frisian: Callable[..., ModuleType]) -> None:
    language = frisian(queue=lambda text: text.replace("zoek op nummer", "sykje op nûmer"))
    assert lacking(nl, language) == []
    assert rooms(language)["queue"].FILTER_HINT.startswith("sykje op nûmer")


def test_what_is_no_text_is_named(frisian: Callable[..., ModuleType]) -> None:
    language = frisian(queue=lambda text: f"{text}\n\nLIMIT: Final = 80\n\n\ndef many() -> int:\n    return LIMIT\n")
    assert not_text(rooms(language)["queue"]) == ["LIMIT", "many"]
