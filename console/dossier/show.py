"""`meldkamer dossier toon`: one call on the screen, and a line in the log of reading."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from console.dossier.content import as_json, content
from console.dossier.page import page
from console.dossier.reading_room import ask_reason, opened
from console.record.access import SEEN, SEEN_SPECIAL
from console.record.parts import register

if TYPE_CHECKING:
    import argparse

    from console.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be given on the command line."""
    parser.add_argument("nummer", help="nummer van de melding, zoals 26-0412")
    ask_reason(parser)
    parser.add_argument("--bijzonder", action="store_true", help="ook bijzondere gegevens (artikel 5 Wpg)")
    parser.add_argument("--json", action="store_true", help="als JSON, met de hele geschiedenis")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Show a call; the exit code."""
    call_id, special = arguments.nummer, arguments.bijzonder
    with opened(settings) as room:
        file = room.reader.file(call_id)
        if arguments.json:
            text = as_json(content(room.reader, call_id, special=special)) + "\n"
        else:
            rows = room.reader.ask(lambda connection: register(connection, call_id))
            text = page(file, rows, special=special, exercise=settings.exercise)
        room.log(SEEN_SPECIAL if special else SEEN, [call_id], arguments.reden)
    sys.stdout.write(text)
    return 0
