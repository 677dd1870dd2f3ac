"""TicketsCAD v4: makes an incident of a dispatch, finds it again by our message id, and brings back how it stands.

| answer to a new incident | what it means here |
|---|---|
| 201 with an id | delivered; what it stored is compared with what was sent, and every difference is said |
| 422 | refused, with its reasons |
| 401, 403, 404, 426, other 4xx, 3xx | set up wrongly; not taken, sent again until that is mended |
| 429, 503 | not taken; sent again after the pause it asks for |
| no connection | not taken; sent again |
| 500, other 2xx, HTML, half an answer, time-out | unclear: looked up by our message id before it is sent again |

It has no key against doubles, and its times have no zone: neither a time of its nor its clock is ever relied on. A
search `since` begins a day and two hours early, which covers every zone; the newest are looked at without it.
Its notes cannot be read back, so an addition that may have arrived is for a person. It confirms when a unit is on it.
"""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from console.cad import eido, names
from console.cad import ticketscad_incident as incident
from console.cad.peer import (
    Abilities,
    Conflict,
    Delivered,
    NoAnswer,
    NotDelivered,
    Refused,
    Stage,
    Standing,
    Unclear,
    Unknown,
)
from console.cad.ticketscad_api import LARGEST_ANSWER, DeclinedError, GarbledError, TicketsCadApi, whole_number
from console.cad.ticketscad_units import unit_of
from console.cad.wire import BrokenOffError, NeverLeftError, OverWire, Patience, Wire
from console.texts import words

if TYPE_CHECKING:
    import ssl

    from console.cad.peer import Outcome
    from console.cad.ticketscad_table import TicketsCadTable
    from console.model import Dispatch

_ANY_ZONE: Final = timedelta(hours=26)
_PAGE: Final = 200
_OVERLAP: Final = 20
"""Incidents that are deleted while we read shift the others forward; pages overlap so that none is passed over."""

_MOST_PAGES: Final = 50
_MOST_NAMED: Final = 5
_TYPES_EVERY: Final = 60.0
_SOONEST_QUESTION: Final = 10.0
_FORGET_AFTER: Final = 300.0
_CLOSED: Final = "1"
_ASKS_FOR_A_PAUSE: Final = {429, 503}
_FAILED: Final = (NeverLeftError, BrokenOffError, GarbledError, DeclinedError)
_log = logging.getLogger("meldkamer.bezorging")


