"""Help for where the operator is: the question, the crime form or the field that has the focus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from console.screens.reading import ReadingScreen
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.screen import Screen


@dataclass(frozen=True, slots=True)
class Help:
    """A heading and the lines below it."""

    heading: str
    lines: tuple[str, ...]


class HelpScreen(ReadingScreen):
    """Shows the help of one place; `?` goes on to the keys of that place."""

    def __init__(self, shown: Help) -> None:
        """Show this help."""
        super().__init__("\n".join(shown.lines))
        self._heading = shown.heading

    def heading(self, more: str) -> str:
        """The place, and how to go back."""
        return words.field_help.title(self._heading, more)


@runtime_checkable
class Helpful(Protocol):
    """A screen that knows more of where the operator is than which field has the focus."""

    def help_here(self) -> Help | None:
        """Its own help, None where it has none for this field."""


def help_of(screen: Screen[object]) -> Help:
    """Give the help of the field that has the focus, else of the screen or dialog it is in."""
    own = screen.help_here() if isinstance(screen, Helpful) else None
    if own is not None:
        return own
    field = screen.focused.id if screen.focused is not None else None
    kinds = [kind.__name__ for kind in type(screen).__mro__]
    found = [
        *(words.field_help.FIELDS.get(f"{kind}.{field}") for kind in kinds),
        words.field_help.FIELDS.get(field or ""),
        *(words.field_help.PLACES.get(kind) for kind in kinds),
    ]
    return _as_help(next((each for each in found if each), words.field_help.NOTHING_HERE))


def _as_help(text: Iterable[str]) -> Help:
    heading, *lines = text
    return Help(heading, tuple(lines))
