"""`meldkamer dossier verschil`: which calls a copy of the record does not have, or not as they are now."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from console.dossier.reading_room import ask_reason, opened
from console.record import differing
from console.record.access import COMPARED

if TYPE_CHECKING:
    import argparse

    from console.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be given on the command line."""
    parser.add_argument("kopie", type=Path, help="de reservekopie")
    ask_reason(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the numbers, one on a line, for `dossier exporteer`; what they are goes to standard error."""
    with opened(settings) as room:
        found = differing.since(room.reader, arguments.kopie)
        numbers = (*found.new, *found.changed)
        room.log(COMPARED, numbers or [None], arguments.reden)
    print("".join(f"{number}\n" for number in numbers), end="")
    print(
        f"{len(found.new)} meldingen staan niet in de kopie en {len(found.changed)} zijn daarna veranderd. "
        f"Het laatste nummer dat is uitgegeven is {found.last}.",
        file=sys.stderr,
    )
    return 0
