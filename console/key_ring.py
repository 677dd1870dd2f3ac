"""The key ring of this desktop: one that encrypts or none, and never waited for longer than `SECONDS`.

What is configured elsewhere is code of whoever configured it, and what happens to be installed may write in clear
text: only the kinds that are named here are ever asked.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final, TypeVar

from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE: Final = "meldkamer"
"""Under this name the key ring keeps our secrets; the user name is the secret's name."""

SECONDS: Final = 3.0
"""A locked or stuck key ring can hang without end; delivering must not."""

_KINDS: Final = (
    ("keyring.backends.SecretService", "Keyring"),
    ("keyring.backends.kwallet", "DBusKeyring"),
    ("keyring.backends.macOS", "Keyring"),
    ("keyring.backends.Windows", "WinVaultKeyring"),
)
"""Key rings that encrypt."""


class NoKeyRingError(Exception):
    """This machine has no key ring that encrypts, or it does not open or answer; the text is Dutch."""


def get(name: str) -> str | None:
    """Give the secret, or None where the key ring has none; this can hang (see `within_time`).

    Raises:
        NoKeyRingError: there is none to ask.
    """
    from keyring.errors import KeyringLocked  # noqa: PLC0415 - 90 ms, and only where no service manager gives a secret

    ring = _ring()
    try:
        return ring.get_password(SERVICE, name)
    except KeyringLocked:
        raise NoKeyRingError(words.credentials.KEY_RING_LOCKED) from None


def put(name: str, secret: str) -> None:
    """Keep a secret, in the place of one that was there; this can hang.

    Raises:
        NoKeyRingError: there is none to keep it.
    """
    from keyring.errors import InitError, KeyringLocked, PasswordSetError  # noqa: PLC0415 - as above

    ring = _ring()
    try:
        ring.set_password(SERVICE, name, secret)
    except (InitError, KeyringLocked, PasswordSetError):
        raise NoKeyRingError(words.credentials.KEY_RING_LOCKED) from None


def remove(name: str) -> bool:
    """Take a secret out; tells whether there was one. This can hang.

    Raises:
        NoKeyRingError: there is none to take it out of.
    """
    from keyring.errors import PasswordDeleteError  # noqa: PLC0415 - as above

    if get(name) is None:
        return False
    try:
        _ring().delete_password(SERVICE, name)
    except PasswordDeleteError:  # somebody was first
        return False
    return True


def within_time(work: Callable[[], T]) -> T:
    """Do it in a thread that may hang for ever: it is a daemon, and nobody waits for it longer than the limit.

    Raises:
        NoKeyRingError: it broke or hung; told by the kind of fault, for a message can hold the secret.
    """
    done: list[T] = []
    faults: list[str] = []

    def try_it() -> None:
        try:
            done.append(work())
        except NoKeyRingError as error:
            faults.append(str(error))
        except Exception as error:  # noqa: BLE001 - back ends raise what their D-Bus library raises
            faults.append(words.credentials.key_ring_broken(type(error).__name__))

    asking = threading.Thread(target=try_it, name="sleutelbos", daemon=True)
    asking.start()
    asking.join(SECONDS)
    if faults:
        raise NoKeyRingError(faults[0])
    if not done:
        raise NoKeyRingError(words.credentials.key_ring_silent(SECONDS))
    return done[0]


def _ring() -> KeyringBackend:
    from importlib import import_module  # noqa: PLC0415 - as above

    import keyring  # noqa: PLC0415

    for module, kind in _KINDS:
        back_end = getattr(import_module(module), kind)
        try:
            usable = back_end.priority > 0
        except RuntimeError:
            continue
        if usable:
            ring: KeyringBackend = back_end()
            keyring.set_keyring(ring)
            return ring
    raise NoKeyRingError(words.credentials.NO_KEY_RING)
