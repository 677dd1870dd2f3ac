"""What the policy says, in the words of the room: how urgent at least and at most, why, and after the victim's wish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.texts import words
from console.widgets.panel import Words
from triage_rules.explaining import clause, joined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from triage_rules import State
    from triage_rules.explaining import Change

_SHOWN_CHANGES: Final = 2
_FLOOR: Final = "advies"
"""The least urgent outcome needs no reason while questions are open: nothing has asked for more yet."""
_SMALLEST_VISIT: Final = "eenheid_prio3"
_WISH: Final = "wens"
_HANDED_BACK: Final = "terug_naar_gms"


def suggestion_words(state: State) -> tuple[Words, ...]:
    """Give the lines of the suggestion; certainty is a word (`zeker`), never a colour.

    The reason stands under the line it belongs to: urgency has its own, as if a visit were wanted.
    """
    lines = [*_bounds(words.suggestion.URGENCY, state.urgency), Words(_because(state.urgency, state.answers), hang=6)]
    if _WISH in state.answers:
        lines += [*_bounds(words.suggestion.AFTER_WISH, state), Words(_because(state, state.answers), hang=6)]
    lines += [Words(change.text, hang=2) for change in _worth_knowing(state.urgency)]
    if not state.final:
        lines.append(Words(words.suggestion.still_open(len(state.open_questions))))
    return tuple(lines)


def bounds_words(state: State) -> str:
    """Say in one line between which outcomes a call still lies."""
    if state.final:
        return words.suggestion.certain(words.terms.OUTCOME_SHORT[state.at_least.id])
    return words.suggestion.between(words.terms.OUTCOME_SHORT[state.at_least.id], _most(state))


def _because(state: State, asked: Mapping[str, str]) -> str:
    """The smallest reason; of what was only supposed (a visit is wanted) nothing is said."""
    if not state.final and state.at_least.id == _FLOOR:
        return words.suggestion.NOTHING_ASKS
    reason = state.because
    facts = [
        clause(state.policy.question(name), [value]) for name, value in reason.answers if _was_said(name, value, asked)
    ]
    rules = ", ".join(rule.id for rule in reason.rules)
    sources = ", ".join(dict.fromkeys(source for rule in reason.rules for source in rule.sources))
    return words.suggestion.because(joined(facts) if facts else reason.text, rules, sources)


def _was_said(question: str, value: str, asked: Mapping[str, str]) -> bool:
    """False for what urgency only supposes: that a visit is wanted, also where the caller refused one."""
    return question in asked and (question != _WISH or asked[question] == value)


def _worth_knowing(state: State) -> list[Change]:
    """What one more answer would raise to a visit, the most urgent first; one value each, so that it can be read."""
    visits = state.policy.outcome(_SMALLEST_VISIT).rank
    raising = [
        change
        for change in state.could_become
        if change.outcome.rank > max(state.at_least.rank, visits - 1)
        and change.outcome.id != _HANDED_BACK
        and len(change.answers) == 1
    ]
    return raising[:_SHOWN_CHANGES]


def _bounds(title: str, state: State) -> list[Words]:
    least = words.terms.OUTCOME_SHORT[state.at_least.id]
    if state.final:
        return [Words(words.suggestion.certain_line(title, least), hang=10, style="bold")]
    return [
        Words(words.suggestion.least_line(title, least), hang=10, style="bold"),
        Words(words.suggestion.most_line(title, _most(state)), hang=10),
    ]


def _most(state: State) -> str:
    """The most urgent outcome still possible; that it may turn out not to be online crime is said beside it."""
    *others, most = state.possible
    if most.id == _HANDED_BACK and len(others) > 1:
        return words.suggestion.or_ordinary(words.terms.OUTCOME_SHORT[others[-1].id])
    return words.terms.OUTCOME_SHORT[most.id]
