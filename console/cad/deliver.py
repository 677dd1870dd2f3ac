"""`meldkamer deliver`: carries the outbox of one data folder to the CAD, as a service or as the child of a console.

It asks nothing and needs no terminal. It ends on SIGTERM or SIGINT after letting what is under way end; killing it
harder is safe too. A change of the settings file is taken over within seconds, without a restart.

Exit codes: 0 ended as asked; 75 another delivery works on this data folder; 78 it cannot work with this folder, table
or setting (the line on stderr says what to do).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run the command; gives an exit code."""
    from console.cad.service import deliver  # noqa: PLC0415 - only this command pays for loading it

    return deliver(settings, until_empty=arguments.tot_leeg)
