"""A message taken apart: which keys it may have, which codes, what it refers to. Known without the standard at hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from console.cad import eido, names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.model import Dispatch

ROOM = "mk-noord.politie.example"
COMMON_TYPE = "incidentTypeCommonRegistryText"
"""Its codes are not in our own list but in the registry of the standard."""

PROLOGUE = {"$id", "lastUpdateTimeStamp", "updatedByAgencyReference", "updatedByAgentReference"}
KNOWN = {
    "agencyComponent": {"agencyRoleDescriptionRegistryText", "agencyType", "incidentOwningAgencyIndicator"},
    "agentComponent": {"agentRoleRegistryText", "agencyReference"},
    "callComponent": {
        "standardPrimaryCallType",
        "direction",
        "callStartTimestamp",
        "callStateRegistryText",
        "callBackReference",
        "personReference",
        "agentReference",
    },
    "callbackComponent": {"callBackInformationUri"},
    "personComponent": {
        "personIncidentRoleRegistryText",
        "callIdentifier",
        "callBackReference",
        "ncPersonComponent",
        "notesReference",
    },
    "incidentComponent": {
        "incidentTypeCommonRegistryText",
        "incidentTypeInternalCode",
        "incidentTypeInternalText",
        "incidentStatusCommonRegistryText",
        "incidentPriorityInternalText",
        "incidentCommonPriorityNumber",
        "locationReference",
        "personReference",
        "notesReference",
        "agentReference",
        "internalIncidentId",
    },
    "dispatchComponent": {"agencyReference", "agentReference", "notesReference"},
    "locationComponent": {"locationTypeDescriptionRegistryText", "locationByValue", "locationDescriptionText"},
    "notesComponent": {"notesActionComments", "agentReference"},
}
TOP = PROLOGUE | {"eidoVersion", "issuingElementIdentification"} | KNOWN.keys()


def built(made: Dispatch) -> Any:
    """The message as a CAD reads it."""
    return json.loads(eido.encode(eido.build(made, ROOM)))


def parts(message: Any) -> Iterator[tuple[str, Any]]:
    for name in KNOWN:
        found = message.get(name, [])
        for part in found if isinstance(found, list) else [found]:
            yield name, part


def everything(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner
            yield from everything(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from everything(inner)


def note(message: Any, identifier: str) -> list[str]:
    text = next(each["notesActionComments"] for each in message["notesComponent"] if each["$id"] == identifier)
    page = ET.fromstring(f"<body>{text}</body>")  # noqa: S314 - we wrote it
    assert all(line.tag == "p" and len(line) == 0 for line in page)
    return [line.text or "" for line in page]


def check_whole(message: Any) -> None:
    """No unknown key, every reference resolved, every code of our own list, notes and places that parse."""
    assert message.keys() <= TOP
    for name, part in parts(message):
        assert part.keys() <= PROLOGUE | KNOWN[name], name
        assert part.keys() >= PROLOGUE, name
    identifiers = [part["$id"] for _, part in parts(message)]
    assert len(identifiers) == len(set(identifiers))
    for key, value in everything(message):
        if key == "$ref":
            assert value in identifiers
        if key in names.codes():
            assert set(value if isinstance(value, list) else [value]) <= names.codes()[key], key
        else:
            assert not key.endswith(("RegistryText", "RegistryCode")) or key == COMMON_TYPE, key
    for each in message["notesComponent"]:
        note(message, each["$id"])
    place = message.get("locationComponent", [{}])[0].get("locationByValue")
    if place:
        ET.fromstring(place)  # noqa: S314 - we wrote it
