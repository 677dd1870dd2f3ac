"""A short list of which one is chosen with its own key; the choice is marked in text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget

from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Mapping


class KeyChoice(Widget, can_focus=True):
    """Shows `key -> (value, text)`; nothing is chosen until a key is pressed."""

    DEFAULT_CSS = "KeyChoice { height: auto; } KeyChoice:focus { text-style: bold; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"choose('{key}')", words.key_choice.CHOOSE, show=False, priority=True, id=f"keuze.{key}")
        for key in "1234567890jno"
    ]

    @dataclass
    class Chosen(Message):
        """One value was chosen."""

        choice: KeyChoice
        value: str

    def __init__(
        self,
        options: Mapping[str, tuple[str, str]],
        chosen: str | None,
        *,
        id: str,  # noqa: A002 - the framework's own name
        across: bool = False,
    ) -> None:
        """Start with what is known; `across` puts the list on one line."""
        super().__init__(id=id)
        self._options = options
        self._across = across
        self.chosen = chosen

    @property
    def pointer(self) -> Offset:
        """The line of what is chosen, else the first."""
        values = [value for value, _text in self._options.values()]
        return Offset(0, values.index(self.chosen) if self.chosen in values and not self._across else 0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys of this list work here."""
        return action != "choose" or parameters[0] in self._options

    def forget(self) -> None:
        """Choose nothing."""
        self.chosen = None
        self.refresh()

    def action_choose(self, key: str) -> None:
        """Choose with a key."""
        self.chosen = self._options[key][0]
        self.refresh()
        self.post_message(self.Chosen(self, self.chosen))

    def render(self) -> Content:
        """Draw the list, the chosen one marked, and with the focus the line that it points at."""
        pointed = self.pointer.y if self.has_focus else None
        items = [
            f"[{'x' if value == self.chosen else ' '}] {key} {text}" for key, (value, text) in self._options.items()
        ]
        lines = ["  ".join(items)] if self._across else items
        return Content("\n".join(f"{'>' if number == pointed else ' '} {each}" for number, each in enumerate(lines)))