class TicketsCad(OverWire):
    """One TicketsCAD; use it as an async context manager, for it keeps its connections."""

    def __init__(
        self,
        url: str,
        table: TicketsCadTable,
        *,
        name: str,
        token: str | None,
        patience: Patience | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Prepare to talk to the TicketsCAD at `url`; `name` is what operators call it, `tls` as in `Wire`.

        Raises:
            AddressError: no request can be sent to this address.
        """
        patience = patience or Patience()
        self.abilities = Abilities(
            deduplicates=False,
            looks_up=True,
            settles_after=table.settles_after,
            priorities=table.severities,
            limits=incident.WIDTHS,
        )
        self._table = table
        self._name = name
        self._wire = Wire(url, name=name, token=token, patience=patience, largest=LARGEST_ANSWER, tls=tls)
        self._api = TicketsCadApi(self._wire, name=name, patience=patience)
        self._types: set[int] | None = None
        self._types_asked_at = -_TYPES_EVERY
        self._standings: dict[int, tuple[float, Standing]] = {}
        self._assignments_readable = True

    async def send(self, dispatch: Dispatch) -> Outcome:
        """Make an incident of a dispatch, or a note of what adds to one; see the table at the top."""
        try:
            eido.refuse_mixed_reality(dispatch, names.tables())
        except eido.UnsendableError as error:
            return Refused(words.cad.not_sent(str(error)))
        wrong = await self._check_types() if self._types is None else ""
        if self._types is None:
            return NotDelivered(wrong)
        return await (self._add(dispatch) if dispatch.adds_to else self._create(dispatch))

    async def look_up(self, dispatch: Dispatch) -> Delivered | Conflict | Unknown | NoAnswer:
        """Find what an unclear sending made, by our message id."""
        if dispatch.adds_to:
            return Conflict(words.cad.notes_unreadable(self._name))
        wrong = await self._check_types() if self._types is None else ""
        if self._types is None:
            return NoAnswer(wrong)
        try:
            found = await self._find(dispatch.message_id, dispatch.received_at)
        except _FAILED as error:
            return NoAnswer(str(error))
        return await self._what_was_made(dispatch, found) if found else Unknown()

    async def _what_was_made(self, dispatch: Dispatch, found: list[dict[str, Any]]) -> Delivered | Conflict:
        references = [_reference(each) for each in found[:_MOST_NAMED]]
        if len(found) > 1:
            return Conflict(words.cad.there_twice(self._name, references))
        made = self._made_of(dispatch)
        if not isinstance(made, incident.Incident):
            return Delivered(references[0], words.cad.not_compared(self._table_trouble()))
        return await self._finished(made, int(found[0]["id"]), references[0], again=True)

    async def standing(self, message_id: str, reference: str) -> Standing | Unknown | NoAnswer:  # noqa: ARG002 - by number
        """Ask how an incident stands, as seldom as the hourly limit asks for; in between what was known is given."""
        number = _number_in(reference)
        if number is None:
            return Standing(Stage.RECEIVED) if words.cad.NOTE in reference else Unknown()
        now = time.monotonic()
        self._standings = {key: each for key, each in self._standings.items() if now - each[0] < _FORGET_AFTER}
        asked_at, known = self._standings.get(number, (-_FORGET_AFTER, Standing(Stage.RECEIVED)))
        spacing = max(_SOONEST_QUESTION, len(self._standings) * 3600.0 / self._table.questions_per_hour)
        if now - asked_at < min(spacing, _FORGET_AFTER):
            return known
        self._standings[number] = (now, known)
        try:
            found = await self._ask_standing(number)
        except DeclinedError as error:
            return Unknown() if error.status == 404 else NoAnswer(str(error))
        except _FAILED as error:
            return NoAnswer(str(error))
        self._standings[number] = (now, found)
        return found

    async def trouble(self) -> str:
        """Ask whether it can be reached, now and then also with the key and for the types of our table."""
        if time.monotonic() - self._types_asked_at >= _TYPES_EVERY or self._types is None:
            return await self._check_types()
        try:
            await self._api.get("/")
        except _FAILED as error:
            return str(error)
        return ""

    async def _check_types(self) -> str:
        """Compare our table with the incident types there; the empty text means that dispatches can go."""
        try:
            said = await self._api.get("/incident-types", {"limit": 500})
            types = {whole_number(each["id"]): each for each in said["incident_types"]}
        except _FAILED as error:
            return str(error)
        except (KeyError, TypeError, ValueError):
            return words.cad.not_the_interface(self._name, 200)
        self._types_asked_at = time.monotonic()
        missing = self._table.missing(set(types))
        fixed = [number for number, each in types.items() if str(each.get("set_severity") or "0") != "0"]
        own = sorted({*self._table.types.values(), self._table.other} & set(fixed))
        if self._types is None:
            for line in (*map(words.cad.type_missing, missing), *map(words.cad.type_sets_severity, own)):
                _log.warning(line)
        self._types = set(types)
        return "" if self._table.other in types else self._table_trouble()

    def _table_trouble(self) -> str:
        return words.cad.other_type_missing(self._name, self._table.other)

    def _made_of(self, dispatch: Dispatch) -> incident.Incident | Refused | NotDelivered:
        """Say a dispatch in their fields; practice has a type of its own or does not go."""
        known = self._types or set()
        wanted = self._table.type_of(dispatch.classification, exercise=dispatch.exercise)
        if dispatch.exercise and wanted not in known:
            return Refused(words.cad.not_sent(words.cad.NO_EXERCISE_TYPE))
        used = wanted if wanted in known else self._table.other
        if used is None or used not in known:
            return NotDelivered(self._table_trouble())
        return incident.build(dispatch, used, self._table.severities[dispatch.priority])

    async def _create(self, dispatch: Dispatch) -> Outcome:
        made = self._made_of(dispatch)
        if not isinstance(made, incident.Incident):
            return made
        try:
            said = await self._api.post("/incidents", made.body)
            number = whole_number(said["id"])
        except (KeyError, TypeError, ValueError):
            return Unclear(words.cad.not_the_interface(self._name, 201))
        except _FAILED as error:
            return _outcome_of(error)
        return await self._finished(made, number, _reference(said), again=False)

    async def _finished(self, made: incident.Incident, number: int, reference: str, *, again: bool) -> Delivered:
        """Bring the rest, and look what was stored: it is there, so whatever fails here is only said."""
        remarks = list(made.remarks)
        if made.notes:
            remarks += await self._bring_notes(number, made.notes, again=again)
        try:
            stored = await self._api.get(f"/incidents/{number}")
            different = incident.differences(made.body, stored if isinstance(stored, dict) else {})
            if "severity" in different and await self._severity_put_right(number, made.body["severity"]):
                different.remove("severity")
        except _FAILED as error:
            remarks.append(words.cad.not_compared(str(error)))
        else:
            if different:
                remarks.append(words.cad.stored_otherwise(self._name, different))
        return Delivered(reference, " ".join(remarks))

    async def _severity_put_right(self, number: int, severity: int) -> bool:
        """Undo what the incident type made of our priority; only what it names as changed has changed."""
        try:
            said = await self._api.patch(f"/incidents/{number}", {"severity": severity})
            stored = await self._api.get(f"/incidents/{number}")
        except _FAILED:
            return False
        changed = said.get("fields_changed") if isinstance(said, dict) else None
        named = isinstance(changed, list) and "severity" in changed
        return named and isinstance(stored, dict) and not incident.differences({"severity": severity}, stored)

    async def _bring_notes(self, number: int, notes: tuple[str, ...], *, again: bool) -> list[str]:
        try:
            for note in notes:
                await self._api.post(f"/incidents/{number}/actions", {"note": note})
        except _FAILED as error:
            return [words.cad.details_missing(str(error))]
        return [words.cad.NOTES_MAYBE_TWICE] if again else []

    async def _add(self, dispatch: Dispatch) -> Outcome:
        made = incident.addition(dispatch)
        try:
            found = await self._find(dispatch.adds_to, dispatch.received_at)
        except _FAILED as error:
            return NotDelivered(str(error))
        if not found:
            return Refused(words.cad.base_gone(self._name))
        number, first, rest = int(found[0]["id"]), made.notes[0], made.notes[1:]
        try:
            await self._api.post(f"/incidents/{number}/actions", {"note": first})
        except _FAILED as error:
            return _outcome_of(error)
        remarks = [*made.remarks, words.cad.note_is_silent(self._name)]
        if rest:
            remarks = [*await self._bring_notes(number, rest, again=False), *remarks]
        return Delivered(f"{_reference(found[0]).partition(' #')[0]} {words.cad.NOTE}", " ".join(remarks))

    async def _find(self, message_id: str, since: datetime) -> list[dict[str, Any]]:
        """Give the incidents that carry this message id: among the newest, else among all that changed since then."""
        found = _carrying(message_id, await self._page({"limit": _PAGE, "offset": 0}))
        if found:
            return found
        begin = f"{since.astimezone(UTC) - _ANY_ZONE:%Y-%m-%d %H:%M:%S}"
        for number in range(_MOST_PAGES):
            rows = await self._page({"limit": _PAGE, "offset": number * (_PAGE - _OVERLAP), "since": begin})
            found = _carrying(message_id, rows)
            if found or len(rows) < _PAGE:
                return found
        raise GarbledError(words.cad.too_many_to_search(self._name))

    async def _page(self, query: dict[str, object]) -> list[dict[str, Any]]:
        said = await self._api.get("/incidents", query)
        try:
            return [{**each, "id": whole_number(each["id"])} for each in said["incidents"]]
        except (KeyError, TypeError, ValueError):
            raise GarbledError(words.cad.not_the_interface(self._name, 200)) from None

    async def _ask_standing(self, number: int) -> Standing:
        row = await self._api.get(f"/incidents/{number}")
        if not isinstance(row, dict):
            raise GarbledError(words.cad.not_the_interface(self._name, 200))
        unit = unit_of(row, await self._assignments(number, row), closed=str(row.get("status")) == _CLOSED)
        return Standing(Stage.RECEIVED if unit is None else Stage.ACCEPTED, "", unit)

    async def _assignments(self, number: int, row: dict[str, Any]) -> object:
        """Give the units on it; a version that does not let them be read is not asked again."""
        if "assignments" in row or not self._assignments_readable:
            return row.get("assignments")
        try:
            said = await self._api.get(f"/incidents/{number}/assignments")
        except DeclinedError as error:
            if error.status not in {403, 404, 405, 501}:
                raise
            self._assignments_readable = False
            return None
        return said.get("assignments") if isinstance(said, dict) else said


def _outcome_of(error: Exception) -> Outcome:
    """Say what a failed writing means for the dispatch."""
    match error:
        case NeverLeftError():
            return NotDelivered(str(error))
        case DeclinedError(status=422):
            return Refused(error.reasons or error.text)
        case DeclinedError(status=status) if status in _ASKS_FOR_A_PAUSE:
            return NotDelivered(error.text, error.retry_after)
        case DeclinedError(status=status) if 300 <= status < 500 and status != 408:
            return NotDelivered(error.text)
        case _:
            return Unclear(str(error))


def _carrying(message_id: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the incidents that carry a message id; one that a page names twice is one incident."""
    found = {each["id"]: each for each in rows if f" {message_id}]" in str(each.get("scope", ""))}
    return list(found.values())


def _reference(row: dict[str, Any]) -> str:
    """Name an incident for people and for us: its own number, and the id that the interface asks for."""
    return f"{eido.clean(str(row.get('incident_number') or ''))[:40]} #{int(row['id'])}".strip()


def _number_in(reference: str) -> int | None:
    _, mark, number = reference.rpartition("#")
    return int(number) if mark and number.isascii() and number.isdigit() and len(number) < 12 else None
