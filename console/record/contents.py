"""Whether what stands in a call is what its audit says was put there: each version of what was told, answered, noted
and decided beside the digest of it, in the order in which they came.

The chain guards the audit; this guards what the audit is about. Only who still has a call can check it, because its
digests are keyed with the call's own salt: of a call that was purged (`opgeschoond`) nothing is left to compare.
"""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from console.model import Delivery, PolicyStamp
from console.record import adding, ageing, asked, audit, deciding, details, noting, on_paper, ringing
from console.record.errors import Damaged
from console.record.rows import as_recorded, facts_of, incoming_of
from console.record.said import fact_of, person_of
from console.record.schema import CHAIN_BEGUN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from console.record.engine import Connection, Row

CALLS_AT_ONCE: Final = 500
PURGED: Final = "opgeschoond"
READS_PURGED: Final = "inzagelogboek opgeschoond"
RANG: Final = (ringing.RANG, ringing.BY_HAND, on_paper.CALL)

Found = tuple[int, str]
"""The row of the audit that does not fit, and a Dutch sentence about it."""


class _Kind(NamedTuple):
    """Something that a call holds in versions: the verb of its audit rows, its rows, and what of a row is digested."""

    verbs: tuple[str, ...]
    name: str
    rows: str
    digested: Callable[[Row], object]
    order: Callable[[Row], int] = lambda logged: int(logged["seq"])


def _of_question(logged: Row) -> int:
    return int(json.loads(logged["details"])["overleg"])


_KINDS: Final = (
    _Kind(
        ("beantwoord",),
        "een antwoord",
        "SELECT question, value, at, by FROM answer WHERE call_id = ? ORDER BY seq",
        lambda row: [row["question"], row["value"]],
    ),
    _Kind(
        ("gegevens",),
        "wat de melder over zichzelf vertelde",
        "SELECT * FROM told WHERE call_id = ? ORDER BY seq",
        lambda row: audit.content(facts_of(row)),
    ),
    _Kind(
        ("overgenomen", "overgedragen"),
        "een overdracht",
        "SELECT reason, at, by FROM transfer WHERE call_id = ? ORDER BY seq",
        lambda row: row["reason"],
    ),
    _Kind(
        ("persoon",),
        "een persoon",
        "SELECT * FROM person WHERE call_id = ? ORDER BY seq",
        lambda row: [row["number"], audit.content(person_of(row))],
    ),
    _Kind(
        ("feit",),
        "een feit",
        "SELECT * FROM fact WHERE call_id = ? ORDER BY seq",
        lambda row: [row["number"], audit.content(fact_of(row))],
    ),
    _Kind(
        ("indruk",),
        "de indruk van de centralist",
        "SELECT text, at, by FROM impression WHERE call_id = ? ORDER BY seq",
        lambda row: row["text"],
    ),
    _Kind(
        ("bijzonder gegeven",),
        "een bijzonder gegeven",
        "SELECT kind, value, at, by FROM special WHERE call_id = ? ORDER BY seq",
        lambda row: [row["kind"], row["value"]],
    ),
    _Kind(
        details.VERBS,
        "iets wat bij de melding is vastgelegd",
        "SELECT * FROM detail WHERE call_id = ? ORDER BY seq",
        noting.digested,
    ),
    _Kind(
        (asked.ASKED,),
        "een vraag aan de teamleider",
        "SELECT number, question, asked_at AS at, asked_by AS by FROM consultation WHERE call_id = ? ORDER BY number",
        lambda row: [row["number"], row["question"]],
        order=_of_question,
    ),
    _Kind(
        (asked.TAKEN_UP,),
        "wie een vraag aan de teamleider oppakte",
        """SELECT number, seen_at AS at, seen_by AS by FROM consultation
        WHERE call_id = ? AND seen_at IS NOT NULL ORDER BY number""",
        lambda row: row["number"],
        order=_of_question,
    ),
    _Kind(
        (asked.ANSWERED,),
        "het antwoord van de teamleider",
        """SELECT number, answer, answered_at AS at, answered_by AS by FROM consultation
        WHERE call_id = ? AND answer IS NOT NULL ORDER BY number""",
        lambda row: [row["number"], row["answer"]],
        order=_of_question,
    ),
    _Kind(
        ("besloten",),
        "een besluit",
        """SELECT decision.*, dispatch.body FROM decision LEFT JOIN dispatch ON dispatch.decision_id = decision.id
        WHERE decision.call_id = ? ORDER BY id""",
        lambda row: deciding.decided(
            row["token"],
            row["choice"],
            json.loads(row["answers"]),
            json.loads(row["suggestion"]),
            bool(row["deviates"]),
            json.loads(row["also"]),
            row["body"],
            row["made_at"],
        ),
    ),
    _Kind(
        (on_paper.FORM,),
        "het papieren formulier",
        "SELECT * FROM paper_form WHERE call_id = ? ORDER BY seq",
        lambda row: audit.content(on_paper.entered_of(row).paper),
    ),
    _Kind(
        (adding.ADDED,),
        "een aanvulling op een inzet",
        """SELECT message_id, adds_to, body, created_at AS at, added_by AS by FROM dispatch
        WHERE call_id = ? AND adds_to IS NOT NULL ORDER BY seq""",
        lambda row: [row["message_id"], row["adds_to"], row["body"]],
    ),
    _Kind(
        ("reden gegeven",),
        "de reden van een afwijking",
        """SELECT reason, reason_at AS at, reason_by AS by FROM decision
        WHERE call_id = ? AND reason IS NOT NULL ORDER BY id""",
        lambda row: row["reason"],
        order=lambda logged: int(json.loads(logged["details"])["besluit"]),
    ),
)


