"""`meldkamer deliver`: carries the outbox of one data folder to the CAD, as a service or as the child of a console.

It asks nothing and needs no terminal. It ends on SIGTERM or SIGINT after letting what is under way end; killing it
harder is safe too. A change of the settings file is taken over within seconds, without a restart.

`--print` writes the newest downtime pack to stdout instead, and ends.

Exit codes: 0 ended as asked; 1 there is no pack to print; 2 wrong use; 75 another delivery works on this data folder;
78 it cannot work with this folder, table or setting, or no role of this account allows it to print (the line on stderr
says what to do).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from console import doorway
from console.exit_codes import UNUSABLE, WRONG_USE
from console.record.errors import NotAllowed
from console.roles import Right
from console.texts import words

if TYPE_CHECKING:
    import argparse

    from console.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be given on the command line."""
    parser.add_argument(
        "--tot-leeg",
        action="store_true",
        help="stop zodra er geen console meer draait en alles is bezorgd (zo start een console de bezorging zelf)",
    )
    parser.add_argument("--print", action="store_true", help=words.downtime.PRINT_HELP)
    parser.add_argument("--nieuwe-nummers", action="store_true", help=words.downtime.NEW_NUMBERS_HELP)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run the command; gives an exit code."""
    if arguments.print:
        try:
            doorway.demand(settings, Right.PRINT, "deliver --print")
        except NotAllowed as error:
            print(error, file=sys.stderr)
            return UNUSABLE
        from console.cad.packing import show  # noqa: PLC0415 - the same

        return show(settings, new_numbers=arguments.nieuwe_nummers)
    if arguments.nieuwe_nummers:
        print(words.downtime.ONLY_WITH_PRINT, file=sys.stderr)
        return WRONG_USE
    from console.cad.service import deliver  # noqa: PLC0415 - only this command pays for loading it

    return deliver(settings, until_empty=arguments.tot_leeg)
