"""A dispatch as TicketsCAD stores it: its fields and their widths, what had to give way, and what it made of them.

Our message id stands at the beginning of `scope`: it is the only place where a list shows it, and how we find our own
incident again. What does not fit in a field stands whole in the description; what does not fit there follows in notes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from console.cad.eido import clean, split_address, telephone_uri, told
from console.cad.latin import cut, to_latin
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from console.model import Dispatch

WIDTHS: Final = {"scope": 500, "contact": 48, "street": 96, "city": 32, "phone": 16, "address_about": 512}
"""Characters a field holds; `scope` by our own choice, it is the line in the list of the dispatchers."""

LONGEST_TEXT: Final = 5_000
"""Characters of a description or a note; far longer ones were seen to be refused by the database."""

_LONGEST_NUMBER: Final = 40
_SAME_PLACE: Final = 0.0001


@dataclass(frozen=True, slots=True)
class Incident:
    """What goes over: the fields, further notes, and what an operator must know of what had to give way."""

    body: Mapping[str, Any]
    notes: tuple[str, ...]
    remarks: tuple[str, ...]


def build(dispatch: Dispatch, type_id: int, severity: int) -> Incident:
    """Say a dispatch in the fields of TicketsCAD."""
    street, city = split_address(clean(dispatch.location.address))
    phone = _phone(dispatch.callback)
    whole = {
        "scope": f"{mark(dispatch.incident_id, dispatch.message_id)} {dispatch.briefing[0]}",
        "contact": dispatch.caller_name,
        "street": street,
        "city": city,
        "phone": phone if len(phone) <= WIDTHS["phone"] else "",
        "address_about": dispatch.location.address,
    }
    letters = {name: to_latin(text) for name, text in whole.items()}
    fields: dict[str, Any] = {name: cut(text, WIDTHS[name]) for name, text in letters.items()}
    lines = [told(each) for each in _lines(dispatch)]
    description, *notes = in_parts([to_latin(each) for each in lines], mark(dispatch.incident_id, dispatch.message_id))
    fields |= {"in_types_id": type_id, "severity": severity, "description": description, **_point(dispatch)}
    replaced = [name for name, text in whole.items() if to_latin(text) != clean(text)]
    if any(to_latin(each) != each for each in lines):
        replaced.append("description")
    shortened = [name for name, text in letters.items() if text != fields[name]]
    if whole["phone"] != phone:
        shortened.append("phone")
    return Incident(fields, tuple(notes), tuple(_remarks(shortened, replaced)))


def addition(dispatch: Dispatch) -> Incident:
    """Say what adds to a dispatch as notes with its incident."""
    lines = [told(each) for each in (words.cad.ADDITION_TITLE, *dispatch.briefing, *dispatch.told_once)]
    where = clean(dispatch.location.address)
    if where:
        lines.insert(4, words.cad.address(where))
    notes = in_parts([to_latin(each) for each in lines], mark(dispatch.incident_id, dispatch.message_id), always=True)
    replaced = ["note"] if any(to_latin(each) != each for each in lines) else []
    return Incident({}, tuple(notes), tuple(_remarks([], replaced)))


def mark(incident_id: str, message_id: str) -> str:
    """Name a message of ours where people and we can find it again."""
    return f"[{cut(to_latin(incident_id), _LONGEST_NUMBER)} {message_id}]"


def differences(sent: Mapping[str, Any], stored: Mapping[str, Any]) -> list[str]:
    """Name the fields that the CAD stored otherwise than they were sent; it says nothing of that by itself."""
    return [name for name, value in sent.items() if not _same(value, stored.get(name))]


def in_parts(lines: list[str], label: str, *, always: bool = False) -> list[str]:
    """Divide lines over texts that fit; all but the first, with `always` that one too, say to what they belong."""
    room = LONGEST_TEXT - len(label) - 20
    parts = [""]
    for line in lines:
        for at in range(0, max(len(line), 1), room):
            piece = line[at : at + room]
            longer = f"{parts[-1]}\n{piece}" if parts[-1] else piece
            if len(longer) <= room:
                parts[-1] = longer
            else:
                parts.append(piece)
    return [
        part if number == 1 and not always else f"{label} {number}/{len(parts)}\n{part}"
        for number, part in enumerate(parts, 1)
    ]


def _lines(dispatch: Dispatch) -> Iterator[str]:
    yield from dispatch.briefing
    if dispatch.control_word:
        yield words.cad.at_the_door(dispatch.control_word)
    yield words.cad.address(dispatch.location.address)
    yield words.cad.caller(dispatch.caller_name, dispatch.caller_role, dispatch.callback)
    yield words.cad.kind(dispatch.classification, dispatch.classification_text, dispatch.form)
    yield from dispatch.details
    yield words.cad.message(dispatch.message_id)


def _phone(number: str) -> str:
    """A number that can be dialled from anywhere, else as it was given; half a number is never sent."""
    uri = telephone_uri(number)
    return uri.removeprefix("tel:") if uri else clean(number)


def _point(dispatch: Dispatch) -> dict[str, float]:
    lat, lon = dispatch.location.lat, dispatch.location.lon
    if lat is None or lon is None or not math.isfinite(lat + lon):
        return {}
    return {"lat": round(lat, 6), "lng": round(lon, 6)}


def _remarks(shortened: list[str], replaced: list[str]) -> Iterator[str]:
    if shortened:
        yield words.cad.shortened(shortened)
    if replaced:
        yield words.cad.replaced(replaced)


def _same(sent: Any, stored: Any) -> bool:
    if isinstance(sent, str):
        return isinstance(stored, str) and stored.replace("\r\n", "\n").strip() == sent.strip()
    try:
        return math.isclose(float(sent), float(stored), abs_tol=_SAME_PLACE if isinstance(sent, float) else 0.0)
    except (TypeError, ValueError, OverflowError):
        return False
