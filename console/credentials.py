"""Where a secret comes from: a credential of the service manager, else the key ring of the desktop. Nowhere else.

Never a file of ours, an argument, the environment or a question: a program without a terminal must be able to start.
What was tried can be told without ever telling the secret.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.dutch_errors import in_dutch

if TYPE_CHECKING:
    from collections.abc import Callable

SERVICE: Final = "meldkamer"
"""Under this name the key ring keeps our secrets; the user name is the secret's name."""

DIRECTORY_VARIABLE: Final = "CREDENTIALS_DIRECTORY"
KEY_RING_SECONDS: Final = 3.0
"""A locked or stuck key ring can hang without end; delivering must not."""

_LARGEST: Final = 4096
_BACK_ENDS: Final = (
    ("keyring.backends.SecretService", "Keyring"),
    ("keyring.backends.kwallet", "DBusKeyring"),
    ("keyring.backends.macOS", "Keyring"),
    ("keyring.backends.Windows", "WinVaultKeyring"),
)
"""Key rings that encrypt. Others that happen to be installed write in clear text, and are never asked."""


class CredentialError(Exception):
    """A secret stands where it was looked for but cannot be used; Dutch, with what to do, without the secret."""


@dataclass(frozen=True, slots=True)
class Search:
    """The secret if there is one, and a line in Dutch for each place that was tried."""

    secret: str | None = field(repr=False)
    tried: tuple[str, ...]


def find(name: str) -> str | None:
    """Give the secret called `name` (such as `cad_token`), or None where no place has it.

    Raises:
        CredentialError: a place has it but it cannot be read or cannot be a key.
    """
    return search(name).secret


def search(name: str, ask_key_ring: Callable[[str], str | None] | None = None) -> Search:
    """Look for a secret and say where; `ask_key_ring` is the key ring to ask, by default that of this desktop."""
    if not name.isidentifier():
        raise ValueError(f"not the name of a secret: {name!r}")
    secret, first = _from_directory(name)
    if secret is not None:
        return Search(secret, (first,))
    secret, second = _from_key_ring(name, ask_key_ring or _key_ring)
    return Search(secret, (first, second))


def how_to_set(name: str) -> str:
    """Say how to give this machine the secret."""
    return (
        f"als dienst: LoadCredentialEncrypted={name} in de unit (maak hem met systemd-creds encrypt); "
        f"op een werkplek: keyring set {SERVICE} {name}"
    )


def _from_directory(name: str) -> tuple[str | None, str]:
    directory = os.environ.get(DIRECTORY_VARIABLE)
    if not directory:
        return None, f"${DIRECTORY_VARIABLE} is niet gezet"
    path = Path(directory) / name
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except FileNotFoundError:
        return None, f"${DIRECTORY_VARIABLE} heeft geen {name}"
    except OSError as error:
        raise CredentialError(f"{path} kan niet worden gelezen ({in_dutch(error)}): controleer dat bestand") from None
    return _usable(content, str(path)), f"${DIRECTORY_VARIABLE} heeft {name}"


def _usable(content: bytes, where: str) -> str:
    """Accept what can stand in a header, and nothing else: a line break in it would be a header of its own."""
    text = content.removesuffix(b"\n").removesuffix(b"\r").decode("latin-1")
    if not text or len(content) > _LARGEST or not text.isascii() or not text.isprintable() or " " in text:
        raise CredentialError(
            f"{where} bevat geen bruikbare sleutel: zet er een regel van ten hoogste {_LARGEST} tekens in"
        )
    return text


def _from_key_ring(name: str, ask: Callable[[str], str | None]) -> tuple[str | None, str]:
    """Ask in a thread that may hang for ever: it is a daemon, and nobody waits for it longer than the limit."""
    answers: list[str | None] = []
    faults: list[str] = []

    def look() -> None:
        try:
            answers.append(ask(name))
        except Exception as error:  # noqa: BLE001 - back ends raise what their D-Bus library raises
            faults.append(type(error).__name__)

    asking = threading.Thread(target=look, name="sleutelbos", daemon=True)
    asking.start()
    asking.join(KEY_RING_SECONDS)
    if faults:
        return None, f"de sleutelbos is niet te gebruiken ({faults[0]})"
    if not answers:
        return None, f"de sleutelbos antwoordde niet binnen {KEY_RING_SECONDS:.0f} seconden"
    if answers[0] is None:
        return None, f"de sleutelbos heeft geen {name}"
    return _usable(answers[0].encode("utf-8", "replace"), "de sleutelbos"), f"de sleutelbos heeft {name}"


class NoKeyRingError(Exception):
    """This machine has no key ring that encrypts."""


def _key_ring(name: str) -> str | None:
    from importlib import import_module  # noqa: PLC0415 - 90 ms, and only where no service manager gives the secret

    import keyring  # noqa: PLC0415

    for module, kind in _BACK_ENDS:
        back_end = getattr(import_module(module), kind)
        try:
            usable = back_end.priority > 0
        except RuntimeError:
            continue
        if usable:
            keyring.set_keyring(back_end())
            return keyring.get_password(SERVICE, name)
    raise NoKeyRingError
