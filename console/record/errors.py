"""What can go wrong with the record, each as a sentence that tells the operator what to do."""

# ruff: noqa: N818 - the names say what happened in the room, as an operator would

from __future__ import annotations

from typing import TYPE_CHECKING

from console.safe_text import one_line
from console.texts import words

if TYPE_CHECKING:
    from datetime import datetime

    from console.model import Decision


class RecordError(Exception):
    """Something was not recorded; `str(error)` is a Dutch sentence for the operator and holds no personal data."""


class EngineRefused(RecordError):
    """The SQLite library may lose committed data (the WAL-reset fault), or is not set as the record needs it."""


class HomeRefused(RecordError):
    """The data folder cannot keep the record safe: wrong file system, owner or permissions."""


class Busy(RecordError):
    """Another process held the record until our deadline passed; nothing was written and trying again is safe."""


class Damaged(RecordError):
    """The file cannot be read, or holds what was never recorded in it."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(words.record_file.DAMAGED)


class NotYours(RecordError):
    """The claim is not the current one any more (owner or fence), so nothing was written."""


class NotAllowed(RecordError):
    """No role of this account gives the right to do it, so nothing was done; the text says which role does."""


class AlreadyClaimed(RecordError):
    """Somebody else holds the call: `owner` since `since` (UTC)."""

    def __init__(self, call_id: str, owner: str, since: datetime) -> None:
        """Say who holds it."""
        super().__init__(words.record.claimed(call_id, one_line(owner)))
        self.owner = owner
        self.since = since


class DecidedMeanwhile(RecordError):
    """The call got a decision (`decision`) that whoever decided now had not seen; nothing was written."""

    def __init__(self, decision: Decision, when: str) -> None:
        """Say what was decided, by whom and `when`."""
        super().__init__(words.record.decided_meanwhile(decision.call_id, one_line(decision.by), when))
        self.decision = decision


class DifferentCall(RecordError):
    """The sender used one external id for two different calls; the first one stands."""


class UnknownCall(RecordError):
    """No call has this number."""

    def __init__(self, call_id: str) -> None:
        """Name the number that was asked for."""
        super().__init__(words.record.unknown_call(call_id))


class UnknownDispatch(RecordError):
    """No dispatch has this message id."""

    def __init__(self, message_id: str) -> None:
        """Name the id that was asked for."""
        super().__init__(words.record.unknown_dispatch(message_id))


class NotToSend(RecordError):
    """The dispatch may not be sent (any more): the CAD already answered it, or a person passed it on."""


class Denied(Exception):
    """Carries a refusal out of an operation that wrote nothing but the audit row of it, which must be kept."""

    def __init__(self, error: RecordError) -> None:
        """Carry `error`, which the caller of the operation will get."""
        super().__init__(str(error))
        self.error = error
