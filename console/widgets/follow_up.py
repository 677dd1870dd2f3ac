"""What a choice still asks besides being chosen: who arranges what, when, to whom. Knows no terminal, asks no press.

Nothing of it holds up a decision: what is not known yet can be given later, with the same keys.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from console.model import Appointment, AppointmentKind, Choice, Party, PassedOn, TraceKind
from console.texts import words
from console.times import ago

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from console.model import CallFile, Detail, KnownDetail, Related

LETTERS: Final = {
    **{key: words.follow_up.arranges(text) for key, (_by, text) in words.follow_up.ARRANGED_BY.items()},
    **{key: words.follow_up.to(text) for key, text in words.follow_up.PASS_TO.items()},
    words.follow_up.OTHER_KEY: words.follow_up.to(words.follow_up.ANOTHER_SERVICE),
    words.follow_up.EARLIER_KEY: words.follow_up.to(words.follow_up.EARLIER),
    words.follow_up.PICKUP_KEY: words.follow_up.APPOINTMENT[AppointmentKind.PICKUP],
}
"""What the letters of the decision mean, where the choice asks for it."""
LETTERS_OF: Final = {
    **dict.fromkeys(LETTERS, "doorzetten"),
    **dict.fromkeys(words.follow_up.ARRANGED_BY, "afspraak"),
    words.follow_up.PICKUP_KEY: "ophaling",
}
"""To which choice a letter belongs: the letters of one are named together."""

_SUSPECT: Final = "verdachte"
_ANNOUNCED: Final = "later"
_BESIDE: Final = 3
_ASKED_BY: Final = {Choice.STATION: AppointmentKind.STATION, Choice.PRIO3: AppointmentKind.WINDOW}


@dataclass(frozen=True, slots=True)
class Typing:
    """What the line that is being typed stands for, and what it asks."""

    asks: str
    kind: AppointmentKind | None
    by: Party = Party.OPERATOR


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What the choices of one decision ask: `known` from the record, `given` typed since and not recorded yet.

    `earlier` are other calls that share the caller's number, the newest first.
    """

    choices: tuple[Choice, ...]
    known: tuple[KnownDetail, ...]
    pickup: bool
    earlier: tuple[Related, ...]
    moment: datetime
    given: dict[str, Detail] = field(default_factory=dict)

    def choosing(self, choices: tuple[Choice, ...]) -> FollowUp:
        """The same with other choices; what was given stays for when they come back."""
        return replace(self, choices=choices)

    @property
    def details(self) -> tuple[Detail, ...]:
        """What there is to record now: what was given for these choices and is not on record."""
        wanted = [kind.value for kind in self._kinds]
        if Choice.PASSED_ON in self.choices:
            wanted.append(_slot(PassedOn("")))
        recorded = [each.detail for each in self.known]
        return tuple(each for slot, each in self.given.items() if slot in wanted and each not in recorded)

    def number_of(self, detail: Detail) -> int | None:
        """The number under which an older version of this detail is on record."""
        return _number_among(self.known, detail)

    def press(self, letter: str) -> FollowUp | Typing | None:
        """What a letter gives: an answer, a line to type, or None where it means nothing now."""
        if letter == words.follow_up.PICKUP_KEY and self.pickup:
            return Typing(words.follow_up.ASK_WHEN[AppointmentKind.PICKUP], AppointmentKind.PICKUP)
        if letter in words.follow_up.ARRANGED_BY and (kind := self._to_arrange) is not None:
            return Typing(words.follow_up.ASK_WHEN[kind], kind, words.follow_up.ARRANGED_BY[letter][0])
        if Choice.PASSED_ON not in self.choices:
            return None
        if letter == words.follow_up.OTHER_KEY:
            return Typing(words.follow_up.ASK_SERVICE, None)
        if letter == words.follow_up.EARLIER_KEY and self.earlier:
            return self._with(PassedOn(words.follow_up.EARLIER, self._next_earlier()))
        to = words.follow_up.PASS_TO.get(letter)
        return None if to is None else self._with(PassedOn(to))

    def typed(self, typing: Typing, text: str) -> FollowUp:
        """What the line that was typed gives; of an appointment the time may follow later, a service needs its name."""
        said = " ".join(text.split())
        if typing.kind is not None:
            return self._with(Appointment(typing.kind, typing.by, said))
        return self._with(PassedOn(said)) if said else self

    def lines(self) -> tuple[str, ...]:
        """Say what is asked and what was answered."""
        return (*self._pickup_lines(), *self._appointment_lines(), *self._passed_on_lines())

    def passed_to(self) -> PassedOn | None:
        """To whom the call goes, once that is known."""
        found = self._current(_slot(PassedOn("")))
        return found if isinstance(found, PassedOn) else None

    @property
    def newly_passed_to(self) -> str:
        """The earlier call to which this one is about to be passed on; empty when it goes to nobody, or went before."""
        return next((each.call_id for each in self.details if isinstance(each, PassedOn)), "")

    def recorded_in(self, file: CallFile) -> FollowUp:
        """The same, with what is on record by now."""
        return replace(self, known=_standing(file))

    @property
    def _kinds(self) -> list[AppointmentKind]:
        asked = [_ASKED_BY[choice] for choice in self.choices if choice in _ASKED_BY]
        return [*([AppointmentKind.PICKUP] if self.pickup else []), *asked]

    @property
    def _to_arrange(self) -> AppointmentKind | None:
        """The appointment that the letters of who arranges it are about: the first without an answer, else the last."""
        kinds = [kind for kind in self._kinds if kind is not AppointmentKind.PICKUP]
        return next((kind for kind in kinds if self._current(kind.value) is None), kinds[-1] if kinds else None)

    def _with(self, detail: Detail) -> FollowUp:
        return replace(self, given={**self.given, _slot(detail): detail})

    def _current(self, slot: str) -> Detail | None:
        recorded = next((each.detail for each in self.known if _slot(each.detail) == slot), None)
        return self.given.get(slot, recorded)

    def _next_earlier(self) -> str:
        calls = [each.call_id for each in self.earlier]
        now = self.passed_to()
        return calls[(calls.index(now.call_id) + 1) % len(calls)] if now and now.call_id in calls else calls[0]

    def _pickup_lines(self) -> list[str]:
        if not self.pickup:
            return []
        found = self._current(AppointmentKind.PICKUP.value)
        told = _said(found) if isinstance(found, Appointment) else words.follow_up.PICKUP_WHEN
        return [words.follow_up.PICKUP_PLAN, f"  {told}"]

    def _appointment_lines(self) -> list[str]:
        lines = []
        for kind in self._kinds:
            if kind is AppointmentKind.PICKUP:
                continue
            found = self._current(kind.value)
            if isinstance(found, Appointment):
                lines.append(_said(found))
            if kind is self._to_arrange:
                who = "  ".join(f"{key} {text}" for key, (_by, text) in words.follow_up.ARRANGED_BY.items())
                asks = words.follow_up.CHANGE if found else words.follow_up.WHO_ARRANGES
                lines.append(f"{words.follow_up.APPOINTMENT[kind]}: {asks} {who}")
        return lines

    def _passed_on_lines(self) -> list[str]:
        if Choice.PASSED_ON not in self.choices:
            return []
        found = self.passed_to()
        lines = [words.follow_up.passed_on(found.to, found.call_id)] if found else [words.follow_up.TO_WHOM]
        cells = [f"{_mark(found == PassedOn(to))} {key} {to}" for key, to in words.follow_up.PASS_TO.items()]
        named = found is not None and not found.call_id and found.to not in words.follow_up.PASS_TO.values()
        cells.append(f"{_mark(named)} {words.follow_up.OTHER_KEY} {words.follow_up.ANOTHER_SERVICE}")
        lines += ["  ".join(cells[:_BESIDE]), "  ".join(cells[_BESIDE:])]
        if self.earlier:
            chosen = found.call_id if found else ""
            shown = next((each for each in self.earlier if each.call_id == chosen), self.earlier[0])
            text = words.follow_up.earlier(shown.call_id, ago(shown.received_at, self.moment), len(self.earlier) - 1)
            lines.append(f"{_mark(shown.call_id == chosen)} {text}")
        return lines


