"""What an error must say to whoever stands before the screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.record import RecordError

ADVICE = "papier|beheerder"


def assert_words(error: RecordError, pattern: str) -> None:
    """The sentence names the fault, says what to do, and is one for people."""
    text = str(error)
    assert re.search(pattern, text), text
    assert re.search(ADVICE, text), text
    assert text.endswith(".")
