"""One typed set of settings for every program: defaults, then `instellingen.toml` in the data folder, then MELDKAMER_*.

Plain dataclass instead of a schema library: this module is loaded before the first screen, and start-up is felt.
A secret is never a setting; see `console.credentials`.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from console.dutch_errors import in_dutch, toml_in_dutch, utf8_in_dutch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FILE_NAME: Final = "instellingen.toml"
HOME_VARIABLE: Final = "MELDKAMER_HOME"
PREFIX: Final = "MELDKAMER_"
CHARACTERS: Final = ("auto", "ascii", "unicode")
CAD_KINDS: Final = ("eido", "ticketscad", "bestand")
SIGNALS: Final = {
    "wacht": 60,
    "behandeling": 1200,
    "overleg": 120,
    "prio1": 120,
    "bevestiging": 30,
    "eenheid": 300,
    "afspraak": 0,
}
"""After how many seconds something is a signal on the shift lead's board, unless the room chose otherwise; no source
names these numbers."""

_MOST_NUMBERS: Final = 40
_LONGEST_SIGNAL: Final = 86_400
_PHONE: Final = re.compile(r"[+(]?[0-9][0-9 ()+*#-]{1,29}", re.ASCII)


class SettingsError(Exception):
    """A setting that cannot be used; the text is a Dutch sentence: which, where, and what is allowed."""


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError("hier hoort een tekst")
    return value.strip()


def _flag(value: object) -> bool:
    words = {"ja": True, "true": True, "1": True, "nee": False, "false": False, "0": False}
    known = words.get(str(value).strip().lower())
    if known is None:
        raise ValueError('hier hoort true of false, of "ja" of "nee"')
    return known


def _address(value: object) -> str:
    text = _text(value)
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("hier hoort een adres dat met http:// of https:// begint")
    if parts.username or parts.password:
        raise ValueError("zet geen naam of wachtwoord in het adres; zie de README over geheimen")
    return text.rstrip("/")


def _domain(value: object) -> str:
    text = _text(value)
    if not all(part.replace("-", "").isalnum() and part.isascii() for part in text.split(".")):
        raise ValueError("hier hoort een naam als mk-noord.politie.example")
    return text


def _path(value: object) -> Path:
    try:
        return Path(_text(value)).expanduser()
    except RuntimeError:
        raise ValueError("dat account heeft hier geen eigen map; schrijf het volledige pad") from None


def _number(most: int, of_what: str, least: int = 1) -> Callable[[object], int]:
    def read(value: object) -> int:
        text = str(value).strip()
        if isinstance(value, bool) or not text.isascii() or not text.isdigit() or not least <= int(text[:9]) <= most:
            raise ValueError(f"hier hoort een aantal {of_what} van {least} tot en met {most}")
        return int(text)

    return read


def _days(most: int) -> Callable[[object], int]:
    return _number(most, "dagen")


def _seconds(most: int, least: int = 1) -> Callable[[object], int]:
    return _number(most, "seconden", least)


def _minutes(most: int) -> Callable[[object], int]:
    return _number(most, "minuten")


def _phone_list(value: object) -> tuple[tuple[str, str], ...]:
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


def _thresholds(value: object) -> tuple[tuple[str, int], ...]:
    """Read a table of signals and seconds, or the same in one text: `wacht = 60; overleg = 120`."""
    pairs: list[tuple[str, object]] = []
    if isinstance(value, str):
        lines = [part.partition("=") for part in value.split(";") if part.strip()]
        pairs = [(name.strip(), seconds.strip()) for name, _, seconds in lines]
    elif isinstance(value, dict):
        pairs = list(value.items())
    if not pairs:
        raise ValueError("hier hoort een tabel met regels als wacht = 60")
    unknown = [name for name, _ in pairs if name not in SIGNALS]
    if unknown:
        raise ValueError(f"{unknown[0]!a} is geen sein; bekend zijn: {', '.join(SIGNALS)}")
    return tuple((name, _seconds(_LONGEST_SIGNAL, 0)(seconds)) for name, seconds in pairs)


def _one_of(allowed: tuple[str, ...]) -> Callable[[object], str]:
    def read(value: object) -> str:
        text = str(value).strip().lower()
        if text not in allowed:
            raise ValueError(f"hier hoort een van: {', '.join(allowed)}")
        return text

    return read


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a program can be told; the key in the file is the Dutch name in the metadata."""

    home: Path
    """The data folder of the room; all programs that work together name the same one."""
    group: str | None = field(default=None, metadata={"key": "groep", "read": _text})
    """OS group that shares the data folder; without it the folder is for one user."""
    cad_name: str = field(default="GMS", metadata={"key": "cad_naam", "read": _text})
    """What operators call their CAD; shown on the screens."""
    cad_kind: str = field(default="eido", metadata={"key": "cad_soort", "read": _one_of(CAD_KINDS)})
    """What the CAD speaks: our contract (`eido`), TicketsCAD's interface, or files in a folder (`bestand`)."""
    cad_table: Path | None = field(default=None, metadata={"key": "cad_tabel", "read": _path})
    """How this room names things in its CAD: `ticketscad` needs it, for `eido` it replaces the packaged table."""
    cad_folder: Path | None = field(default=None, metadata={"key": "cad_map", "read": _path})
    """Where the pages go; only for `bestand`."""
    cad_url: str | None = field(default=None, metadata={"key": "cad_url", "read": _address})
    """Address of the CAD's interface; without it a dispatch waits and the screens say so."""
    cad_authority: Path | None = field(default=None, metadata={"key": "cad_ca", "read": _path})
    """Certificate (PEM) of who issued the CAD's; without it those that browsers trust are trusted."""
    cad_certificate: Path | None = field(default=None, metadata={"key": "cad_certificaat", "read": _path})
    """Our own certificate (PEM), for a CAD that asks for one."""
    cad_certificate_key: Path | None = field(default=None, metadata={"key": "cad_certificaat_sleutel", "read": _path})
    """The private key of that certificate (PEM)."""
    cad_deduplicates: bool = field(default=True, metadata={"key": "cad_ontdubbelt", "read": _flag})
    """Whether a repeated message has no second effect there, so that it may be sent again; only for `eido`."""
    cad_looks_up: bool = field(default=True, metadata={"key": "cad_opvraagbaar", "read": _flag})
    """Whether it can be asked after a message; where it does neither, a person finds out. Only for `eido`."""
    cad_settles_after: int = field(default=15, metadata={"key": "cad_rust_seconden", "read": _seconds(600)})
    """Seconds that it may still be busy with what it took in, before what it does not have counts as not there."""
    too_old_after: int = field(default=30, metadata={"key": "verouderd_na_minuten", "read": _minutes(1440)})
    """Minutes after which a dispatch that could not be delivered is not sent by itself any more: an operator says
    whether it must go."""
    room: str = field(default="meldkamer.politie.example", metadata={"key": "meldkamer", "read": _domain})
    """Domain name of this control room, used as its id in messages."""
    classifications: Path | None = field(default=None, metadata={"key": "classificatie", "read": _path})
    """Which national class each crime form goes under here; without it the packaged table is used."""
    exercise: bool = field(default=False, metadata={"key": "oefening", "read": _flag})
    """True marks every screen and every dispatch OEFENING."""
    bell: bool = field(default=True, metadata={"key": "bel", "read": _flag})
    """Whether a console sounds the bell of its terminal; its operator can switch it while working."""
    policy: Path | None = field(default=None, metadata={"key": "beleid", "read": _path})
    """A compiled policy file; without it the packaged one is used."""
    anchors: Path | None = field(default=None, metadata={"key": "anker", "read": _path})
    """Folder of the file that shows whether the record was altered: another disk's, machine's or user's where that
    can be; without it `anker` in the data folder."""
    keep_days: int | None = field(default=None, metadata={"key": "bewaren_dagen", "read": _days(1826)})
    """Days that a call is kept after it came in, at most five years (Wpg 8); without it nothing is ever destroyed."""
    keep_reads_days: int | None = field(default=None, metadata={"key": "bewaren_leeslog_dagen", "read": _days(3652)})
    """Days that the log of reading is kept; without it nothing is ever destroyed."""
    link_days: int = field(default=30, metadata={"key": "verband_dagen", "read": _days(365)})
    """How far back another call may share something with a new one, at most a year (Wpg 8 lid 1)."""
    downtime_folder: Path | None = field(default=None, metadata={"key": "noodpakket_map", "read": _path})
    """Folder on this computer for the text to work from when the console is out; it exists; else `noodpakket` in the
    data folder."""
    phone_list: tuple[tuple[str, str], ...] = field(default=(), metadata={"key": "telefoonlijst", "read": _phone_list})
    """Names and numbers that stand in that text."""
    taking_norm: int | None = field(
        default=None, metadata={"key": "norm_aannemen", "read": _seconds(_LONGEST_SIGNAL, 0)}
    )
    """Seconds within which this room wants a call to be taken; without it the board holds nothing against a norm."""
    signals: tuple[tuple[str, int], ...] = field(default=(), metadata={"key": "seinen", "read": _thresholds})
    """After how many seconds something is a signal on the board, where that differs from `SIGNALS`."""
    characters: str = field(default="auto", metadata={"key": "tekens", "read": _one_of(CHARACTERS)})
    """What the screens draw with: `ascii` has no curly quotes, `auto` chooses by the terminal."""


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings of this machine.

    Raises:
        SettingsError: an unknown key, a value of the wrong kind, or a file that cannot be read.
    """
    variables = os.environ if environment is None else environment
    home = _home(variables)
    settings = Settings(home=home)
    path = home / FILE_NAME
    settings = _apply(settings, _read(path), where=str(path))
    given = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in variables.items()
        if name.startswith(PREFIX) and name != HOME_VARIABLE and value
    }
    return _apply(settings, given, where="de omgeving")


def as_environment(settings: Settings) -> dict[str, str]:
    """Write settings as variables, for a program that must have exactly these: variables win from its settings file."""
    variables = {HOME_VARIABLE: str(settings.home)}
    for each in fields(Settings):
        value = getattr(settings, each.name)
        if "key" not in each.metadata or value is None:
            continue
        if isinstance(value, tuple):
            text = "; ".join(f"{name} = {number}" for name, number in value)
        else:
            text = ("ja" if value else "nee") if isinstance(value, bool) else str(value)
        variables[PREFIX + each.metadata["key"].upper()] = text
    return variables


def _home(variables: Mapping[str, str]) -> Path:
    named = variables.get(HOME_VARIABLE, "")
    try:
        if named:
            return Path(named).expanduser().absolute()
        return Path(variables.get("XDG_DATA_HOME") or Path.home() / ".local" / "share").absolute() / "meldkamer"
    except RuntimeError as error:  # an account without a home folder, or ~ of an account that is not there
        raise SettingsError(
            f"Van de gegevensmap is niet te zeggen waar die staat ({named or '~'}). "
            f"Zet {HOME_VARIABLE} op een volledig pad, zoals /var/lib/meldkamer."
        ) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: {utf8_in_dutch(error)}. Verbeter dat en start opnieuw.") from error
    except OSError as error:
        raise SettingsError(
            f"{path} kan niet worden gelezen: {in_dutch(error)}. Verbeter dat en start opnieuw."
        ) from error
    import tomllib  # noqa: PLC0415 - a folder without this file starts without its reader

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = toml_in_dutch(error)
        raise SettingsError(f"{path} is geen geldig TOML ({where}). Verbeter dat en start opnieuw.") from error


def _apply(settings: Settings, values: Mapping[str, Any], *, where: str) -> Settings:
    known = {each.metadata["key"]: each for each in fields(Settings) if "key" in each.metadata}
    for key, value in values.items():
        if key not in known:
            allowed = ", ".join(sorted(known))
            raise SettingsError(f"Onbekende instelling '{key}' in {where}. Bekend zijn: {allowed}.")
        read: Callable[[object], Any] = known[key].metadata["read"]
        try:
            settings = replace(settings, **{known[key].name: read(value)})
        except ValueError as error:
            raise SettingsError(f"Instelling '{key}' in {where} klopt niet: {error}.") from error
    return settings
