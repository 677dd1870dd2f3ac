"""What may never be read out to a caller, for the tests of all texts that are."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 12
"""Words in one sentence that a shaken person can follow."""

PROMISES: Final = (
    "terugkrijg",
    "krijgt u terug",
    "geld terug",
    "terugbetaald",
    "garantie",
    "garander",
    "beloof",
    "komt goed",
)
BLAME: Final = ("had u", "waarom deed", "waarom hebt u", "hoe kon u", "eigen schuld", "dom", "naïef", "onvoorzichtig")
ENDS_THE_CALL: Final = ("hang op", "ophangen", "hang de telefoon", "leg neer")
CUTS_THE_LINE: Final = ("modem",)
"""Without it a call over a landline drops."""

NEVER: Final = (*PROMISES, *BLAME, *ENDS_THE_CALL, *CUTS_THE_LINE)


def forbidden(text: str) -> list[str]:
    """The words in a text that may not be said; parts of longer words count where they begin one."""
    lowered = text.lower()
    return [word for word in NEVER if re.search(rf"\b{re.escape(word)}", lowered)]


def sentences(text: str) -> list[str]:
    """The sentences of a text; what stands in brackets is for the operator and not read out."""
    spoken = re.sub(r"\([^)]*\)", "", text)
    return [each.strip() for each in re.split(r"(?<=[.!?])\s+", spoken) if each.strip()]


def too_long(text: str) -> list[str]:
    """The sentences that are longer than a shaken person can follow."""
    return [each for each in sentences(text) if len(each.split()) > LONGEST]
