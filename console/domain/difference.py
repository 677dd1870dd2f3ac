"""What changed between two assessments of a call: answers, facts, what the policy said, what was decided. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from console.model import Facts

if TYPE_CHECKING:
    from datetime import timedelta

    from console.model import Assessment, Choice, Suggestion

_SAME_MOMENT_SECONDS: Final = 60
"""Hours are cut at four decimals and entries are whole minutes, so closer than this is the same moment."""


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """A question whose answer is another one now; None means it was, or is, not answered."""

    question: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a later assessment says otherwise than an earlier one.

    `facts` names the fields of `Facts` that changed. The pairs hold before and after: `suggestion` what the policy
    said (None while unknown), `choice` what was last decided (None where nothing was).
    """

    answers: tuple[ChangedAnswer, ...]
    facts: tuple[str, ...]
    suggestion: tuple[Suggestion | None, Suggestion | None]
    choice: tuple[Choice | None, Choice | None]

    @property
    def other_urgency(self) -> bool:
        """True when the policy now says another urgency, or another outcome after the victim's wish."""
        before, after = self.suggestion
        if before is None or after is None:
            return before is not after
        return (before.urgency, before.after_wish) != (after.urgency, after.after_wish)

    @property
    def other_choice(self) -> bool:
        """True when something else was decided."""
        return self.choice[0] != self.choice[1]


def difference(before: Assessment, after: Assessment) -> Difference:
    """Compare two assessments of one call.

    Hours before the one reference time and before the other are the same answer when they mean the same moment.
    """
    questions = dict.fromkeys((*before.answers, *after.answers))
    changed = [ChangedAnswer(each, before.answers.get(each), after.answers.get(each)) for each in questions]
    return Difference(
        answers=tuple(each for each in changed if not _same(each, after.assessed_from - before.assessed_from)),
        facts=tuple(
            each.name for each in fields(Facts) if getattr(before.facts, each.name) != getattr(after.facts, each.name)
        ),
        suggestion=(before.suggestion, after.suggestion),
        choice=(_chosen(before), _chosen(after)),
    )


def _chosen(assessment: Assessment) -> Choice | None:
    return assessment.decisions[-1].choice if assessment.decisions else None


def _same(answer: ChangedAnswer, later: timedelta) -> bool:
    before, after = _hours(answer.before), _hours(answer.after)
    if before is None or after is None:
        return answer.before == answer.after
    return abs((after - before) * 3600 - Decimal(later.total_seconds())) < _SAME_MOMENT_SECONDS


def _hours(value: str | None) -> Decimal | None:
    """Read an answer in hours, as it is recorded: plain digits, perhaps with a point; None for any other answer."""
    if value is None or not value.isascii() or not value.replace(".", "", 1).isdigit():
        return None
    return Decimal(value)