def follow_up(file: CallFile, choices: tuple[Choice, ...], related: Sequence[Related], moment: datetime) -> FollowUp:
    """What these choices ask of this call; without any, what its latest decision asks."""
    decided = file.decisions[-1:]
    asked = choices or tuple(each for decision in decided for each in (decision.choice, *decision.also))
    return FollowUp(
        choices=asked,
        known=_standing(file),
        pickup=file.answers.get(_SUSPECT) == _ANNOUNCED,
        earlier=same_number(related),
        moment=moment,
    )


def passed_on_to(file: CallFile) -> PassedOn | None:
    """To whom a call was passed on, as it stands on record; None while that was not said."""
    said = (each.detail for each in _standing(file) if isinstance(each.detail, PassedOn))
    return next(said, None)


def standing_number(file: CallFile, detail: Detail) -> int | None:
    """The number under which what this takes the place of is on record: of some kinds one stands at a time."""
    return _number_among(_standing(file), detail)


def still_to_whom(file: CallFile) -> bool:
    """True while the latest decision passes a call on and nobody said to whom."""
    passes = any(Choice.PASSED_ON in {each.choice, *each.also} for each in file.decisions[-1:])
    return passes and passed_on_to(file) is None


def same_number(related: Sequence[Related]) -> tuple[Related, ...]:
    """The other calls of somebody with the same number, the newest first: a caller who was cut off calls back."""
    found = [each for each in related if any(shared.kind is TraceKind.PHONE for shared in each.shared)]
    return tuple(sorted(found, key=lambda each: each.received_at, reverse=True))


def _standing(file: CallFile) -> tuple[KnownDetail, ...]:
    return tuple(each for each in file.details if not each.taken_back)


def _number_among(known: Sequence[KnownDetail], detail: Detail) -> int | None:
    return next((each.number for each in known if _slot(each.detail) == _slot(detail)), None)


def _slot(detail: Detail) -> str:
    """Of which kind one stands at a time: each kind of appointment, and to whom the call was passed on."""
    if isinstance(detail, Appointment):
        return detail.kind.value
    return type(detail).__name__


def _mark(chosen: bool) -> str:
    return f"[{'x' if chosen else ' '}]"


def _said(appointment: Appointment) -> str:
    return words.follow_up.appointment(appointment.kind, appointment.made_by, appointment.when)
