"""Everything that was recorded of a call as lines to read: what came in, every assessment with all versions, its road.

Facts stand apart from judgement, and special data (Wpg 5) only where it was asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.domain import advice, form_help, masking, referral
from console.domain.paper_course import course, decided_by
from console.model import Advised, CallBack, Delivery, Referred, Secured
from console.safe_text import one_line, visible
from console.texts import words
from console.times import said_time
from console.widgets.changes import between, changes
from console.widgets.reading_list import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from console.model import Assessment, CallFile, Decision, DeliveryState, Detail, Facts, Given, Related
    from triage_rules import Policy

_W: Final = words.file_page
_LONGEST: Final = 100_000
_ROOM: Final = 15
"""Cells of the name before a value."""


class FilePage:
    """Writes the page of one call; `special` shows what Wpg 5 protects, `policy` gives questions their words."""

    def __init__(
        self, file: CallFile, policy: Policy | None, *, cad_name: str, moment: datetime, special: bool
    ) -> None:
        """Say how to write; `moment` is now."""
        self._file = file
        self._policy = policy
        self._cad_name = cad_name
        self._now = moment
        self._special = special
        self._asked = {each.id: each.label for each in policy.questions} if policy is not None else {}

    def lines(self, versions: Sequence[Assessment], related: Iterable[Related]) -> list[Line]:
        """Give the whole page, the most telling first; a section without anything is left out."""
        sections = [
            (_W.INCOMING, self._incoming()),
            (words.paper.MARK, (Line(each, hang=2) for each in course(self._file.entered, self._at))),
            (_W.RELATED, self._related(related)),
            *((self._assessment_title(each), self._assessment(versions, each)) for each in versions),
            (_W.DELIVERIES.format(cad_name=self._cad_name), self._deliveries()),
            (_W.TRANSFERS, self._transfers()),
            (_W.CONSULTATIONS, self._consultations()),
            (_W.PERSONS, self._persons()),
            (_W.TOLD_FACTS, self._told_facts()),
            (_W.DETAILS, self._details()),
            (_W.NOTE, _text(self._file.note)),
            (_W.IMPRESSION, _text(self._file.impression)),
            (_W.SPECIAL, self._special_data()),
            (_W.TRACES, self._traces()),
        ]
        page: list[Line] = []
        for title, section in sections:
            found = list(section)
            if found:
                page += [Line(title, title=True), *found]
        return page

    def _at(self, moment: datetime) -> str:
        return said_time(moment, self._now)

    def _said(self, moment: datetime, by: str, what: str) -> Line:
        return Line(_W.said(self._at(moment), one_line(by), what), hang=2)

    def _incoming(self) -> Iterator[Line]:
        incoming = self._file.incoming
        stage = words.terms.STAGE[self._file.stage]
        yield from _pairs(
            (_W.TIME, self._at(incoming.received_at)),
            (_W.CHANNEL, incoming.channel),
            (_W.NUMBER, one_line(incoming.number)),
            (_W.NAME, one_line(incoming.name)),
            (_W.PLACE, one_line(incoming.location.address)),
            (_W.STANDS, _W.with_owner(stage, one_line(self._file.owner or ""))),
        )
        yield from _text(incoming.first_words)

    def _related(self, related: Iterable[Related]) -> Iterator[Line]:
        for each in related:
            shared = ", ".join(dict.fromkeys(words.terms.TRACE[common.kind] for common in each.shared))
            place = one_line(each.place) or _W.NO_PLACE
            said = _W.related(each.call_id, self._at(each.received_at), place, one_line(each.words), shared)
            yield Line(said, hang=2, leads_to=each.call_id)

    def _assessment_title(self, assessment: Assessment) -> str:
        return _W.assessment(
            assessment.number, self._at(assessment.assessed_from), one_line(assessment.opened_by or "")
        )

    def _assessment(self, versions: Sequence[Assessment], assessment: Assessment) -> Iterator[Line]:
        yield from self._changed(versions, assessment)
        for given in assessment.given:
            yield self._said(given.at, given.by, self._answer(given))
        yield from self._facts(assessment.facts)
        for decision in assessment.decisions:
            yield from self._decision(decision)
        if not assessment.decisions:
            yield Line(_W.NOTHING_DECIDED)

    def _answer(self, given: Given) -> str:
        label = self._asked.get(given.question, given.question)
        said = _W.TAKEN_BACK if given.value is None else self._value(given.question, given.value)
        return f"{one_line(label)} {said}"

    def _value(self, question: str, value: str) -> str:
        """Say an answer; what Wpg 5 protects only where it was asked for."""
        shown = value if self._special else masking.answer(question, value)
        if self._policy is None or question not in self._asked or shown != value:
            return one_line(str(shown))
        return one_line(words.terms.answer_in_words(self._policy, question, value))

    def _changed(self, versions: Sequence[Assessment], assessment: Assessment) -> Iterator[Line]:
        """What this assessment says otherwise than the one before it."""
        before = [each for each in versions if each.number < assessment.number]
        if before and self._policy is not None:
            for change in changes(before[-1], assessment, self._value, self._policy):
                yield Line(_W.changed(change), hang=4)

    def _decision(self, decision: Decision) -> Iterator[Line]:
        suggested = decision.suggestion
        yield self._said(decision.taken_at, decided_by(self._file, decision), words.terms.CHOICE[decision.choice])
        if decision.also:
            yield Line(_W.also(", ".join(words.terms.CHOICE[each] for each in decision.also)), hang=4)
        rules = ", ".join(suggested.rules)
        said = _W.suggestion(between(suggested.urgency), between(suggested.after_wish), rules)
        yield Line(f"  {said}", hang=4)
        stamp = decision.policy
        yield Line(f"  {_W.policy(stamp.id, stamp.version, stamp.meaning_hash)}", hang=4)
        if decision.deviates:
            yield Line(f"  {_W.deviates(one_line(decision.reason or _W.NO_REASON_YET, 4_000))}", hang=4)

    def _deliveries(self) -> Iterator[Line]:
        for each in self._file.deliveries:
            yield from self._delivery(each)

    def _delivery(self, delivery: DeliveryState) -> Iterator[Line]:
        terms, state = words.terms, words.terms.DELIVERY[delivery.state]
        unit = terms.UNIT[delivery.unit_status] if delivery.unit_status else ""
        what = _W.ADDITION if delivery.adds_to else _W.priority(delivery.priority)
        yield Line(_W.delivery(self._at(delivery.created_at), what, state), hang=2)
        for moment, what in (
            (delivery.sent_at, terms.DELIVERY[Delivery.SENT]),
            (delivery.delivered_at, terms.DELIVERY[Delivery.DELIVERED]),
            (delivery.answered_at, f"{state} {one_line(delivery.cad_reference)}"),
            (delivery.unit_status_at, f"{unit} {one_line(delivery.unit)}"),
        ):
            if moment is not None:
                yield Line(f"  {self._at(moment)}  {what}", hang=4)
        if delivery.reason:
            yield Line(f"  {one_line(delivery.reason)}", hang=4)

    def _transfers(self) -> Iterator[Line]:
        for each in self._file.transfers:
            yield Line(
                _W.transfer(
                    self._at(each.at),
                    one_line(each.by),
                    one_line(each.from_owner),
                    one_line(each.to_owner or _W.QUEUE),
                    one_line(each.reason, 4_000),
                ),
                hang=2,
            )

    def _consultations(self) -> Iterator[Line]:
        for each in self._file.consultations:
            said = one_line(words.details.consultation(each), _LONGEST)
            yield Line(f"{self._at(each.asked_at)}  {said}", hang=2)

    def _facts(self, facts: Facts) -> Iterator[Line]:
        terms = words.terms
        return _pairs(
            (_W.ADDRESS, one_line(facts.address)),
            (_W.CALL_BACK, one_line(facts.callback)),
            (_W.CALLS_FOR, terms.ROLE[facts.role] if facts.role else ""),
            (_W.SPEAKS, terms.SPEAKS_FREELY[facts.speaks_freely] if facts.speaks_freely is not None else ""),
        )

    def _persons(self) -> Iterator[Line]:
        for known in self._file.persons:
            person = known.person
            said = "; ".join(one_line(each) for each in (person.name, person.phone, person.description) if each)
            yield Line(f"{known.number}. {person.role}: {said or _W.NO_DETAILS} {self._by(known)}", hang=3)

    def _told_facts(self) -> Iterator[Line]:
        for known in self._file.told_facts:
            fact = known.fact
            said = _W.fact(known.number, fact.source, fact.certainty, one_line(fact.text, _LONGEST), fact.person)
            yield Line(f"{said} {self._by(known)}", hang=3)

    def _details(self) -> Iterator[Line]:
        form = self._file.answers.get("vorm")
        for known in self._file.details:
            at = self._at(known.detail.at) if isinstance(known.detail, CallBack) else ""
            said = one_line(words.details.detail(_named(known.detail, form), called_back_at=at), _LONGEST)
            mark = f"{words.details.TAKEN_BACK} " if known.taken_back else ""
            yield Line(f"{known.number}. {mark}{said} {self._by(known)}", hang=3)

    def _special_data(self) -> Iterator[Line]:
        if self._file.special and not self._special:
            return iter([Line(_W.SPECIAL_HIDDEN)])
        return _pairs(*((kind.value, value.value) for kind, value in self._file.special))

    def _traces(self) -> Iterator[Line]:
        for known in self._file.traces:
            doubt = "" if known.trace.valid else f", {words.details.FAILS_ITS_CHECK}"
            kind = words.terms.TRACE[known.trace.kind]
            yield Line(f"{kind}: {one_line(known.trace.value)}{doubt} ({self._at(known.at)})", hang=2)

    def _by(self, known: Any) -> str:
        return _W.changed_since(self._at(known.at), one_line(known.by))


def _named(detail: Detail, form: str | None) -> Detail:
    """Put words where a detail holds the id of a packaged text; an id that is no longer there stays as it is."""
    match detail:
        case Advised(line) if (found := advice.line(line)) is not None:
            return Advised(found.text)
        case Referred(to) if (organisation := referral.organisation(to)) is not None:
            return Referred(organisation.name)
        case Secured(trace, how):
            texts = {each.id: each.text for each in form_help.traces_of(form)}
            return Secured(texts.get(trace, trace), how)
    return detail


def _pairs(*pairs: tuple[str, str]) -> Iterator[Line]:
    return (Line(f"{name:<{_ROOM}}{value}", hang=_ROOM) for name, value in pairs if value)


def _text(text: str) -> Iterator[Line]:
    return (Line(line) for line in visible(text, _LONGEST).splitlines() if line.strip())
