"""`meldkamer cad-simulator`: a small real CAD on this machine that speaks our contract, and misbehaves on request.

For the demo, for tests, and for a CAD vendor who wants to see what a console sends. It listens on 127.0.0.1 only, keeps
everything in memory, and writes nothing down. `GET /besturing` tells how often each dispatch and each addition to one
had an effect, `POST /besturing {"modus": "uit"}` changes how it behaves while it runs.

Exit codes: 0 ended as asked; 69 the port cannot be used; 78 told to ask for a key, and none is set.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import argparse

    from console.settings import Settings

DEFAULT_PORT: Final = 8112


class Mode(StrEnum):
    """How the simulator behaves; a dispatch keeps the fate of the mode in which it came."""

    ACCEPTS = "accepteert"
    REFUSES = "weigert"
    REFUSES_AT_ONCE = "weigert_direct"
    SILENT = "zwijgt"
    SLOW = "traag"
    DOWN = "uit"
    LOSES_ANSWER = "antwoord_kwijt"
    HALF_ANSWER = "half_antwoord"
    OUT_OF_ORDER = "storing"
    BUSY = "druk"
    FAULT = "fout"
    WEB_PAGE = "html"
    HUGE = "reuzenantwoord"
    ELSEWHERE = "verwijst_door"
    FORGETS = "vergeet"

    @property
    def meaning(self) -> str:
        """Say in Dutch what it does."""
        return _MEANING[self]


_MEANING: Final = {
    Mode.ACCEPTS: "neemt aan, bevestigt en stuurt een eenheid",
    Mode.REFUSES: "neemt aan; daarna weigert de centralist",
    Mode.REFUSES_AT_ONCE: "weigert meteen, met reden (422)",
    Mode.SILENT: "neemt aan; de centralist zegt niets",
    Mode.SLOW: "antwoordt pas na twee seconden",
    Mode.DOWN: "verbreekt elke verbinding",
    Mode.LOSES_ANSWER: "neemt aan; het eerste antwoord gaat verloren",
    Mode.HALF_ANSWER: "neemt aan; het eerste antwoord breekt halverwege af",
    Mode.OUT_OF_ORDER: "is even niet beschikbaar (503)",
    Mode.BUSY: "heeft het te druk en vraagt een seconde (429)",
    Mode.FAULT: "geeft een fout (500) zonder iets aan te nemen",
    Mode.WEB_PAGE: "antwoordt met een webpagina",
    Mode.HUGE: "antwoordt met vijf megabyte",
    Mode.ELSEWHERE: "verwijst door naar elders (302)",
    Mode.FORGETS: "neemt aan en kent de melding daarna niet meer",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be given on the command line."""
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="poort op 127.0.0.1; 0 kiest een vrije poort")
    parser.add_argument(
        "--modus",
        choices=[mode.value for mode in Mode],
        default=Mode.ACCEPTS.value,
        metavar="MODUS",
        help="; ".join(f"{mode.value}: {mode.meaning}" for mode in Mode),
    )
    parser.add_argument("--tempo", type=float, default=1.0, help="seconden per stap van de centralist en de eenheid")
    parser.add_argument("--sleutel", action="store_true", help="eis de sleutel cad_token, zoals deliver die vindt")


def run(arguments: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001 - the same door as every command
    """Run the command; gives an exit code."""
    from console.cad.mock_cad import serve  # noqa: PLC0415 - only this command pays for loading it

    return serve(arguments.port, Mode(arguments.modus), pace=arguments.tempo, with_token=arguments.sleutel)
