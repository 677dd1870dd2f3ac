"""What a line of the queue says: how long somebody waits, who they are, how their call stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from console.model import Delivery, Stage
from console.safe_text import one_line
from console.texts import words
from console.times import clock_time, local, waiting_words
from console.widgets.queue_order import (
    LATE_AFTER,
    SLOW_AFTER,
    came_back,
    in_trouble,
    most_pressing,
    unconfirmed_for,
)
from console.widgets.row_list import cell

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from console.model import DeliveryState, QueueRow

_WAITS: Final = 8
_CHANNEL: Final = 5
_NUMBER_SHOWN: Final = 12
"""Cells in which a Dutch number stands whole: `050-5512345`, `+31612345678`."""

_STORED: Final = (Delivery.DELIVERED, Delivery.ACCEPTED)
"""What is said of such a dispatch besides is what the CAD made of it: something cut, replaced or not stored."""

_SEPARATORS: Final = str.maketrans("", "", " -.()/")


@dataclass(frozen=True, slots=True)
class Columns:
    """How many cells each column takes, its gap included; the last one has none."""

    number: int
    place: int
    words: int
    state: int

    def line(self, cells: tuple[str, str, str, str, str, str], *, mark: str = " ") -> str:
        """Put the cells of one call side by side, in the order in which they are read."""
        sizes = (_WAITS, _CHANNEL, self.number, self.place, self.words)
        row = "".join(cell(text, size - 1) + " " for text, size in zip(cells[:-1], sizes, strict=True))
        return f"{mark} {row}{cell(cells[-1], self.state)}"


def columns(width: int) -> Columns:
    """Divide a line; at 80 cells a number and the longest state still fit, the first words get all that is left."""
    place, state = (11, 25) if width < 100 else (16, 34)
    number = _NUMBER_SHOWN + (1 if width < 100 else 4)
    fixed = 2 + _WAITS + _CHANNEL + number + place + state
    return Columns(number, place, max(8, width - fixed), state)


def heading(width: int) -> str:
    """Name the columns of a list of this width."""
    return columns(width).line(words.call_list.COLUMNS)


def row_words(row: QueueRow, width: int, moment: datetime, *, mark: str = " ") -> str:
    """Say a call on one line of so many cells."""
    parts = columns(width)
    cells = (
        waiting_words(row.received_at, moment),
        words.call_list.CHANNEL[row.channel],
        _number(_shown(row.number), parts.number - 1),
        _shown(row.place),
        _first_words(row),
        state_words(row, moment, parts.state),
    )
    return parts.line(cells, mark=mark)


@lru_cache(256)
def _shown(text: str) -> str:
    """Text from outside for a line of the queue; it stands there for as long as the waiting time beside it ticks."""
    return one_line(text)


def alarm_words(rows: Iterable[QueueRow], moment: datetime) -> str:
    """Say which dispatch a person must look at first, and what to do; empty when all were confirmed in time."""
    pressing = most_pressing(rows, moment)
    if pressing is None or pressing[0].delivery is None:
        return ""
    row, more = pressing
    delivery = pressing[0].delivery
    waits = unconfirmed_for(delivery, moment)
    stands = words.call_list.DELIVERY[delivery.state] if came_back(delivery) else ""
    return words.queue.alarm(
        delivery.priority,
        stands or words.queue.unconfirmed_for(_short(waits), late=waits >= LATE_AFTER),
        f"{row.call_id} {_shown(row.place)}".strip(),
        more,
        call=in_trouble(row, moment),
    )


def state_words(row: QueueRow, moment: datetime, room: int | None = None) -> str:
    """Say how a call stands, what somebody must act on first: what is cut off at the end is the least of it.

    `STIL` means that the owner's console gave no sign of life for too long; the call is still theirs. Where there is
    `room` for no more than who has it, how long is left out: a name before `..` would seem to be cut itself.
    """
    due = row.call_back_at is not None and row.call_back_at <= moment
    called, asked = _call_back(row, moment), _asked(row, moment)
    said = [*(called + asked if due else asked + called), *_stands(row, moment)]
    if room is not None and _held(row, moment) and cell_len(" ".join(said)) > room:
        said.pop()
    return " ".join(said)


def _first_words(row: QueueRow) -> str:
    said = _shown(row.first_words)
    return f"{words.paper.MARK} {said}" if row.entered_later else said


def _number(number: str, room: int) -> str:
    """A number that is too long for its column goes without what only makes it readable."""
    return number if len(number) <= room else number.translate(_SEPARATORS)


def _call_back(row: QueueRow, moment: datetime) -> list[str]:
    at = row.call_back_at
    if at is None:
        return []
    if at <= moment:
        return [words.call_list.CALL_BACK_NOW]
    same_day = local(at).date() == local(moment).date()
    return [words.call_list.call_back(clock_time(at) if same_day else f"{local(at):%d-%m}")]


def _asked(row: QueueRow, moment: datetime) -> list[str]:
    if row.consultation is None:
        return []
    return [words.call_list.consulted(waiting_words(row.consultation.asked_at, moment))]


def _stands(row: QueueRow, moment: datetime) -> list[str]:
    """Say what its dispatch does, else what was decided, else who has it and how long."""
    if row.stage is Stage.WAITING:
        waits = words.terms.STAGE[row.stage]
        waits = words.call_list.back_in_queue(waits) if row.transfer else waits
        return [words.call_list.URGENT, waits] if row.urgent else [waits]
    late = [words.call_list.REASON_MISSING] if row.reason_missing else []
    if row.delivery is not None:
        return [_dispatch(row.delivery, moment), *late]
    decided = [words.terms.CHOICE_SHORT[row.choice]] if row.choice is not None else []
    if row.stage is Stage.DECIDED:
        return [*(decided or [_owner(row)]), *late]
    return [*decided, *late, _owner(row), *_held(row, moment)]


def _held(row: QueueRow, moment: datetime) -> list[str]:
    """How long its owner has it, where that is what is said last."""
    if row.stage is not Stage.IN_PROGRESS or row.delivery is not None or row.claimed_at is None:
        return []
    return [waiting_words(row.claimed_at, moment)]


def _owner(row: QueueRow) -> str:
    owner = one_line(row.owner or words.terms.STAGE[row.stage])
    return words.call_list.silent(owner) if row.stale_since is not None else owner


def _dispatch(delivery: DeliveryState, moment: datetime) -> str:
    waits = unconfirmed_for(delivery, moment)
    if delivery.unit_status is not None:
        stands = words.terms.UNIT[delivery.unit_status]
    elif waits >= LATE_AFTER:
        stands = words.call_list.not_confirmed(_short(waits))
    elif waits >= SLOW_AFTER:
        stands = words.call_list.under_way(words.call_list.DELIVERY[delivery.state], _short(waits))
    else:
        stands = words.call_list.DELIVERY[delivery.state]
    otherwise = delivery.state in _STORED and bool(delivery.reason)
    return words.call_list.dispatch(delivery.priority, stands, otherwise=otherwise)


def _short(waits: timedelta) -> str:
    """Say how long in at most five cells: `0:45`, `59:59`, `3 uur`, `12 d`."""
    seconds = int(waits.total_seconds())
    if seconds < 3600:
        return f"{seconds // 60}:{seconds % 60:02}"
    hours = seconds // 3600
    return words.call_list.hours(hours) if hours < 10 else words.call_list.short_hours(hours)
