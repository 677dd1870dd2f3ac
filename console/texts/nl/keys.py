"""Which keys work here, and what the bindings cannot say."""

from __future__ import annotations

from typing import Final

BACK: Final = "terug"
UP: Final = "omhoog"
DOWN: Final = "omlaag"
PAGE_UP: Final = "blad omhoog"
PAGE_DOWN: Final = "blad omlaag"
MORE: Final = "; pijl omlaag: meer"

CHECKLIST: Final = (
    "In de urgentiecheck: j ja, n nee, o onbekend; cijfers kiezen uit de lijst;",
    "g en een nummer springt naar een vraag.",
    "Bij vorm en tijd typt u letters; escape gaat terug naar losse toetsen.",
    "Besluit: 1-3 prio, 4 bureau, 5 online, 6 tel. melding, 7 advies,",
    "8 doorzetten, 9 overleg, 0 gewone protocol; enter bevestigt.",
)


def title(more: str) -> str:
    return f"TOETSEN (escape: terug{more})"