def faults(connection: Connection) -> Iterator[Found]:
    """Compare every call with its audit; gives what does not fit, of each call the first thing."""
    yield from _missing(connection)
    begun = connection.execute("SELECT seq FROM audit WHERE what = ? ORDER BY seq LIMIT 1", (CHAIN_BEGUN,)).fetchone()
    after = 0 if begun is None else begun["seq"]
    last = 0
    while True:
        # One moment per page: the room goes on writing, and a call and its audit must be of the same moment.
        connection.execute("BEGIN")
        try:
            calls = connection.execute(
                "SELECT * FROM call WHERE seq > ? ORDER BY seq LIMIT ?", (last, CALLS_AT_ONCE)
            ).fetchall()
            found = [_found(connection, call, after) for call in calls]
        finally:
            connection.execute("ROLLBACK")
        yield from (each for each in found if each is not None)
        if not calls:
            return
        last = calls[-1]["seq"]


def _missing(connection: Connection) -> Iterator[Found]:
    gone = connection.execute(
        """SELECT min(seq) AS seq, call_id FROM audit WHERE call_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM call WHERE call.id = audit.call_id)
        GROUP BY call_id HAVING sum(what = ?) = 0 ORDER BY 1""",
        (PURGED,),
    ).fetchall()
    for row in gone:
        yield row["seq"], f"Melding {row['call_id']} is weg, en nergens staat dat die is opgeschoond."


def _found(connection: Connection, call: Row, after: int) -> Found | None:
    try:
        return _fault_of(connection, call, after)
    except Damaged:
        return 0, f"Melding {call['id']} is beschadigd: er staat iets in wat nooit is vastgelegd."


@as_recorded
def _fault_of(connection: Connection, call: Row, after: int) -> Found | None:
    """Give the first thing of a call that does not fit; of one from before the chain nothing is claimed."""
    call_id, salt = call["id"], call["salt"]
    trail = connection.execute("SELECT * FROM audit WHERE call_id = ? ORDER BY seq", (call_id,)).fetchall()
    if any(row["what"] == PURGED for row in trail) or (trail and trail[0]["seq"] < after):
        return None
    if not trail:
        return 0, f"Van melding {call_id} staat niets in het logboek."
    rang = next((row for row in trail if row["what"] in RANG), None)
    if rang is None or _digest_of(rang) != audit.digest(salt, audit.content(incoming_of(call))):
        return trail[0]["seq"], f"Melding {call_id} zelf is veranderd: het logboek zegt dat die anders binnenkwam."
    noted = [row for row in trail if row["what"] == "notitie"]
    if (_digest_of(noted[-1]) != audit.digest(salt, call["note"])) if noted else call["note"]:
        seq = noted[-1]["seq"] if noted else rang["seq"]
        return seq, f"De notitie van melding {call_id} is veranderd: die past niet bij het logboek."
    for kind in _KINDS:
        found = _compare(kind, call_id, salt, trail, connection.execute(kind.rows, (call_id,)).fetchall())
        if found is not None:
            return found
    return (
        _assessments(connection, call, trail)
        or _call_back(connection, call, trail)
        or _decisions(connection, call_id, trail)
        or _dispatches(connection, call_id, trail)
    )


