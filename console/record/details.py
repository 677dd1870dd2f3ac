"""What is noted of a call besides its answers, each a detail with a number and a kind, as `noting` writes them."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from console.model import (
    Advised,
    Appointment,
    AppointmentKind,
    BankCalled,
    CallBack,
    Clue,
    ClueKind,
    Device,
    KnownDetail,
    OpenedByMistake,
    Party,
    PassedOn,
    Payee,
    Payment,
    Referred,
    Secured,
    Securing,
    Suspect,
)
from console.record.rows import as_recorded, to_text, to_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from console.model import Detail
    from console.record.engine import Connection, Row


class Kind(NamedTuple):
    """A kind of detail: its word in the record, its value, how fields that are no text or number are read back, and
    which of its fields must hold something."""

    word: str
    value: type[Detail]
    read: Mapping[str, Callable[[str], Any]] = MappingProxyType({})
    needed: tuple[str, ...] = ()


KINDS: Final = (
    Kind("spoor", Clue, {"kind": ClueKind}, ("text",)),
    Kind("betaling", Payment, {"payee": Payee}),
    Kind("gegevensdrager", Device, needed=("what",)),
    Kind("signalement", Suspect, needed=("description", "direction", "vehicle", "plate")),
    Kind("zekerstelling", Secured, {"how": Securing}, ("trace",)),
    Kind("advies", Advised, needed=("line",)),
    Kind("bank gebeld", BankCalled, {"by": Party}),
    Kind("afspraak", Appointment, {"kind": AppointmentKind, "made_by": Party}, ("when",)),
    Kind("terugbelafspraak", CallBack, {"at": to_time}),
    Kind("verwijzing", Referred, needed=("to",)),
    Kind("doorzetting", PassedOn, needed=("to",)),
    Kind("per ongeluk geopend", OpenedByMistake),
)
KIND_OF: Final = {kind.value: kind for kind in KINDS}
_BY_WORD: Final = {kind.word: kind for kind in KINDS}

NEW: Final = "vastgelegd"
CORRECTED: Final = "verbeterd"
TAKEN_BACK: Final = "teruggenomen"

VERBS: Final = tuple(f"{kind.word} {how}" for kind in KINDS for how in (NEW, CORRECTED, TAKEN_BACK))
"""What the audit says of details: `spoor vastgelegd`."""

_NEWEST: Final = """SELECT * FROM detail AS newest WHERE call_id = ? AND seq =
    (SELECT max(seq) FROM detail WHERE call_id = newest.call_id AND number = newest.number) ORDER BY number"""


def of_call(connection: Connection, call_id: str) -> tuple[KnownDetail, ...]:
    """Give the newest version of each detail of a call, those that were taken back included."""
    return tuple(known_of(row) for row in connection.execute(_NEWEST, (call_id,)).fetchall())


@as_recorded
def known_of(row: Row) -> KnownDetail:
    """Read one version of a detail."""
    kind = _BY_WORD[row["kind"]]
    held: dict[str, Any] = json.loads(row["body"])
    value = kind.value(**{name: kind.read[name](each) if name in kind.read else each for name, each in held.items()})
    return KnownDetail(row["number"], value, to_time(row["at"]), row["by"], bool(row["taken_back"]))


def word_of(detail: Detail) -> str:
    """Give the word by which the record knows this kind of detail."""
    return KIND_OF[type(detail)].word


def call_back_at(known: Iterable[KnownDetail]) -> str | None:
    """Give the first moment at which somebody promised to call back and did not yet, as the record writes it."""
    promised = (each.detail for each in known if not each.taken_back)
    return min((to_text(each.at) for each in promised if isinstance(each, CallBack) and not each.done), default=None)
