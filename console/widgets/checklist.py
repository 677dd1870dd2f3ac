"""The urgency checklist on screen: each question one line, the one being asked opened up with its keys."""

from __future__ import annotations

import textwrap
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len, set_cell_size
from textual.binding import Binding, BindingType
from textual.geometry import Offset

from console.terminal.safe_app import SafeApp
from console.texts import words
from console.widgets.lines import Line, Lines

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip

    from console.widgets.asking import Asking
    from triage_rules import Question

_INDENT: Final = 6
_ANSWER_WIDTH: Final = 9
_MARK: Final = ">"
_TYPE_HERE: Final = "_"
_STICKS: Final = "\N{NO-BREAK SPACE}"
"""Keeps a key and its words on one line."""
_TYPABLE: Final = {
    **{letter: letter for letter in "abcdefghijklmnopqrstuvwxyz0123456789"},
    "space": " ",
    "colon": ":",
    "comma": ",",
    "full_stop": ".",
    "minus": "-",
    "slash": "/",
}
"""Key name -> character: what can be a single key or part of a typed form or time."""


class Checklist(Lines, can_focus=True):
    """Shows an `Asking`; the screen decides what a key does with it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "screen.ask_move(-1)", words.checklist.UP, show=False, priority=True, id="vragen.omhoog"),
        Binding("down", "screen.ask_move(1)", words.checklist.DOWN, show=False, priority=True, id="vragen.omlaag"),
        Binding("enter", "screen.ask_enter", words.checklist.CONFIRM, show=False, priority=True, id="vragen.bevestig"),
        Binding("backspace", "screen.ask_erase", words.checklist.ERASE, show=False, priority=True, id="vragen.wis"),
        *(
            Binding(
                key,
                f"screen.ask_press('{character}')",
                words.checklist.ANSWER,
                show=False,
                priority=True,
                id=f"vragen.toets.{key}",
            )
            for key, character in _TYPABLE.items()
        ),
    ]

    def __init__(self, asking: Asking) -> None:
        """Show this checklist."""
        super().__init__(id="vragen")
        self.asking = asking
        self.yes_no_only = False
        self.shown_at: float | None = None
        self._pointed = Offset(0, 0)
        self._asked_at = 0
        self._shown = ""

    @property
    def pointer(self) -> Offset:
        """Where the next letter comes, or the line that enter takes; else the line of the question being asked."""
        return self._pointed

    def redraw(self) -> None:
        """Draw what changed in the part of the list that holds the question being asked.

        From then on `shown_at` tells when that question was painted, as `SafeApp.painting_at` does; None for not yet.
        """
        if self.asking.cursor != self._shown:
            self._shown, self.shown_at = self.asking.cursor, None
        height = max(1, self.size.height)
        lines = self._aired(self._lines(), height)
        start = self._first_line(lines)
        shown = [line for _question, line in lines[start : start + height]]
        if start:
            shown[0] = Line(f"  {words.checklist.MORE_ABOVE}")
        if start + height < len(lines):
            shown[-1] = Line(f"  {words.checklist.MORE_BELOW}")
        self._asked_at = self._asked(lines)[0] - start
        self._pointed = self._place(lines) - Offset(0, start)
        self.put(shown)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some of the lines, and know when the question being asked was among them."""
        if self.shown_at is None and crop.y <= self._asked_at < crop.bottom and isinstance(self.app, SafeApp):
            self.shown_at = self.app.painting_at()
        return super().render_lines(crop)

    def on_resize(self) -> None:
        """In a window of another size other lines fit."""
        self.redraw()

    def on_mount(self) -> None:
        """The mark says that keys answer here; elsewhere they are for something else."""
        self.watch(self, "has_focus", self.redraw, init=False)

    def _place(self, lines: list[tuple[str, Line]]) -> Offset:
        """Where the operator is among all lines."""
        asking = self.asking
        asked = self._asked(lines)
        for number in asked[1:]:
            text = lines[number][1].text
            if asking.highlight is not None and text.lstrip().startswith(_MARK):
                return Offset(text.index(_MARK), number)
            if (asking.typing or asking.jumping is not None) and asking.highlight is None and _TYPE_HERE in text:
                return Offset(cell_len(text[: text.index(_TYPE_HERE)]), number)
        return Offset(0, asked[0])

    def _asked(self, lines: list[tuple[str, Line]]) -> list[int]:
        """The lines of the question being asked, by number."""
        return [number for number, (question, _line) in enumerate(lines) if question == self.asking.cursor]

    def _aired(self, lines: list[tuple[str, Line]], height: int) -> list[tuple[str, Line]]:
        """The question being asked stands free where there is room for it."""
        asked = self._asked(lines)
        first, after = asked[0], asked[-1] + 1
        if len(lines) + 2 > height:
            return lines
        blank = ("", Line(""))
        return [*lines[:first], *([blank] if first else []), *lines[first:after], blank, *lines[after:]]

    def _lines(self) -> list[tuple[str, Line]]:
        asking, width = self.asking, max(20, self.size.width)
        lines: list[tuple[str, Line]] = []
        for question in asking.shown:
            at_cursor = question.id == asking.cursor
            lines.append((question.id, self._line(question, width, at_cursor=at_cursor)))
            if at_cursor:
                lines.extend((question.id, line) for line in self._opened(question, width))
        if asking.folded:
            lines.append(("", Line(f"  {words.checklist.folded(asking.folded)}")))
        return lines

    def _line(self, question: Question, width: int, *, at_cursor: bool) -> Line:
        value = self.asking.state.answers.get(question.id)
        if value is None:
            said = "?" if at_cursor else "."
        else:
            said = words.terms.answer_in_words(self.asking.policy, question.id, value)
        mark = _MARK if at_cursor and self.has_focus else " "
        head = f"{mark}{self.asking.number(question.id):>2} {_fitted(said)} "
        text = set_cell_size(head + question.label_for(self.asking.form), width)
        return Line(text, "bold" if at_cursor else "")

    def _opened(self, question: Question, width: int) -> list[Line]:
        asking = self.asking
        said = question.text_for(asking.form)
        spoken = f"({said})" if question.observed else f"“{said}”"
        lines = [Line(line, "bold") for line in _wrapped(spoken, width)]
        if self.yes_no_only and not question.observed:
            one_by_one = question.kind != "keuze" or len(asking.choices()) > len(words.terms.LETTERS)
            how = words.checklist.YES_NO_ONE_BY_ONE if one_by_one else words.checklist.YES_NO_ONLY
            lines.extend(Line(line, "bold") for line in _wrapped(how, width))
        if asking.jumping is not None:
            lines.append(Line(f"{' ' * _INDENT}{words.checklist.jumping(asking.jumping)}"))
        elif asking.resting:
            lines.append(Line(f"{' ' * _INDENT}{words.checklist.CERTAIN}", "bold"))
        elif question.kind == "keuze":
            keys = [f"{key} {label}".replace(" ", _STICKS) for key, _value, label in asking.choices()]
            lines.extend(Line(line.replace(_STICKS, " ")) for line in _wrapped("  ".join(keys), width))
            if question.id == asking.state.next_question and self._settles(question.id):
                lines.extend(Line(line) for line in _wrapped(f"({asking.state.why_next})", width))
        elif not asking.typing:
            again = question.id in asking.state.answers
            how = words.checklist.ENTER_CHOOSES_AGAIN if again else words.checklist.ENTER_CHOOSES
            lines.append(Line(f"{' ' * _INDENT}{how}"))
        elif question.kind == "uren":
            lines.append(Line(f"{' ' * _INDENT}{words.checklist.typing_time(asking.typed)}", "bold"))
            unknown = words.asking.UNKNOWN_KEY
            read_back = asking.read_back().replace(unknown, unknown.replace(" ", _STICKS))
            lines.extend(Line(line.replace(_STICKS, " ")) for line in _wrapped(read_back, width))
        else:
            lines.extend(self._forms(width))
        return lines

    def _settles(self, question: str) -> bool:
        """Tell whether some answer to this question raises what is certain, or ends the questions."""
        return any(change.answers[0][0] == question for change in self.asking.state.could_become)

    def _forms(self, width: int) -> list[Line]:
        asking = self.asking
        lines = [Line(f"{' ' * _INDENT}{words.checklist.typing_form(asking.typed)}", "bold")]
        for number, (key, _form, label) in enumerate(asking.listed()):
            chosen = number == asking.highlight
            text = f"{' ' * (_INDENT - 1)}{_MARK if chosen else ' '}{key} {label}"
            lines.append(Line(set_cell_size(text, width), "reverse" if chosen else ""))
        if asking.typed.strip() and not asking.matches():
            lines.extend(Line(line) for line in _wrapped(words.asking.NOTHING_FITS, width))
        if asking.highlight is not None and asking.highlight < len(asking.matches()):
            definition = asking.matches()[asking.highlight].definition
            lines.extend(Line(line) for line in _wrapped(definition, width))
        return lines

    def _first_line(self, lines: list[tuple[str, Line]]) -> int:
        height = max(1, self.size.height)
        at_cursor = self._asked(lines)
        if len(lines) <= height or not at_cursor:
            return 0
        room_for_marks = 1
        last = min(at_cursor[-1] + room_for_marks, len(lines) - 1)
        return max(0, min(at_cursor[0] - room_for_marks, last - height + 1))


def _fitted(said: str) -> str:
    """An answer in its column; one that does not fit ends in two dots."""
    if cell_len(said) > _ANSWER_WIDTH:
        said = f"{set_cell_size(said, _ANSWER_WIDTH - 2)}.."
    return set_cell_size(said, _ANSWER_WIDTH)


@lru_cache(maxsize=512)
def _wrapped(text: str, width: int) -> tuple[str, ...]:
    """Break words of the policy or the console into lines; nothing a caller said comes here, so they may be kept."""
    indent = " " * _INDENT
    return tuple(textwrap.wrap(text, max(12, width - 1), initial_indent=indent, subsequent_indent=indent)) or (indent,)
