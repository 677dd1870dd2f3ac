"""`meldkamer dossier verifieer`: whether the record was altered, and where.

Exit 0 when nothing was, 1 when something was (the first bad row is named), 2 when it could not be checked.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.printing import tell_over
from console.record import Home, RecordError
from console.record.anchoring import AnchorError, read_head
from console.record.chain import Log
from console.record.verifying import NAMES, verify

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from console.record.chain import Head
    from console.record.verifying import Verdict
    from console.settings import Settings

WHOLE: Final = 0
ALTERED: Final = 1
NOT_CHECKED: Final = 2
SHOWN: Final = 20


def add_arguments(parser: ArgumentParser) -> None:
    """What the check can be held against, beside the anchor file of the room."""
    parser.add_argument("--kop", metavar="RIJ:CODE", help="een kop van papier: rijnummer en (begin van) de code")
    parser.add_argument(
        "--log", choices=[log.value for log in Log], default=Log.AUDIT.value, help="van welk logboek de kop is"
    )
    parser.add_argument("--anker", metavar="BESTAND", type=Path, help="een ander ankerbestand dan dat van de meldkamer")


def run(arguments: Namespace, settings: Settings) -> int:
    """Check, and say what was found; on a terminal it shows how far it is."""
    try:
        head = None if arguments.kop is None else read_head(arguments.kop, Log(arguments.log))
    except AnchorError as error:
        print(f"--kop {arguments.kop}: {error}.", file=sys.stderr)
        return NOT_CHECKED
    try:
        home = Home.prepare(settings.home, settings.group, anchors=settings.anchors)
        verdict = verify(home, head, anchors=arguments.anker, progress=_show if sys.stderr.isatty() else None)
    except RecordError as error:
        print(error, file=sys.stderr)
        return NOT_CHECKED
    for line in _lines(verdict, head):
        print(line)
    return WHOLE if verdict.whole else ALTERED


def _lines(verdict: Verdict, head: Head | None) -> list[str]:
    lines = [fault.sentence for fault in verdict.faults[:SHOWN]]
    if len(verdict.faults) > SHOWN:
        lines.append(f"En nog {len(verdict.faults) - SHOWN} andere.")
    lines += verdict.remarks
    if not verdict.whole:
        return [*lines, "Het dossier is veranderd. Bewaar het bestand zoals het is, en meld dit."]
    for log, last in verdict.heads.items():
        lines.append(f"{NAMES[log][0].upper()}{NAMES[log][1:]} klopt: {last.seq} rijen, kop {last.short}.")
        if last.seq and verdict.uncovered[log]:
            lines.append(
                f"De laatste {verdict.uncovered[log]} rijen daarvan staan nog onder geen enkel anker: "
                "of daar iets van is weggehaald, is niet te zien."
            )
    if head is not None:
        lines.append(f"De opgegeven kop {head.seq} staat in {NAMES[head.log]}.")
    return lines


def _show(done: int, of: int) -> None:
    tell_over(f"{done} van {of} rijen nagegaan", last=done >= of)
