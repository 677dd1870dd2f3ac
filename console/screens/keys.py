"""Which keys work here: read from the bindings, so it is never out of date."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from console.screens.reading import ReadingScreen
from console.texts import words
from console.widgets.key_hints import function_key, key_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import Binding

_SAID_ELSEWHERE: Final = ("ask_press", "choose", "app.keys")
"""Actions with a line of their own below, or that were just done."""

_AFTER_THEM: Final = 100
_KEY_ROOM: Final = 10
_LONG_ROOM: Final = 38
_CELL: Final = 38


class KeysScreen(ReadingScreen):
    """Lists the keys of the screen behind it."""

    def __init__(self, bindings: Iterable[Binding]) -> None:
        """Show these keys."""
        super().__init__("\n".join((*key_lines(bindings), "", *words.keys.CHECKLIST)))

    def heading(self, more: str) -> str:
        """What this is, and how to go back."""
        return words.keys.title(more)


def key_lines(bindings: Iterable[Binding]) -> list[str]:
    """Say our own keys, those of one action in one place; what a field of the framework can do besides has no line.

    What is short stands in two columns, the function keys first, so that the keys of a call are whole at 80x24.
    """
    named: dict[tuple[str, str], list[Binding]] = {}
    for binding in sorted(bindings, key=lambda each: function_key(each) or _AFTER_THEM):
        action, _, _ = binding.action.partition("(")
        if binding.id and binding.description and not action.endswith(_SAID_ELSEWHERE):
            place, _, _ = binding.id.rpartition(".")
            named.setdefault((action, place), []).append(binding)
    said = [
        (", ".join(key_name(each.key) for each in same), _words([each.description for each in same]))
        for same in named.values()
    ]
    cells = [f"{keys:<{_KEY_ROOM}}{meaning}" for keys, meaning in said if _is_short(keys, meaning)]
    half = (len(cells) + 1) // 2
    return [
        *(f" {left:<{_CELL}}{right}".rstrip() for left, right in zip_longest(cells[:half], cells[half:], fillvalue="")),
        *(f" {keys:<{_LONG_ROOM}}{meaning}" for keys, meaning in said if not _is_short(keys, meaning)),
    ]


def _is_short(keys: str, meaning: str) -> bool:
    return len(keys) < _KEY_ROOM and _KEY_ROOM + len(meaning) < _CELL


def _words(descriptions: list[str]) -> str:
    """`vraag omhoog` and `vraag omlaag` become `vraag omhoog, omlaag`."""
    first, *others = dict.fromkeys(descriptions)
    subject = first.rpartition(" ")[0] + " "
    return ", ".join([first, *(each.removeprefix(subject) for each in others)])
