"""The durable record: what was accepted is on disk before anybody hears so, and nothing happens twice.

One `Home` (the data folder), one `Writer` per program (its own thread and connection), and on it `Calls` for operators
and intake, `Outbox` for the delivery service. A `Reader` only reads and loads nothing that writes.

    home = Home.prepare(Path("/var/lib/meldkamer"), group="meldkamer")
    with Writer.open(home, terminal="pts/4") as writer:
        calls = Calls(writer)
        claim = calls.claim("26-0412", "j.devries")                      # blocks until it is on disk
        await writer.call(calls.answer, claim, "gaande", "ja")           # the same, without blocking an event loop
        await writer.call(calls.decide, claim, draft, dispatch)          # cancelling the await never cancels the write

Every error is a `RecordError` whose text is a Dutch sentence for the operator. Times come back as aware UTC datetimes
with milliseconds; what is finer is dropped on the way in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from console import at_first_use

if TYPE_CHECKING:
    from console.record.addressee import Addressee
    from console.record.ageing import Ageing
    from console.record.calls import Calls
    from console.record.errors import (
        AlreadyClaimed,
        Busy,
        Damaged,
        DecidedMeanwhile,
        DifferentCall,
        EngineRefused,
        HomeRefused,
        NotAllowed,
        NotToSend,
        NotYours,
        RecordError,
        UnknownCall,
        UnknownDispatch,
    )
    from console.record.home import Home
    from console.record.outbox import Outbox
    from console.record.policies import Policies
    from console.record.reader import Reader
    from console.record.values import DecisionDraft, Parcel, Rung
    from console.record.writer import Writer

__all__ = [
    "Addressee",
    "Ageing",
    "AlreadyClaimed",
    "Busy",
    "Calls",
    "Damaged",
    "DecidedMeanwhile",
    "DecisionDraft",
    "DifferentCall",
    "EngineRefused",
    "Home",
    "HomeRefused",
    "NotAllowed",
    "NotToSend",
    "NotYours",
    "Outbox",
    "Parcel",
    "Policies",
    "Reader",
    "RecordError",
    "Rung",
    "UnknownCall",
    "UnknownDispatch",
    "Writer",
]

_ROOM_OF = {
    "Addressee": "addressee",
    "Ageing": "ageing",
    "Calls": "calls",
    "DecisionDraft": "values",
    "Home": "home",
    "Outbox": "outbox",
    "Parcel": "values",
    "Policies": "policies",
    "Reader": "reader",
    "Rung": "values",
    "Writer": "writer",
}
"""The module of each name that is not an error; so a program that only reads never loads what writes."""
__getattr__ = at_first_use.names(__name__, {name: f"{__name__}.{_ROOM_OF.get(name, 'errors')}" for name in __all__})
