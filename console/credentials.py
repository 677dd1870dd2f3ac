"""Where a secret comes from: the service manager, else the key ring, else the person who started the program.

Never a file or a setting of ours, an argument or a variable: those are copied, listed and backed up. A program that has
no terminal never asks; what a person gives is kept in memory for as long as the program runs. What was tried, why that
failed and what mends it can always be told, without ever telling the secret.
"""

from __future__ import annotations

import os
import sys
import threading
import warnings
from dataclasses import dataclass, field
from getpass import GetPassWarning, getpass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.dutch_errors import in_dutch
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable

SERVICE: Final = "meldkamer"
"""Under this name the key ring keeps our secrets; the user name is the secret's name."""

DIRECTORY_VARIABLE: Final = "CREDENTIALS_DIRECTORY"
KEY_RING_SECONDS: Final = 3.0
"""A locked or stuck key ring can hang without end; delivering must not."""

_LARGEST: Final = 4096
_OTHERS_READ: Final = 0o004
_OTHERS_ENTER: Final = 0o001
_BACK_ENDS: Final = (
    ("keyring.backends.SecretService", "Keyring"),
    ("keyring.backends.kwallet", "DBusKeyring"),
    ("keyring.backends.macOS", "Keyring"),
    ("keyring.backends.Windows", "WinVaultKeyring"),
)
"""Key rings that encrypt. Others that happen to be installed write in clear text, and are never asked."""


class CredentialError(Exception):
    """A secret stands where it was looked for but cannot be used; Dutch, with what to do, without the secret."""


class NoKeyRingError(Exception):
    """This machine has no key ring that encrypts, or it does not open; the text is Dutch."""


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
        lambda wanted: _from_key_ring(wanted, ask_key_ring or _key_ring),
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
    return words.credentials.how_to_set(name, SERVICE)


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


def _from_directory(name: str) -> tuple[str | None, str]:
    directory = os.environ.get(DIRECTORY_VARIABLE)
    if not directory:
        return None, words.credentials.no_directory(DIRECTORY_VARIABLE)
    path = Path(directory) / name
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
            open_to_all = os.fstat(file.fileno()).st_mode & _OTHERS_READ and path.parent.stat().st_mode & _OTHERS_ENTER
    except FileNotFoundError:
        return None, words.credentials.directory_without(DIRECTORY_VARIABLE, name)
    except OSError as error:
        raise CredentialError(words.credentials.unreadable(path, in_dutch(error))) from None
    if open_to_all and os.name == "posix":
        raise CredentialError(words.credentials.open_to_all(path))
    return _usable(content, str(path)), words.credentials.directory_has(DIRECTORY_VARIABLE, name)


def _usable(content: bytes, where: str) -> str:
    """Accept what can stand in a header, and nothing else: a line break in it would be a header of its own."""
    text = content.removesuffix(b"\n").removesuffix(b"\r").decode("latin-1")
    if not text or len(content) > _LARGEST or not text.isascii() or not text.isprintable() or " " in text:
        raise CredentialError(words.credentials.no_key(where, _LARGEST))
    return text


def _from_key_ring(name: str, ask: Callable[[str], str | None]) -> tuple[str | None, str]:
    """Ask in a thread that may hang for ever: it is a daemon, and nobody waits for it longer than the limit."""
    answers: list[str | None] = []
    faults: list[str] = []

    def look() -> None:
        try:
            answers.append(ask(name))
        except NoKeyRingError as error:
            faults.append(str(error))
        except Exception as error:  # noqa: BLE001 - back ends raise what their D-Bus library raises
            faults.append(words.credentials.key_ring_broken(type(error).__name__))

    asking = threading.Thread(target=look, name="sleutelbos", daemon=True)
    asking.start()
    asking.join(KEY_RING_SECONDS)
    if faults:
        return None, faults[0]
    if not answers:
        return None, words.credentials.key_ring_silent(KEY_RING_SECONDS)
    if answers[0] is None:
        return None, words.credentials.key_ring_without(name)
    where = words.credentials.KEY_RING
    return _usable(answers[0].encode("utf-8", "replace"), where), words.credentials.key_ring_has(name)


def _from_person(name: str, ask: Callable[[str], str | None] | None) -> tuple[str | None, str]:
    if ask is None:
        return None, words.credentials.NOBODY_TO_ASK
    given = ask(name)
    if not given:
        return None, words.credentials.NOTHING_TYPED
    return _usable(given.encode("utf-8", "replace"), words.credentials.TYPED), words.credentials.TYPED


def _ask_at_terminal(name: str) -> str | None:
    """Ask without showing what is typed; a terminal that cannot hide it is not used."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)
        try:
            return getpass(words.credentials.ask(name))
        except (EOFError, GetPassWarning):
            return None


def _key_ring(name: str) -> str | None:
    from importlib import import_module  # noqa: PLC0415 - 90 ms, and only where no service manager gives the secret

    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringLocked  # noqa: PLC0415

    for module, kind in _BACK_ENDS:
        back_end = getattr(import_module(module), kind)
        try:
            usable = back_end.priority > 0
        except RuntimeError:
            continue
        if usable:
            keyring.set_keyring(back_end())
            try:
                return keyring.get_password(SERVICE, name)
            except KeyringLocked:
                raise NoKeyRingError(words.credentials.KEY_RING_LOCKED) from None
    raise NoKeyRingError(words.credentials.NO_KEY_RING)
