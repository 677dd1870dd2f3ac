"""One typed set of settings for every program: defaults, then one `instellingen.toml`, then MELDKAMER_*.

The file is the machine's where that names the data folder of this run, else the one in the data folder. Plain
dataclass instead of a schema library: this module is loaded before the first screen, and start-up is felt.
A secret is never a setting; see `console.credentials`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from console import machine_file, setting_values
from console.dutch_errors import in_dutch, toml_in_dutch, utf8_in_dutch
from console.texts import words
from console.toml_lines import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FILE_NAME: Final = "instellingen.toml"
MACHINE_FILE: Path = Path("/etc/meldkamer/instellingen.toml")
"""The settings of this machine, which only root writes; no variable moves it."""

HOME_VARIABLE: Final = "MELDKAMER_HOME"
PREFIX: Final = "MELDKAMER_"
CHARACTERS: Final = ("auto", "ascii", "unicode")
NO_INTAKE: Final = setting_values.NONE
"""What `intake_adres` says where this room has no intake."""

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

_VARIABLES: Final = "de omgeving"
_HOME_KEY: Final = "gegevensmap"
_ROLES_KEY: Final = "rollen"
_EXERCISE_KEY: Final = "oefening"


class SettingsError(Exception):
    """A setting that cannot be used; the text is a Dutch sentence: which, where, and what is allowed."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a program can be told; the key in the file is the Dutch name in the metadata."""

    home: Path
    """The data folder of the room; all programs that work together name the same one."""
    group: str | None = field(default=None, metadata={"key": "groep", "read": setting_values.text})
    """OS group that shares the data folder; without it the folder is for one user."""
    cad_name: str = field(default="GMS", metadata={"key": "cad_naam", "read": setting_values.text})
    """What operators call their CAD; shown on the screens."""
    cad_kind: str = field(default="eido", metadata={"key": "cad_soort", "read": setting_values.one_of(CAD_KINDS)})
    """What the CAD speaks: our contract (`eido`), TicketsCAD's interface, or files in a folder (`bestand`)."""
    cad_table: Path | None = field(default=None, metadata={"key": "cad_tabel", "read": setting_values.path})
    """How this room names things in its CAD: `ticketscad` needs it, for `eido` it replaces the packaged table."""
    cad_folder: Path | None = field(default=None, metadata={"key": "cad_map", "read": setting_values.path})
    """Where the pages go; only for `bestand`."""
    cad_url: str | None = field(default=None, metadata={"key": "cad_url", "read": setting_values.address})
    """Address of the CAD's interface; without it a dispatch waits and the screens say so."""
    cad_authority: Path | None = field(default=None, metadata={"key": "cad_ca", "read": setting_values.path})
    """Certificate (PEM) of who issued the CAD's; without it those that browsers trust are trusted."""
    cad_certificate: Path | None = field(default=None, metadata={"key": "cad_certificaat", "read": setting_values.path})
    """Our own certificate (PEM), for a CAD that asks for one."""
    cad_certificate_key: Path | None = field(
        default=None, metadata={"key": "cad_certificaat_sleutel", "read": setting_values.path}
    )
    """The private key of that certificate (PEM)."""
    cad_deduplicates: bool = field(default=True, metadata={"key": "cad_ontdubbelt", "read": setting_values.flag})
    """Whether a repeated message has no second effect there, so that it may be sent again; only for `eido`."""
    cad_looks_up: bool = field(default=True, metadata={"key": "cad_opvraagbaar", "read": setting_values.flag})
    """Whether it can be asked after a message; where it does neither, a person finds out. Only for `eido`."""
    cad_settles_after: int = field(
        default=15, metadata={"key": "cad_rust_seconden", "read": setting_values.seconds(600)}
    )
    """Seconds that it may still be busy with what it took in, before what it does not have counts as not there."""
    intake_url: str | None = field(
        default=None, metadata={"key": "intake_adres", "read": setting_values.address_or_none}
    )
    """Where this room's intake answers, for who looks after it; `NO_INTAKE` where it has none."""
    too_old_after: int = field(
        default=30, metadata={"key": "verouderd_na_minuten", "read": setting_values.minutes(1440)}
    )
    """Minutes after which a dispatch that could not be delivered is not sent by itself any more: an operator says
    whether it must go."""
    room: str = field(default="meldkamer.politie.example", metadata={"key": "meldkamer", "read": setting_values.domain})
    """Domain name of this control room, used as its id in messages."""
    classifications: Path | None = field(default=None, metadata={"key": "classificatie", "read": setting_values.path})
    """Which national class each crime form goes under here; without it the packaged table is used."""
    exercise: bool = field(default=False, metadata={"key": _EXERCISE_KEY, "read": setting_values.flag})
    """True marks every screen and every dispatch OEFENING."""
    bell: bool = field(default=True, metadata={"key": "bel", "read": setting_values.flag})
    """Whether a console sounds the bell of its terminal; its operator can switch it while working."""
    policy: Path | None = field(default=None, metadata={"key": "beleid", "read": setting_values.path})
    """A compiled policy file; without it the packaged one is used."""
    anchors: Path | None = field(default=None, metadata={"key": "anker", "read": setting_values.path})
    """Folder of the file that shows whether the record was altered: another disk's, machine's or user's where that
    can be; without it `anker` in the data folder."""
    keep_days: int | None = field(default=None, metadata={"key": "bewaren_dagen", "read": setting_values.days(1826)})
    """Days that a call is kept after it came in, at most five years (Wpg 8); without it nothing is ever destroyed."""
    keep_reads_days: int | None = field(
        default=None, metadata={"key": "bewaren_leeslog_dagen", "read": setting_values.days(3652)}
    )
    """Days that the log of reading is kept; without it nothing is ever destroyed."""
    link_days: int = field(default=30, metadata={"key": "verband_dagen", "read": setting_values.days(365)})
    """How far back another call may share something with a new one, at most a year (Wpg 8 lid 1)."""
    downtime_folder: Path | None = field(default=None, metadata={"key": "noodpakket_map", "read": setting_values.path})
    """Folder on this computer for the text to work from when the console is out; it exists; else `noodpakket` in the
    data folder."""
    phone_list: tuple[tuple[str, str], ...] = field(
        default=(), metadata={"key": "telefoonlijst", "read": setting_values.phone_list}
    )
    """Names and numbers that stand in that text."""
    taking_norm: int | None = field(
        default=None,
        metadata={"key": "norm_aannemen", "read": setting_values.seconds(setting_values.LONGEST_SIGNAL, 0)},
    )
    """Seconds within which this room wants a call to be taken; without it the board holds nothing against a norm."""
    signals: tuple[tuple[str, int], ...] = field(
        default=(), metadata={"key": "seinen", "read": setting_values.thresholds(tuple(SIGNALS))}
    )
    """After how many seconds something is a signal on the board, where that differs from `SIGNALS`."""
    characters: str = field(default="auto", metadata={"key": "tekens", "read": setting_values.one_of(CHARACTERS)})
    """What the screens draw with: `ascii` has no curly quotes, `auto` chooses by the terminal."""
    roles: tuple[tuple[str, tuple[str, ...]], ...] = field(
        default=(), metadata={"key": _ROLES_KEY, "read": setting_values.roles}
    )
    """Which accounts and groups (`@name`) have a role; only the machine's file says so. Without any all is allowed."""
    governed_by: Path | None = field(default=None, compare=False)
    """The machine's file, where that is what these settings were read from."""


