"""Who may do what in the room: rights, the roles that give them, and the accounts and groups that have a role."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


class Role(StrEnum):
    """What an account is in the room; the value is its name in the settings."""

    OPERATOR = "centralist"
    DISPATCHER = "uitgifte"
    SHIFT_LEAD = "ovd"
    MANAGER = "beheer"
    TRAINER = "trainer"


class Right(StrEnum):
    """Something that a role may do; the value is its name in the register."""

    OVERSEE = "overzicht"
    """The room in figures, without anything about a person: whoever has a role."""
    SEE = "wachtrij"
    """The queue with the words of callers: who works with calls, or with what comes of them."""
    READ = "naslaan"
    """Calls that are not in hand: only who handles calls needs what another caller said."""
    HANDLE = "behandelen"
    """A call from taking it to giving it away: one trade, which asks for all of it."""
    DECIDE = "besluiten"
    """What is done for a caller: who heard them, or who leads the shift."""
    PASS_ON = "doorgeven"  # noqa: S105 - passing on, no password
    """That a unit was told by voice: who decided it and who told it both know."""
    SETTLE = "verouderd"
    """What becomes of a dispatch that waited too long: who decided it, or who knows where the units are."""
    ENTER = "papier"
    """A form of an outage: it records a decision."""
    PRINT = "noodpakket"
    """The pack to work from in an outage: whoever must go on then, and whoever has it printed."""
    ADVISE = "overleg"
    """The answer to a question: it is asked of the shift lead."""
    TAKE_OVER = "overnemen"
    """A call out of another's hands: the shift lead says who does what."""
    INSPECT = "inzien"
    """The record of a call, for a reason: who answers for the shift, or for the record."""
    KEEP = "bewaren"
    """Copies and destruction of the record: who answers for it and handles no calls."""
    SET_POLICY = "beleid"
    """The policy for new calls: never who must follow it."""
    REPORT = "rapport"
    """The figures of a shift: who answers for it, or for the record."""
    HOLD_KEYS = "sleutels"
    """The secrets of CAD and intake: who answers for the machine. What lies ready for a service is root's alone."""


_DISPATCHER: Final = frozenset({Right.OVERSEE, Right.SEE, Right.PASS_ON, Right.SETTLE, Right.PRINT})
_OPERATOR: Final = _DISPATCHER | {Right.READ, Right.HANDLE, Right.DECIDE, Right.ENTER}
_SHIFT_LEAD: Final = _OPERATOR | {Right.ADVISE, Right.TAKE_OVER, Right.INSPECT, Right.REPORT}

RIGHTS: Final = {
    Role.OPERATOR: _OPERATOR,
    Role.DISPATCHER: _DISPATCHER,
    Role.SHIFT_LEAD: _SHIFT_LEAD,
    Role.MANAGER: frozenset(
        {
            Right.OVERSEE,
            Right.PRINT,
            Right.INSPECT,
            Right.KEEP,
            Right.SET_POLICY,
            Right.REPORT,
            Right.HOLD_KEYS,
        }
    ),
    Role.TRAINER: frozenset({Right.OVERSEE}),
}
"""What each role may do."""

RIGHTS_IN_EXERCISE: Final = {**RIGHTS, Role.TRAINER: _SHIFT_LEAD}
"""The same where nothing is real: there a trainer shows how it is done."""


@dataclass(frozen=True, slots=True)
class Permit:
    """What one account may do in this room; where no roles were given out (`governed` is False) that is everything."""

    account: str
    roles: tuple[Role, ...] = ()
    governed: bool = False
    exercise: bool = False

    def may(self, right: Right) -> bool:
        """Tell whether one of its roles gives this right."""
        return not self.governed or any(right in _rights(self.exercise)[role] for role in self.roles)

    def refusal(self, right: Right) -> str:
        """Give the sentence for whoever may not: which role it takes and who gives it; empty for who may."""
        if self.may(right):
            return ""
        takes = [role for role, rights in _rights(self.exercise).items() if right in rights]
        only_there = Role.TRAINER in self.roles and not self.exercise
        return words.roles.refused(right, takes, self.roles, self.account, only_in_exercise=only_there)


def permit(
    given: Iterable[tuple[str, Iterable[str]]], account: str, groups: Collection[str], *, exercise: bool
) -> Permit:
    """Give the permit of an account that is in these groups, by what was given out: role -> accounts and `@groups`."""
    names = {account, *(f"@{group}" for group in groups)}
    table = {Role(role): set(to) for role, to in given}
    roles = tuple(role for role in Role if names & table.get(role, set()))
    return Permit(account, roles, governed=bool(table), exercise=exercise)


def _rights(exercise: bool) -> dict[Role, frozenset[Right]]:
    return RIGHTS_IN_EXERCISE if exercise else RIGHTS
