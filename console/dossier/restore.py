"""`meldkamer dossier terugzetten`: a copy into an empty data folder, made safe to work with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from console import accounts
from console.dossier.progress import Progress
from console.dossier.reading_room import ask_reason
from console.record import Home, copying
from console.times import now

if TYPE_CHECKING:
    import argparse

    from console.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be given on the command line."""
    parser.add_argument("bron", type=Path, help="de reservekopie")
    parser.add_argument(
        "--verder-na",
        metavar="NUMMER",
        help=f"laatste nummer dat is uitgegeven; zonder dit worden er {copying.SAFE_GAP} overgeslagen",
    )
    ask_reason(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Put the copy back; the exit code."""
    home = Home.prepare(settings.home, settings.group, anchors=settings.anchors)
    hand = copying.Hand(accounts.os_user(), accounts.terminal(), now(), arguments.reden)
    done = copying.restore(home, arguments.bron, hand, arguments.verder_na, Progress("bladzijden teruggezet").tell)
    print(f"Teruggezet in {home.path}: {done.copied.calls} meldingen, {done.copied.audit_rows} regels in het register.")
    print(f"Nieuwe meldingen krijgen een nummer na {done.numbered_after}.")
    if done.unclear:
        print(f"{done.unclear} berichten staan nu op ONDUIDELIJK: kijk in de CAD of ze er al zijn voordat u iets doet.")
    return 0
