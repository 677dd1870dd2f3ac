"""`meldkamer geheim`: gives this machine a secret, tries it, takes it away. The secret itself is shown nowhere.

Exit codes: 0 done, or found and taken; 1 refused, not found, or not taken by who asks for it, with a sentence; 2 wrong
use; 69 who asks for it cannot be reached, so that nothing is known of it; 78 this machine or record cannot be used.
"""

from __future__ import annotations

import sys
from argparse import SUPPRESS
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from console import doorway
from console.credentials import NAMES, CredentialError
from console.exit_codes import UNUSABLE, WRONG_USE
from console.key_ring import NoKeyRingError
from console.record.errors import RecordError
from console.roles import Right
from console.sealing import FOLDER, SealError
from console.texts import words

if TYPE_CHECKING:
    import argparse

    from console.settings import Settings

REFUSED: Final = 1

_ACTIONS: Final = {"zet": "setting", "test": "trying", "wis": "wiping"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `meldkamer geheim` can be told; names are judged later, so that a pasted secret is never said back."""
    actions = parser.add_subparsers(
        dest="action", required=True, metavar=words.secret.ACTION, title=words.secret.ACTIONS_TITLE
    )
    for name, about in words.secret.ACTIONS.items():
        action = actions.add_parser(name, help=about, description=about)
        action.add_argument("name", metavar=words.secret.NAME, help=", ".join(NAMES))
        action.add_argument("more", nargs="*", default=(), metavar="", help=SUPPRESS)
        action.add_argument(
            "--map", type=Path, default=FOLDER, metavar=words.secret.FOLDER, help=words.secret.FOLDER_HELP
        )
        if name in {"zet", "wis"}:
            action.add_argument("--dienst", action="store_true", help=words.secret.SERVICE_HELP[name])
        if name == "zet":
            action.add_argument("--van-invoer", action="store_true", help=words.secret.FROM_INPUT_HELP)
        if name == "wis":
            action.add_argument("--ja", action="store_true", help=words.secret.YES_HELP)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do what was asked; the exit code."""
    if arguments.more:
        return refuse(words.secret.NEVER_ON_THE_LINE, WRONG_USE)
    if arguments.name not in NAMES:
        return refuse(words.secret.unknown_name(NAMES), WRONG_USE)
    action: Any = import_module(f"{__name__}.{_ACTIONS[arguments.action]}")
    try:
        if arguments.action != "test" and not arguments.dienst:  # what lies ready for a service is root's alone
            doorway.demand(settings, Right.HOLD_KEYS, f"geheim {arguments.action}")
        code: int = action.run(arguments, settings)
    except CredentialError as error:
        return refuse(str(error), REFUSED)
    except (NoKeyRingError, SealError, RecordError) as error:
        return refuse(str(error), UNUSABLE)
    except (EOFError, KeyboardInterrupt):
        return refuse(words.secret.BROKEN_OFF, REFUSED)
    return code


def refuse(sentence: str, code: int) -> int:
    """Say why not, and give the exit code."""
    print(words.secret.refused(sentence), file=sys.stderr)
    return code
