"""`meldkamer cad-simulator`: a small real CAD on this machine that speaks our contract, and misbehaves on request.

For the demo, for tests, and for a CAD vendor who wants to see what a console sends. It listens on 127.0.0.1 only, keeps
everything in memory, and writes nothing down. `GET /besturing` tells how often each dispatch and each addition to one
had an effect, `POST /besturing {"modus": "uit"}` changes how it behaves while it runs. With `--toon` it prints each
request and what it answered, and at the end the counts.

Exit codes: 0 ended as asked; 2 wrong use; 69 the port cannot be used; 78 told to ask for a key, and none is set.
"""

from __future__ import annotations

import random
import secrets
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from console.exit_codes import WRONG_USE

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

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
    TWO_ANSWERS = "dubbel_antwoord"
    WRONG_JSON = "kapotte_json"
    FAULT_AFTER = "fout_na_aannemen"
    BOOKS_LATER = "boekt_later"
    DROPS_FIELD = "laat_veld_weg"
    CLOCK_OFF = "klok_fout"
    OUT_OF_ORDER = "storing"
    BUSY = "druk"
    BUSY_UNTIL = "druk_tot"
    FAULT = "fout"
    CONFLICT = "botsing"
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
    Mode.SLOW: "neemt pas na twee seconden aan",
    Mode.DOWN: "verbreekt elke verbinding",
    Mode.LOSES_ANSWER: "neemt aan; het eerste antwoord gaat verloren",
    Mode.HALF_ANSWER: "neemt aan; het eerste antwoord breekt halverwege af",
    Mode.TWO_ANSWERS: "neemt aan en antwoordt twee keer op één verzoek",
    Mode.WRONG_JSON: "neemt aan; het eerste antwoord is kapotte JSON",
    Mode.FAULT_AFTER: "neemt aan; het eerste antwoord is een fout (500)",
    Mode.BOOKS_LATER: "verbreekt de verbinding, en neemt een seconde later toch aan",
    Mode.DROPS_FIELD: "neemt aan, maar bewaart het adres niet en zegt dat ook",
    Mode.CLOCK_OFF: "neemt aan; de klok van het CAD loopt drie uur achter",
    Mode.OUT_OF_ORDER: "is even niet beschikbaar (503)",
    Mode.BUSY: "heeft het te druk en vraagt een seconde (429)",
    Mode.BUSY_UNTIL: "heeft het te druk en noemt een tijdstip (429 met een datum)",
    Mode.FAULT: "geeft een fout (500) zonder iets aan te nemen",
    Mode.CONFLICT: "zegt dat onder deze sleutel iets anders staat (409)",
    Mode.WEB_PAGE: "antwoordt met een webpagina",
    Mode.HUGE: "antwoordt met vijf megabyte",
    Mode.ELSEWHERE: "verwijst door naar elders (302)",
    Mode.FORGETS: "neemt aan en kent de melding daarna niet meer",
}


class Repeats(StrEnum):
    """What the simulator can do for whoever does not know whether a message arrived."""

    DEDUPLICATES = "ontdubbelt"
    LOOKS_UP = "opvraagbaar"
    NEITHER = "geen_van_beide"

    @property
    def meaning(self) -> str:
        """Say in Dutch what it does with a repeated key."""
        return _REPEATS[self]


_REPEATS: Final = {
    Repeats.DEDUPLICATES: "een herhaalde sleutel heeft geen tweede effect (het contract)",
    Repeats.LOOKS_UP: "elke herhaling is een nieuwe inzet; naar een bericht kan worden gevraagd",
    Repeats.NEITHER: "elke herhaling is een nieuwe inzet, en er kan niet naar worden gevraagd",
}


class Fates:
    """What happens to each dispatch that comes in: the mode, or by chance something worse."""

    def __init__(self, shares: Mapping[Mode, float], seed: int) -> None:
        """Draw for each request from these shares of all requests; together they are at most 1."""
        self._shares = dict(shares)
        self._chance = random.Random(seed)  # noqa: S311 - so that a run can be repeated

    def draw(self, mode: Mode) -> Mode:
        """Give what happens to the next request; a mode that misbehaves already is left as it is."""
        if mode is not Mode.ACCEPTS or not self._shares:
            return mode
        drawn = self._chance.random()
        for fault, share in self._shares.items():
            drawn -= share
            if drawn < 0:
                return fault
        return mode


@dataclass(frozen=True)
class Orders:
    """What was asked of the simulator on its command line; `pace` is in seconds per step of dispatcher and unit."""

    port: int
    mode: Mode
    repeats: Repeats
    fates: Fates
    pace: float
    asks_for_key: bool
    tells: bool


class ShareError(ValueError):
    """A share of faults that cannot be used; the text is a Dutch sentence."""


def read_shares(given: Sequence[str]) -> dict[Mode, float]:
    """Read `antwoord_kwijt=0.1` and the like.

    Raises:
        ShareError: no such mode, no share of 0 to 1, or more than everything together.
    """
    shares: dict[Mode, float] = {}
    for text in given:
        name, _, share = text.partition("=")
        try:
            shares[Mode(name)] = float(share)
        except ValueError:
            raise ShareError(f"--deel {text}: geef een modus en een deel, zoals antwoord_kwijt=0.1") from None
    if not all(0 <= share <= 1 for share in shares.values()) or sum(shares.values()) > 1:
        raise ShareError("--deel: elk deel ligt van 0 tot en met 1, en samen zijn ze niet meer dan 1")
    return shares


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
    parser.add_argument(
        "--deel",
        action="append",
        default=[],
        metavar="MODUS=DEEL",
        help="laat dit deel van de verzoeken door toeval zo aflopen, zoals antwoord_kwijt=0.1; mag vaker",
    )
    parser.add_argument("--zaad", type=int, help="getal waarmee dat toeval is te herhalen; anders wordt er een gekozen")
    parser.add_argument(
        "--herhaling",
        choices=[repeats.value for repeats in Repeats],
        default=Repeats.DEDUPLICATES.value,
        metavar="SOORT",
        help="; ".join(f"{repeats.value}: {repeats.meaning}" for repeats in Repeats),
    )
    parser.add_argument("--tempo", type=float, default=1.0, help="seconden per stap van de centralist en de eenheid")
    parser.add_argument("--sleutel", action="store_true", help="eis de sleutel cad_token, zoals deliver die vindt")
    parser.add_argument(
        "--toon", action="store_true", help="toon elk verzoek en antwoord, en aan het eind de tellingen"
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001 - the same door as every command
    """Run the command; gives an exit code."""
    try:
        shares = read_shares(arguments.deel)
    except ShareError as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    seed = secrets.randbelow(2**32) if arguments.zaad is None else arguments.zaad
    if shares:
        print(f"zaad {seed}", file=sys.stderr)
    from console.cad.mock_server import serve  # noqa: PLC0415 - only this command pays for loading it

    return serve(
        Orders(
            arguments.port,
            Mode(arguments.modus),
            Repeats(arguments.herhaling),
            Fates(shares, seed),
            arguments.tempo,
            arguments.sleutel,
            arguments.toon,
        )
    )
