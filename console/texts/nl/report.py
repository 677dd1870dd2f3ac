"""The report of a shift or a week."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from console.texts.nl import times

KIND: Final = "soort"
KINDS: Final = "soorten"
SHIFT_HELP: Final = "over een dienst; zonder tijden de laatste acht uur"
WEEK_HELP: Final = "over een week, van maandag tot maandag; zonder datum de vorige"
MOMENT: Final = "TIJD"
FROM_HELP: Final = "begin: 07:00 (vandaag) of 2026-11-22 07:00"
TO_HELP: Final = "einde; niet na het begin betekent de dag erna"
DATE: Final = "DATUM"
DATE_HELP: Final = "een dag in die week: 2026-11-16"
FOLDER: Final = "MAP"
OUT_HELP: Final = "schrijf het rapport hier als bladzijde (html), tekst en csv; zonder dit komt de tekst op het scherm"

BOTH: Final = "Geef --van en --tot allebei, of geen van beide."
NO_SHIFT: Final = "Een dienst eindigt na het begin en duurt ten hoogste 24 uur."

FEW: Final = "minder dan 5"
HIDDEN: Final = "(te klein)"
TOO_FEW: Final = "te weinig"
ABOUT: Final = (
    "Zonder gegevens van personen. Aantallen onder 5 staan er niet, en ook niet wat ze zou verraden; een aandeel staat "
    "er vanaf 20, een tijd vanaf 5."
)
CSV_COLUMNS: Final = ("tabel", "regel", "kolom", "waarde")

WHAT: Final = "wat"
NUMBER: Final = "aantal"
SHARE: Final = "aandeel"
HALF: Final = "helft binnen"
NINE_OF_TEN: Final = "negen van tien binnen"

RHYTHM: Final = "Binnengekomen"
CHANNELS: Final = "Kanaal"
TIMES: Final = "Tijden"
TAKING: Final = "tot aannemen"
DECIDING: Final = "tot eerste besluit"
CONFIRMING: Final = "inzet tot bevestiging"
OUTCOMES: Final = "Besluiten"
FORMS: Final = "Laatste besluit per vorm"
FORM: Final = "vorm"
NO_FORM: Final = "geen vorm gezegd"
RARE_FORMS: Final = "vormen die zelden kwamen"
DEVIATIONS: Final = "Afgeweken, en waarom"
NO_REASON: Final = "nog geen reden"
QUALITY: Final = "Van de meldingen met een besluit"
VULNERABILITY: Final = "kwetsbaarheid gevraagd"
PREVENTION: Final = "advies gegeven"
TRACES: Final = "sporen laten bewaren"
REPEAT: Final = "gevraagd of het eerder gebeurde"
DELIVERY: Final = "Inzetten naar het CAD"
ADDITIONS: Final = "aanvullingen"


def shift_title(room: str) -> str:
    return f"Dienst bij {room}"


def week_title(room: str) -> str:
    return f"Week bij {room}"


def covers(start: str, end: str) -> str:
    return f"Van {start} tot {end}."


def volume(count: str) -> str:
    return f"Meldingen: {count}."


def audit_head(number: int, digest: str) -> str:
    return f"Register tot en met regel {number}, {digest}."


def within_norm(norm: str) -> str:
    return f"aangenomen binnen {norm}"


def hour(moment: datetime) -> str:
    return f"{moment:%d-%m %H} uur"


def day(moment: datetime) -> str:
    return f"{times.SHORT_WEEKDAYS[moment.weekday()]} {moment:%d-%m}"


def no_date(text: str) -> str:
    return f"{text!a} is geen datum. Schrijf hem als 2026-11-16."


def no_moment(text: str) -> str:
    return f"{text!a} is geen tijd. Schrijf 07:00, of 2026-11-22 07:00."


def not_written(folder: str, why: str) -> str:
    return f"Het rapport is niet te schrijven in {folder}: {why}. Kies een map die er is en waarin het nog niet staat."
