"""A terminal that does not fit, and what is not done on it."""

from __future__ import annotations

from typing import Final

NEEDS_A_TERMINAL: Final = (
    "Dit programma heeft een scherm en een toetsenbord nodig. Start het in een terminal, zonder < of 2>."
)
EMPTY: Final = "leeg"
NO_FILES: Final = "Een afdruk van het scherm bewaren kan hier niet."
COPIED_INSIDE: Final = "Gekopieerd, alleen binnen dit programma: naar buiten kopiëren kan hier niet."
NO_SUSPENDING: Final = "Dit programma stilzetten kan niet."
NO_OPENING: Final = "Een adres openen kan hier niet."


def unknown_terminal(term: str) -> str:
    return (
        f"De terminal zegt niet wat hij kan (TERM is {term}). "
        "Zet TERM goed, bijvoorbeeld met: export TERM=xterm-256color"
    )


def too_small(columns: int, lines: int) -> str:
    return f"Dit venster is te klein: maak het ten minste {columns} breed en {lines} hoog. Toetsen doen nu niets."
