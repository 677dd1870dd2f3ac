"""What an operator does with a call. Each method returns when its work is on disk, or raises and has done nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.domain import linking
from console.model import (
    Channel,
    Claim,
    Decision,
    Dispatch,
    DraftPlace,
    Facts,
    IncomingCall,
    TraceOrigin,
)
from console.record import (
    adding,
    answering,
    claiming,
    consulting,
    deciding,
    drafting,
    emptying,
    entering,
    links,
    noting,
    reassessing,
    ringing,
    search,
    statements,
)
from console.record.rows import check_text
from console.record.values import DecisionDraft, PaperEntry, Rung

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from console.model import Choice, Detail, Fact, Known, Person, Special, Trace
    from console.record.writer import Transaction, Writer


class Calls:
    """The calls of a record, written through one writer. Call from any thread, or with `await writer.call(...)`."""

    def __init__(self, writer: Writer) -> None:
        """Work through `writer`, which the caller opens and closes."""
        self._writer = writer

    def ring(self, call: IncomingCall) -> Rung:
        """Store a call that rings. The same external id with the same content gives the number it already has.

        Raises DifferentCall when the content differs in anything, `received_at` included (to the millisecond).
        """
        return self._writer.submit(ringing.ring, call, links.of_incoming(call)).result()

    def enter(self, entry: PaperEntry, by: str) -> Claim:
        """Record a call that was handled on paper, with its own moments; nothing of it is sent to the CAD.

        One that was decided is nobody's after this; one that was not is `by`'s, and its claim is current. The same
        `entry.token` again gives the call that stands. Refused when its moments cannot be, or its number was used.
        """
        traces = {
            TraceOrigin.INCOMING: links.of_incoming(entry.incoming),
            TraceOrigin.TOLD: links.of_told(entry.facts),
            TraceOrigin.NOTE: linking.find(entry.note),
        }
        return self._writer.submit(entering.enter, entry, by, traces).result()

    def open_by_hand(self, channel: Channel, by: str) -> Claim:
        """Start a call that only came by telephone; it is `by`'s at once."""
        return self._writer.submit(ringing.open_by_hand, channel, by).result()

    def claim(self, call_id: str, by: str) -> Claim:
        """Take a call that is free, or take your own again: the claim you had before is then no longer valid.

        Raises AlreadyClaimed when somebody else holds it. A decided call stays decided when it is taken.
        """
        return self._writer.submit(claiming.claim, call_id, by).result()

    def take_over(self, call_id: str, by: str, *, owner: str, reason: str) -> Claim:
        """Take a call from `owner`, whether their lease ran out or not; they hear who has it now, and why.

        `owner` is who held it on the screen of the one who takes over: when two do so at once, the second raises
        AlreadyClaimed instead of taking it from the first.
        """
        return self._writer.submit(claiming.take_over, call_id, by, owner, reason).result()

    def hand_over(self, claim: Claim, to: str | None, note: str) -> None:
        """Give a call to the colleague `to`, or with None back to the queue; `note` says why, and what to know.

        The call is the colleague's at once, with a lease that runs: not opened in time, it is marked for all to see.
        """
        self._writer.submit(claiming.hand_over, claim, to, note).result()

    def renew(self, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """Show that these claims are alive, and give those that are no longer held.

        For all calls of one console at once. Writes nothing while every sign is fresh, and never an audit row.
        """
        aged, lost = self._writer.look(claiming.outdated, claims).result()
        if aged:
            self._writer.submit(claiming.renew, aged).result()
        return tuple(lost)

    def release(self, claim: Claim) -> None:
        """Put a call back in the queue with its answers and note; one that was decided stays decided, but is free."""
        self._writer.submit(claiming.release, claim).result()

    def close_empty(self, claim: Claim) -> None:
        """Close a call that was opened by hand and in which nothing was ever recorded; it is nobody's and stays found.

        Raises RecordError when there is anything in it, also what was taken back since.
        """
        self._writer.submit(_close_empty, claim).result()

    def reassess(
        self, claim: Claim, *, since: datetime | None = None, answers: Mapping[str, str] | None = None
    ) -> None:
        """Open a decided call again because there are new facts; what was answered and decided before stays.

        `since` is the moment against which the last act is timed from now on (now, when None). The answers start as
        they stood; `answers` are those that must be said anew because of the new moment. A dispatch goes its own way.
        """
        self._writer.submit(reassessing.reassess, claim, since, answers or {}).result()

    def draft_choice(self, claim: Claim, choice: Choice | None) -> None:
        """Keep what is chosen but not confirmed; None when the dialog was left. Costs no write when nothing changed.

        It goes with the decision, and with the claim: nobody finds a choice prepared that was another's.
        """
        self._writer.submit(deciding.draft_choice, claim, choice).result()

    def draft_text(self, claim: Claim, place: DraftPlace, text: str) -> None:
        """Keep how a line stands that is typed and not confirmed yet; an unchanged one costs no write.

        It goes when it is emptied, with the question or the reason it became, and with the claim: nobody finds
        another's half sentence.
        """
        self._writer.submit(_draft_text, claim, place, text).result()

    def tell(self, claim: Claim, facts: Facts) -> None:
        """Record what the caller told of themselves, all of it as it now stands; earlier versions stay."""
        self._writer.submit(_tell, claim, facts, links.of_told(facts)).result()

    def answer(self, claim: Claim, question: str, value: str | None) -> None:
        """Record an answer; None opens the question again. Every version stays, the newest counts."""
        self._writer.submit(_answer, claim, question, value).result()

    def note(self, claim: Claim, text: str) -> None:
        """Keep the note line as it now stands; an unchanged one costs no write."""
        self._writer.submit(_note, claim, text, linking.find(text)).result()

    def person(self, claim: Claim, person: Person, number: int | None = None) -> int:
        """Record a person with their role, or with `number` a new version of one; gives the number in this call."""
        traces = (*linking.of_phone(person.phone), *linking.find(person.description))
        return self._writer.submit(_person, claim, person, number, traces).result()

    def fact(self, claim: Claim, fact: Fact, number: int | None = None) -> int:
        """Record a fact with its source, or with `number` a new version of one; gives the number in this call."""
        return self._writer.submit(_fact, claim, fact, number, linking.find(fact.text)).result()

    def impression(self, claim: Claim, text: str) -> None:
        """Record what the operator makes of it, apart from the facts (Wpg 4 lid 3); earlier versions stay."""
        self._writer.submit(_impression, claim, text).result()

    def special(self, claim: Claim, kind: Special, value: Known) -> None:
        """Record special data as a code (Wpg 5); lists and search results never show it."""
        self._writer.submit(_special, claim, kind, value).result()

    def add(self, claim: Claim, detail: Detail, token: str | None = None) -> int:
        """Record a clue, a payment, an appointment or another detail; gives its number in this call.

        The same token again records how that detail now stands; with None each call of this records another one.
        """
        return self._writer.submit(_add, claim, detail, links.of_detail(detail), token).result()

    def change(self, claim: Claim, number: int, detail: Detail) -> None:
        """Record how a detail now stands, of the same kind; one that was taken back counts again."""
        self._writer.submit(_change, claim, number, detail, links.of_detail(detail)).result()

    def take_back(self, claim: Claim, number: int) -> None:
        """Record that a detail does not hold; what it said stays in the record."""
        self._writer.submit(_take_back, claim, number).result()

    def consult(self, claim: Claim, question: str) -> int:
        """Ask the shift lead; the call stays with its operator. Gives the number of the question in this call."""
        return self._writer.submit(_consult, claim, question).result()

    def take_up(self, call_id: str, number: int, by: str) -> None:
        """Record that `by` looks at a question; needs no claim. Refused when another does, or it has an answer."""
        self._writer.submit(consulting.take_up, call_id, number, by).result()

    def draft_answer(self, call_id: str, number: int, text: str, by: str) -> None:
        """Keep how an answer stands that is typed and not given yet; it goes with the answer.

        Raises NotYours when the question has an answer, or somebody else took it up.
        """
        self._writer.submit(consulting.draft_answer, call_id, number, text, by).result()

    def reply(self, call_id: str, number: int, answer: str, by: str) -> None:
        """Record the answer to a question; needs no claim. Refused when it has one already."""
        self._writer.submit(consulting.reply, call_id, number, answer, by).result()

    def decide(
        self, claim: Claim, decision: DecisionDraft, dispatch: Dispatch | None, *, after: int | None = None
    ) -> Decision:
        """Record a decision, its audit row and its dispatch, all or nothing.

        The same `decision.token` again gives the decision that stands. A choice with a priority needs a dispatch with
        that priority. After `Choice.CONSULT` the call stays as it was; any other choice makes it decided.

        `after` is the number of the newest decision that was seen, 0 for none: raises DecidedMeanwhile when the call
        has a newer one. With None nobody looked, and it is not asked.
        """
        return self._writer.submit(_decide, claim, decision, dispatch, after).result()

    def add_to_dispatch(self, claim: Claim, dispatch: Dispatch) -> None:
        """Put in the outbox what adds to an earlier dispatch of the call (`adds_to`); the same one again does nothing.

        It is not sent before the CAD has that dispatch. Refused when that was refused, or passed on by hand.
        """
        self._writer.submit(_add_to_dispatch, claim, dispatch).result()

    def told_by_voice(self, claim: Claim, news: Dispatch) -> None:
        """Record what was passed on by voice after a dispatch that was too (`adds_to`); the same again does nothing."""
        self._writer.submit(_told_by_voice, claim, news).result()

    def give_reason(self, claim: Claim, decision_id: int, reason: str) -> None:
        """Record why a decision deviates. The same reason again changes nothing; another one is refused."""
        self._writer.submit(_give_reason, claim, decision_id, reason).result()

    def by_hand(self, claim: Claim, message_id: str) -> None:
        """Record that the operator passed the dispatch on by voice: it is not sent (again).

        One that the CAD confirmed is refused; doing it twice changes nothing.
        """
        self._writer.submit(_by_hand, claim, message_id).result()


def _close_empty(transaction: Transaction, claim: Claim) -> None:
    emptying.close(transaction, claim, claiming.held(transaction, claim, "afsluiten"))


def _draft_text(transaction: Transaction, claim: Claim, place: DraftPlace, text: str) -> None:
    drafting.keep(transaction, claim, claiming.held(transaction, claim, "typen"), place, text)


def _tell(transaction: Transaction, claim: Claim, facts: Facts, traces: tuple[Trace, ...]) -> None:
    answering.tell(transaction, claim, claiming.held(transaction, claim, "gegevens"), facts, traces)


def _answer(transaction: Transaction, claim: Claim, question: str, value: str | None) -> None:
    answering.answer(transaction, claim, claiming.held(transaction, claim, "beantwoord"), question, value)


def _note(transaction: Transaction, claim: Claim, text: str, traces: tuple[Trace, ...]) -> None:
    answering.note(transaction, claim, claiming.held(transaction, claim, "notitie"), text, traces)


def _person(
    transaction: Transaction, claim: Claim, person: Person, number: int | None, traces: tuple[Trace, ...]
) -> int:
    row = claiming.held(transaction, claim, "persoon")
    return statements.add_person(transaction, claim, row["salt"], person, number, traces)


def _fact(transaction: Transaction, claim: Claim, fact: Fact, number: int | None, traces: tuple[Trace, ...]) -> int:
    row = claiming.held(transaction, claim, "feit")
    return statements.add_fact(transaction, claim, row["salt"], fact, number, traces)


def _impression(transaction: Transaction, claim: Claim, text: str) -> None:
    row = claiming.held(transaction, claim, "indruk")
    statements.add_impression(transaction, claim, row["salt"], text)


def _special(transaction: Transaction, claim: Claim, kind: Special, value: Known) -> None:
    row = claiming.held(transaction, claim, "bijzonder gegeven")
    statements.add_special(transaction, claim, row["salt"], kind, value)


def _add(transaction: Transaction, claim: Claim, detail: Detail, traces: tuple[Trace, ...], token: str | None) -> int:
    return noting.add(transaction, claim, claiming.held(transaction, claim, "vastleggen"), detail, traces, token)


def _change(transaction: Transaction, claim: Claim, number: int, detail: Detail, traces: tuple[Trace, ...]) -> None:
    noting.change(transaction, claim, claiming.held(transaction, claim, "verbeteren"), number, detail, traces)


def _take_back(transaction: Transaction, claim: Claim, number: int) -> None:
    noting.take_back(transaction, claim, claiming.held(transaction, claim, "terugnemen"), number)


def _consult(transaction: Transaction, claim: Claim, question: str) -> int:
    number = consulting.ask(transaction, claim, claiming.held(transaction, claim, "overleg"), question)
    drafting.end(transaction, claim.call_id, DraftPlace.QUESTION)
    return number


def _decide(
    transaction: Transaction, claim: Claim, draft: DecisionDraft, dispatch: Dispatch | None, after: int | None
) -> Decision:
    check_text(draft.token)
    standing = deciding.standing(transaction, claim, draft, dispatch)
    if standing is not None:
        return standing
    row = claiming.held(transaction, claim, "besluit")
    return deciding.decide(transaction, claim, row, draft, dispatch, after)


def _add_to_dispatch(transaction: Transaction, claim: Claim, dispatch: Dispatch) -> None:
    adding.add(transaction, claim, claiming.held(transaction, claim, "aanvulling"), dispatch)


def _told_by_voice(transaction: Transaction, claim: Claim, news: Dispatch) -> None:
    adding.told_by_voice(transaction, claim, claiming.held(transaction, claim, "met de hand"), news)


def _give_reason(transaction: Transaction, claim: Claim, decision_id: int, reason: str) -> None:
    row = claiming.held(transaction, claim, "reden")
    deciding.give_reason(transaction, claim, row["salt"], decision_id, reason)
    drafting.end(transaction, claim.call_id, DraftPlace.REASON)
    search.index(transaction.connection, claim.call_id)


def _by_hand(transaction: Transaction, claim: Claim, message_id: str) -> None:
    claiming.held(transaction, claim, "met de hand")
    adding.by_hand(transaction, claim.owner, claim.call_id, message_id)
