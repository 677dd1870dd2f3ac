"""One key, one meaning: what a key does may not depend on which of two bindings the framework happens to try first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.widget import Widget

from console.screens.dialog import Dialog
from console.screens.room import RoomScreen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import App


def refuse_double_keys(app: type[App[int]]) -> None:
    """Look at each screen and widget of ours, with what its bases, the room and the app bind at the same time.

    The same action under two bindings is one meaning. What the framework's own widgets bind is theirs to be replaced.

    Raises:
        RuntimeError: a key has two meanings; the text names it and the class.
    """
    for place in _ours(Widget):
        everywhere = (app,) if issubclass(place, Dialog) else (app, RoomScreen)
        meanings: dict[str, str] = {}
        for binding in _bindings(dict.fromkeys((*everywhere, *place.__mro__))):
            if meanings.setdefault(binding.key, binding.action) != binding.action:
                raise RuntimeError(
                    f"{binding.key} has two meanings in {place.__name__}: {meanings[binding.key]}, {binding.action}"
                )


def _ours(kind: type[Widget]) -> Iterator[type[Widget]]:
    if kind.__module__.startswith("console."):
        yield kind
    for each in kind.__subclasses__():
        yield from _ours(each)


def _bindings(classes: dict[type, None]) -> Iterator[Binding]:
    for each in classes:
        if each.__module__.startswith("console."):
            yield from Binding.make_bindings(each.__dict__.get("BINDINGS", ()))
