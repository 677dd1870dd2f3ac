"""A dispatch as an EIDO 1.0 message (NENA-STA-021.1b): JSON with one incident, its call, caller, place and notes.

Pure and deterministic: the same dispatch always gives the same bytes, also after a restart, because a CAD compares a
repeated message with the first. Priority and classification are always in it, so that no default of the CAD applies.
What adds to a dispatch is the same message about the same incident, without the part that asks for a unit and with a
note of its own beside the notes that are there.
Field names follow the standard; the values of its registries that we use stand in `eido.toml`.
"""

from __future__ import annotations

import hashlib
import html
import json
import math
import re
import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from console.cad.names import Tables, tables
from console.domain_names import with_their_real_names
from console.model import UNKNOWN

if TYPE_CHECKING:
    from console.model import Dispatch, Location

Message = dict[str, Any]

EXERCISE_WORD: Final = "OEFENING"
CONTENT_TYPE: Final = "application/json"

_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_UNSAFE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_POSTCODE_ADDRESS: Final = re.compile(
    r"(?P<street>[^\d,][^,]*?) (?P<number>\d{1,5})(?: ?(?P<suffix>[A-Za-z]{1,2}|-\d{1,4}))?, "
    r"(?P<postcode>[1-9]\d{3} ?[A-Z]{2}) (?P<city>[^\d,]+)"
)


class UnsendableError(Exception):
    """This dispatch must not go to a CAD as it is; the text is a Dutch sentence that says why."""


def build(dispatch: Dispatch, room: str, table: Tables | None = None) -> Message:
    """Say a dispatch in the words of the standard.

    Args:
        dispatch: what is asked of the CAD.
        room: domain name of this control room, its id in the message.
        table: names to use; without it the packaged ones.

    Raises:
        UnsendableError: practice and reality are mixed, or the priority does not exist.
    """
    used = table or tables()
    refuse_mixed_reality(dispatch, used)
    return _Builder(dispatch, room, used).message()


