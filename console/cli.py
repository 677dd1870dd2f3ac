"""`meldkamer`: one command line, each command a program. Nothing else happens here.

Only the program that is asked for is imported: start-up of the console is felt, and it loads no web server.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NoReturn

from console import crash, locked
from console.exit_codes import UNUSABLE, WRONG_USE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.crash import CrashReporter

PROGRAMS: Final = {
    "console": ("console.launch", "de console van de centralist"),
    "demo": ("console.demo", "alles samen op een wegwerpmap, als OEFENING"),
    "intake": ("console.intake.serve", "neemt meldingen aan van telefonie, over HTTP"),
    "deliver": ("console.cad.deliver", "brengt inzetten naar de CAD en haalt de stand op"),
    "cad-simulator": ("console.cad.simulator", "een kleine echte CAD om tegen te oefenen"),
    "beleid": ("console.policy_command", "het beleid: controleren, activeren, vergelijken, naspelen, tonen"),
    "monitor": ("console.monitor", "het overzicht van de ploegchef: alleen lezen, ook over SSH"),
    "rapport": ("console.report", "een dienst of een week in cijfers, zonder gegevens van personen"),
    "geheim": ("console.secret", "de sleutels van CAD en intake: zetten, proberen, wissen"),
    "doctor": ("console.doctor", "kijkt deze computer na: wat werkt, wat niet, en wat u doet"),
    "dossier": ("console.dossier", "zoek, toon, bewaar en vernietig wat is vastgelegd"),
    "triage": ("console.triage", "antwoorden erin, voorstel eruit (JSON-regels)"),
}
"""Command -> module with `add_arguments(parser)` and `run(arguments, settings) -> exit code`, and its line of help."""

THOROUGH: Final = {"doctor"}
"""Programs that also work with settings that cannot be read: `without_settings(arguments, sentence) -> exit code`."""

PRINTING: Final = {"beleid", "doctor", "triage"}
"""Programs that only print: when nobody reads on (`| head`) they end without a word, like any tool of a shell."""

READING: Final = {"doctor", "monitor", "rapport"}
"""Programs that write nothing in the data folder: the report of a crash neither."""

_OTHERS: Final = 0o007


def main() -> NoReturn:
    """Run one program and exit with its code; a crash is told in one line, ctrl+c ends it like any signal.

    No file that is made is for others than its account and its group, whatever whoever starts it has set.
    """
    locked.lock()
    reporter = crash.install()
    os.umask(os.umask(_OTHERS) | _OTHERS)
    if sys.argv[1:2] and sys.argv[1] in PRINTING:
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    reporter.watch(lambda: _run_quietly(reporter))


def _run_quietly(reporter: CrashReporter) -> int:
    gc.disable()
    from console import printing  # noqa: PLC0415 - only now
    from console.logbook import keep_quiet  # noqa: PLC0415 - the same

    printing.guard()
    keep_quiet()
    return run(sys.argv[1:], reporter)


def run(arguments: Sequence[str], reporter: CrashReporter | None = None) -> int:
    """Run one program; the exit code: 0 good, 2 wrong use, 70 crash, 78 wrong settings, 128 + n for a signal.

    `reporter` hears which program it is and where its data folder is.
    """
    gc.disable()  # what is imported stays: to look for garbage in it takes a tenth of a start that is felt
    from console import settings  # noqa: PLC0415 - only now
    from console.dutch_arguments import Parser  # noqa: PLC0415

    parser = Parser(prog="meldkamer", description="Urgentiecheck en inzet bij online criminaliteit.")
    commands = parser.add_subparsers(dest="command", metavar="opdracht", title="opdrachten")
    asked = arguments[0] if arguments else None
    program: Any = None
    for name, (module, words) in PROGRAMS.items():
        command = commands.add_parser(name, help=words, description=words)
        if name == asked:
            if reporter is not None:
                reporter.program = name
            program = import_module(module)
            program.add_arguments(command)
    gc.enable()
    given = parser.parse_args(arguments)
    if program is None:
        parser.print_help()
        return WRONG_USE
    try:
        found = settings.load(locked=getattr(given, "vergrendeld", False))
        if reporter is not None and asked not in READING:
            reporter.homes.insert(0, found.home)
        code: int = program.run(given, found)
    except settings.SettingsError as error:
        if asked in THOROUGH:
            return int(program.without_settings(given, str(error)))
        print(f"meldkamer: {error}", file=sys.stderr)
        if getattr(given, "vergrendeld", False):
            from console import entrance  # noqa: PLC0415 - only where it starts with that

            entrance.note_what_was_tried(given)
        return UNUSABLE
    return code
