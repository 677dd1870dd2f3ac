"""`meldkamer dossier`: what the functional manager does with the record. Each action is a file of its own.

Exit codes: 0 done; 1 nothing found, or refused with a sentence on stderr; 2 wrong use; 78 a setting is missing, the
folder cannot be used, or no role of this account allows it; 130 broken off, and what was done stays done.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from console import doorway, exit_codes
from console.record import EngineRefused, HomeRefused, NotAllowed, RecordError
from console.roles import Right

if TYPE_CHECKING:
    import argparse

    from console.settings import Settings

REFUSED: Final = 1
BROKEN_OFF: Final = 130

ACTIONS: Final = {
    "toon": ("console.dossier.show", "toon een melding met alles wat nu geldt"),
    "zoek": ("console.dossier.find", "zoek meldingen op nummer, rekening, naam of woorden"),
    "exporteer": ("console.dossier.export", "schrijf meldingen als JSON en als leesbare bladzijde"),
    "verifieer": ("console.dossier_verify", "ga na of het dossier ergens veranderd is"),
    "opschonen": ("console.dossier.clean", "vernietig wat te oud is, met bewijs; eerst alleen kijken"),
    "reservekopie": ("console.dossier.backup", "maak een gecontroleerde kopie terwijl er gewerkt wordt"),
    "verschil": ("console.dossier.difference", "noem de meldingen die een reservekopie mist of anders heeft"),
    "terugzetten": ("console.dossier.restore", "zet een reservekopie terug in een lege map"),
}
"""Action -> module with `add_arguments` and `run`, as programs have them, and its line of help."""

LOOKING: Final = {"toon", "zoek", "exporteer"}
"""What a shift lead may do too; the rest is for who answers for the record."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked of the record."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="actie", title="acties")
    for name, (module, words) in ACTIONS.items():
        _module(module).add_arguments(actions.add_parser(name, help=words, description=words))


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do what was asked; the exit code."""
    try:
        right = Right.INSPECT if arguments.action in LOOKING else Right.KEEP
        doorway.demand(settings, right, f"dossier {arguments.action}")
        code: int = _module(ACTIONS[arguments.action][0]).run(arguments, settings)
    except (HomeRefused, EngineRefused, NotAllowed) as error:
        return _refuse(str(error), exit_codes.UNUSABLE)
    except RecordError as error:
        return _refuse(str(error), REFUSED)
    except KeyboardInterrupt:
        return _refuse("Afgebroken. Wat af is, blijft gedaan; start opnieuw om verder te gaan.", BROKEN_OFF)
    return code


def _module(name: str) -> Any:
    return import_module(name)


def _refuse(sentence: str, code: int) -> int:
    print(f"meldkamer dossier: {sentence}", file=sys.stderr)
    return code
