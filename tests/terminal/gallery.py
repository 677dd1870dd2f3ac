"""Every kind of widget with every payload in it; `python -m tests.terminal.gallery KIND HOME [unguarded]`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.style import Style
from rich.text import Text
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import (
    Button,
    Checkbox,
    Collapsible,
    DataTable,
    Footer,
    Header,
    Input,
    Label,
    Log,
    Markdown,
    OptionList,
    RadioButton,
    RichLog,
    Select,
    SelectionList,
    Static,
    Tab,
    Tabs,
    TextArea,
    Tree,
)

from console.terminal import guard
from console.terminal.safe_app import SafeApp
from tests.terminal.payloads import ACTING, BELIEVED

if TYPE_CHECKING:
    from textual.app import ComposeResult

PAYLOADS: Final = list({**ACTING, **BELIEVED}.values())

Kind = Callable[[], Iterable[Widget]]


def _each(make: Callable[[str], Widget]) -> Kind:
    return lambda: map(make, PAYLOADS)


def _table() -> Iterable[Widget]:
    table: DataTable[Text] = DataTable()
    table.add_column(Text(PAYLOADS[0]), width=60)
    for payload in PAYLOADS:
        table.add_row(Text(payload))
    yield table


def _tree() -> Iterable[Widget]:
    tree: Tree[None] = Tree(Text(PAYLOADS[0]))
    for payload in PAYLOADS:
        tree.root.add_leaf(Text(payload))
    tree.root.expand()
    yield tree


def _with_border(payload: str) -> Widget:
    widget = Static(Content("binnen"))
    widget.border_title = Content(payload)
    widget.styles.border = ("ascii", "white")
    widget.styles.height = 3
    return widget


class WritingLog(Log):
    def on_mount(self) -> None:
        self.write_lines(PAYLOADS)


class WritingRichLog(RichLog):
    def on_mount(self) -> None:
        for payload in PAYLOADS:
            self.write(Text(payload))
            self.write(payload)


KINDS: Final[dict[str, Kind]] = {
    "static": _each(lambda payload: Static(Content(payload))),
    "static without markup": _each(lambda payload: Static(payload, markup=False)),
    "rich text": _each(lambda payload: Static(Text(payload))),
    "label": _each(lambda payload: Label(Content(payload))),
    "table": _table,
    "tree": _tree,
    "options": lambda: [OptionList(*map(Content, PAYLOADS))],
    "selection": lambda: [SelectionList(*[(Content(payload), index) for index, payload in enumerate(PAYLOADS)])],
    "select": _each(lambda payload: Select([(Content(payload), 1)], value=1)),
    "input": _each(lambda payload: Input(payload, placeholder=payload)),
    "placeholder of an input": _each(lambda payload: Input(placeholder=payload)),
    "text area": lambda: [TextArea("\n".join(PAYLOADS))],
    "button": _each(lambda payload: Button(Content(payload), compact=True)),
    "checkbox": _each(lambda payload: Checkbox(Content(payload), compact=True)),
    "radio button": _each(lambda payload: RadioButton(Content(payload), compact=True)),
    "collapsible": _each(lambda payload: Collapsible(Static("binnen"), title=Content(payload))),  # type: ignore[arg-type]
    "tabs": lambda: [Tabs(*[Tab(Content(payload)) for payload in PAYLOADS])],
    "border": _each(_with_border),
    "log": lambda: [WritingLog()],
    "rich log": lambda: [WritingRichLog()],
    "markdown": _each(lambda payload: Markdown(payload, open_links=False)),
    "linked text": _each(
        lambda payload: Static(Text(payload, style=Style(link=f"http://voorbeeld.invalid/{payload}")))
    ),
    "toast": lambda: [Static("meldingen")],
    "header and footer": lambda: [Header(), Footer()],
}


class Gallery(SafeApp[None]):
    """One kind of widget, all payloads, high enough to show them all."""

    CSS = "Static, Label, Input, Markdown { height: 1; border: none; } VerticalScroll > * { max-height: 60; }"

    def __init__(self, kind: str, home: Path) -> None:
        super().__init__(home)
        self.kind = kind

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield from KINDS[self.kind]()
            yield Static("", id="end")

    def on_mount(self) -> None:
        self.call_after_refresh(self.call_after_refresh, self.say_all_is_shown)
        if self.kind == "toast":
            self.notify(" ".join(ACTING.values()), title=PAYLOADS[0], markup=False, timeout=60)
        if self.kind == "header and footer":
            self.title = "".join(ACTING.values())
            for index, payload in enumerate(ACTING.values()):
                self.bind(f"f{index + 1}", "none", description=payload)

    def say_all_is_shown(self) -> None:
        self.query_one("#end", Static).update(Content("alles getoond"))


if __name__ == "__main__":
    app = Gallery(sys.argv[1], Path(sys.argv[2]))
    if sys.argv[3:] == ["unguarded"]:
        guard.install = lambda drawing=None: None  # noqa: ARG005 - as it is called
    sys.exit(app.run_safely())
