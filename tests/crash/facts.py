"""What was acknowledged, held against what stands in the record afterwards."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from console.model import Delivery
from console.record import RecordError, Writer
from console.record.verifying import verify
from tests.record.support import rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from console.record import Home

Fact = list[Any]
ORDER = [Delivery.READY, Delivery.SENT, Delivery.DELIVERED, Delivery.ACCEPTED]


class Found:
    """What stands in the record, beside what was acknowledged before."""

    def __init__(self, writer: Writer, facts: Sequence[Fact]) -> None:
        self.calls = {row["id"]: row for row in rows(writer, "SELECT id, external_id, fence, note FROM call")}
        self.answers = {(row["call_id"], row["value"]) for row in rows(writer, "SELECT call_id, value FROM answer")}
        self.transfers = {
            (row["call_id"], row["reason"], row["to"])
            for row in rows(writer, 'SELECT call_id, reason, "to" FROM transfer')
        }
        self.assessments = {
            (row["call_id"], row["number"]) for row in rows(writer, "SELECT call_id, number FROM assessment")
        }
        self.details = {
            (row["call_id"], row["number"], json.loads(row["body"])["text"])
            for row in rows(writer, "SELECT call_id, number, body FROM detail WHERE taken_back = 0")
        }
        self.taken_back = {
            (row["call_id"], row["number"])
            for row in rows(writer, "SELECT call_id, number FROM detail WHERE taken_back = 1")
        }
        self.consultations = {
            (row["call_id"], row["number"]): row for row in rows(writer, "SELECT * FROM consultation")
        }
        self.decisions = {
            row["token"]: row for row in rows(writer, "SELECT id, token, call_id, message_id FROM decision")
        }
        self.dispatches = {
            row["message_id"]: row
            for row in rows(writer, "SELECT message_id, decision_id, adds_to, state FROM dispatch")
        }
        self.units = {(row["message_id"], row["status"]) for row in rows(writer, "SELECT message_id, status FROM unit")}
        self.notes: dict[str, list[tuple[int, int, str]]] = {}
        for _, call_id, note, fence in (fact for fact in facts if fact[0] == "note"):
            self.notes.setdefault(call_id, []).append((fence, int(note.rsplit(maxsplit=1)[1]), note))

    def holds(self, fact: Fact) -> bool:
        checks: dict[str, Callable[..., bool]] = {
            "ring": lambda external_id, call_id: self.calls[call_id]["external_id"] == external_id,
            "claim": lambda call_id, _, fence: self.calls[call_id]["fence"] >= fence,
            "release": lambda call_id, fence: self.calls[call_id]["fence"] >= fence,
            "hand over": lambda call_id, note, to: (call_id, note, to) in self.transfers,
            "reassess": lambda call_id, number: (call_id, number) in self.assessments,
            "answer": lambda call_id, value: (call_id, value) in self.answers,
            "note": lambda call_id, _, __: self.note_stands(call_id),
            "jot": lambda call_id, number, text: (call_id, number, text) in self.details,
            "take back": lambda call_id, number: (call_id, number) in self.taken_back,
            "consult": lambda call_id, number, text: self.consultations[call_id, number]["question"] == text,
            "reply": lambda call_id, number, text: self.consultations[call_id, number]["answer"] == text,
            "decide": self.decided,
            "add": lambda base, message_id: self.dispatches[message_id]["adds_to"] == base,
            "sending": lambda message_id: self.came_to(message_id, Delivery.SENT),
            "delivered": lambda message_id: self.came_to(message_id, Delivery.DELIVERED),
            "accepted": lambda message_id: self.came_to(message_id, Delivery.ACCEPTED),
            "unit": lambda message_id, status: (message_id, status) in self.units,
        }
        try:
            return bool(checks[fact[0]](*fact[1:]))
        except (KeyError, ValueError):
            return False

    def decided(self, call_id: str, token: str, number: int, message_id: str | None) -> bool:
        row = self.decisions[token]
        return (row["id"], row["call_id"], row["message_id"]) == (number, call_id, message_id)

    def came_to(self, message_id: str, least: Delivery) -> bool:
        return ORDER.index(Delivery(self.dispatches[message_id]["state"])) >= ORDER.index(least)

    def note_stands(self, call_id: str) -> bool:
        """The last one acknowledged, or one whose program died too early to tell of it."""
        told = self.notes[call_id]
        note = self.calls[call_id]["note"]
        return bool(note == max(told)[2] or note not in {each for *_, each in told})

    def doubled(self, facts: Sequence[Fact]) -> Iterator[str]:
        """What is there twice, or apart from what belongs to it."""
        claims = Counter((fact[1], fact[3]) for fact in facts if fact[0] == "claim")
        yield from (f"two programs hold one call: {claim}" for claim, times in claims.items() if times > 1)
        wanted = {row["message_id"]: row["id"] for row in self.decisions.values() if row["message_id"] is not None}
        decided = {
            message_id: row["decision_id"] for message_id, row in self.dispatches.items() if row["adds_to"] is None
        }
        if decided != wanted:
            yield "the outbox does not hold exactly the dispatches that were decided"


def faults(home: Home, facts: Sequence[Fact]) -> list[str]:
    """Everything that is wrong with a record after the event; empty when it kept every promise."""
    try:
        with Writer.open(home) as writer:
            found = [*_faults(writer, facts)]
        return found + [fault.sentence for fault in verify(home).faults]
    except RecordError as error:
        return [f"it does not open: {error}"]


def _faults(writer: Writer, facts: Sequence[Fact]) -> Iterator[str]:
    integrity = [row["integrity_check"] for row in rows(writer, "PRAGMA integrity_check")]
    if integrity != ["ok"]:
        yield f"damaged: {integrity[:3]}"
    if rows(writer, "PRAGMA foreign_key_check"):
        yield "a row without the row that it belongs to"
    found = Found(writer, facts)
    yield from (f"lost: {fact}" for fact in facts if not found.holds(fact))
    yield from found.doubled(facts)
    trail = rows(writer, "SELECT seq, what FROM audit ORDER BY seq")
    if [row["seq"] for row in trail] != list(range(1, len(trail) + 1)):
        yield "a gap in the audit"
    if sum(row["what"] == "besloten" for row in trail) != len(found.decisions):
        yield "a decision without its audit row, or an audit row without its decision"
