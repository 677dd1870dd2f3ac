"""What the delivery and its adapters tell an operator of the CAD: what happened, and what to do."""

from __future__ import annotations

from typing import Final

NOBODY_KNOWS: Final = "De bezorging viel uit tijdens het versturen; dit CAD kan niet zeggen of het bericht er is."
NOT_THERE_YET: Final = "Onduidelijk of het is aangekomen; het staat er nog niet. Er wordt nog eens gekeken"

NO_ADDRESS: Final = "geen CAD ingesteld: zet cad_url"
NO_FOLDER: Final = "geen map voor de meldingen ingesteld: zet cad_map"
READABLE_ON_THE_WAY: Final = "cad_url begint niet met https://: meldingen zijn onderweg leesbaar"

FOLDER_MISSING: Final = "die map is er niet"
FOLDER_LOCKED: Final = "in die map mag niet worden geschreven"
CONFIRM_BY_VOICE: Final = (
    "Ligt als bestand klaar. Niemand bevestigt dit vanzelf: bel de uitgifte, en leg dat vast met F10."
)
ADDITION_TITLE: Final = "AANVULLING, GEEN NIEUWE INZET"
PASSED_ON_BY: Final = "Doorgegeven door: ____________  aan: ____________  tijd: ____________"


def still_unclear(error: str) -> str:
    return f"Onduidelijk of het is aangekomen; navragen lukt nog niet: {error}"


def not_sent(why: str) -> str:
    return f"niet verstuurd: {why}"


def folder_trouble(why: str) -> str:
    return f"de melding kan niet in de map van cad_map worden geschreven: {why}"


def sheet(incident: str, number: int, of: int) -> str:
    return f"Melding {incident}   blad {number} van {of}"


def dispatch_title(priority: int) -> str:
    return f"INZET PRIO {priority}"


def at_the_door(control_word: str) -> str:
    return f"Controlewoord, zeg het aan de deur: {control_word}"


def address(address: str) -> str:
    return f"Adres: {address or 'onbekend'}"


def point(lat: float, lon: float) -> str:
    return f"Punt: {lat:.6f}, {lon:.6f}"


def caller(name: str, role: str, number: str) -> str:
    return f"Melder: {name or 'naam onbekend'} ({role or 'rol onbekend'}), terugbellen: {number or 'onbekend'}"


def kind(code: str, text: str, form: str) -> str:
    return f"Soort: {code} {text} ({form})"


def decided(by: str, at: str) -> str:
    return f"Besloten: {by}, {at}"


def message(message_id: str) -> str:
    return f"Bericht: {message_id}"


def belongs_to(message_id: str) -> str:
    return f"Hoort bij: {message_id}"