def encode(message: Message) -> bytes:
    """Write a message as pure ASCII JSON: no peer can misread its character set."""
    return json.dumps(message, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode("ascii")


def clean(text: str) -> str:
    """Make text from outside safe for a peer's XML, log and screen: one line, no control or direction characters."""
    if text.isascii() and text.isprintable():  # most of it, and there is nothing to look for in there
        return text.strip()
    spaced = "".join(" " if character in "\r\n\t" else character for character in text)
    return "".join(_REPLACEMENT if _is_unsafe(character) else character for character in spaced).strip()


def told(text: str) -> str:
    """A line that a crew reads: the same, with the real name behind a domain that could be taken for another."""
    return with_their_real_names(clean(text), 0)


def telephone_uri(number: str) -> str | None:
    """Give a number as a `tel:` URI that can be dialled from anywhere, or None where it does not say enough."""
    dialled = re.sub(r"[\s\-./()]", "", number.replace("(0)", ""))
    if dialled.startswith("00"):
        dialled = f"+{dialled[2:]}"
    if re.fullmatch(r"0[1-9]\d{8}", dialled, re.ASCII):
        dialled = f"+31{dialled[1:]}"
    return f"tel:{dialled}" if re.fullmatch(r"\+[1-9]\d{6,14}", dialled, re.ASCII) else None


def refuse_mixed_reality(dispatch: Dispatch, table: Tables) -> None:
    """Keep practice out of the real world, and a real dispatch from being taken for practice, with any CAD.

    Raises:
        UnsendableError: they are mixed, or the priority does not exist.
    """
    exercise_class = dispatch.classification in table.exercise_classes
    if dispatch.exercise and not exercise_class:
        raise UnsendableError(f"een oefenmelding mag niet met de echte classificatie {dispatch.classification} weg")
    if dispatch.exercise and EXERCISE_WORD not in dispatch.briefing[0]:
        raise UnsendableError(f"een oefenmelding moet {EXERCISE_WORD} in de eerste regel hebben")
    if exercise_class and not dispatch.exercise:
        raise UnsendableError(f"een echte melding mag niet met de oefenclassificatie {dispatch.classification} weg")
    if dispatch.priority not in table.priorities:
        raise UnsendableError(f"prioriteit {dispatch.priority} bestaat niet")


class _Builder:
    """One message in the making; every part refers to the same room and the same operator."""

    def __init__(self, dispatch: Dispatch, room: str, table: Tables) -> None:
        self._dispatch = dispatch
        self._room = room
        self._table = table
        self._desk = f"{table.dispatching_desk}.{room}"
        self._operator = f"{quote(clean(dispatch.decided_by), safe='')}@{room}"
        self._incident = _stable_id(room, dispatch.incident_id, _timestamp(dispatch.received_at))
        self._call = f"urn:emergency:uid:callid:{self._incident}:{room}"
        self._place = _place(dispatch.location, room)
        self._telephone = telephone_uri(dispatch.callback)
        self._about_caller = self._caller_lines()
        self._note = f"note-{_stable_id(dispatch.message_id)}" if dispatch.adds_to else "note-1"

    def message(self) -> Message:
        """Put the whole message together."""
        message: Message = {
            **self._part(f"urn:emergency:uid:incidentid:{self._incident}:{self._room}"),
            "eidoVersion": "1.0",
            "issuingElementIdentification": f"meldkamer-console.{self._room}",
            "agencyComponent": [
                self._agency(self._room, ["CallReceiving", "Dispatching"], owner=True),
                self._agency(self._desk, ["Dispatched"], owner=False),
            ],
            "agentComponent": [
                {
                    **self._part(self._operator),
                    "agentRoleRegistryText": ["Call Taking"],
                    "agencyReference": _refer(self._room),
                }
            ],
            "callComponent": [self._call_part()],
            "personComponent": [self._person_part()],
            "incidentComponent": self._incident_part(),
            **self._request(),
            "notesComponent": self._notes(),
        }
        if self._telephone:
            message["callbackComponent"] = [
                {**self._part("callback-1"), "callBackInformationUri": [self._telephone]},
            ]
        if self._place:
            message["locationComponent"] = [{**self._part("location-1"), **self._place}]
        return message

    def _part(self, identifier: str) -> Message:
        return {
            "$id": identifier,
            "lastUpdateTimeStamp": _timestamp(self._dispatch.decided_at),
            "updatedByAgencyReference": _refer(self._room),
            "updatedByAgentReference": _refer(self._operator),
        }

    def _agency(self, identifier: str, roles: list[str], *, owner: bool) -> Message:
        return {
            **self._part(identifier),
            "agencyRoleDescriptionRegistryText": roles,
            "agencyType": ["police"],
            "incidentOwningAgencyIndicator": owner,
        }

    def _call_part(self) -> Message:
        return {
            **self._part(self._call),
            "standardPrimaryCallType": "emergency",
            "direction": "incoming",
            "callStartTimestamp": _timestamp(self._dispatch.received_at),
            "callStateRegistryText": "callAnswered",
            **self._callback_reference(),
            "personReference": [_refer("person-1")],
            "agentReference": [_refer(self._operator)],
        }

    def _person_part(self) -> Message:
        name = clean(self._dispatch.caller_name)
        person: Message = {
            **self._part("person-1"),
            "personIncidentRoleRegistryText": list(self._table.roles.get(self._dispatch.caller_role, ("Caller",))),
            "callIdentifier": [self._call],
            **self._callback_reference(),
        }
        if name:
            person["ncPersonComponent"] = {"name": [{"personFullName": [{"value": name}]}]}
        if self._about_caller:
            person["notesReference"] = [_refer("note-2")]
        return person

    def _incident_part(self) -> Message:
        dispatch = self._dispatch
        common = self._table.forms.get(dispatch.form, self._table.forms[UNKNOWN])
        incident: Message = {
            **self._part("incident-1"),
            "incidentTypeCommonRegistryText": self._table.exercise_type if dispatch.exercise else common,
            "incidentTypeInternalCode": dispatch.classification,
            "incidentTypeInternalText": f"{clean(dispatch.classification_text)} ({clean(dispatch.form)})",
            "incidentStatusCommonRegistryText": ["Active"],
            "incidentPriorityInternalText": str(dispatch.priority),
            "incidentCommonPriorityNumber": self._table.priorities[dispatch.priority],
            "personReference": [_refer("person-1")],
            "notesReference": [_refer(self._note)],
            "agentReference": [_refer(self._operator)],
            "internalIncidentId": clean(dispatch.incident_id),
        }
        if self._place:
            incident["locationReference"] = [_refer("location-1")]
        return incident

    def _request(self) -> Message:
        """What asks for a unit; news about a dispatch never does."""
        if self._dispatch.adds_to:
            return {}
        return {
            "dispatchComponent": [
                {
                    **self._part("dispatch-1"),
                    "agencyReference": _refer(self._desk),
                    "agentReference": _refer(self._operator),
                    "notesReference": [_refer(self._note)],
                }
            ]
        }

    def _notes(self) -> list[Message]:
        word = self._dispatch.control_word
        at_the_door = (f"Controlewoord, zeg het aan de deur: {word}",) if word else ()
        lines = {
            self._note: (*self._dispatch.briefing, *at_the_door, *self._dispatch.told_once),
            "note-2": self._about_caller,
        }
        return [
            {
                **self._part(identifier),
                "notesActionComments": _paragraphs(text),
                "agentReference": _refer(self._operator),
            }
            for identifier, text in lines.items()
            if text
        ]

    def _caller_lines(self) -> tuple[str, ...]:
        """Say of the caller what has no field: a role the registry lacks, a number that cannot be dialled."""
        dispatch = self._dispatch
        lines = []
        if dispatch.caller_role and dispatch.caller_role not in self._table.roles:
            lines.append(f"Melder: {dispatch.caller_role}")
        if dispatch.callback and not self._telephone:
            lines.append(f"Terugbellen: {dispatch.callback}")
        return tuple(lines)

    def _callback_reference(self) -> Message:
        return {"callBackReference": _refer("callback-1")} if self._telephone else {}


def _place(location: Location, room: str) -> Message:
    """Say where: the words as they were given, and a PIDF-LO with what is certain; nothing known, nothing said."""
    address = clean(location.address)
    point = ""
    if location.lat is not None and location.lon is not None and math.isfinite(location.lat + location.lon):
        point = (
            '<gml:Point xmlns:gml="http://www.opengis.net/gml" srsName="urn:ogc:def:crs:EPSG::4326">'
            f"<gml:pos>{location.lat:.6f} {location.lon:.6f}</gml:pos></gml:Point>"
        )
    if not address and not point:
        return {}
    civic = _civic(address) if address else ""
    place: Message = {
        "locationTypeDescriptionRegistryText": "CurrentIncident",
        "locationByValue": (
            '<?xml version="1.0" encoding="UTF-8"?><presence xmlns="urn:ietf:params:xml:ns:pidf"'
            ' xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10"'
            f' entity="pres:melder@{html.escape(room)}"><dm:device id="d1"><gp:geopriv><gp:location-info>'
            f"{point}{civic}</gp:location-info><gp:usage-rules/><gp:method>Manual</gp:method></gp:geopriv>"
            "</dm:device></presence>"
        ),
    }
    if address:
        place["locationDescriptionText"] = address
    return place


def split_address(address: str) -> tuple[str, str]:
    """Give street with number, and city, where the postcode leaves no doubt; else the whole as it is, and no city."""
    parts = _POSTCODE_ADDRESS.fullmatch(address)
    return (address[: address.index(",")], parts["city"].strip()) if parts else (address, "")


def _civic(address: str) -> str:
    """Split an address only where its postcode leaves no doubt; the whole text always stands beside the parts."""
    fields = {"country": "NL", "LOC": address}
    parts = _POSTCODE_ADDRESS.fullmatch(address)
    if parts:
        fields |= {
            "A3": parts["city"].strip(),
            "RD": parts["street"],
            "HNO": parts["number"],
            "HNS": (parts["suffix"] or "").lstrip("-"),
            "PC": parts["postcode"].replace(" ", ""),
        }
    written = "".join(
        f"<ca:{name}>{html.escape(fields[name])}</ca:{name}>" for name in _CIVIC_ORDER if fields.get(name)
    )
    return f'<ca:civicAddress xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr">{written}</ca:civicAddress>'


_CIVIC_ORDER: Final = ("country", "A3", "RD", "HNO", "HNS", "LOC", "PC")


def _paragraphs(lines: tuple[str, ...]) -> str:
    cleaned = (told(line) for line in lines)
    return "".join(f"<p>{html.escape(line)}</p>" for line in cleaned if line)


def _refer(identifier: str) -> Message:
    return {"$ref": identifier}


def _timestamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _stable_id(*parts: str) -> str:
    """Give an incident the same id in each of its messages, and two incidents with one number different ids."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _is_unsafe(character: str) -> bool:
    code = ord(character)
    return (
        unicodedata.category(character) in _UNSAFE
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF  # noncharacters
    )
