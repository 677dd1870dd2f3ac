"""The readable page of a call: plain Dutch text, facts apart from judgement, for a court or a complaint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.domain import masking
from console.domain.paper_course import course, decided_by
from console.dossier import noted
from console.record.rows import to_time
from console.safe_text import one_line, visible
from console.texts import words
from console.times import local

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from console.model import CallFile, Decision

_LONGEST: Final = 100_000
_NONE: Final = "niets vastgelegd"


def page(file: CallFile, register: Sequence[dict[str, Any]], *, special: bool, exercise: bool) -> str:
    """Write a call as it now stands, with the register of what was done; no stranger's text can act on a screen."""
    title = f"MELDING {file.call_id}{f'  {words.paper.MARK}' if file.entered is not None else ''}"
    parts = [
        f"{title}{f'  {words.terms.EXERCISE}' if exercise else ''}\n{'=' * len(title)}",
        _section("Binnengekomen", _incoming(file)),
        *([_section(words.paper.MARK, course(file.entered, moment))] if file.entered is not None else []),
        _section("Gegevens van de melder", _facts(file)),
        _section("Personen", _persons(file)),
        _section("Feiten", _told_facts(file)),
        _section("Indruk van de centralist (oordeel, geen feit)", _text(file.impression)),
        _section("Bijzondere gegevens (artikel 5 Wpg)", _special(file, special=special)),
        _section("Antwoorden op de urgentiecheck", _answers(file, special=special)),
        _section("Notitie", _text(file.note)),
        _section("Vastgelegd bij de melding", noted.details(file)),
        _section("Overleg met de teamleider", noted.consultations(file)),
        _section("Sporen", _traces(file)),
        _section("Besluiten", (line for each in file.decisions for line in _decision(file, each))),
        _section("Berichten aan de CAD", _deliveries(file)),
        _section("Register", (_register_line(row) for row in register)),
    ]
    return "\n\n".join(parts) + "\n"


def moment(at: datetime) -> str:
    """Say a moment with its day: `21-11-2026 14:05:12`."""
    return local(at).strftime("%d-%m-%Y %H:%M:%S")


def _section(title: str, lines: Iterable[str]) -> str:
    found = list(lines)
    return "\n".join([title, "-" * len(title), *(found or [_NONE])])


def _pairs(*pairs: tuple[str, str]) -> Iterator[str]:
    return (f"{name:<14} {value}" for name, value in pairs if value)


def _incoming(file: CallFile) -> Iterator[str]:
    incoming = file.incoming
    yield from _pairs(
        ("tijd", moment(incoming.received_at)),
        ("kanaal", incoming.channel),
        ("nummer", one_line(incoming.number)),
        ("naam", one_line(incoming.name)),
        ("plaats", one_line(incoming.location.address)),
        ("spoed", {None: "", True: "volgens de bron", False: "nee, volgens de bron"}[incoming.urgent]),
        ("stand", words.terms.STAGE[file.stage]),
        ("bij", one_line(file.owner or "")),
    )
    yield from (f"  {line}" for line in visible(incoming.first_words, _LONGEST).splitlines())


def _facts(file: CallFile) -> Iterator[str]:
    facts = file.facts
    role = "" if facts.role is None else words.terms.ROLE[facts.role]
    free = "" if facts.speaks_freely is None else words.terms.SPEAKS_FREELY[facts.speaks_freely]
    return _pairs(
        ("adres", one_line(facts.address)), ("terugbellen", one_line(facts.callback)), ("belt", role), ("praten", free)
    )


def _persons(file: CallFile) -> Iterator[str]:
    for known in file.persons:
        person = known.person
        said = "; ".join(one_line(text) for text in (person.name, person.phone, person.description) if text)
        yield f"{known.number}. {person.role}: {said or 'geen gegevens'} ({moment(known.at)}, {one_line(known.by)})"


def _told_facts(file: CallFile) -> Iterator[str]:
    for known in file.told_facts:
        fact = known.fact
        about = "" if fact.person is None else f", over persoon {fact.person}"
        how = f"{fact.source}, {fact.certainty}{about}"
        yield f"{known.number}. [{how}] {visible(fact.text, _LONGEST)} ({moment(known.at)}, {one_line(known.by)})"


def _text(text: str) -> list[str]:
    return visible(text, _LONGEST).splitlines()


def _special(file: CallFile, *, special: bool) -> Iterator[str]:
    if not special:
        yield "niet getoond; vraag ze met --bijzonder als u ze nodig hebt"
        return
    yield from _pairs(*((kind.value, value.value) for kind, value in file.special))


def _answers(file: CallFile, *, special: bool) -> Iterator[str]:
    shown = file.answers if special else masking.answers(file.answers)
    return (f"{question}: {one_line(str(value))}" for question, value in shown.items())


def _traces(file: CallFile) -> Iterator[str]:
    for known in file.traces:
        doubt = "" if known.trace.valid else "  (klopt niet volgens zijn eigen controle)"
        yield f"{known.trace.kind}: {one_line(known.trace.value)}  ({known.origin}, {moment(known.at)}){doubt}"


def _decision(file: CallFile, decision: Decision) -> Iterator[str]:
    suggested = decision.suggestion.after_wish
    yield f"{moment(decision.taken_at)}  {decided_by(file, decision)}: {words.terms.CHOICE[decision.choice]}"
    yield f"  voorstel: van {suggested.at_least} tot {suggested.at_most}, regels {', '.join(decision.suggestion.rules)}"
    yield f"  beleid: {decision.policy.id} {decision.policy.version} ({decision.policy.meaning_hash[:12]})"
    if decision.also:
        yield f"  daarnaast: {', '.join(words.terms.CHOICE[each] for each in decision.also)}"
    if decision.deviates:
        yield f"  wijkt af van het voorstel: {one_line(decision.reason or 'nog geen reden gegeven')}"


def _deliveries(file: CallFile) -> Iterator[str]:
    for delivery in file.deliveries:
        told = f" ({one_line(delivery.reason)})" if delivery.reason else ""
        unit = f", {one_line(delivery.unit)}" if delivery.unit else ""
        state = words.terms.DELIVERY[delivery.state]
        what = "aanvulling" if delivery.adds_to else f"prio {delivery.priority}"
        yield f"{moment(delivery.created_at)}  {what}: {state}{told}{unit}"


def _register_line(row: dict[str, Any]) -> str:
    return f"{moment(to_time(row['at']))}  {one_line(row['who'])}: {row['what']}"
