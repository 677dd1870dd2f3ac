"""What the delivery service does with dispatches. Their state only goes forward.

    klaargezet -> verzonden -> afgeleverd -> bevestigd -> geweigerd (the CAD took its word back)
                           \\-> onduidelijk -> afgeleverd, bevestigd or geweigerd, once it is known
    klaargezet, verzonden -> verouderd: it could not be delivered for too long, and a person must say what is to happen
                             (`console.record.ageing`)

A report that would go backward changes no state: it gives False and leaves an audit row, once for each kind of report,
so that a CAD which keeps repeating itself does not fill the trail. Only `sending` raises instead (NotToSend), because a
request that may not be sent must not leave.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from console.model import Delivery, UnitStatus
from console.record import adding, ageing, audit
from console.record.errors import Denied, NotToSend
from console.record.following import DELIVERY_COLUMNS, FOLLOWED, NOT_SETTLED, followed_since
from console.record.rows import check_text, delivery_of, dispatch_from_json, link_of, to_text
from console.record.values import Parcel
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from console.model import DeliveryState, Link
    from console.record.engine import Row
    from console.record.writer import Transaction, Writer

_MAY_FOLLOW: Final = {
    Delivery.SENT: {Delivery.READY, Delivery.SENT},
    Delivery.DELIVERED: {Delivery.SENT, Delivery.UNCLEAR, Delivery.TOO_OLD},
    Delivery.ACCEPTED: {Delivery.SENT, Delivery.DELIVERED, Delivery.UNCLEAR, Delivery.TOO_OLD},
    Delivery.REFUSED: {
        Delivery.READY,
        Delivery.SENT,
        Delivery.DELIVERED,
        Delivery.UNCLEAR,
        Delivery.ACCEPTED,
        Delivery.TOO_OLD,
    },
    Delivery.UNCLEAR: {Delivery.SENT, Delivery.DELIVERED},
}
"""For each state the states that it may come after; an adapter may refuse what it never sent."""

_UNIT_ORDER: Final = tuple(UnitStatus)


class Outbox:
    """The dispatches on their way, for the one delivery service that holds the lock `bezorging`."""

    def __init__(self, writer: Writer) -> None:
        """Work through `writer`, which the caller opens and closes."""
        self._writer = writer

    def due(
        self, now: datetime, limit: int, *, well_since: datetime | None = None, not_before: datetime | None = None
    ) -> list[Parcel]:
        """Give what must be sent at `now`, most urgent first, then oldest.

        What was postponed before `well_since` need not wait for its time: the CAD was not well then, and is now.
        What is older than `not_before` is not sent by itself any more (`too_old`).

        That is what is ready or postponed until now, and what was announced by `sending` without any outcome: its
        sender died, or it is still in the caller's own hands. `state.attempts` above 0 means the CAD may have it.
        What adds to a dispatch comes once the CAD has that dispatch and nothing that was added before is on its way:
        what was known last arrives last.
        """
        return self._writer.look(_due, now, limit, well_since, not_before).result()

    def sending(self, message_id: str, *, not_before: datetime | None = None) -> None:
        """Announce an attempt before the request leaves. Raises NotToSend when it may not leave (any more)."""
        self._writer.submit(_sending, message_id, not_before).result()

    def too_old(self, not_before: datetime, limit: int) -> list[str]:
        """Give the messages on their way that are older than this, the oldest first, counted from when a person last
        said that they must go."""
        return self._writer.look(ageing.too_old, not_before, limit).result()

    def set_aside(self, message_ids: Sequence[str], not_before: datetime) -> int:
        """Keep for a person what is older than this and still on its way; gives how many that were.

        Only for what is not in the caller's own hands: the answer to a request that is out must be waited for.
        """
        return self._writer.submit(ageing.set_aside, message_ids, not_before).result()

    def postpone(self, message_id: str, until: datetime, error: str) -> bool:
        """Keep a dispatch that did not get through for another attempt; `error` is shown as its reason."""
        return self._writer.submit(_postpone, message_id, until, error).result()

    def delivered(self, message_id: str, cad_reference: str, remark: str = "") -> bool:
        """Record that the CAD has received it, and what it did to it (`remark`). Gives False when that is no news."""
        return self._writer.submit(
            _report, message_id, Delivery.DELIVERED, reference=cad_reference, reason=remark
        ).result()

    def accepted(self, message_id: str, cad_reference: str, remark: str = "") -> bool:
        """Record that the CAD took it up; `remark` as in `delivered`. Gives False when that is no news."""
        return self._writer.submit(
            _report, message_id, Delivery.ACCEPTED, reference=cad_reference, reason=remark
        ).result()

    def refused(self, message_id: str, reason: str) -> bool:
        """Record that the CAD will not take it, and why. Gives False when that is no news."""
        return self._writer.submit(_report, message_id, Delivery.REFUSED, reason=reason).result()

    def unclear(self, message_id: str, reason: str) -> bool:
        """Record that nobody can tell whether the CAD has it: a person must look. Gives False when that is no news."""
        return self._writer.submit(_report, message_id, Delivery.UNCLEAR, reason=reason).result()

    def unit(
        self, message_id: str, unit: str, status: UnitStatus, at: datetime, *, expected_at: datetime | None = None
    ) -> bool:
        """Record what the CAD says of a unit; per unit the status only goes forward. Gives False when it is no news.

        `expected_at` is when it thinks to be there; another moment is news too, and it holds until the unit is there.
        The state shows the unit that is furthest and not yet closed. `afgesloten` of the last unit, or of the unit ""
        (the incident itself), closes the dispatch.
        """
        return self._writer.submit(_unit, message_id, unit, status, at, expected_at).result()

    def watched(self, limit: int) -> list[DeliveryState]:
        """Give what the CAD must be asked about: delivered first, then confirmed and not closed, newest news first."""
        return self._writer.look(_watched, limit).result()

    def link(
        self,
        reachable: bool,
        error: str = "",
        *,
        paused_since: datetime | None = None,
        next_try: datetime | None = None,
    ) -> None:
        """Record how the connection with the CAD is doing; each call says it was looked at now.

        `paused_since` says since when it is tried with one dispatch at a time only, `next_try` when again.
        """
        self._writer.submit(_link, reachable, error, paused_since, next_try).result()

    def last_link(self) -> Link | None:
        """Give how the connection was when it was last recorded; None when it never was."""
        return self._writer.look(_last_link).result()

    def pending(self, *, answers: bool = True) -> int:
        """Count what the service has still to do: klaargezet, verzonden and afgeleverd. At 0 it may stop.

        With a CAD that never `answers`, nothing is left to do for what is afgeleverd.

        `onduidelijk`, `geweigerd` and `verouderd` do not count, nor what was to be added to such a one: those wait
        for a person, not for the service.
        """
        return self._writer.look(_pending, answers).result()


def _due(
    transaction: Transaction, now: datetime, limit: int, well_since: datetime | None, not_before: datetime | None
) -> list[Parcel]:
    rows = transaction.every(
        """SELECT * FROM dispatch INDEXED BY dispatch_due WHERE state IN ('klaargezet', 'verzonden')
            AND (next_attempt_at IS NULL OR next_attempt_at <= ? OR changed_at > ? OR changed_at < ?)
            AND coalesce(renewed_at, created_at) >= ?
            AND (adds_to IS NULL OR EXISTS (SELECT 1 FROM dispatch AS base
                WHERE base.message_id = dispatch.adds_to AND base.state IN ('afgeleverd', 'bevestigd')))
            AND NOT EXISTS (SELECT 1 FROM dispatch AS before INDEXED BY dispatch_added_to
                WHERE before.adds_to = dispatch.adds_to AND before.seq < dispatch.seq
                AND before.state IN ('klaargezet', 'verzonden', 'verouderd'))
        ORDER BY priority, seq LIMIT ?""",
        to_text(now),
        to_text(now),
        "" if well_since is None else to_text(well_since),
        "" if not_before is None else to_text(not_before),
        limit,
    )
    return [Parcel(dispatch_from_json(row["body"]), delivery_of(row)) for row in rows]


def _pending(transaction: Transaction, answers: bool) -> int:
    row = transaction.one(
        f"""SELECT count(*) FROM dispatch INDEXED BY dispatch_unsettled WHERE {NOT_SETTLED}
        AND (state IN ('klaargezet', 'verzonden') OR (? AND state = 'afgeleverd'))
        AND NOT (state <> 'afgeleverd' AND EXISTS (SELECT 1 FROM dispatch AS base
            WHERE base.message_id = dispatch.adds_to AND base.state IN ('onduidelijk', 'verouderd')))""",  # noqa: S608
        answers,
    )
    return 0 if row is None else int(row[0])


def _watched(transaction: Transaction, limit: int) -> list[DeliveryState]:
    delivered = transaction.every(
        f"""SELECT {DELIVERY_COLUMNS} FROM dispatch INDEXED BY dispatch_unsettled
        WHERE {NOT_SETTLED} AND state = 'afgeleverd'
        ORDER BY priority, seq LIMIT ?""",  # noqa: S608 - fixed fragments
        limit,
    )
    followed = transaction.every(
        f"""SELECT {DELIVERY_COLUMNS} FROM dispatch INDEXED BY dispatch_followed
        WHERE {FOLLOWED} ORDER BY changed_at DESC LIMIT ?""",  # noqa: S608 - fixed fragments
        followed_since(transaction.now),
        limit - len(delivered),
    )
    return [delivery_of(row) for row in (*delivered, *followed)]


def _late(transaction: Transaction, row: Row, what: str) -> bool:
    details: audit.Details = {"bericht": row["message_id"], "melding van": what, "blijft": row["state"]}
    if not audit.stands(transaction, "te laat", row["call_id"], details):
        audit.write(transaction, audit.DELIVERY, "te laat", row["call_id"], details)
    return False


def _sending(transaction: Transaction, message_id: str, not_before: datetime | None) -> None:
    row = ageing.row_of(transaction, message_id)
    if not_before is not None and ageing.put_by(transaction, row, to_text(not_before)):
        raise Denied(NotToSend(words.record.not_sent(message_id, Delivery.TOO_OLD)))
    if row["state"] not in _MAY_FOLLOW[Delivery.SENT]:
        _late(transaction, row, Delivery.SENT)
        raise Denied(NotToSend(words.record.not_sent(message_id, row["state"])))
    now = to_text(transaction.now)
    transaction.run(
        """UPDATE dispatch SET state = ?, attempts = attempts + 1, sent_at = coalesce(sent_at, ?), changed_at = ?,
            next_attempt_at = NULL WHERE message_id = ?""",
        Delivery.SENT,
        now,
        now,
        message_id,
    )
    details: audit.Details = {"bericht": message_id, "poging": row["attempts"] + 1}
    audit.write(transaction, audit.DELIVERY, "verzonden", row["call_id"], details)


def _postpone(transaction: Transaction, message_id: str, until: datetime, error: str) -> bool:
    row = ageing.row_of(transaction, message_id)
    check_text(error)
    if row["state"] not in {Delivery.READY, Delivery.SENT}:
        return _late(transaction, row, "uitgesteld")
    transaction.run(
        "UPDATE dispatch SET next_attempt_at = ?, reason = ?, changed_at = ? WHERE message_id = ?",
        to_text(until),
        error,
        to_text(transaction.now),
        message_id,
    )
    details: audit.Details = {"bericht": message_id, "tot": to_text(until), "fout": audit.digest(row["salt"], error)}
    audit.write(transaction, audit.DELIVERY, "uitgesteld", row["call_id"], details)
    return True


def _report(
    transaction: Transaction, message_id: str, state: Delivery, *, reference: str | None = None, reason: str = ""
) -> bool:
    row = ageing.row_of(transaction, message_id)
    check_text(reference, reason)
    if reference is None:
        reference = row["cad_reference"]
    if (row["state"], row["cad_reference"], row["reason"]) == (state, reference, reason):
        return False
    arrived = state in {Delivery.DELIVERED, Delivery.ACCEPTED}
    never_left = row["state"] == Delivery.TOO_OLD and not row["attempts"]
    if never_left or row["state"] not in _MAY_FOLLOW[state]:
        if arrived and row["state"] == Delivery.BY_HAND:
            _came_anyway(transaction, message_id, reference)
        return _late(transaction, row, state)
    now = to_text(transaction.now)
    answered = state in {Delivery.ACCEPTED, Delivery.REFUSED}
    transaction.run(
        """UPDATE dispatch SET state = ?, reason = ?, cad_reference = ?, changed_at = ?, next_attempt_at = NULL,
            delivered_at = CASE WHEN ? THEN coalesce(delivered_at, ?) ELSE delivered_at END,
            answered_at = CASE WHEN ? THEN ? ELSE answered_at END
        WHERE message_id = ?""",
        state,
        reason,
        reference,
        now,
        arrived,
        now,
        answered,
        now,
        message_id,
    )
    details: audit.Details = {"bericht": message_id, "inhoud": audit.digest(row["salt"], [reference, reason])}
    audit.write(transaction, audit.DELIVERY, state, row["call_id"], details)
    if state == Delivery.REFUSED:
        adding.stop(transaction, message_id, state)
    return True


def _came_anyway(transaction: Transaction, message_id: str, reference: str) -> None:
    """Keep with what was passed on by voice that the CAD has it too: it was out at that moment, and may go twice."""
    transaction.run(
        """UPDATE dispatch SET reason = ?, cad_reference = ?, delivered_at = coalesce(delivered_at, ?), changed_at = ?
        WHERE message_id = ? AND reason <> ?""",
        words.record.CAME_ANYWAY,
        reference,
        to_text(transaction.now),
        to_text(transaction.now),
        message_id,
        words.record.CAME_ANYWAY,
    )


class _News(NamedTuple):
    """The newest thing that the CAD said of a unit."""

    status: UnitStatus
    at: str
    expected_at: str | None


def _unit(
    transaction: Transaction, message_id: str, unit: str, status: UnitStatus, at: datetime, expected: datetime | None
) -> bool:
    row = ageing.row_of(transaction, message_id)
    check_text(unit)
    units = _newest_of_units(transaction, message_id)
    known = units.get(unit)
    expected_at = _expected(status, None if expected is None else to_text(expected), known)
    if known is not None:
        if _UNIT_ORDER.index(status) < _UNIT_ORDER.index(known.status):
            return _late(transaction, row, status)
        if (status, expected_at) == (known.status, known.expected_at):
            return False
    since = known.at if known is not None and known.status == status else to_text(at)
    units[unit] = _News(status, since, expected_at)
    transaction.run(
        "INSERT INTO unit (message_id, unit, status, at, expected_at) VALUES (?, ?, ?, ?, ?)",
        message_id,
        unit,
        *units[unit],
    )
    name, shown = _shown(units)
    transaction.run(
        """UPDATE dispatch SET unit = ?, unit_status = ?, unit_status_at = ?, expected_at = ?, changed_at = ?
        WHERE message_id = ?""",
        name,
        *shown,
        to_text(transaction.now),
        message_id,
    )
    details: audit.Details = {"bericht": message_id, "eenheid": audit.digest(row["salt"], unit), "status": status}
    if expected_at is not None:
        details["verwacht"] = expected_at
    audit.write(transaction, audit.DELIVERY, "eenheid", row["call_id"], details)
    return True


def _expected(status: UnitStatus, told: str | None, known: _News | None) -> str | None:
    """Give when a unit thinks to be there: as told now, else as told before, and nothing once it is there."""
    if status in {UnitStatus.ON_SCENE, UnitStatus.CLOSED}:
        return None
    return told if told is not None or known is None else known.expected_at


def _newest_of_units(transaction: Transaction, message_id: str) -> dict[str, _News]:
    rows = transaction.every("SELECT * FROM unit WHERE message_id = ? ORDER BY seq", message_id)
    return {row["unit"]: _News(UnitStatus(row["status"]), row["at"], row["expected_at"]) for row in rows}


def _shown(units: dict[str, _News]) -> tuple[str, _News]:
    if "" in units and units[""].status == UnitStatus.CLOSED:
        return "", units[""]
    working = {unit: news for unit, news in units.items() if news.status != UnitStatus.CLOSED} or units
    return max(working.items(), key=lambda item: _UNIT_ORDER.index(item[1].status))


def _last_link(transaction: Transaction) -> Link | None:
    row = transaction.one("SELECT * FROM link")
    return None if row is None else link_of(row)


def _link(
    transaction: Transaction, reachable: bool, error: str, paused_since: datetime | None, next_try: datetime | None
) -> None:
    check_text(error)
    now = to_text(transaction.now)
    paused = [None if each is None else to_text(each) for each in (paused_since, next_try)]
    row = transaction.one("SELECT reachable FROM link")
    if row is None or bool(row["reachable"]) != reachable:
        transaction.run(
            """INSERT INTO link (id, reachable, since, seen_at, error, paused_since, next_try_at)
            VALUES (1, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET reachable = excluded.reachable, since = excluded.since,
                seen_at = excluded.seen_at, error = excluded.error, paused_since = excluded.paused_since,
                next_try_at = excluded.next_try_at""",
            reachable,
            now,
            now,
            error,
            *paused,
        )
        audit.write(transaction, audit.DELIVERY, "koppeling", None, {"bereikbaar": reachable})
        return
    transaction.run("UPDATE link SET seen_at = ?, error = ?, paused_since = ?, next_try_at = ?", now, error, *paused)
