"""What is recognised in the note and not kept yet: the next one is offered on a line of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.domain import leads, linking
from console.domain.dispatching import callback_of
from console.domain.recognising import recognise
from console.model import ClueKind

if TYPE_CHECKING:
    from datetime import date

    from console.model import CallFile, Clue

_LATER: Final = {ClueKind.AMOUNT, ClueKind.TIME}
"""Said in almost every note: offered when nothing else is left."""


def offers(file: CallFile, note: str, today: date) -> tuple[Clue, ...]:
    """Give the clues of a note that were never kept, the next to offer first; the caller's own number is none."""
    known = [file.incoming.number, callback_of(file), *(each.person.phone for each in file.persons)]
    own = {trace.value for number in known for trace in linking.of_phone(number)}
    found = [each.clue for each in recognise(note, today) if each.clue.value not in own]
    return tuple(
        sorted((clue for clue in found if not leads.is_kept(file, clue)), key=lambda clue: clue.kind in _LATER)
    )
