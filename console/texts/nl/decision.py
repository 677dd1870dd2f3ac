"""The decision: what is chosen, what goes out, and what enter does."""

from __future__ import annotations

from typing import Final

CONFIRM: Final = "bevestig"
READ_UP: Final = "lees omhoog"
READ_DOWN: Final = "lees omlaag"
KEYS: Final = "toetsen"
BESIDES: Final = "daarnaast (dan een cijfer)"
ADDITION: Final = "aanvulling op een inzet"

CHOOSE_FIRST: Final = "Kies eerst: 1 tot en met 9, of 0."
CHOOSE: Final = "Kies met een cijfer. Daarna: enter bevestigt, escape gaat terug."
CHOOSE_OR_ADD: Final = "Een cijfer kiest, a: aanvulling. Daarna: enter bevestigt, escape gaat terug."
MORE: Final = "(meer: pijl omlaag)"
WHAT_BESIDES: Final = "Wat daarnaast? Kies een cijfer; nogmaals haalt het weg."
NOT_ONLINE: Final = "LET OP: online kan hier niet, of nog niet bekend: bied een afspraak op het bureau aan."
CHECK_ONLINE: Final = "Controleer of online aangifte voor deze vorm kan; anders het bureau."
STANDS: Final = "Het besluit is al vastgelegd. enter probeert de afspraak opnieuw, escape gaat terug."
NOT_ASKED: Final = "Deze letter hoort niet bij wat u koos. Kies met een cijfer."
WISH_OPEN: Final = "Wens nog niet gevraagd."
ENTER_KEEPS: Final = "enter legt vast wat is afgesproken; een cijfer kiest een besluit. escape gaat terug."
ENTER_RECORDS: Final = "enter legt dit vast, escape gaat terug."
OR_BESIDES: Final = " +: ook iets daarnaast."
ENTER_SENDS: Final = "enter verstuurt dit, escape gaat terug."
ENTER_SENDS_ANOTHER: Final = "enter verstuurt NOG EEN eenheid: een tweede inzet, escape gaat terug."
ADDRESS_UNKNOWN: Final = "ONBEKEND - vul aan met F2"


def title(call_id: str) -> str:
    return f"BESLUIT {call_id}"


def suggestion(bounds: str) -> str:
    return f"Voorstel {bounds}"


def cannot_join(choice: str) -> str:
    return f"{choice} kan niet naast dit besluit. Daarnaast kan: 4, 5, 6 of 8; een eenheid kiest u eerst."


def besides(choice: str, closing: str) -> str:
    return f"Daarnaast {choice}. {closing}"


def ask_wish(question: str, number: int) -> str:
    return f"Wens nog niet gevraagd: “{question}” (escape, g {number})"


def changed(label: str, before: str, after: str) -> str:
    return f"{label} {before} -> {after}"


def since(at: str, changes: str) -> str:
    return f"Anders dan bij het besluit van {at}: {changes}"


def follow_up_failed(trouble: str, *, decided: bool) -> str:
    return (
        f"{'Het besluit is vastgelegd, de afspraak nog niet. ' if decided else ''}{trouble} enter probeert het opnieuw."
    )


def try_again(trouble: str) -> str:
    return f"{trouble} enter probeert hetzelfde besluit opnieuw."


def already_sent(priority: int, state: str, at: str) -> str:
    return f"LET OP: er is al een eenheid gevraagd: prio {priority}, {state} {at}."


def to_the_cad(cad_name: str, priority: int, code: str, text: str) -> str:
    return f"Naar {cad_name}: prio {priority}, {code} ({text})"


def address(text: str) -> str:
    return f"Adres: {text}"
