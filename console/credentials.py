"""Where a secret comes from: the service manager, else the key ring, else the person who started the program.

Never a file or a setting of ours, an argument or a variable: those are copied, listed and backed up. A program that has
no terminal never asks; what a person gives is kept in memory for as long as the program runs. What was tried, why that
failed and what mends it can always be told, without ever telling the secret.
"""

from __future__ import annotations

import os
import sys
import warnings
from dataclasses import dataclass, field
from getpass import GetPassWarning, getpass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console import key_ring
from console.dutch_errors import in_dutch
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES: Final = ("intake_token", "cad_token", "cad_sleutel_wachtwoord")
"""Every secret that a program of ours asks for."""

DIRECTORY_VARIABLE: Final = "CREDENTIALS_DIRECTORY"
LARGEST: Final = 4096
"""Bytes of a secret, its line break included."""

_OTHERS_READ: Final = 0o004
_OTHERS_ENTER: Final = 0o001


class CredentialError(Exception):
    """A secret stands where it was looked for but cannot be used; Dutch, with what to do, without the secret."""


@dataclass(frozen=True, slots=True)
class Search:
    """The secret if there is one, and a line in Dutch for each place that was tried."""

    secret: str | None = field(repr=False)
    tried: tuple[str, ...]


def find(name: str) -> str | None:
    """Give the secret called `name` (such as `cad_token`), or None where no place has it; nobody is asked for it.

    Raises:
        CredentialError: a place has it but it cannot be read or cannot be a key.
    """
    return search(name).secret


def search(
    name: str,
    ask_key_ring: Callable[[str], str | None] | None = None,
    ask_person: Callable[[str], str | None] | None = None,
) -> Search:
    """Look for a secret and say where.

    Args:
        name: of the secret, an identifier.
        ask_key_ring: the key ring to ask, by default that of this desktop.
        ask_person: how to ask whoever started this program (see `person`); without it nobody is asked.

    Raises:
        CredentialError: as `find`.
    """
    if not name.isidentifier():
        raise ValueError(f"not the name of a secret: {name!r}")
    tried: list[str] = []
    for place in (
        _from_directory,
        lambda wanted: _from_key_ring(wanted, ask_key_ring or key_ring.get),
        lambda wanted: _from_person(wanted, ask_person),
    ):
        secret, said = place(name)
        tried.append(said)
        if secret is not None:
            return Search(secret, tuple(tried))
    return Search(None, tuple(tried))


def person() -> Callable[[str], str | None] | None:
    """Give how to ask whoever started this program, or None where nobody sits at a terminal."""
    return _ask_at_terminal if sys.stdin.isatty() and sys.stderr.isatty() else None


def how_to_set(name: str) -> str:
    """Say how to give this machine the secret."""
    return words.credentials.how_to_set(name)


def usable(content: bytes, where: str) -> str:
    """Accept one line that can stand in a header, and nothing else: a line break in it would be a header of its own.

    Raises:
        CredentialError: it cannot be a key; `where` says in Dutch what holds it.
    """
    text = content.removesuffix(b"\n").removesuffix(b"\r").decode("latin-1")
    if not text or len(content) > LARGEST or not text.isascii() or not text.isprintable() or " " in text:
        raise CredentialError(words.credentials.no_key(where, LARGEST))
    return text


class Keys:
    """The secrets of one program that runs long: a person is asked at the start, once for each, and never after."""

    def __init__(self, ask_person: Callable[[str], str | None] | None = None) -> None:
        """Ask `ask_person` for what no other place has, until `stop_asking`."""
        self._ask_person = ask_person
        self._given: dict[str, str | None] = {}

    def search(self, name: str) -> Search:
        """Look for a secret, as `search`; what a person gave before is given again without asking."""
        return search(name, ask_person=self._ask if self._ask_person or name in self._given else None)

    def find(self, name: str) -> str | None:
        """Give a secret, as `find`."""
        return self.search(name).secret

    def stop_asking(self) -> None:
        """From now on the program works: a question would hold everything up."""
        self._ask_person = None

    def _ask(self, name: str) -> str | None:
        if name not in self._given and self._ask_person is not None:
            self._given[name] = self._ask_person(name)
        return self._given.get(name)


class Given(Keys):
    """One secret that is in hand already; the others are looked for as ever, and nobody is asked."""

    def __init__(self, name: str, secret: str) -> None:
        """Give `secret` to whoever looks for `name`."""
        super().__init__()
        self._name = name
        self._secret = secret

    def search(self, name: str) -> Search:
        """Give the one in hand, or look for another."""
        return Search(self._secret, ()) if name == self._name else super().search(name)


def _from_directory(name: str) -> tuple[str | None, str]:
    directory = os.environ.get(DIRECTORY_VARIABLE)
    if not directory:
        return None, words.credentials.no_directory(DIRECTORY_VARIABLE)
    path = Path(directory) / name
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
            open_to_all = os.fstat(file.fileno()).st_mode & _OTHERS_READ and path.parent.stat().st_mode & _OTHERS_ENTER
    except FileNotFoundError:
        return None, words.credentials.directory_without(DIRECTORY_VARIABLE, name)
    except OSError as error:
        raise CredentialError(words.credentials.unreadable(path, in_dutch(error))) from None
    if open_to_all and os.name == "posix":
        raise CredentialError(words.credentials.open_to_all(path))
    return usable(content, str(path)), words.credentials.directory_has(DIRECTORY_VARIABLE, name)


def _from_key_ring(name: str, ask: Callable[[str], str | None]) -> tuple[str | None, str]:
    try:
        found = key_ring.within_time(lambda: ask(name))
    except key_ring.NoKeyRingError as error:
        return None, str(error)
    if found is None:
        return None, words.credentials.key_ring_without(name)
    return usable(found.encode("utf-8", "replace"), words.credentials.KEY_RING), words.credentials.key_ring_has(name)


def _from_person(name: str, ask: Callable[[str], str | None] | None) -> tuple[str | None, str]:
    if ask is None:
        return None, words.credentials.NOBODY_TO_ASK
    given = ask(name)
    if not given:
        return None, words.credentials.NOTHING_TYPED
    return usable(given.encode("utf-8", "replace"), words.credentials.TYPED), words.credentials.TYPED


def _ask_at_terminal(name: str) -> str | None:
    """Ask without showing what is typed; a terminal that cannot hide it is not used."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)
        try:
            return getpass(words.credentials.ask(name))
        except (EOFError, GetPassWarning):
            return None
