"""Where the caller can go: who fits this call and answers now, what to read out, and a tick for what was given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from console.domain.opening_hours import Access
from console.domain.referral import Fit, for_call, organisation
from console.model import Detail, Referred
from console.screens.pick import PickDialog
from console.texts import words
from console.times import local
from console.widgets.explaining import online_words
from console.widgets.pick_list import Pick

if TYPE_CHECKING:
    from datetime import datetime

    from console.case import Case
    from console.model import CallFile
    from triage_rules import Form

_STATION: Final = "bureau"
_NAME_ROOM: Final = 29
_ACCESS_ROOM: Final = 26
_ACCESS: Final = {
    Access.OPEN: words.referral.DAY_AND_NIGHT,
    Access.BY_APPOINTMENT: words.referral.BY_APPOINTMENT,
    Access.WEBSITE: words.referral.WEBSITE,
    Access.UNKNOWN: words.referral.HOURS_UNKNOWN,
}


class ReferralScreen(PickDialog):
    """Who answers now stands first; what must be checked before it is said has that word beside it."""

    def __init__(
        self,
        case: Callable[[], Case],
        clock: Callable[[], datetime],
        add: Callable[[Detail], Awaitable[str]],
        take_back: Callable[[int], Awaitable[str]],
    ) -> None:
        """`case` gives the call as it stands; `add` and `take_back` give "" or what is wrong."""
        super().__init__(words.referral.title(case().file.call_id), self._rows, self._given)
        self._case = case
        self._clock = clock
        self._add = add
        self._take_back = take_back

    async def _given(self, pick: Pick) -> str:
        number = referred(self._case().file).get(pick.id)
        return await (self._add(Referred(pick.id)) if number is None else self._take_back(number))

    def _fits(self) -> tuple[Fit, ...]:
        case = self._case()
        return for_call(case.policy, case.state.answers, self._clock())

    def _rows(self) -> list[Pick]:
        given, moment = referred(self._case().file), self._clock()
        fits = self._fits()
        shown = {each.organisation.id for each in fits}
        earlier = [each for each in map(organisation, given) if each is not None and each.id not in shown]
        return [
            *(Pick(each.organisation.id, _row(each, moment), each.organisation.id in given) for each in fits),
            *(Pick(each.id, words.referral.no_longer(each.name), ticked=True) for each in earlier),
        ]

    def about(self, pick: Pick) -> str:
        """What to read out, how to reach them, for what, and what to beware of."""
        case = self._case()
        form = next((each for each in case.policy.forms if each.id == case.state.answers.get("vorm")), None)
        return "\n".join(details_of(pick.id, self._fits(), self._clock(), form))

    def told(self, pick: Pick) -> str:
        """That it is on record, and the number the caller can refer to."""
        found = organisation(pick.id)
        return words.referral.recorded(found.name if found else pick.id, self._case().file.call_id)


def referred(file: CallFile) -> dict[str, int]:
    """The organisations that were given to the caller, by id, with the number under which each is recorded."""
    return {
        each.detail.to: each.number
        for each in file.details
        if isinstance(each.detail, Referred) and not each.taken_back
    }


def details_of(chosen: str, fits: tuple[Fit, ...], moment: datetime, form: Form | None) -> list[str]:
    """Give what is to be read of one organisation, each on a line of its own; of the police itself with the form."""
    found = organisation(chosen)
    if found is None:
        return []
    fit = next((each for each in fits if each.organisation.id == chosen), None)
    lines = [
        words.referral.quoted(found.say),
        words.referral.reach(found.reach.text, found.reach.source, check=found.reach.check),
    ]
    if fit is not None:
        lines.append(words.referral.hours(access_words(fit, moment), found.open.source, check=found.open.check))
    if form is not None and (found.online or found.id == _STATION):
        lines.append(online_words(form))
    lines.append(words.referral.purpose(found.purpose))
    if found.beware:
        lines.append(words.referral.beware(found.beware))
    return lines


def access_words(fit: Fit, moment: datetime) -> str:
    """Say whether somebody answers now: `open tot 17.00`, `gesloten, morgen 9.00`."""
    if fit.access is Access.CLOSED:
        return words.referral.closed(None if fit.opens is None else _when(fit.opens, moment))
    if fit.until is not None:
        return words.referral.open_until(_clock(fit.until))
    return _ACCESS[fit.access]


def _row(fit: Fit, moment: datetime) -> str:
    check = words.referral.CHECK if fit.check else ""
    return f"{fit.organisation.name:<{_NAME_ROOM}} {access_words(fit, moment):<{_ACCESS_ROOM}} {check}".rstrip()


def _when(then: datetime, moment: datetime) -> str:
    days = (local(then).date() - local(moment).date()).days
    return words.referral.opens(days, local(then).weekday(), f"{local(then):%d-%m}", _clock(then))


def _clock(moment: datetime) -> str:
    return f"{local(moment).hour}.{local(moment).minute:02}"
