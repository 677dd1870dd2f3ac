"""`meldkamer dossier reservekopie`: a checked copy in one file, made while everybody goes on working."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from console.dossier.progress import Progress
from console.dossier.reading_room import opened
from console.record import copying
from console.record.access import COPIED

if TYPE_CHECKING:
    import argparse

    from console.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be given on the command line."""
    parser.add_argument("doel", type=Path, help="bestand dat gemaakt wordt, op een andere schijf")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make the copy; the exit code."""
    target: Path = arguments.doel
    with opened(settings) as room:
        copying.refuse_to_overwrite(target)
        room.log(COPIED, [None], f"reservekopie {target.name}"[:200])
        copied = copying.back_up(room.home, target, Progress("bladzijden gekopieerd").tell)
    print(f"{target}: {copied.calls} meldingen, {copied.audit_rows} regels in het register, nagekeken.")
    print(f"SHA-256 {copied.sha256}")
    return 0
