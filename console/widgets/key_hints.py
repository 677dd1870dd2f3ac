"""The bottom line: the keys that work here, taken from the bindings themselves so that they cannot disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widget import Widget

from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import Binding


def key_name(key: str) -> str:
    """Say a key as it is printed on a keyboard."""
    return words.key_hints.NAMES.get(key, key.upper() if key[:1] == "f" and key[1:].isdigit() else key)


def in_order(bindings: Iterable[Binding]) -> list[Binding]:
    """Put the function keys in the order of the keyboard, at the places where function keys stand."""
    ordered = list(bindings)
    places = [place for place, each in enumerate(ordered) if function_key(each)]
    by_number = sorted((ordered[place] for place in places), key=function_key)
    for place, each in zip(places, by_number, strict=True):
        ordered[place] = each
    return ordered


def function_key(binding: Binding) -> int:
    """The number of a function key, 0 for any other key."""
    key = binding.key
    return int(key[1:]) if key[:1] == "f" and key[1:].isdigit() else 0


class KeyHints(Widget):
    """One line of keys; `?` always stands last and is never cut. Without keys the line is no bar (class `leeg`)."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(id="toetsen")
        self._hints: list[str] = []

    def show(self, bindings: Iterable[Binding]) -> None:
        """Show these keys."""
        self._hints = [f"{key_name(each.key)} {each.description}" for each in bindings if each.show]
        self.set_class(not self._hints, "leeg")
        self.refresh()

    def render(self) -> Content:
        """Draw as many keys as fit, with the last one always there."""
        width = self.size.width - 1
        line = " " + self._hints[-1] if self._hints else ""
        head = ""
        for hint in self._hints[:-1]:
            longer = f"{head} {hint} "
            if cell_len(longer) + cell_len(line) > width:
                break
            head = longer
        return Content(set_cell_size(head + line, self.size.width))
