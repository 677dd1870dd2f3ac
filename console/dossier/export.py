"""`meldkamer dossier exporteer`: calls as files for the system of record: JSON with all history, and a page to read."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from console.dossier.content import as_json, content
from console.dossier.page import page
from console.dossier.progress import Progress
from console.dossier.reading_room import ask_reason, opened
from console.dutch_errors import in_dutch
from console.record import RecordError
from console.record.access import EXPORTED, EXPORTED_SPECIAL
from console.record.parts import register

if TYPE_CHECKING:
    import argparse

    from console.dossier.reading_room import ReadingRoom
    from console.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be given on the command line."""
    parser.add_argument("nummer", nargs="+", help="nummers van meldingen, zoals 26-0412")
    parser.add_argument("--naar", required=True, type=Path, metavar="MAP", help="map waarin de bestanden komen")
    ask_reason(parser)
    parser.add_argument("--bijzonder", action="store_true", help="ook bijzondere gegevens (artikel 5 Wpg)")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the files; the exit code."""
    folder: Path = arguments.naar
    if not folder.is_dir():
        raise RecordError(f"{folder} is geen map. Maak die eerst, op een schijf die alleen u kunt lezen.")
    numbers = list(dict.fromkeys(arguments.nummer))
    with opened(settings) as room:
        for call_id in numbers:
            room.reader.file(call_id)
            _refuse_to_overwrite(folder, call_id)
        progress = Progress("meldingen geëxporteerd")
        for done, call_id in enumerate(numbers, start=1):
            _export(room, settings, folder, call_id, arguments)
            progress.tell(done, len(numbers))
    print(f"{len(numbers)} meldingen staan als JSON en als bladzijde in {folder}.", file=sys.stderr)
    return 0


def _export(room: ReadingRoom, settings: Settings, folder: Path, call_id: str, arguments: argparse.Namespace) -> None:
    special = arguments.bijzonder
    data = content(room.reader, call_id, special=special)
    rows = room.reader.ask(lambda connection: register(connection, call_id))
    text = page(room.reader.file(call_id), rows, special=special, exercise=settings.exercise)
    room.log(EXPORTED_SPECIAL if special else EXPORTED, [call_id], arguments.reden)
    _write(folder / f"{call_id}.json", as_json(data) + "\n")
    _write(folder / f"{call_id}.txt", text)


def _refuse_to_overwrite(folder: Path, call_id: str) -> None:
    for ending in ("json", "txt"):
        target = folder / f"{call_id}.{ending}"
        if target.exists():
            raise RecordError(f"{target} bestaat al en blijft zoals het is. Kies een lege map.")


def _write(target: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all, and never over another one."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=".export-", dir=target.parent)
        draft = Path(name)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            target.hardlink_to(draft)
        finally:
            draft.unlink()
    except OSError as error:
        raise RecordError(f"{target} is niet te maken: {in_dutch(error)}. Kies een andere map.") from error
