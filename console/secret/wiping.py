"""`meldkamer geheim wis`: takes a secret away; where there is none, nothing happens and that is said."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from console import key_ring, sealing
from console.exit_codes import ENDED, WRONG_USE
from console.record import keeping
from console.secret import REFUSED, refuse
from console.secret.noting import audited
from console.texts import words

if TYPE_CHECKING:
    import argparse

    from console.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Take a secret away; the exit code."""
    name: str = arguments.name
    place = keeping.SERVICE if arguments.dienst else keeping.KEY_RING
    if not arguments.ja:
        if not sys.stdin.isatty():
            return refuse(words.secret.NOBODY_AGREES, WRONG_USE)
        if input(words.secret.sure(name, words.secret.PLACE[place])).strip().lower() != words.secret.YES:
            return refuse(words.secret.NOT_AGREED, REFUSED)
    with audited(settings) as note:
        if arguments.dienst:
            gone = sealing.unlay(name, arguments.map)
        else:
            gone = key_ring.within_time(lambda: key_ring.remove(name))
        if not gone:
            print(words.secret.was_not_there(name, words.secret.PLACE[place]))
            return ENDED
        print(words.secret.wiped(name, words.secret.PLACE[place], words.secret.SERVICE_OF[name]))
        note(keeping.WIPED, name, place)
    return ENDED
