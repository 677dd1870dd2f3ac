"""The shift lead's board: its signals, its sections, and what stands there when something is wrong."""

from __future__ import annotations

from typing import Final

TITLE: Final = "OVERZICHT"
READ_ONLY: Final = "alleen lezen"
LEAVE: Final = "stoppen"
SOUND: Final = "geluid"
KEY: Final = "overzicht"
BACK: Final = "wachtrij"
ANSWER: Final = "beantwoorden"
TAKE_UP: Final = "oppakken"
NEXT: Final = "volgende vraag"
PREVIOUS: Final = "vorige vraag"
FIRST_LOOK: Final = "Het overzicht leest het dossier."

ONCE_HELP: Final = "toon het overzicht één keer, als gewone regels, en stop"
JSON_HELP: Final = "met --eenmaal: als JSON, voor een ander programma"
NEEDS_ONCE: Final = "--json werkt alleen samen met --eenmaal."
WIDTH: Final = "KOLOMMEN"
WIDTH_HELP: Final = "met --eenmaal: hoe breed een regel mag zijn (80)"
TOO_NARROW: Final = "--breedte is ten minste 60 kolommen."
OTHER_RECORD: Final = "Het dossier is vervangen door een ander bestand. Het overzicht leest nu het nieuwe."

NONE: Final = "geen"
NO_SIGNALS: Final = "geen seinen"
HIDDEN_QUESTION: Final = "vraag verborgen (bijzonder gegeven): zie de melding"
NOBODY: Final = "nog niemand"
SILENT: Final = "STIL"
URGENT: Final = "SPOED"
ADDITION: Final = "aanvulling"
NO_TIME: Final = "geen tijd gelezen"
SURE: Final = "prio 1 zeker"

DISPATCHES: Final = "onbevestigd"
PRIO_1: Final = "prio 1 mogelijk"
CONSULTED: Final = "overleg"
CALL_BACKS: Final = "terugbellen"
WINDOWS: Final = "tijdvakken"
UNITS: Final = "zonder eenheid"
WAITING: Final = "wacht"
HELD: Final = "in behandeling"
PICKUPS: Final = "ophalingen"
PATTERNS: Final = "patronen"
HOUR: Final = "laatste uur"
TAKING: Final = "aangenomen"
NORM: Final = "norm"
DECIDING: Final = "besloten"
OUTCOMES: Final = "uitkomsten"

NO_NORM: Final = "geen norm ingesteld (norm_aannemen)"
PER_FIVE: Final = "per 5 minuten, rechts is nu"


def updated(seconds: float) -> str:
    tenths = f"{seconds:.1f}".replace(".", ",")
    return f"bijgewerkt {tenths} s geleden"


def as_at(clock: str) -> str:
    return f"stand van {clock}"


def taken_up(call_id: str) -> str:
    return f"U staat erbij als wie de vraag over {call_id} beantwoordt. v geeft het antwoord."


def stale(moment: str, lasts: str) -> str:
    return f"VEROUDERD: dit is de stand van {moment}, {lasts} geleden."


def sound(*, on: bool) -> str:
    return f"geluid {'aan' if on else 'UIT'} (b)"


def as_of(moment: str) -> str:
    return f"{TITLE}  stand van {moment}"


def signals(count: int) -> str:
    return "1 SEIN" if count == 1 else f"{count} SEINEN"


def more(count: int) -> str:
    return f"(+{count})"


def no_delivery(cad_name: str) -> str:
    return f"Er gaat niets naar {cad_name}: de bezorging draait niet"


def link_down(cad_name: str) -> str:
    return f"{cad_name} is niet bereikbaar: inzetten wachten of gaan met de hand"


def refused(cad_name: str, priority: int, call_id: str) -> str:
    return f"{cad_name} weigert de inzet prio {priority} van {call_id}: geef hem door"


def unclear(cad_name: str, priority: int, call_id: str) -> str:
    return f"Onduidelijk of {cad_name} de inzet prio {priority} van {call_id} heeft"


def unconfirmed(cad_name: str, priority: int, call_id: str) -> str:
    return f"{cad_name} bevestigt de inzet prio {priority} van {call_id} niet"


def too_old(count: int) -> str:
    if count == 1:
        return "1 inzet is verouderd en gaat niet meer vanzelf: nog sturen?"
    return f"{count} inzetten zijn verouderd en gaan niet meer vanzelf: nog sturen?"


