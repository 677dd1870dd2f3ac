"""The console as a whole: leaving it, opening a call, and what it depends on."""

from __future__ import annotations

from typing import Final

LEAVE: Final = "stoppen, vanuit de wachtrij"
LEAVE_IN_QUEUE: Final = "Stoppen: ctrl+q."
LEAVE_FROM_CALL: Final = "Ga eerst terug naar de wachtrij (escape); stoppen kan daar met ctrl+q."
NOT_A_COLLEAGUES: Final = "Deze melding is niet van een collega. Met enter neemt u haar aan."
NEW_CALL: Final = "De nieuwe melding"


def call(call_id: str) -> str:
    return f"Melding {call_id}"


def cannot_open(which: str, trouble: str) -> str:
    return f"{which} kan niet open; handel deze af in het gewone protocol en bel de beheerder. {trouble}"


def for_what_closed(key: str) -> str:
    return f"Toets {key} genegeerd: die was getypt voor het venster sloot."


def queue_stands_still(trouble: str) -> str:
    return f"De wachtrij loopt niet bij. {trouble}"


def delivery_does_not_start(trouble: str) -> str:
    return f"De bezorging start niet. {trouble}"


def delivery_cannot_start(trouble: str, cad_name: str) -> str:
    return (
        f"De bezorging start niet ({trouble}): besluiten gaan nu niet naar {cad_name}. "
        "Geef een inzet per portofoon door en bel de beheerder."
    )
