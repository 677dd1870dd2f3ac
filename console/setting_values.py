"""How each setting is read from what a file or a variable says; a ValueError's text is the part of a Dutch sentence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from console.roles import Role
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_SIGNAL: Final = 86_400
NONE: Final = "geen"
"""Seconds."""

_MOST_NUMBERS: Final = 40
_PHONE: Final = re.compile(r"[+(]?[0-9][0-9 ()+*#-]{1,29}", re.ASCII)


def text(value: object) -> str:
    """Read one line of text."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError("hier hoort een tekst")
    return value.strip()


def flag(value: object) -> bool:
    """Read yes or no."""
    known = {"ja": True, "true": True, "1": True, "nee": False, "false": False, "0": False}.get(
        str(value).strip().lower()
    )
    if known is None:
        raise ValueError('hier hoort true of false, of "ja" of "nee"')
    return known


def address(value: object) -> str:
    """Read the address of a web interface, without a name or password in it."""
    given = text(value)
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("hier hoort een adres dat met http:// of https:// begint")
    if parts.username or parts.password:
        raise ValueError("zet geen naam of wachtwoord in het adres; zie de README over geheimen")
    return given.rstrip("/")


def address_or_none(value: object) -> str:
    """Read an address, or the word that says that there is none."""
    return NONE if value == NONE else address(value)


def domain(value: object) -> str:
    """Read a domain name."""
    given = text(value)
    if not all(part.replace("-", "").isalnum() and part.isascii() for part in given.split(".")):
        raise ValueError("hier hoort een naam als mk-noord.politie.example")
    return given


def path(value: object) -> Path:
    """Read a path; `~` is the folder of the account."""
    try:
        return Path(text(value)).expanduser()
    except RuntimeError:
        raise ValueError("dat account heeft hier geen eigen map; schrijf het volledige pad") from None


def _number(most: int, of_what: str, least: int = 1) -> Callable[[object], int]:
    def read(value: object) -> int:
        said = str(value).strip()
        if isinstance(value, bool) or not said.isascii() or not said.isdigit() or not least <= int(said[:9]) <= most:
            raise ValueError(f"hier hoort een aantal {of_what} van {least} tot en met {most}")
        return int(said)

    return read


def days(most: int) -> Callable[[object], int]:
    """Read a number of days."""
    return _number(most, "dagen")


def seconds(most: int, least: int = 1) -> Callable[[object], int]:
    """Read a number of seconds."""
    return _number(most, "seconden", least)


def minutes(most: int) -> Callable[[object], int]:
    """Read a number of minutes."""
    return _number(most, "minuten")


def phone_list(value: object) -> tuple[tuple[str, str], ...]:
    """Read a table of names and numbers, or the same in one text: `Uitgifte = 088 1234567; OvD-OC = 5512`."""
    pairs: list[tuple[object, object]] = []
    if isinstance(value, str):
        lines = [part.partition("=") for part in value.split(";") if part.strip()]
        pairs = [(name.strip(), number.strip()) for name, _, number in lines]
    elif isinstance(value, dict):
        pairs = list(value.items())
    if not pairs:
        raise ValueError('hier hoort een tabel met regels als "Uitgifte Noord" = "088 1234567"')
    if len(pairs) > _MOST_NUMBERS:
        raise ValueError(f"er zijn {len(pairs)} nummers, ten hoogste {_MOST_NUMBERS} passen op het papier")
    return tuple(_phone(name, number) for name, number in pairs)


def _phone(name: object, number: object) -> tuple[str, str]:
    if not isinstance(name, str) or not 1 <= len(name) <= 40 or not name.isprintable() or set(name) & set("=;"):
        raise ValueError(f"{name!a} is geen naam van 1 tot en met 40 tekens zonder = of ;")
    if not isinstance(number, str) or _PHONE.fullmatch(number) is None:
        raise ValueError(f'bij {name} hoort een nummer tussen aanhalingstekens, zoals "088 1234567"')
    return name, number


def thresholds(known: tuple[str, ...]) -> Callable[[object], tuple[tuple[str, int], ...]]:
    """Read a table of signals and seconds, or the same in one text: `wacht = 60; overleg = 120`."""

    def read(value: object) -> tuple[tuple[str, int], ...]:
        pairs: list[tuple[str, object]] = []
        if isinstance(value, str):
            lines = [part.partition("=") for part in value.split(";") if part.strip()]
            pairs = [(name.strip(), after.strip()) for name, _, after in lines]
        elif isinstance(value, dict):
            pairs = list(value.items())
        if not pairs:
            raise ValueError("hier hoort een tabel met regels als wacht = 60")
        unknown = [name for name, _ in pairs if name not in known]
        if unknown:
            raise ValueError(f"{unknown[0]!a} is geen sein; bekend zijn: {', '.join(known)}")
        return tuple((name, seconds(LONGEST_SIGNAL, 0)(after)) for name, after in pairs)

    return read


def roles(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Read a table of roles, each with a list of accounts and groups (`@name`)."""
    given = value if isinstance(value, dict) else {}
    if not any(given.values()):
        raise ValueError(words.machine_file.NOBODY_HAS_A_ROLE)
    for role, names in given.items():
        if role not in {each.value for each in Role}:
            raise ValueError(words.machine_file.no_role(ascii(role), ", ".join(Role)))
        if not isinstance(names, list):
            raise ValueError(words.machine_file.no_accounts(role))  # noqa: TRY004
        for name in names:
            if not isinstance(name, str) or not name.isprintable() or not name.removeprefix("@").strip():
                raise ValueError(words.machine_file.no_account(role, ascii(name)))
    return tuple((role, tuple(name.strip() for name in names)) for role, names in given.items())


def one_of(allowed: tuple[str, ...]) -> Callable[[object], str]:
    """Read one of some words."""

    def read(value: object) -> str:
        said = str(value).strip().lower()
        if said not in allowed:
            raise ValueError(f"hier hoort een van: {', '.join(allowed)}")
        return said

    return read
