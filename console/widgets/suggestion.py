"""What the policy says, in the words of the room: how urgent at least and at most, why, and after the victim's wish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.widgets.panel import Words
from console.words import OUTCOME_SHORT

if TYPE_CHECKING:
    from triage_rules import Rule, State

_SHOWN_RULES = 3


def suggestion_words(state: State) -> tuple[Words, ...]:
    """Give the lines of the suggestion; certainty is a word (`zeker`), never a colour."""
    lines = _bounds("URGENTIE", state.urgency)
    if "wens" in state.answers:
        lines += _bounds("NA KEUZE", state)
    reasons = state.rules[:_SHOWN_RULES]
    lines += [Words(f"omdat: {_reason(rule)}", hang=7) for rule in reasons]
    if not reasons:
        lines.append(Words("omdat: er is nog niets dat een keuze afdwingt", hang=7))
    if not state.final and state.open_questions:
        count = len(state.open_questions)
        lines.append(Words("nog 1 vraag telt mee" if count == 1 else f"nog {count} vragen tellen mee"))
    return tuple(lines)


def _bounds(title: str, state: State) -> list[Words]:
    least, most = OUTCOME_SHORT[state.at_least.id], OUTCOME_SHORT[state.at_most.id]
    if state.final:
        return [Words(f"{title}  zeker: {least}", hang=10, style="bold")]
    return [
        Words(f"{title}  ten minste {least}", hang=10, style="bold"),
        Words(f"{' ' * len(title)}  kan nog    {most}", hang=10),
    ]


def _reason(rule: Rule) -> str:
    return f"{rule.why} ({rule.id}; {', '.join(rule.sources)})"
