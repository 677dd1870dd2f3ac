"""Where at a call text is typed that counts only once it is confirmed."""

from __future__ import annotations

from enum import StrEnum


class DraftPlace(StrEnum):
    """A line of a dialog; what stands in it waits there until it is confirmed, also when the console is killed."""

    QUESTION = "vraag"
    REASON = "reden"
    HAND_OVER_TO = "overdracht aan"
    HAND_OVER_NOTE = "overdracht"
    CALL_BACK = "terugbellen"
    TRACE = "spoor"
