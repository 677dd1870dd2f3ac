"""A paper form in the record's words: weighed as the policy weighs it, its dispatch as it was read out. Pure."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from console.case import Case, bounds, stamp
from console.domain import dispatching
from console.domain.before_questions import DANGER, IN_NL, NO, NOT_THE_VICTIM, YES
from console.domain.deviation import deviates
from console.model import OPEN, UNKNOWN, CallFile, Claim, IncomingCall, Location, Stage
from console.record.values import DecisionDraft, PaperEntry
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.model import Facts, PaperForm
    from triage_rules import Policy


def entry(form: PaperForm, token: str, *, policy: Policy, operator: str, exercise: bool) -> PaperEntry:
    """Put a form in the record's words: weighed as the policy weighs it, its dispatch as it was read out."""
    facts, paper = form.facts, form.paper
    incoming = IncomingCall(None, form.channel, facts.callback, form.name, Location(facts.address), "", paper.called_at)
    state = policy.resume(_as_recorded(form.answers, facts, policy))
    file = CallFile(
        call_id="",
        incoming=incoming,
        stage=Stage.DECIDED,
        owner=operator,
        claimed_at=None,
        fence=0,
        facts=facts,
        answers=dict(state.answers),
        note=form.note,
        decisions=(),
        deliveries=(),
        told=True,
    )
    case = Case(Claim("", operator, 0), file, state)
    choice, note, why = form.choice, form.note, ""
    decision = dispatch = None
    if choice is not None:
        outside = deviates(choice, bounds(case.said), policy)
        decision = DecisionDraft(
            token=token,
            choice=choice,
            policy=stamp(policy),
            answers={each.id: state.answers.get(each.id, OPEN) for each in policy.questions},
            suggestion=case.suggestion,
            deviates=outside,
        )
        if outside:
            why = form.why
    if form.why and not why:
        note = "; ".join(part for part in (note, words.paper.why_in_note(form.why)) if part)
    if choice is not None and choice.priority is not None and paper.decided_at is not None:
        dispatch = dispatching.prepare(
            file,
            choice,
            policy=policy,
            message_id=str(uuid.uuid5(uuid.NAMESPACE_OID, token)),
            by=paper.handled_by or operator,
            at=paper.decided_at,
            exercise=exercise,
            control_word="",
        )
    return PaperEntry(token, paper, incoming, facts, state.answers, note, policy.text_hash, decision, dispatch, why)


def _as_recorded(given: Mapping[str, str], facts: Facts, policy: Policy) -> dict[str, str]:
    """Give the answers as they would have been recorded at once (policy.md, before the questions)."""
    answers = dict(given)
    if facts.speaks_freely is False and answers.get(DANGER, NO) == NO:
        answers[DANGER] = UNKNOWN
    known = {question.id for question in policy.questions}
    if IN_NL in known - answers.keys() and facts.role not in NOT_THE_VICTIM and facts.address:
        answers[IN_NL] = YES
    return answers
