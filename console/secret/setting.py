"""`meldkamer geheim zet`: takes a secret from whoever sits at the terminal, and keeps it where a program finds it."""

from __future__ import annotations

import os
import sys
import warnings
from getpass import GetPassWarning, getpass
from typing import TYPE_CHECKING, Final

from console import credentials, key_ring, sealing
from console.accounts import os_user
from console.exit_codes import ENDED, WRONG_USE
from console.record import keeping
from console.secret import REFUSED, refuse
from console.secret.noting import audited
from console.texts import words

if TYPE_CHECKING:
    import argparse

    from console.settings import Settings

_LONGEST_LINE: Final = 4095
"""A terminal gives no longer line: what is pasted beyond it is lost without a word."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Keep a secret; the exit code."""
    name: str = arguments.name
    asked = sys.stdin.isatty()
    if asked and arguments.van_invoer:
        return refuse(words.secret.INPUT_IS_A_TERMINAL, WRONG_USE)
    if not (asked or arguments.van_invoer):
        return refuse(words.secret.NO_TERMINAL, WRONG_USE)
    with audited(settings) as note:
        secret = _typed_twice(name) if asked else _from_input()
        if secret is None:
            return REFUSED
        if arguments.dienst:
            file = sealing.seal(name, secret, arguments.map)
            print(words.secret.sealed(name, file, words.secret.SERVICE_OF[name]))
            place = keeping.SERVICE
        else:
            _into_key_ring(name, secret)
            print(words.secret.in_key_ring(name, os_user()))
            place = keeping.KEY_RING
        note(keeping.SET, name, place)
    return ENDED


def _typed_twice(name: str) -> str | None:
    """Ask twice without showing it; a terminal that cannot hide it is not used."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)
        try:
            first, again = getpass(words.secret.first(name)), getpass(words.secret.AGAIN)
        except (EOFError, GetPassWarning):
            refuse(words.secret.NOT_TYPED, REFUSED)
            return None
    if first != again:
        refuse(words.secret.NOT_THE_SAME, REFUSED)
        return None
    if len(first) >= _LONGEST_LINE:
        refuse(words.secret.TOO_LONG_FOR_A_LINE, REFUSED)
        return None
    return credentials.usable(first.encode("utf-8", "replace"), words.credentials.TYPED)


def _from_input() -> str:
    with os.fdopen(0, "rb", closefd=False) as given:
        return credentials.usable(given.read(credentials.LARGEST + 1), words.secret.INPUT)


def _into_key_ring(name: str, secret: str) -> None:
    """Keep it and read it back: a key ring that says yes and keeps nothing is found now and not at the start."""

    def keep() -> bool:
        key_ring.put(name, secret)
        return key_ring.get(name) == secret

    try:
        kept = key_ring.within_time(keep)
    except key_ring.NoKeyRingError as error:
        raise key_ring.NoKeyRingError(words.secret.other_way(str(error), name)) from None
    if not kept:
        raise key_ring.NoKeyRingError(words.secret.other_way(words.secret.NOT_KEPT, name))
