"""The keys that every list has."""

from __future__ import annotations

from typing import Final

UP: Final = "omhoog"
DOWN: Final = "omlaag"
PAGE_UP: Final = "bladzijde omhoog"
PAGE_DOWN: Final = "bladzijde omlaag"
FIRST: Final = "eerste"
LAST: Final = "laatste"