def load(
    environment: Mapping[str, str] | None = None, *, machine: Path | None = None, locked: bool = False
) -> Settings:
    """Read the settings of this run.

    Args:
        environment: the variables; those of this process where it is left out.
        machine: the machine's file; `MACHINE_FILE` where it is left out.
        locked: take everything from the machine's file, and no variable.

    Raises:
        SettingsError: an unknown key, a value of the wrong kind, a file that cannot be read, or a machine's file that
            others than root can write.
    """
    variables = {} if locked else os.environ if environment is None else environment
    path = MACHINE_FILE if machine is None else machine
    try:
        text = machine_file.read(path)
    except machine_file.NotTrustedError as error:
        raise SettingsError(str(error)) from error
    if locked and text is None:
        raise SettingsError(words.machine_file.missing(path))
    of_machine = None if text is None else _of_machine(path, _parsed(text, path), variables)
    settings = of_machine or _of_folder(_home(variables), path)
    if locked and not settings.roles:
        raise SettingsError(words.machine_file.needs_roles(path))
    given = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in variables.items()
        if name.startswith(PREFIX) and name != HOME_VARIABLE and value
    }
    told = _apply(settings, _not_of_the_machine(given, _VARIABLES, path), where=_VARIABLES)
    if told.roles and told.exercise != settings.exercise:  # a trainer would make an exercise of any call
        raise SettingsError(words.machine_file.not_by_variable(_EXERCISE_KEY, path))
    return told


