"""The board as lines of words and plain characters, for a screen or for a script. Pure.

Every section keeps its line with how many there are, however little room is left; lines below it come in the order
of what presses most, and what does not fit is counted. Dispatches that the CAD does not confirm come before all else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size

from console.model import Channel
from console.overview.figures import PARTS
from console.safe_text import one_line
from console.texts import words
from console.times import clock_time, elapsed, said_time, waiting_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from console.model.overview import AskedCall, Glance, HeldCall
    from console.overview.figures import Appointed, Figures, Hour, Times
    from console.overview.signals import Signal

_LABEL: Final = 17
_TWO_COLUMNS: Final = 130
_GAP: Final = 2
_BAR: Final = 20
_LEVELS: Final = "_.:-=+*#"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it says, whether somebody must look at it now, and what stands to the right of it."""

    own: str
    alarm: bool = False
    beside: Line | None = None

    @property
    def text(self) -> str:
        """The whole line."""
        return self.own + (self.beside.text if self.beside is not None else "")


@dataclass(frozen=True, slots=True)
class Section:
    """A line that always stands there, and below it as many as there is room for; `count` is how many there are.

    `rank` orders sections by what presses most when there is not enough room.
    """

    head: Line
    items: tuple[Line, ...] = ()
    count: int = 0
    rank: int = 9


def page(
    figures: Figures,
    signals: Sequence[Signal],
    moment: datetime,
    width: int,
    height: int | None = None,
    chosen: AskedCall | None = None,
) -> list[Line]:
    """Lay the board out in so many cells by lines; without a height everything there is.

    Where a question is `chosen` it is marked, and questions come before signals.
    """
    said = [_signal(signal, moment) for signal in signals]
    told = Section(Line(_row("", words.overview.signals(len(said)) if said else words.overview.NO_SIGNALS), bool(said)))
    told = replace(told, items=tuple(said), count=len(said), rank=1 if chosen is None else 3)
    open_now = _now(figures, moment, chosen)
    if width < _TWO_COLUMNS or height is None:
        return _fitted([told, *open_now, *_hour(figures, moment)], width, height)
    left = (width - _GAP) // 2
    right = width - _GAP - left
    columns = (
        _fitted([told, *open_now[:5]], left, height),
        _fitted([*open_now[5:], *_hour(figures, moment)], right, height),
    )
    return _beside(*columns, left)


def _beside(left: Sequence[Line], right: Sequence[Line], width: int) -> list[Line]:
    """Put two columns side by side."""
    empty = Line("")
    rows = max(len(left), len(right))
    padded = [[*column, *[empty] * (rows - len(column))] for column in (left, right)]
    return [
        Line(set_cell_size(one.text, width) + " " * _GAP, one.alarm, other) for one, other in zip(*padded, strict=True)
    ]


def _fitted(sections: Sequence[Section], width: int, height: int | None) -> list[Line]:
    """Give each section the lines there is room for, the most pressing section first."""
    room = sum(len(section.items) for section in sections) if height is None else max(0, height - len(sections))
    shown = {}
    for place, section in sorted(enumerate(sections), key=lambda each: each[1].rank):
        shown[place] = min(room, len(section.items))
        room -= shown[place]
    lines = []
    for place, section in enumerate(sections):
        left_out = section.count - shown[place] if section.items else 0
        head = section.head
        more = f" {words.overview.more(left_out)}" if 0 < left_out < section.count else ""
        lines.append(Line(_cut(head.text, width - cell_len(more)) + more, head.alarm))
        lines += [Line(_cut(item.text, width), item.alarm) for item in section.items[: shown[place]]]
    return lines if height is None else lines[:height]


