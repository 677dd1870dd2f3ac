"""What the shift lead must hear: a line of words with its age. Pure: the moment is handed in.

Dispatches that do not arrive are told one by one. Of anything else there is one line, with how often and the oldest.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from console.connection import delivery_gone
from console.model import Delivery
from console.safe_text import one_line
from console.settings import SIGNALS
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from console.model.overview import HeldCall, OpenDispatch
    from console.overview.figures import Figures
    from console.settings import Settings

_CAME_BACK: Final = {Delivery.REFUSED: words.overview.refused, Delivery.UNCLEAR: words.overview.unclear}

Thresholds = dict[str, timedelta]


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that somebody must do something about; `since` is from when on it is so, `calls` which it is about."""

    kind: str
    words: str
    since: datetime
    calls: tuple[str, ...] = ()


def thresholds(settings: Settings) -> Thresholds:
    """After how long each thing is a signal in this room."""
    return {name: timedelta(seconds=seconds) for name, seconds in (SIGNALS | dict(settings.signals)).items()}


def of(figures: Figures, after: Mapping[str, timedelta], moment: datetime, cad_name: str) -> tuple[Signal, ...]:
    """Give what is a signal at this moment, the most pressing first."""
    return tuple(_signals(figures, after, moment, cad_name))


def _signals(figures: Figures, after: Mapping[str, timedelta], moment: datetime, cad: str) -> Iterator[Signal]:
    glance = figures.glance
    yield from _of_the_link(figures, moment, cad)
    old = [dispatch for dispatch in glance.dispatches if dispatch.state is Delivery.TOO_OLD]
    for dispatch in glance.dispatches[: len(glance.dispatches) - len(old)]:
        if dispatch.state in _CAME_BACK or moment - dispatch.since >= after["bevestiging"]:
            yield Signal("bevestiging", _dispatch(dispatch, cad), dispatch.since, (dispatch.call_id,))
    if old:
        calls = tuple(dispatch.call_id for dispatch in old)
        yield Signal("verouderd", words.overview.too_old(glance.too_old), min(each.since for each in old), calls)

    def late(kind: str, since: Sequence[tuple[datetime, str]], tell: Callable[[int, str], str]) -> Iterator[Signal]:
        """One line for all of a kind that lasts too long; `since` is in any order."""
        found = sorted(each for each in since if moment - each[0] >= after[kind])
        if found:
            yield Signal(kind, tell(len(found), found[0][1]), found[0][0], tuple(call_id for _, call_id in found))

    owners = {call.call_id: one_line(call.owner) for call in glance.held}
    askers = {asked.call_id: one_line(asked.asked_by) for asked in glance.asked}
    priorities = {unit.call_id: unit.priority for unit in glance.units}
    yield from late("prio1", _held(figures.prio1.certain), words.overview.certain_undecided)
    yield from late("afspraak", [(each.at, each.call_id) for each in glance.call_backs], words.overview.call_back_late)
    windows = [(each.by, each.agreed.call_id) for each in figures.windows if each.by is not None]
    yield from late("afspraak", windows, words.overview.window_late)
    waiting = bisect_right(glance.waiting_since, moment - after["wacht"])
    yield from late(
        "wacht",
        [(each.since, each.call_id) for each in glance.longest],
        lambda _, call_id: words.overview.waits_too_long(waiting, call_id),
    )
    yield from late(
        "overleg",
        [(each.asked_at, each.call_id) for each in glance.asked],
        lambda count, call_id: words.overview.consulted(count, call_id, askers[call_id]),
    )
    silent = sorted((each.stale_since, each.call_id) for each in glance.held if each.stale_since is not None)
    if silent:
        tell = words.overview.silent_console(len(silent), silent[0][1], owners[silent[0][1]])
        yield Signal("stil", tell, silent[0][0], tuple(call_id for _, call_id in silent))
    yield from late("prio1", _held(figures.prio1.possible), words.overview.possible_undecided)
    yield from late(
        "eenheid",
        [(each.since, each.call_id) for each in glance.units],
        lambda count, call_id: words.overview.no_unit(count, priorities[call_id], call_id),
    )
    yield from late(
        "behandeling",
        _held(glance.held),
        lambda count, call_id: words.overview.held_too_long(count, call_id, owners[call_id]),
    )


def _held(calls: Sequence[HeldCall]) -> list[tuple[datetime, str]]:
    return [(call.since, call.call_id) for call in calls]


def _of_the_link(figures: Figures, moment: datetime, cad: str) -> Iterator[Signal]:
    link = figures.glance.link
    if delivery_gone(link, moment):
        yield Signal("bezorging", words.overview.no_delivery(cad), link.seen_at or moment)
    elif link.reachable is False:
        yield Signal("koppeling", words.overview.link_down(cad), link.since or moment)


def _dispatch(dispatch: OpenDispatch, cad: str) -> str:
    if dispatch.addition:
        return words.overview.addition_stuck(cad, dispatch.call_id)
    return _CAME_BACK.get(dispatch.state, words.overview.unconfirmed)(cad, dispatch.priority, dispatch.call_id)
