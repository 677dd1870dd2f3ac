"""Dispatches to test with: one that could be real, and any that could be made."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from console.cad import eido, names
from console.model import Dispatch, Location, Role

RECEIVED = datetime(2026, 3, 2, 13, 1, 10, 250_000, tzinfo=UTC)
DECIDED = datetime(2026, 3, 2, 13, 5, 10, tzinfo=UTC)

NASTY = (
    "[/b][@click=app.quit]x[/]",
    "\x1b]52;c;ZXZpbA==\x1b\\",
    "\u202eDAB\u202c ]]> <script>alert(1)</script> &amp; \" '",
    "\x00\x07\x9b31m\ufeff\ufffe\U0001ffff",
    "👩‍👩‍👧 🚓 é ĳ ß 中",
    "x" * 10_000,
    "regel een\r\nregel twee\tdrie\u2028vier",
)


def dispatch(**changes: Any) -> Dispatch:
    """A dispatch that could be real, with these changes."""
    facts: dict[str, Any] = {
        "message_id": str(uuid.uuid4()),
        "incident_id": "26-0412",
        "priority": 1,
        "classification": "vodgdc",
        "classification_text": "Veiligheid en openbare orde / Digitaal / Digitale criminaliteit",
        "form": "bankhelpdeskfraude",
        "location": Location("Brink 4, 9461 AS Gieten", 53.004167, 6.766111),
        "callback": "06-12345678",
        "caller_name": "mevr. De Vries",
        "caller_role": Role.VICTIM.value,
        "briefing": (
            "PRIO 1 - BANKHELPDESKFRAUDE",
            "Brink 4, Gieten - mevr. De Vries 06-12345678",
            "dader aan de deur",
        ),
        "details": ("Melding 14:01 via 112", "Eerste woorden: er staat een man"),
        "decided_by": "j.devries",
        "decided_at": DECIDED,
        "received_at": RECEIVED,
        "exercise": False,
    }
    return Dispatch(**(facts | changes))


_line = st.text(st.characters(codec="utf-8"), max_size=80) | st.sampled_from(NASTY)
_moment = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@st.composite
def dispatches(draw: st.DrawFn) -> Dispatch:
    """Any dispatch that may be sent: practice ones carry the class and the word of practice."""
    exercise = draw(st.booleans())
    first = draw(_line)
    forms = st.sampled_from(sorted(names.tables().forms)) | st.just("vorm_van_morgen")
    degrees = st.none() | st.floats(-90, 90)
    return dispatch(
        incident_id=draw(_line.filter(str.strip)),
        priority=draw(st.sampled_from((1, 2, 3))),
        classification=draw(st.sampled_from(sorted(names.tables().exercise_classes)))
        if exercise
        else draw(st.sampled_from(("vodgdc", "vodgcc", "bzdsap", "vostk"))),
        classification_text=draw(_line),
        form=draw(forms),
        location=Location(draw(_line), draw(degrees), draw(degrees)),
        callback=draw(_line | st.sampled_from(("06-12345678", "+31 (0)6 1234 5678", "0031612345678", "anoniem", ""))),
        caller_name=draw(_line),
        caller_role=draw(st.sampled_from([*(role.value for role in Role), "onbekend", ""])),
        briefing=(f"{eido.EXERCISE_WORD} {first}" if exercise else first, draw(_line), draw(_line)),
        details=tuple(draw(st.lists(_line, max_size=4))),
        decided_by=draw(_line),
        decided_at=draw(_moment),
        received_at=draw(_moment),
        exercise=exercise,
        control_word=draw(st.just("") | _line),
    )


def news(base: Dispatch, **changes: Any) -> Dispatch:
    """What could be added to a dispatch a minute later."""
    facts: dict[str, Any] = {
        "message_id": str(uuid.uuid4()),
        "briefing": (f"AANVULLING - {base.briefing[0]}", *base.briefing[1:]),
        "details": ("Signalement 3: man, 30 jaar",),
        "decided_at": base.decided_at + timedelta(minutes=1),
        "adds_to": base.message_id,
    }
    return replace(base, **(facts | changes))


additions: st.SearchStrategy[Dispatch] = st.builds(
    lambda base, address, details: news(base, location=Location(address), details=tuple(details)),
    dispatches(),
    _line,
    st.lists(_line, min_size=1, max_size=4),
)
"""Any addition that may be sent."""


def other_message() -> dict[str, Any]:
    """A dispatch that somebody else might send: only what a CAD cannot do without."""
    return {
        "$id": "urn:emergency:uid:incidentid:elders:mk.example",
        "incidentComponent": {"incidentTypeInternalCode": "x", "incidentCommonPriorityNumber": 1},
        "dispatchComponent": [{"$id": "dispatch-1"}],
    }