def _cut(text: str, width: int) -> str:
    """No more than fits; what was cut ends in two dots."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 2)).rstrip() + ".."[:width]


def _signal(signal: Signal, moment: datetime) -> Line:
    return Line(f" ! {waiting_words(signal.since, moment):>7}  {signal.words}", alarm=True)


def _row(label: str, text: str) -> str:
    return f" {label:<{_LABEL}}{text}".rstrip() if label else f" {text}"


def _head(label: str, count: int, *parts: str, alarm: bool = False) -> Line:
    said = [str(count) if count else words.overview.NONE, *(part for part in parts if part and count)]
    return Line(_row(label, "  ".join(said)), alarm and count > 0)


def _item(*parts: str, alarm: bool = False, mark: str = " ") -> Line:
    return Line(f" {mark} " + "  ".join(part for part in parts if part), alarm)


def _now(figures: Figures, moment: datetime, chosen: AskedCall | None) -> list[Section]:
    glance = figures.glance

    def oldest(since: Iterable[datetime]) -> str:
        found = min(since, default=None)
        return "" if found is None else words.overview.oldest(waiting_words(found, moment))

    dispatches = Section(
        _head(
            words.overview.DISPATCHES,
            glance.dispatches_count,
            oldest(each.since for each in glance.dispatches),
            alarm=True,
        ),
        tuple(
            _item(
                words.overview.priority(each.priority),
                each.call_id,
                words.terms.DELIVERY[each.state],
                words.overview.ADDITION if each.addition else "",
                waiting_words(each.since, moment),
                words.overview.again_at(clock_time(each.next_attempt_at)) if each.next_attempt_at else "",
                alarm=True,
            )
            for each in glance.dispatches
        ),
        glance.dispatches_count,
        rank=0,
    )
    undecided = (*figures.prio1.certain, *figures.prio1.possible)
    prio1 = Section(
        _head(
            words.overview.PRIO_1,
            len(undecided),
            words.overview.sure_and_possible(len(figures.prio1.certain), len(figures.prio1.possible)),
            oldest(call.since for call in undecided),
            words.overview.unknown_policy(figures.prio1.unknown) if figures.prio1.unknown else "",
        ),
        tuple(
            _item(
                *_held(call, moment),
                words.overview.SURE if call in figures.prio1.certain else "",
                alarm=call in figures.prio1.certain,
            )
            for call in undecided
        ),
        len(undecided),
        rank=2,
    )
    asked = Section(
        _head(words.overview.CONSULTED, glance.asked_count, oldest(each.asked_at for each in glance.asked)),
        tuple(
            _item(
                each.call_id,
                waiting_words(each.asked_at, moment),
                words.overview.asked_by(
                    one_line(each.asked_by), one_line(each.seen_by) if each.seen_by else words.overview.NOBODY
                ),
                words.overview.HIDDEN_QUESTION if each.question is None else f'"{one_line(each.question)}"',
                mark=">"
                if chosen is not None and (each.call_id, each.number) == (chosen.call_id, chosen.number)
                else " ",
            )
            for each in glance.asked
        ),
        glance.asked_count,
        rank=3 if chosen is None else 1,
    )
    return [
        dispatches,
        prio1,
        asked,
        _call_backs(glance, moment),
        _appointed(words.overview.WINDOWS, figures.windows, moment, rank=5),
        _waiting(glance, moment),
        Section(
            _head(words.overview.HELD, len(glance.held), oldest(each.since for each in glance.held)),
            tuple(_item(*_held(call, moment)) for call in glance.held),
            len(glance.held),
            rank=8,
        ),
        Section(
            _head(words.overview.UNITS, glance.units_count, oldest(each.since for each in glance.units)),
            tuple(
                _item(words.overview.priority(each.priority), each.call_id, waiting_words(each.since, moment))
                for each in glance.units
            ),
            glance.units_count,
            rank=6,
        ),
        _appointed(words.overview.PICKUPS, figures.pickups, moment, rank=9),
        _patterns(figures, moment),
    ]


def _held(call: HeldCall, moment: datetime) -> tuple[str, ...]:
    silent = words.overview.SILENT if call.stale_since is not None else ""
    return call.call_id, waiting_words(call.since, moment), one_line(call.owner), silent, one_line(call.place)


def _call_backs(glance: Glance, moment: datetime) -> Section:
    count = len(glance.call_backs)
    due = sum(each.at <= moment for each in glance.call_backs)
    return Section(
        _head(words.overview.CALL_BACKS, count, words.overview.due(due, count - due), alarm=due > 0),
        tuple(
            _item(each.call_id, said_time(each.at, moment), one_line(each.owner or ""), alarm=each.at <= moment)
            for each in glance.call_backs
        ),
        count,
        rank=4,
    )


def _appointed(label: str, appointed: Sequence[Appointed], moment: datetime, *, rank: int) -> Section:
    late = sum(each.by is not None and each.by <= moment for each in appointed)
    return Section(
        _head(label, len(appointed), words.overview.due(late, len(appointed) - late), alarm=late > 0),
        tuple(
            _item(
                each.agreed.call_id,
                words.overview.NO_TIME if each.by is None else said_time(each.by, moment),
                f'"{one_line(each.agreed.said)}"',
                alarm=each.by is not None and each.by <= moment,
            )
            for each in appointed
        ),
        len(appointed),
        rank=rank,
    )


def _waiting(glance: Glance, moment: datetime) -> Section:
    count = sum(each.count for each in glance.waiting)
    urgent = sum(each.urgent for each in glance.waiting)
    per_channel = (
        words.overview.channel(words.call_list.CHANNEL[each.channel], each.count, waiting_words(each.since, moment))
        for each in sorted(glance.waiting, key=attrgetter("since"))
    )
    return Section(
        _head(
            words.overview.WAITING,
            count,
            words.overview.urgent(urgent) if urgent else "",
            *per_channel,
        ),
        tuple(
            _item(
                each.call_id,
                waiting_words(each.since, moment),
                each.channel if each.channel is not Channel.OTHER else "",
                words.overview.URGENT if each.urgent else "",
                one_line(each.place),
            )
            for each in glance.longest
        ),
        count,
        rank=7,
    )


def _patterns(figures: Figures, moment: datetime) -> Section:
    items = (
        *(
            _item(
                words.overview.linked(
                    words.terms.TRACE[each.kind], each.calls, each.towns, said_time(each.since, moment)
                )
            )
            for each in figures.linked
        ),
        *(
            _item(words.overview.rising(one_line(each.name).replace("_", " "), each.now, each.before, each.weeks))
            for each in figures.rising
        ),
    )
    return Section(_head(words.overview.PATTERNS, len(items)), items, len(items), rank=9)


def _hour(figures: Figures, moment: datetime) -> list[Section]:
    hour = figures.hour
    outcomes = tuple(
        _item(f"{words.terms.CHOICE_SHORT[choice]:<14}", f"{count:>4}", bar(count, max(n for _, n in hour.outcomes)))
        for choice, count in hour.outcomes
    )
    named = " | ".join(
        words.overview.outcome(words.terms.CHOICE_SHORT[choice], count) for choice, count in hour.outcomes
    )
    calls = f"{words.overview.calls(hour.calls):<14} [{rhythm(hour.rhythm)}] {words.overview.PER_FIVE}"
    count = sum(count for _, count in hour.outcomes)
    decided = [words.overview.decisions(count), *([words.overview.deviations(hour.deviations)] if count else [])]
    if hour.deciding is not None:
        middle, longest = _lasts(hour.deciding.middle, moment), _lasts(hour.deciding.longest, moment)
        decided.append(words.overview.first_decisions(middle, longest))
    return [
        Section(Line(_row(words.overview.HOUR, calls))),
        Section(Line(_row(words.overview.TAKING, _times(hour.taking, moment)))),
        Section(Line(_row(words.overview.NORM, _service(hour, figures.norm, moment)))),
        Section(Line(_row(words.overview.DECIDING, "  ".join(decided)))),
        Section(Line(_row(words.overview.OUTCOMES, named or words.overview.NONE)), outcomes, len(outcomes), rank=10),
    ]


def _times(times: Times | None, moment: datetime) -> str:
    if times is None:
        return words.overview.NONE
    return words.overview.times(times.count, _lasts(times.middle, moment), _lasts(times.longest, moment))


def _service(hour: Hour, norm: timedelta | None, moment: datetime) -> str:
    if norm is None or hour.in_time is None or hour.to_take is None:
        return words.overview.NO_NORM
    within = elapsed(moment - norm, moment)
    if not hour.to_take:
        return words.overview.nothing_to_take(within)
    share = 100 * hour.in_time // hour.to_take
    drawn = f"[{bar(hour.in_time, hour.to_take):-<{_BAR}}]"
    return f"{words.overview.service_level(within, hour.in_time, hour.to_take, share)} {drawn}"


def _lasts(seconds: float, moment: datetime) -> str:
    return elapsed(moment - timedelta(seconds=seconds), moment)


def bar(part: int, whole: int) -> str:
    """Draw a part of a whole; something is never nothing, and only all of it is full."""
    if part <= 0 or whole <= 0:
        return ""
    return "#" * max(1, min(_BAR, part * _BAR // whole))


def rhythm(counts: Sequence[int]) -> str:
    """Draw counts as heights, the highest of them at the top; `_` is none."""
    most = max(counts, default=0)
    steps = len(_LEVELS) - 1
    drawn = (_LEVELS[-(-count * steps // most)] if count else _LEVELS[0] for count in counts)
    return "".join(drawn).rjust(PARTS)
