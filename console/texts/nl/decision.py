"""The decision: what is chosen, what goes out, and what enter does."""

from __future__ import annotations

from typing import Final

CONFIRM: Final = "bevestig"
READ_UP: Final = "lees omhoog"
READ_DOWN: Final = "lees omlaag"
KEYS: Final = "toetsen"

CHOOSE_FIRST: Final = "Kies eerst: 1 tot en met 9, of 0."
CHOOSE: Final = "Kies met een cijfer. Daarna: enter bevestigt, escape gaat terug."
ENTER_RECORDS: Final = "enter legt dit vast, escape gaat terug."
ENTER_SENDS: Final = "enter verstuurt dit, escape gaat terug."
ENTER_SENDS_ANOTHER: Final = "enter verstuurt NOG EEN eenheid: een tweede inzet, escape gaat terug."
ADDRESS_UNKNOWN: Final = "ONBEKEND - vul aan met F2"


def title(call_id: str) -> str:
    return f"BESLUIT {call_id}"


def suggestion(bounds: str) -> str:
    return f"Voorstel: {bounds}"


def try_again(trouble: str) -> str:
    return f"{trouble} enter probeert hetzelfde besluit opnieuw."


def already_sent(priority: int, state: str, at: str) -> str:
    return f"LET OP: er is al een eenheid gevraagd: prio {priority}, {state} {at}."


def to_the_cad(cad_name: str, priority: int, code: str, text: str) -> str:
    return f"Naar {cad_name}: prio {priority}, {code} ({text})"


def address(text: str) -> str:
    return f"Adres: {text}"
