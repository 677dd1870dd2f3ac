"""A short list of which one is chosen with its own key."""

from __future__ import annotations

from typing import Final

CHOOSE: Final = "kies"
