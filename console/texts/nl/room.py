"""What every full screen shares."""

from __future__ import annotations

from typing import Final

KEYS: Final = "toetsen"
NEXT_FIELD: Final = "volgend veld"
PREVIOUS_FIELD: Final = "vorig veld"
