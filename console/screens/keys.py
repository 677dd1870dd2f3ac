"""Which keys work here: read from the bindings, so it is never out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from console.screens.dialog import Dialog
from console.texts import words
from console.widgets.key_hints import in_order, key_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult

_SAID_ELSEWHERE: Final = ("ask_press", "choose", "app.keys")
"""Actions with a line of their own below, or that were just done."""


class KeysScreen(Dialog[None]):
    """Lists the keys of the screen behind it; up and down scroll where they do not fit."""

    CSS_PATH: ClassVar = ["dialog.tcss", "keys.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "app.keys", words.keys.BACK, id="toetsen.toetsen"),
        Binding("enter", "leave", words.keys.BACK, id="toetsen.terug"),
        Binding("up", "scroll(-1)", words.keys.UP, id="toetsen.omhoog"),
        Binding("down", "scroll(1)", words.keys.DOWN, id="toetsen.omlaag"),
    ]

    def __init__(self, bindings: Iterable[Binding]) -> None:
        """Show these keys."""
        super().__init__()
        self._title = Static(markup=False, classes="titel")
        self._keys = VerticalScroll(
            Static(Content("\n".join((*key_lines(bindings), "", *words.keys.CHECKLIST))), markup=False),
            id="toetsenlijst",
            can_focus=False,
        )

    def compose(self) -> ComposeResult:
        """Keys and their words."""
        with Vertical():
            yield self._title
            yield self._keys

    def on_mount(self) -> None:
        """Say how to leave, and how to see the rest."""
        self.call_after_refresh(self._say_how)

    def on_resize(self) -> None:
        """Other room, other words."""
        self.call_after_refresh(self._say_how)

    def action_scroll(self, lines: int) -> None:
        """Show what does not fit."""
        self._keys.scroll_relative(y=lines, animate=False, immediate=True)

    def _say_how(self) -> None:
        more = words.keys.MORE if self._keys.max_scroll_y else ""
        self._title.update(Content(words.keys.title(more)))


def key_lines(bindings: Iterable[Binding]) -> list[str]:
    """Say our own keys, those of one action on one line; what a field of the framework can do besides has no line."""
    named: dict[str, list[Binding]] = {}
    for binding in in_order(bindings):
        action, _, _ = binding.action.partition("(")
        if binding.id and binding.description and not action.endswith(_SAID_ELSEWHERE):
            named.setdefault(action, []).append(binding)
    return [
        f"  {', '.join(key_name(each.key) for each in same):<32}{_words([each.description for each in same])}"
        for same in named.values()
    ]


def _words(descriptions: list[str]) -> str:
    """`vraag omhoog` and `vraag omlaag` become `vraag omhoog, omlaag`."""
    first, *others = dict.fromkeys(descriptions)
    subject = first.rpartition(" ")[0] + " "
    return ", ".join([first, *(each.removeprefix(subject) for each in others)])
