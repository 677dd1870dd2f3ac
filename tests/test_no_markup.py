"""No text from outside can reach what reads markup: the source of every module shows it, and planted ones are seen."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest
from textual.content import Content
from textual.widgets import Input, Static

import console
from console.widgets.line_input import LineInput
from console.widgets.said import Said
from tests.markup_sinks import offences

CONSOLE = Path(console.__file__).parent
FILES = sorted(CONSOLE.rglob("*.py"))
DRAWN = {"screens", "widgets", "terminal"}
NO_WIDGET = {
    "screens/bell.py": "self._due.update(due)",
    "terminal/environment.py": "environ.update(_OURS)",
}
"""Sets and mappings, whose `update` shows nothing."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CONSOLE)))
def test_nothing_reads_what_it_is_given_as_markup(path: Path) -> None:
    place = path.relative_to(CONSOLE)
    drawn = place.parts[0] in DRAWN
    names: dict[str, Any] = {}
    if drawn:
        names = vars(importlib.import_module(".".join(("console", *place.with_suffix("").parts))))
    found = offences(path.read_text(encoding="utf-8"), names, drawn=drawn)
    known = NO_WIDGET.get(str(place))
    assert [why for _line, why in found if known is None or not why.startswith(known)] == []
    assert known is None or found, "an exception that is not needed any more"


PLANTED = {"Static": Static, "Content": Content, "Input": Input, "LineInput": LineInput, "Said": Said}


class Shown(Static):
    """Stands for a widget of a module that is looked at; the planted source says what is in it."""


@pytest.mark.parametrize(
    "source",
    [
        "Static(caller.name)",
        "Static(f'naam {name}')",
        "Static('[b]naam[/b]')",
        "Static(content=words.x)",
        "Static(Content(a) if a else a)",
        "Static(a + Content(b))",
        "Static(one_line(text))",
        "Static(*texts)",
        "Static(Content(text), markup=True)",
        "Static(text, markup=marked)",
        "Said().update(text)",
        "self._next.update(text)",
        "self._next.update(str(error))",
        "self._next.update(content=text)",
        "self.notify(text)",
        "self.notify('klaar', title=name)",
        "self.app.bind('x', 'quit', description=text)",
        "self.border_title = text",
        "self.border_subtitle: str = text",
        "self.tooltip = f'{text}'",
        "self.title += text",
        "setattr(self, 'border_title', text)",
        "def say(text: Content, more: str):\n    Static(more)",
        "text: Content = Content('')\ndef say(text: str):\n    Static(text)",
        "Input(value=text, tooltip=text)",
        "widgets.Label(text)",
        "from textual.widgets import Label",
        "from textual.widgets import Markdown",
        "from textual.widgets.option_list import Option",
        "from rich.markup import escape",
        "from textual.markup import to_content",
        "import rich.markup",
        "from rich import print",
        "Content.from_markup(text)",
        "Content.from_text(text)",
        "Text.from_markup(text)",
        "self.render_str(text)",
        "Style(link=url)",
        "Style.from_meta({'@click': 'quit'})",
        "x = '[@click=app.quit]'",
        "class Shown(Static):\n    def render(self) -> str:\n        return text",
        "class Shown(Static):\n    def render(self):\n        return text",
        "class Shown(Static):\n    def visualize(self):\n        return text",
        "class Shown(Static):\n    def __init__(self, text):\n        super().__init__(text)",
        "class Shown(Static):\n    def __init__(self, text):\n        super().__init__(content=f'{text}', id='x')",
    ],
)
def test_a_planted_offender_is_seen(source: str) -> None:
    assert offences(source, {**PLANTED, "Shown": Shown}, drawn=True)


@pytest.mark.parametrize(
    "source",
    [
        "Static(Content(text))",
        "Static(text, markup=False)",
        "Static('Geen melding', id='x')",
        "Static(Content(a) if a else Content.assemble((b, 'bold')))",
        "Static(id=name, classes=f'{kind}')",
        "LineInput(text, placeholder=words.x, max_length=3)",
        "says: Content = shown(text)\nStatic(says)",
        "self._next.update(Content('\\n').join(lines).rstrip())",
        "self.border_title = Content(text)",
        "self.tooltip = None",
        "self.notify(text, markup=False)",
        "def drawn() -> Content:\n    return Content(text)\nStatic(drawn())",
        "class Shown(Static):\n    def render(self) -> Content:\n        return Content(text)",
        "class Shown(Static):\n    def __init__(self, text):\n        super().__init__(Content(text))",
    ],
)
def test_what_cannot_be_read_as_markup_is_no_offence(source: str) -> None:
    assert offences(source, {**PLANTED, "Shown": Shown}, drawn=True) == []
