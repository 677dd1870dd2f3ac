"""`meldkamer intake`: takes calls in over HTTP, from telephony or any other system that rings.

Exit codes: 0 ended as asked; 69 it cannot listen there; 78 no usable key or data folder.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from console.settings import Settings

DEFAULT_PORT: Final = 8111


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `meldkamer intake` can be told."""
    parser.add_argument("--host", metavar="ADRES", default="127.0.0.1", help="adres om op te luisteren (127.0.0.1)")
    parser.add_argument(
        "--port", metavar="POORT", type=_port, default=DEFAULT_PORT, help=f"poort; 0 kiest een vrije ({DEFAULT_PORT})"
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Take calls in until asked to stop; gives an exit code."""
    from console.intake.service import serve  # noqa: PLC0415 - only this command pays for a web server

    return serve(arguments.host, arguments.port, settings)


def _port(text: str) -> int:
    if text.isascii() and text.isdecimal() and int(text[:6]) <= 65_535:
        return int(text)
    raise argparse.ArgumentTypeError("een poort is een getal van 0 tot en met 65535")
