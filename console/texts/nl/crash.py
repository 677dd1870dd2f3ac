"""What is said of a fault of our own: that it stopped, under which number, and what to do."""

from __future__ import annotations

from typing import Final

REPORT_NOT_KEPT: Final = "Het verslag kon niet worden opgeslagen."


def report_kept(path: str) -> str:
    return f"Verslag: {path}"


def said(program: str, incident: str | None, kept: str, *, ended: bool) -> str:
    name = "De console" if program == "console" else f"meldkamer {program}".rstrip()
    if ended:
        remedy = "Start opnieuw: wat is vastgelegd, staat er nog."
        return f"{name} is gestopt door een fout (storing {incident}). {remedy} {kept}"
    remedy = "Geef het nummer aan de beheerder: wat is vastgelegd, staat er nog."
    return f"{name} had een fout en ging door (storing {incident}). {remedy} {kept}"


def beside(incident: str | None) -> str:
    return f"Fout, storing {incident}: wat u typt, staat misschien niet vast."


def from_library(logger: str, level: str, place: str) -> str:
    return f"{logger} meldt iets ({level}, {place})"


def left_out(count: int) -> str:
    return (
        "1 regel niet geschreven: te veel in een minuut"
        if count == 1
        else f"{count} regels niet geschreven: te veel in een minuut"
    )
