"""Screens and widgets hold no words: those stand in one place per language, where they change without code."""

from __future__ import annotations

from pathlib import Path

import pytest

import console
from tests.texts.in_source import words_in

ROOMS = ("screens", "widgets")
FILES = sorted(path for room in ROOMS for path in (Path(console.__file__).parent / room).rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_words_stand_in_the_language_package(path: Path) -> None:
    assert words_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        'x = "Er wachten geen meldingen."',
        'x = "eerste woorden"',
        'x = f"prio {n}"',
        'x = f"{n} uur"',
        'x = "ONBEKEND"',
        'TITLE_WORDS = "melding"',
        'Binding("n", "new", "nieuw", id="a.b")',
        'Binding("n", "new", description="nieuw")',
        'LineInput(placeholder="zoek")',
        'Static(Content("leeg"))',
        'self.say("weg" if gone else "")',
        'place = found or "onbekend"',
        'def f():\n    return "nee" if x else ""',
        'self._list.update(Content(f"{x}  In eigen woorden"))',
        'lines.append("klaar")',
        "x = f\"{a if a else 'geen naam'}\"",
        'Static("(meer)", id="x")',
    ],
)
def test_words_are_found_wherever_they_are_shown(source: str) -> None:
    assert len(words_in(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        '"""The words of a docstring."""',
        'DEFAULT_CSS = "Name { height: auto; }"',
        'Binding("shift+tab,up", "app.focus_previous", words.facts.PREVIOUS, id="gegevens.vorige")',
        "x = f\"choose('{key}')\"",
        'raise RuntimeError(f"{key} has two meanings")',
        'kind == "keuze"',
        'answers.get("vorm")',
        'Content.styled(line, "bold" if at_cursor else "")',
        'Vertical(id="links", classes="titel breed")',
        'x: "list[Sequence | None]" = []',
        'x = f"{a} | {b}"',
        'return_style = "reverse"',
    ],
)
def test_what_programs_read_is_left_alone(source: str) -> None:
    assert words_in(source) == []
