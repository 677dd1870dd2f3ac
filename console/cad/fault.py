"""A task of the delivery that failed: what the log says of it."""

from __future__ import annotations

import logging

from console.record import RecordError

_log = logging.getLogger("meldkamer.bezorging")


def tell(what: str, fault: BaseException) -> None:
    """Say what failed and why: the record in its own words, a fault of our own as an incident with a report."""
    if isinstance(fault, RecordError):
        _log.warning("%s: %s", what, fault)
    else:
        _log.error("%s: %s", what, type(fault).__name__, exc_info=fault)
