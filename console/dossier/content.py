"""One call as data, the same for the screen and for a file: all its rows with their history, and its audit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from console.domain import masking
from console.record.parts import dump, register

if TYPE_CHECKING:
    from console.record import Reader

FORM: Final = "meldkamer-dossier/1"


def content(reader: Reader, call_id: str, *, special: bool) -> dict[str, Any]:
    """Give everything that is recorded of a call; without `special` its special data is left out."""
    tables = reader.ask(lambda connection: dump(connection, call_id))
    return {
        "vorm": FORM,
        "melding": call_id,
        "bijzondere_gegevens": special,
        "tabellen": tables if special else masking.content(tables),
        "register": reader.ask(lambda connection: register(connection, call_id)),
    }


def as_json(value: object) -> str:
    """Write JSON in which a stranger's text cannot act on a screen: everything beyond ASCII is escaped."""
    return json.dumps(value, indent=2, sort_keys=True).replace("\x7f", "\\u007f")