def addition_stuck(cad_name: str, call_id: str) -> str:
    return f"{cad_name} heeft een aanvulling van {call_id} niet"


def certain_undecided(count: int, call_id: str) -> str:
    if count == 1:
        return f"Prio 1 is zeker en er is geen besluit: {call_id}"
    return f"Prio 1 is zeker en er is geen besluit: {count} meldingen, langst {call_id}"


def possible_undecided(count: int, call_id: str) -> str:
    if count == 1:
        return f"Prio 1 kan nog en er is geen besluit: {call_id}"
    return f"Prio 1 kan nog en er is geen besluit: {count} meldingen, langst {call_id}"


def waits_too_long(count: int, call_id: str) -> str:
    return f"{call_id} wacht te lang" if count == 1 else f"{count} meldingen wachten te lang, langst {call_id}"


def held_too_long(count: int, call_id: str, owner: str) -> str:
    if count == 1:
        return f"{call_id} is lang in behandeling bij {owner}"
    return f"{count} meldingen zijn lang in behandeling, langst {call_id} bij {owner}"


def silent_console(count: int, call_id: str, owner: str) -> str:
    if count == 1:
        return f"De console van {owner} geeft geen teken van leven: {call_id}"
    return f"{count} meldingen zijn bij een console zonder teken van leven, langst {call_id} bij {owner}"


def consulted(count: int, call_id: str, by: str) -> str:
    return f"{by} vraagt overleg over {call_id}" if count == 1 else f"{count} vragen om overleg, oudst van {by}"


def call_back_late(count: int, call_id: str) -> str:
    if count == 1:
        return f"Terugbellen is beloofd en niet gedaan: {call_id}"
    return f"{count} keer terugbellen is beloofd en niet gedaan, oudst {call_id}"


def window_late(count: int, call_id: str) -> str:
    if count == 1:
        return f"Het afgesproken tijdvak van {call_id} is voorbij"
    return f"{count} afgesproken tijdvakken zijn voorbij, oudst {call_id}"


def no_unit(count: int, priority: int, call_id: str) -> str:
    if count == 1:
        return f"Nog geen eenheid bij de inzet prio {priority} van {call_id}"
    return f"{count} inzetten hebben nog geen eenheid, langst prio {priority} van {call_id}"


def oldest(lasts: str) -> str:
    return f"oudste {lasts}"


def channel(name: str, count: int, lasts: str) -> str:
    return f"{name}: {count} ({lasts})"


def urgent(count: int) -> str:
    return f"{count} SPOED"


def sure_and_possible(sure: int, possible: int) -> str:
    return f"{sure} zeker, {possible} mogelijk"


def unknown_policy(count: int) -> str:
    return f"{count} niet te zeggen"


def due(late: int, later: int) -> str:
    return f"{late} te laat, {later} later"


def linked(kind: str, count: int, towns: int, since: str) -> str:
    places = "1 plaats" if towns == 1 else f"{towns} plaatsen"
    return f"zelfde {kind}: {count} meldingen, {places}, sinds {since}"


def rising(name: str, now: int, before: int, weeks: int) -> str:
    compared = "vorige week" if weeks == 1 else f"de {weeks} weken ervoor"
    return f"{name}: {now} in 3 uur, in {compared} hooguit {before}"


def priority(number: int) -> str:
    return f"prio {number}"


def again_at(clock: str) -> str:
    return f"weer om {clock}"


def asked_by(who: str, answers: str) -> str:
    return f"{who}, antwoordt: {answers}"


def calls(count: int) -> str:
    return "1 melding" if count == 1 else f"{count} meldingen"


def times(count: int, middle: str, longest_one: str) -> str:
    return f"{count}, helft binnen {middle}, langste {longest_one}"


def service_level(norm: str, in_time: int, of: int, percentage: int) -> str:
    return f"binnen {norm}: {in_time} van {of} ({percentage} %)"


def nothing_to_take(norm: str) -> str:
    return f"binnen {norm}: nog niets aan te nemen"


def decisions(count: int) -> str:
    return "1 besluit" if count == 1 else f"{count} besluiten"


def first_decisions(middle: str, longest_one: str) -> str:
    return f"helft binnen {middle}, langste {longest_one}"


def deviations(count: int) -> str:
    return "1 afwijking" if count == 1 else f"{count} afwijkingen"


def outcome(name: str, count: int) -> str:
    return f"{name}: {count}"
