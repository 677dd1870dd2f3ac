"""How a call begins: rung by intake, once per id of its sender, or opened by an operator who has it on the phone."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from console.model import Channel, Claim, IncomingCall, Location, Stage, TraceOrigin
from console.record import audit, claiming, links, on_paper, reserving, search
from console.record.errors import Denied, DifferentCall
from console.record.rows import check_location, check_text, incoming_of, to_text
from console.record.values import Rung
from console.texts import words
from console.times import local

if TYPE_CHECKING:
    from console.model import Trace
    from console.record.engine import Row
    from console.record.writer import Transaction


RANG: Final = "binnengekomen"
BY_HAND: Final = "met de hand geopend"


def ring(transaction: Transaction, call: IncomingCall, traces: tuple[Trace, ...]) -> Rung:
    """Store a call, or give the number of the one that stands under its id."""
    check_text(call.external_id, call.number, call.name, call.location.address, call.first_words)
    check_location(call.location)
    if call.external_id is not None:
        row = transaction.one("SELECT * FROM call WHERE external_id = ?", call.external_id)
        if row is not None:
            return _rung_before(transaction, call, row)
    call_id = _new_call(transaction, call, who=audit.INTAKE, owner=None, what=RANG)
    links.keep(transaction.connection, call_id, TraceOrigin.INCOMING, traces, to_text(transaction.now))
    return Rung(call_id, created=True)


def _rung_before(transaction: Transaction, call: IncomingCall, row: Row) -> Rung:
    call_id = row["id"]
    stored = incoming_of(row)
    if asdict(stored) | {"received_at": row["received_at"]} == asdict(call) | {
        "received_at": to_text(call.received_at)
    }:
        return Rung(call_id, created=False)
    audit.write(transaction, audit.INTAKE, "binnenkomst geweigerd", call_id, {"kenmerk": "al gebruikt"})
    raise Denied(DifferentCall(words.record.different_call(call_id)))


def open_by_hand(transaction: Transaction, channel: Channel, by: str) -> Claim:
    """Start a call that is held from its first moment."""
    check_text(by)
    call = IncomingCall(None, channel, "", "", Location(), "", transaction.now)
    given = Claim(_new_call(transaction, call, who=by, owner=by, what=BY_HAND), by, 1)
    claiming.start_lease(transaction, given)
    return given


def enter(
    transaction: Transaction, call: IncomingCall, call_id: str | None, by: str, traces: tuple[Trace, ...]
) -> Claim:
    """Start a call that was handled on paper, held from now on; `call_id` None gives it the next number."""
    check_text(call.number, call.name, call.location.address, call.first_words)
    check_location(call.location)
    given = Claim(_new_call(transaction, call, who=by, owner=by, what=on_paper.CALL, call_id=call_id), by, 1)
    claiming.start_lease(transaction, given)
    links.keep(transaction.connection, given.call_id, TraceOrigin.INCOMING, traces, to_text(transaction.now))
    return given


def _new_call(
    transaction: Transaction, call: IncomingCall, *, who: str, owner: str | None, what: str, call_id: str | None = None
) -> str:
    now = to_text(transaction.now)
    call_id = call_id or _next_id(transaction)
    salt = audit.new_salt()
    transaction.run(
        """INSERT INTO call (id, external_id, salt, channel, number, name, address, lat, lon, first_words,
            received_at, urgent, rung_at, stage, owner, claimed_at, fence)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        call_id,
        call.external_id,
        salt,
        call.channel,
        call.number,
        call.name,
        call.location.address,
        call.location.lat,
        call.location.lon,
        call.first_words,
        to_text(call.received_at),
        call.urgent,
        now,
        Stage.WAITING if owner is None else Stage.IN_PROGRESS,
        owner,
        None if owner is None else now,
        0 if owner is None else 1,
    )
    audit.write(transaction, who, what, call_id, {"inhoud": audit.digest(salt, audit.content(call))})
    search.index(transaction.connection, call_id)
    return call_id


def _next_id(transaction: Transaction) -> str:
    year = local(transaction.now).year % 100
    row = transaction.one("SELECT last FROM counter WHERE year = ?", year)
    number = reserving.free_after(transaction, year, 1 if row is None else row["last"] + 1)
    transaction.run(
        "INSERT INTO counter (year, last) VALUES (?, ?) ON CONFLICT (year) DO UPDATE SET last = excluded.last",
        year,
        number,
    )
    return reserving.call_id(year, number)
