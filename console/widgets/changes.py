"""What a later assessment of a call says otherwise than the one before it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.domain.difference import difference
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.model import Assessment, Bounds
    from triage_rules import Policy


def changes(before: Assessment, after: Assessment, answer: Callable[[str, str], str], policy: Policy) -> list[str]:
    """Give a line per change; `answer` says the answer to a question. Empty when nothing changed yet."""
    found = difference(before, after)

    def said(question: str, value: str | None) -> str:
        return words.call_column.NOT_ASKED if value is None else answer(question, value)

    lines = [
        f"{policy.question(asked.question).label} "
        f"{said(asked.question, asked.before)} -> {said(asked.question, asked.after)}"
        for asked in found.answers
    ]
    if found.other_urgency and found.suggestion[0] and found.suggestion[1]:
        was, now = (between(each.after_wish) for each in found.suggestion if each)
        lines.append(words.call_column.other_suggestion(was, now))
    if found.other_choice and found.choice[0] and found.choice[1]:
        was, now = (words.terms.CHOICE_SHORT[each] for each in found.choice if each)
        lines.append(words.call_column.other_choice(was, now))
    return lines


def between(bounds: Bounds) -> str:
    """Say between which outcomes a call lay."""
    least, most = words.terms.OUTCOME_SHORT[bounds.at_least], words.terms.OUTCOME_SHORT[bounds.at_most]
    return least if bounds.final else words.call_column.between(least, most)
