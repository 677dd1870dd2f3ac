"""The locked launch: what is refused in it, and what is said to whoever starts or leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

HELP: Final = "voor een afgeschermde werkplek: niets van wie het start gaat mee, en er is geen weg naar een shell"
NO_ALIAS: Final = "--als kan hier niet: u werkt onder uw eigen account."
NO_COMMAND: Final = "Een opdracht uitvoeren of een bestand overbrengen kan met dit account niet."
NOT_ONCE: Final = "--eenmaal kan hier niet."
NO_PALETTE: Final = "Een menu met opdrachten is er niet; ? toont de toetsen."
NO_OTHER_KEYS: Final = "Andere toetsen instellen kan hier niet."
NO_INTERRUPTING: Final = "Afbreken kan hier niet."
NO_STOPPING: Final = "Stilzetten kan hier niet."


def not_noted(places: str) -> str:
    return (
        f"Wat hier wordt geweigerd, kan nergens worden opgeschreven ({places}). "
        "Zorg voor een systeemlogboek, of geef het account een eigen map die bestaat, en start opnieuw."
    )


def still_yours(numbers: Sequence[str]) -> str:
    which = f"melding {numbers[0]}" if len(numbers) == 1 else f"{len(numbers)} meldingen ({', '.join(numbers)})"
    return (
        f"U hebt nog {which} in handen. Draag over (in de melding: F9), of nog eens ctrl+q: dan meldt u zich af "
        "en ziet uw ploeg dat er niemand bij zit."
    )


def refused(what: str, times: int) -> str:
    return f"geweigerd: {what}" + (f" ({times} keer)" if times > 1 else "")
