"""What every dialog shares."""

from __future__ import annotations

from typing import Final

BACK: Final = "terug"
KEYS: Final = "toetsen"
