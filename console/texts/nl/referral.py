"""Where the caller can go, and the list of organisations where it cannot be read."""

from __future__ import annotations

from typing import Final

from console.texts.nl import times

FILE: Final = "verwijzing.toml"

REFER: Final = "doorverwijzen"
CHECK: Final = "controleren"

DAY_AND_NIGHT: Final = "dag en nacht"
BY_APPOINTMENT: Final = "op afspraak"
WEBSITE: Final = "website"
HOURS_UNKNOWN: Final = "tijden onbekend"


def unknown_form(name: str, form: str) -> str:
    return f"{FILE}: {name} noemt een vorm die het beleid niet heeft: {form}."


def unknown_answer(name: str, question: str) -> str:
    return f"{FILE}: {name} noemt een antwoord dat niet bestaat: {question}."


def incomplete(name: str) -> str:
    return f"{FILE}: bij {name} ontbreekt een onderdeel."


def no_hours(name: str) -> str:
    return f"{FILE}: de openingstijden van {name} zijn niet te lezen."


def title(call_id: str) -> str:
    return f"DOORVERWIJZEN {call_id} - enter: gegeven, escape: klaar"


def quoted(text: str) -> str:
    return f"“{text}”"


def open_until(clock: str) -> str:
    return f"open tot {clock}"


def closed(opens: str | None) -> str:
    return "gesloten" if opens is None else f"gesloten, {opens}"


def opens(days: int, weekday: int, date: str, clock: str) -> str:
    if days == 0:
        return f"vandaag {clock}"
    if days == 1:
        return f"morgen {clock}"
    return f"{times.WEEKDAYS[weekday]} {clock}" if days < 7 else f"{times.SHORT_WEEKDAYS[weekday]} {date} {clock}"


def reach(text: str, source: str, *, check: bool) -> str:
    return f"Bereik: {text}{_checked(source, check=check)}"


def hours(text: str, source: str, *, check: bool) -> str:
    return f"Nu:     {text}{_checked(source, check=check)}"


def purpose(text: str) -> str:
    return f"Voor:   {text}"


def beware(text: str) -> str:
    return f"Let op: {text}"


def no_longer(name: str) -> str:
    return f"{name} (past niet meer bij de antwoorden)"


def recorded(name: str, call_id: str) -> str:
    return f"Vastgelegd: {name}. Kenmerk voor de melder: {call_id}"


def _checked(source: str, *, check: bool) -> str:
    if check:
        return f"  CONTROLEREN voordat u het zegt{f' ({source})' if source else ''}"
    return f"  ({source})" if source else ""