def _compare(kind: _Kind, call_id: str, salt: bytes, trail: Sequence[Row], rows: Sequence[Row]) -> Found | None:
    told = sorted((row for row in trail if row["what"] in kind.verbs), key=kind.order)
    for logged, row in zip(told, rows, strict=False):
        recorded = (_digest_of(logged), logged["at"], logged["who"])
        if recorded != (audit.digest(salt, kind.digested(row)), row["at"], row["by"]):
            return logged["seq"], (
                f"In melding {call_id} is {kind.name} veranderd: het past niet bij rij {logged['seq']} van het logboek."
            )
    if len(told) > len(rows):
        seq = told[len(rows)]["seq"]
        return seq, f"Uit melding {call_id} is {kind.name} weggehaald, dat wel in rij {seq} van het logboek staat."
    if len(rows) > len(told):
        return trail[-1]["seq"], f"In melding {call_id} staat {kind.name} waar het logboek niets van weet."
    return None


def _assessments(connection: Connection, call: Row, trail: Sequence[Row]) -> Found | None:
    opened = [row for row in trail if row["what"] == "herbeoordeling"]
    stored = connection.execute(
        'SELECT number, "from", at, by FROM assessment WHERE call_id = ? ORDER BY number', (call["id"],)
    ).fetchall()
    logged = [(*_numbers(row), row["at"], row["who"]) for row in opened]
    if logged == [tuple(row) for row in stored] and call["assessment"] == len(stored) + 1:
        return None
    seq = (opened or trail)[-1]["seq"]
    return seq, f"De herbeoordelingen van melding {call['id']} zijn veranderd: ze passen niet bij het logboek."


def _call_back(connection: Connection, call: Row, trail: Sequence[Row]) -> Found | None:
    """Hold the moment that the board shows beside the promises it comes from."""
    if call["call_back_at"] == details.call_back_at(details.of_call(connection, call["id"])):
        return None
    return trail[-1]["seq"], f"Het moment om de melder van {call['id']} terug te bellen is veranderd."


def _numbers(row: Row) -> tuple[Any, Any]:
    details = json.loads(row["details"])
    return details["beoordeling"], details["vanaf"]


def _decisions(connection: Connection, call_id: str, trail: Sequence[Row]) -> Found | None:
    """Hold the number, the policy and the message of each decision beside its row in the audit."""
    stored = connection.execute(
        "SELECT id, policy, message_id FROM decision WHERE call_id = ? ORDER BY id", (call_id,)
    ).fetchall()
    for logged, row in zip((row for row in trail if row["what"] == "besloten"), stored, strict=False):
        said = json.loads(logged["details"])
        policy = PolicyStamp(**json.loads(row["policy"]))
        recorded = (row["id"], " ".join(astuple(policy)), row["message_id"])
        if recorded != (said["besluit"], said["beleid"], said["bericht"]):
            return logged["seq"], (
                f"In melding {call_id} is een besluit veranderd: het past niet bij rij {logged['seq']} van het logboek."
            )
    return None


def _dispatches(connection: Connection, call_id: str, trail: Sequence[Row]) -> Found | None:
    """Hold the state of each dispatch beside the last thing the audit says of it."""
    states: dict[str, tuple[int, str]] = {}
    verbs = {state.value: state.value for state in Delivery} | {
        adding.BY_HAND: Delivery.BY_HAND.value,
        ageing.SEND_AFTER_ALL: Delivery.READY.value,
    }
    for row in trail:
        message = json.loads(row["details"]).get("bericht")
        if message is not None and row["what"] in {"besloten", adding.ADDED, *verbs}:
            states[message] = (row["seq"], verbs.get(row["what"], Delivery.READY.value))
    stored = connection.execute("SELECT message_id, state FROM dispatch WHERE call_id = ?", (call_id,)).fetchall()
    for row in stored:
        seq, state = states.pop(row["message_id"], (trail[-1]["seq"], ""))
        if row["state"] != state:
            return seq, f"De stand van bericht {row['message_id']} van melding {call_id} is veranderd: {row['state']}."
    for message, (seq, _) in states.items():
        return seq, f"Bericht {message} van melding {call_id} is weggehaald."
    return None


def _digest_of(row: Row) -> str | None:
    digest: str | None = json.loads(row["details"]).get("inhoud")
    return digest
