"""Every kind of widget with every payload in it; `python -m tests.terminal.gallery KIND HOME [unguarded]`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
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
    ContentSwitcher,
    DataTable,
    Digits,
    DirectoryTree,
    Footer,
    Header,
    HelpPanel,
    Input,
    KeyPanel,
    Label,
    Link,
    ListItem,
    ListView,
    LoadingIndicator,
    Log,
    Markdown,
    MarkdownViewer,
    MaskedInput,
    OptionList,
    Placeholder,
    Pretty,
    ProgressBar,
    RadioButton,
    RadioSet,
    RichLog,
    Rule,
    Select,
    SelectionList,
    Sparkline,
    Static,
    Switch,
    Tab,
    TabbedContent,
    TabPane,
    Tabs,
    TextArea,
    Tooltip,
    Tree,
    Welcome,
)

from console.terminal import driver, guard
from console.terminal.safe_app import SafeApp
from tests.terminal.payloads import ACTING, BELIEVED, MEGABYTE

if TYPE_CHECKING:
    from textual.app import ComposeResult

PAYLOADS: Final = list({**ACTING, **BELIEVED}.values())
ACTS: Final = list(ACTING.values())
"""For the kinds that read every text as markup, of which the console therefore uses none."""

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


def _framed(make: Callable[[], Widget]) -> Kind:
    """A kind that shows no text of its own: it stands in its border, above and below."""

    def framed(payload: str) -> Widget:
        widget = make()
        widget.border_title = widget.border_subtitle = Content(payload)
        widget.styles.border = ("ascii", "white")
        widget.styles.height = 3
        widget.styles.width = 80
        return widget

    return _each(framed)


def _tooltip() -> Iterable[Widget]:
    tip = Tooltip(Content("\n".join(ACTS)))
    tip.display = True
    yield tip


def _files() -> Iterable[Widget]:
    folder = Path(sys.argv[2]) / "bestanden"
    folder.mkdir()
    for payload in PAYLOADS:
        with suppress(OSError, ValueError, UnicodeEncodeError):  # not every payload can be the name of a file
            (folder / payload.replace("/", "|")).touch()
    yield DirectoryTree(folder)


def _panes() -> Iterable[Widget]:
    tabs = TabbedContent()
    for payload in PAYLOADS:
        tabs.compose_add_child(TabPane(Content(payload), Static(Content(payload))))
    yield tabs


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
    "content switcher": _framed(ContentSwitcher),
    "digits": lambda: map(Digits, ACTS),
    "directory tree": _files,
    "keys": lambda: [KeyPanel()],
    "help": lambda: [HelpPanel()],
    "link to open": lambda: (Link(payload, tooltip=payload) for payload in ACTS),
    "list": lambda: [ListView(*[ListItem(Label(Content(payload))) for payload in PAYLOADS])],
    "loading": _framed(LoadingIndicator),
    "markdown viewer": lambda: [MarkdownViewer("\n\n".join(PAYLOADS), show_table_of_contents=True, open_links=False)],
    "masked input": _each(lambda payload: MaskedInput("99999", placeholder=payload)),
    "placeholder": lambda: map(Placeholder, ACTS),
    "pretty": lambda: [Pretty(PAYLOADS)],
    "progress": _framed(ProgressBar),
    "radio set": lambda: [RadioSet(*[RadioButton(Content(payload)) for payload in PAYLOADS])],
    "rule": _framed(Rule),
    "sparkline": _framed(Sparkline),
    "switch": _framed(Switch),
    "tabbed content": _panes,
    "tooltip": _tooltip,
    "welcome": _framed(Welcome),
}


SHOWS: Final = {"masked input": "\ufffd]52;", "pretty": "gekaapt", "digits": "alles getoond"}
"""What of the first payload is seen of the kinds that do not write it out as it stands."""

KEYS_IN_SIGHT: Final = {"header and footer", "keys", "help"}


class Gallery(SafeApp[None]):
    """One kind of widget, all payloads, high enough to show them all."""

    CSS = """
    Static, Label, Input, Markdown { height: 1; border: none; }
    VerticalScroll > * { max-height: 60; }
    BindingsTable { height: auto; }
    #end { dock: bottom; }
    """

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
            self.notify(" ".join(ACTS), title=PAYLOADS[0], markup=False, timeout=60)
        if self.kind in KEYS_IN_SIGHT:
            self.title = self.sub_title = "".join(ACTS)
            for index, payload in enumerate(ACTS):
                self.bind(f"f{index + 1}", "bell", description=payload)
            self.refresh_bindings()

    def say_all_is_shown(self) -> None:
        self.query_one("#end", Static).update(Content("alles getoond"))


def without_the_guard_of_the_renderer() -> None:
    guard.install = lambda drawing=None: None  # noqa: ARG005 - as it is called


def without_the_guard_of_the_driver() -> None:
    vars(driver)["only_own"] = lambda data: data


WITHOUT: Final = {
    "renderer": [without_the_guard_of_the_renderer],
    "driver": [without_the_guard_of_the_driver],
    "both": [without_the_guard_of_the_renderer, without_the_guard_of_the_driver],
}
"""Which guards are taken away to see that the tests would notice."""


if __name__ == "__main__":
    kind, home, *more = sys.argv[1:]
    if more[:1] == ["megabyte"]:
        PAYLOADS[:], ACTS[:] = [MEGABYTE], [MEGABYTE.replace("[/b]", "")]
    for take_away in WITHOUT.get(more[0] if more else "", []):
        take_away()
    sys.exit(Gallery(kind, Path(home)).run_safely())
