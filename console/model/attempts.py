"""What somebody can try at a terminal that is not theirs to do there."""

from __future__ import annotations

from enum import StrEnum


class Attempt(StrEnum):
    """A way out of the console that was tried and refused; the register names it by these words and no others."""

    SCREENSHOT = "schermafdruk"
    CLIPBOARD = "klembord"
    SUSPEND = "pauzeren"
    ADDRESS = "adres openen"
    PALETTE = "opdrachtenlijst"
    TOOLS = "ontwikkelgereedschap"
    FILE = "bestand schrijven"
    VARIABLE = "variabele"
    LEAVE = "stoppen buiten de wachtrij"
    COMMAND = "andere opdracht"
    INTERRUPT = "afbreken"
    KEYS = "andere toetsen"
    MOUSE = "muis"
    ALIAS = "andere naam"
    WITHOUT_SCREEN = "uitvoer zonder scherm"
