"""`meldkamer dossier zoek`: calls by number, account, name or words; the question and each call shown are logged.

What is searched for is asked, and does not stand on the command line: every account of the machine can read those of
running programs, and a shell keeps them.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from typing import TYPE_CHECKING, Final

from console.domain import linking
from console.dossier.content import as_json
from console.dossier.page import moment
from console.dossier.reading_room import ask_reason, opened
from console.model import TraceKind
from console.record import RecordError, search
from console.record.access import FOUND, SEARCHED
from console.safe_text import one_line
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.model import Trace
    from console.record.engine import Connection
    from console.record.search import Hit
    from console.settings import Settings

NOTHING: Final = 1
MOST: Final = 50

_LONGEST: Final = 4_000

_TRACES: Final = {
    "telefoon": (TraceKind.PHONE, linking.of_phone, "een telefoonnummer, zoals 06-12345678"),
    "iban": (TraceKind.IBAN, linking.of_iban, "een rekeningnummer, zoals NL91 ABNA 0417 1643 00"),
    "domein": (TraceKind.DOMAIN, linking.of_domain, "een webdomein, zoals ing-veilig.nl"),
    "meekijk": (TraceKind.REMOTE, linking.of_remote, "een AnyDesk- of TeamViewer-nummer van 9 of 10 cijfers"),
    "adres": (TraceKind.ADDRESS, linking.of_address, "een adres, zoals 9461 AS 4 of Brink 4, Gieten"),
    "kenteken": (TraceKind.PLATE, linking.of_plate, "een kenteken, zoals AB-123-C"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be searched for."""
    one_of = parser.add_mutually_exclusive_group(required=True)
    for name, (_, _, what) in _TRACES.items():
        _add_asked(one_of, name, what)
    one_of.add_argument("--nummer", metavar="NUMMER", help="het nummer van een melding, zoals 26-0412")
    _add_asked(one_of, "naam", "naam van iemand in de melding")
    _add_asked(one_of, "tekst", "woorden die getypt of gezegd zijn; bank* is elk begin ermee")
    ask_reason(parser)
    parser.add_argument("--json", action="store_true", help="als JSON")


def _add_asked(group: argparse._MutuallyExclusiveGroup, name: str, what: str) -> None:
    group.add_argument(
        f"--{name}", metavar="", nargs="?", const=True, type=_not_here, help=f"{what}; het programma vraagt ernaar"
    )


def _not_here(_given: str) -> str:
    raise argparse.ArgumentTypeError(
        "zet hier niets achter, want iedereen op deze computer kan een opdrachtregel lezen; het programma vraagt ernaar"
    )


def _ask(name: str) -> str:
    """Ask what to search for; where no terminal is, the first line of standard input is it."""
    if sys.stdin.isatty():
        print(f"{name.capitalize()}: ", end="", file=sys.stderr, flush=True)
    given = sys.stdin.buffer.readline(_LONGEST).decode("utf-8", "replace").strip()
    if not given:
        raise RecordError(
            f"U hebt niets opgegeven om op te zoeken. Typ het achter de vraag, of geef --{name} één regel."
        )
    return given


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Show which calls answer the question; the exit code."""
    kind, question = _question(arguments)
    with opened(settings) as room:
        hits = room.reader.ask(question)
        room.log(f"{SEARCHED} op {kind}", [None], arguments.reden)
        room.log(FOUND, [hit.call_id for hit in hits[:MOST]], arguments.reden)
    if arguments.json:
        sys.stdout.write(as_json([_data(hit) for hit in hits[:MOST]]) + "\n")
    else:
        sys.stdout.write("".join(f"{_line(hit)}\n" for hit in hits[:MOST]))
    if len(hits) > MOST:
        print(f"Er zijn er meer; dit zijn de nieuwste {MOST}. Zoek preciezer.", file=sys.stderr)
    if not hits:
        print("Niets gevonden.", file=sys.stderr)
        return NOTHING
    return 0


def _question(arguments: argparse.Namespace) -> tuple[str, Callable[[Connection], tuple[Hit, ...]]]:
    for name, (kind, read, what) in _TRACES.items():
        if getattr(arguments, name) is not None:
            traces = _read(_ask(name), read, what)
            values = [trace.value for trace in traces if trace.kind == kind]
            return name, partial(search.by_trace, kind=kind, values=values, limit=MOST + 1)
    if arguments.naam is not None:
        return "naam", partial(search.by_name, name=_ask("naam"), limit=MOST + 1)
    if arguments.nummer is not None:
        return "nummer", partial(search.by_number, call_id=arguments.nummer)
    return "tekst", partial(search.by_text, text=_ask("tekst"), limit=MOST + 1)


def _read(given: str, read: Callable[[str], tuple[Trace, ...]], what: str) -> tuple[Trace, ...]:
    traces = read(given)
    if not traces:
        raise RecordError(f"Hier is niets in te herkennen om op te zoeken. Geef {what}.")
    if not all(trace.valid for trace in traces):
        print("Let op: dit klopt niet volgens zijn eigen controle; er is precies zo op gezocht.", file=sys.stderr)
    return traces


def _line(hit: Hit) -> str:
    choice = "" if hit.choice is None else words.terms.CHOICE_SHORT[hit.choice]
    when, place = moment(hit.received_at), one_line(hit.place) or "-"
    late = f"  {words.paper.MARK}" if hit.entered_later else ""
    return f"{hit.call_id:<9} {when}  {place:<20} {words.terms.STAGE[hit.stage]:<14} {choice}".rstrip() + late


def _data(hit: Hit) -> dict[str, str | bool | None]:
    return {
        "melding": hit.call_id,
        "binnengekomen": hit.received_at.isoformat(),
        "plaats": hit.place,
        "stand": hit.stage.value,
        "besluit": None if hit.choice is None else hit.choice.value,
        "later_ingevoerd": hit.entered_later,
    }
