"""What stands beside the checklist: decision, suggestion, what changed, what to say, who called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.advice import lines_for
from console.difference import difference
from console.model import Stage
from console.safe_text import one_line
from console.times import ago, clock_time
from console.widgets.outcome import outcome_words
from console.widgets.panel import Block, Words
from console.widgets.suggestion import suggestion_words
from console.words import CHOICE_SHORT, OUTCOME_SHORT, TRACE, answer_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from console.model import Assessment, Bounds, CallFile, Link, Related, Shared
    from triage_rules import Policy, State

_SHOWN_RELATED: Final = 3


def call_blocks(
    file: CallFile,
    state: State,
    versions: Sequence[Assessment],
    related: Sequence[Related],
    *,
    link: Link,
    cad_name: str,
    moment: datetime,
) -> tuple[Block, ...]:
    """Give the blocks of a call, the most important first."""
    outcome = outcome_words(file, link=link, cad_name=cad_name, moment=moment)
    if file.stage is Stage.DECIDED:
        outcome = (*outcome, Words("Nieuwe feiten? F12: beoordeel opnieuw"))
    return (
        Block("Besluit", outcome),
        Block("Overgenomen", _hands(file)),
        Block("Hangt samen met", _related(related, moment)),
        Block("Voorstel", suggestion_words(state)),
        Block("Anders dan eerst", _changes(versions, state.policy)),
        Block("Zeg tegen melder", tuple(Words(f"“{text}”", hang=1) for text in lines_for(state.answers))),
        Block("Melder", _caller(file)),
    )


def _hands(file: CallFile) -> tuple[Words, ...]:
    return tuple(
        Words(
            f"{clock_time(each.at)} {each.from_owner} -> {each.to_owner or 'wachtrij'}: {one_line(each.reason)}", hang=2
        )
        for each in file.transfers
    )


def _related(related: Sequence[Related], moment: datetime) -> tuple[Words, ...]:
    """Say which other calls share something, the closest first."""
    return tuple(
        Words(
            f"ook in {each.call_id}, {ago(each.received_at, moment)}, {one_line(each.place) or 'plaats onbekend'}: "
            f"{one_line(each.words)} (zelfde {', '.join(dict.fromkeys(_kind(shared) for shared in each.shared))})",
            hang=2,
        )
        for each in related[:_SHOWN_RELATED]
    )


def _kind(shared: Shared) -> str:
    return TRACE[shared.kind] if shared.valid else f"{TRACE[shared.kind]}, controlecijfer klopt niet"


def _changes(versions: Sequence[Assessment], policy: Policy) -> tuple[Words, ...]:
    """What the latest assessment says otherwise than the one before it; empty for a call assessed once."""
    if len(versions) < 2:
        return ()
    before, after = versions[-2:]
    found = difference(before, after)
    lines = [
        Words(
            f"{policy.question(each.question).label} {_said(policy, each.question, each.before)} -> "
            f"{_said(policy, each.question, each.after)}",
            hang=2,
        )
        for each in found.answers
    ]
    if found.other_urgency and found.suggestion[0] and found.suggestion[1]:
        was, now = (_interval(each.after_wish) for each in found.suggestion if each)
        lines.append(Words(f"voorstel {was} -> {now}", hang=2))
    if found.other_choice and found.choice[0] and found.choice[1]:
        lines.append(Words(f"besluit {CHOICE_SHORT[found.choice[0]]} -> {CHOICE_SHORT[found.choice[1]]}", hang=2))
    return tuple(lines) or (Words(f"nog niets (beoordeling {after.number})"),)


def _said(policy: Policy, question: str, value: str | None) -> str:
    return "niet gevraagd" if value is None else answer_in_words(policy, question, value)


def _interval(bounds: Bounds) -> str:
    least, most = OUTCOME_SHORT[bounds.at_least], OUTCOME_SHORT[bounds.at_most]
    return least if bounds.final else f"{least} tot {most}"


def _caller(file: CallFile) -> tuple[Words, ...]:
    incoming = file.incoming
    name, number = one_line(incoming.name) or "naam onbekend", one_line(incoming.number) or "nummer onbekend"
    return (Words(f"{name}, {number}"), Words(one_line(incoming.first_words)))