def own_file(settings: Settings) -> Path:
    """Give the file that these settings stand in, or would stand in."""
    return settings.governed_by or settings.home / FILE_NAME


def sources(settings: Settings) -> tuple[Path, ...]:
    """Give the files that these settings can come from, there or not: a change in one may be a change of settings."""
    return (settings.governed_by or MACHINE_FILE, settings.home / FILE_NAME)


def load_again(settings: Settings) -> Settings:
    """Read the settings of a program that runs once more; its data folder stays what it was.

    Raises:
        SettingsError: as in `load`, or the machine's file no longer governs what it governed: what stands in the data
            folder then, where a whole group can write, is not taken for it.
    """
    again = load({**os.environ, HOME_VARIABLE: str(settings.home)}, machine=settings.governed_by)
    if settings.governed_by is not None and again.governed_by is None:
        raise SettingsError(words.machine_file.no_longer(settings.governed_by))
    return again


def as_environment(settings: Settings) -> dict[str, str]:
    """Write settings as variables, for a program that must have exactly these: variables win from its settings file."""
    variables = {HOME_VARIABLE: str(settings.home)}
    for each in fields(Settings):
        value = getattr(settings, each.name)
        if each.metadata.get("key") in {None, _ROLES_KEY} or value is None:
            continue
        if isinstance(value, tuple):
            text = "; ".join(f"{name} = {number}" for name, number in value)
        else:
            text = ("ja" if value else "nee") if isinstance(value, bool) else str(value)
        variables[PREFIX + each.metadata["key"].upper()] = text
    return variables


def _of_folder(home: Path, machine: Path) -> Settings:
    path = home / FILE_NAME
    return _apply(Settings(home=home), _not_of_the_machine(_read(path), str(path), machine), where=str(path))


def _of_machine(path: Path, values: Mapping[str, Any], variables: Mapping[str, str]) -> Settings | None:
    """Give the settings of the machine where this run works in the data folder that they name, else None."""
    if _HOME_KEY not in values:
        raise SettingsError(f"Instelling '{_HOME_KEY}' ontbreekt in {path}: {words.machine_file.NEEDS_FOLDER}.")
    try:
        home = Path(setting_values.text(values[_HOME_KEY]))
    except ValueError as error:
        raise SettingsError(f"Instelling '{_HOME_KEY}' in {path} klopt niet: {error}.") from error
    if not home.is_absolute():
        raise SettingsError(f"Instelling '{_HOME_KEY}' in {path} klopt niet: {words.machine_file.NEEDS_FOLDER}.")
    if variables.get(HOME_VARIABLE) and not _same(home, _home(variables)):
        return None
    rest = {key: value for key, value in values.items() if key != _HOME_KEY}
    return _apply(Settings(home=home, governed_by=path), rest, where=str(path))


def _not_of_the_machine(values: dict[str, Any], where: str, machine: Path) -> dict[str, Any]:
    """Give these settings, of a place where more than root can write; what such a place may not say is refused."""
    for key in values.keys() & {_HOME_KEY, _ROLES_KEY}:
        raise SettingsError(words.machine_file.only_there(key, where, machine))
    return values


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there, or closed to this account
        return os.path.realpath(one) == os.path.realpath(other)


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
        return _parsed(path.read_bytes(), path)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(
            f"{path} kan niet worden gelezen: {in_dutch(error)}. Verbeter dat en start opnieuw."
        ) from error


def _parsed(content: bytes, path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - a run without settings starts without their reader

    try:
        return read(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: {utf8_in_dutch(error)}. Verbeter dat en start opnieuw.") from error
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
