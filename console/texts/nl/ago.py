"""How long ago something happened: what may be typed, how it is read back, and what is wrong with it."""

from __future__ import annotations

from typing import Final

NOW: Final = "nu"
AGO: Final = "geleden"
UNKNOWN_KEY: Final = "o"

NOT_KNOWN: Final = "onbekend: de melder weet het niet"
END_OF_DAY: Final = "tijd niet bekend, gerekend vanaf het eind van die dag"
CAME_TWICE: Final = "die tijd was er tweemaal (wintertijd), de laatste is genomen"

TOO_LONG: Final = "Dat is te lang. Typ bijvoorbeeld 20m, 3u, 2d, gisteren 22:10 of onbekend."
NOTHING: Final = "Er staat niets. Typ bijvoorbeeld 20m, 3u, 2d, gisteren 22:10, of o als de melder het niet weet."
CENTURY: Final = "Dat is meer dan honderd jaar geleden. Controleer het getal en de eenheid."
UNREADABLE: Final = (
    "Dit kan ik niet lezen. Typ bijvoorbeeld 20m, 1u30, 2d, 3w, 14:30, gisteren 22:10, ma 09:15, 12-11 of onbekend."
)
AHEAD: Final = "Dat ligt na het begin van de melding. Typ wanneer het laatste wél gebeurd is, of nu."


def today_needs_a_time(word: str, example: str) -> str:
    return f"Dat is vandaag: zet er een tijd bij, bijvoorbeeld {word} {example}."


def too_many_minutes(hours: str) -> str:
    return f"Na de u staan minuten, hoogstens 59: typ {hours}u59 of een ander getal."


def needs_a_unit(number: str) -> str:
    return f"Zet de eenheid erbij: {number}m (minuten), {number}u (uur), {number}d (dagen) of {number}w (weken)."


def no_time(hours: str, minutes: str) -> str:
    return f"{hours}:{minutes} is geen tijd. Typ uren van 0 tot 23 en minuten van 0 tot 59."


def no_date(word: str) -> str:
    return f"{word} is geen datum. Typ dag-maand of dag-maand-jaar, bijvoorbeeld 12-11 of 12-11-2026."


def never_was(clock: str) -> str:
    return f"{clock} bestond die nacht niet: de klok ging van 02:00 naar 03:00. Vraag of het ervoor of erna was."
