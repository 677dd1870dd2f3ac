"""Days, hours and minutes, as they are said and as they are typed."""

from __future__ import annotations

from typing import Final

WEEKDAYS: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
SHORT_WEEKDAYS: Final = ("ma", "di", "wo", "do", "vr", "za", "zo")
DAYS_BACK: Final = ("vandaag", "gisteren", "eergisteren")
DAYS_AHEAD: Final = ("vandaag", "morgen", "overmorgen")

UNITS: Final = {
    "minute": ("m", "min", "minuut", "minuten"),
    "hour": ("u", "uur", "uren"),
    "day": ("d", "dag", "dagen"),
    "week": ("w", "wk", "week", "weken"),
    "month": ("mnd", "maand", "maanden"),
    "year": ("j", "jaar"),
}
"""How each unit may be typed."""

O_CLOCK: Final = ("u", "uur")
"""What may be typed after a time, and between hours and minutes."""
AT: Final = "om"
"""What may be typed between a day and a time."""


def minutes(count: int) -> str:
    return "1 minuut" if count == 1 else f"{count} minuten"


def hours(count: int) -> str:
    return f"{count} uur"


def days(count: int) -> str:
    return f"{count} dagen"


def short_minutes(count: int) -> str:
    return f"{count} min"


def ago(lasts: str) -> str:
    return f"{lasts} geleden"
