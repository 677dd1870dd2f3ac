"""What an operator reads before deciding: what already went out, what changed, what is unsure, what goes out now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.domain.address_check import check
from console.domain.referral import for_call
from console.model import OPEN, Choice
from console.safe_text import DISPLAY_LIMIT, one_line
from console.texts import words
from console.times import clock_time

if TYPE_CHECKING:
    from datetime import datetime

    from console.desk import Case, Proposal
    from console.model import CallFile, Decision, Dispatch
    from triage_rules import Policy, Question

_REFERRED: Final = {Choice.STATION, Choice.ONLINE, Choice.PHONE_REPORT, Choice.ADVICE}
"""Outcomes without a visit: there the victim's own wish must have been asked (S0.41)."""


def before_words(case: Case) -> list[str]:
    """Say what holds whatever is chosen: units that were asked for before, and what changed since the last decision."""
    file = case.file
    sent = [
        words.decision.already_sent(each.priority, words.terms.DELIVERY[each.state], clock_time(each.created_at))
        for each in file.deliveries
        if not each.adds_to
    ]
    return [*sent, *(since_words(file.decisions[-1], file, case.policy) if file.decisions else ())]


def choice_words(case: Case, proposal: Proposal, cad_name: str, moment: datetime, earlier: str = "") -> list[str]:
    """Say what this choice does: the wish that was not asked, what goes out, what is unsure of it, what to say.

    `earlier` is the call to which this one is passed on; empty when it goes to somebody else.
    """
    choice = proposal.choice
    asked = wish_words(case) if choice in _REFERRED else []
    if proposal.dispatch is None:
        said = [*(online_words(case, moment) if choice is Choice.ONLINE else ()), words.terms.closing(choice, earlier)]
    else:
        said = [*sent_words(proposal.dispatch, cad_name), *check(case.file), words.terms.ARRANGING]
    later = [
        words.decision.besides(words.terms.CHOICE[each], words.terms.closing(each, earlier))
        for each in proposal.draft.also
    ]
    return [*asked, *said, *later]


def online_words(case: Case, moment: datetime) -> list[str]:
    """Say what stands in the way of an online report for this form and this caller; the station is always open."""
    fits = [fit for fit in for_call(case.policy, case.file.answers, moment) if fit.organisation.online]
    if not fits:
        return [words.decision.NOT_ONLINE]
    return [words.decision.CHECK_ONLINE] if fits[0].check else []


def wish_words(case: Case) -> list[str]:
    """Say what to ask of the victim's wish, while that was not asked; it never holds up a decision."""
    wish = wish_question(case.policy)
    if wish is None or wish.id in case.file.answers:
        return []
    number = next(number for number, each in enumerate(case.policy.questions, 1) if each is wish)
    return [words.decision.ask_wish(wish.text, number)]


def wish_missing(case: Case) -> bool:
    """True while the victim was not asked what they want."""
    wish = wish_question(case.policy)
    return wish is not None and wish.id not in case.file.answers


def wish_question(policy: Policy) -> Question | None:
    """The question about a visit, where the policy has one."""
    return next((each for each in policy.questions if each.visit is not None), None)


def since_words(decision: Decision, file: CallFile, policy: Policy) -> list[str]:
    """Say which answers are others than when this was decided; empty while none is.

    How long ago something was is compared only within one assessment: another one counts from another moment.
    """
    timed_again = file.reassessed_at is not None and decision.at < file.reassessed_at
    changed = [
        words.decision.changed(each.label, _said(policy, each, before), _said(policy, each, after))
        for each in policy.questions
        if (before := decision.answers.get(each.id, OPEN)) != (after := file.answers.get(each.id, OPEN))
        and not (each.kind == "uren" and timed_again)
    ]
    return [words.decision.since(clock_time(decision.at), "; ".join(changed))] if changed else []


def sent_words(dispatch: Dispatch, cad_name: str) -> list[str]:
    """Say exactly what goes to the CAD first: priority, class, address and the three lines to drive by."""
    place = dispatch.location
    known = f" ({place.lat:.5f}, {place.lon:.5f})" if place.lat is not None and place.lon is not None else ""
    return [
        words.decision.to_the_cad(cad_name, dispatch.priority, dispatch.classification, dispatch.classification_text),
        words.decision.address(f"{full(place.address) or words.decision.ADDRESS_UNKNOWN}{known}"),
        *(f"{number}. {full(line)}" for number, line in enumerate(dispatch.briefing, 1)),
    ]


def full(text: str) -> str:
    """All of a text from outside on one line, safe to show."""
    return one_line(text, DISPLAY_LIMIT)


def _said(policy: Policy, question: Question, value: str) -> str:
    return words.call_column.NOT_ASKED if value == OPEN else words.terms.answer_in_words(policy, question.id, value)
