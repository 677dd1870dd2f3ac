"""`./installeer` of a release: put one version beside the others, without network, and make it the current one.

`<folder>/<version>/` holds one version; `<folder>/current` names the one in use, `<folder>/vorige` the one before it.
Nothing is switched before the new one stands there whole; the record of the room is touched only to copy it.
Runs out of the wheel itself, before anything is installed: standard library only.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import platform
import shutil
import subprocess
import sys
import time
import tomllib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from console.dutch_arguments import Parser
from console.dutch_errors import in_dutch
from console.exit_codes import UNUSABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FOLDER: Final = Path("/opt/meldkamer")
MACHINE_FILE: Final = Path("/etc/meldkamer/instellingen.toml")
CURRENT: Final = "current"
FORMER: Final = "vorige"
PAPERS: Final = "levering"
"""The folder inside a version that holds all of its release but the wheels; that it is there says: whole."""

_MEGABYTE: Final = 1_000_000
_STEPS_OF_RECORD: Final = """
import sys
from pathlib import Path
from console.record import engine
print(engine.connect(Path(sys.argv[1]), read_only=True).execute("PRAGMA user_version").fetchone()[0])
"""


class Refused(Exception):  # noqa: N818 - it says what happened, as in the room of the record
    """The machine or the folder is not as it must be; the text is a Dutch sentence: what, where, what to do."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release that was unpacked, or the papers of a version that stands: what it says of itself."""

    folder: Path
    version: str
    python: str
    glibc: str
    record: int
    """How many steps the tables of the record have in this version."""
    megabytes: int

    @classmethod
    def read(cls, folder: Path) -> Release:
        """Read the facts that lie in the folder."""
        try:
            facts = json.loads((folder / "levering.json").read_text("ascii"))
            return cls(folder, facts["versie"], facts["python"], facts["glibc"], facts["dossier"], facts["megabytes"])
        except (OSError, ValueError, KeyError) as error:
            raise Refused(f"{folder} is geen levering: levering.json is er niet of klopt niet.") from error


@dataclass(frozen=True, slots=True)
class Copying:
    """The copy of the record before another version is taken into use: of which room, to which folder, or none."""

    home: Path | None
    folder: Path | None
    left_out: bool

    def check(self) -> None:
        """Refuse when there is a record and nobody said what to do with it."""
        if self.home is not None and self._record.exists() and self.folder is None and not self.left_out:
            raise Refused(
                f"Er is al een versie in gebruik, met een dossier in {self.home}. Geef --reservekopie MAP, dan wordt "
                "het eerst gekopieerd; of --zonder-reservekopie, als u zelf een kopie hebt."
            )

    def copy(self, running: Path, version: str) -> None:
        """Copy it by the version in use, which knows it."""
        if self.home is None or self.folder is None or not self._record.exists():
            return
        copy = self.folder.absolute() / f"voor-{version}-{time.strftime('%Y%m%d-%H%M%S')}.db"
        print(f"Het dossier wordt gekopieerd naar {copy} …", flush=True)
        print(_run_as_owner(running / "bin" / "meldkamer", self.home, "dossier", "reservekopie", copy), end="")

    @property
    def _record(self) -> Path:
        return (self.home or Path()) / "dossier.db"


def main() -> NoReturn:
    """Do what was asked and exit: 0 done, 2 wrong use, 78 refused with a sentence and nothing switched."""
    os.umask(0o022)  # whoever installs, everybody must be able to read and start it
    asked = _arguments(sys.argv[1:])
    try:
        home = asked.gegevensmap or home_of_machine()
        if asked.terug:
            back(asked.map, home)
        else:
            copying = Copying(home, asked.reservekopie, asked.zonder_reservekopie)
            install(Release.read(asked.levering), asked.map, copying)
    except Refused as refusal:
        print(f"installeer: {refusal}", file=sys.stderr)
        sys.exit(UNUSABLE)
    except OSError as error:
        print(f"installeer: {error.filename}: {in_dutch(error)}. Wat in gebruik is, is dat nog.", file=sys.stderr)
        sys.exit(UNUSABLE)
    sys.exit(0)


def _arguments(words: Sequence[str]) -> Any:
    parser = Parser(prog="installeer", description="Zet deze versie naast de vorige en neemt haar in gebruik.")
    parser.add_argument("levering", type=Path, help="de uitgepakte levering (vult ./installeer zelf in)")
    parser.add_argument("--map", type=Path, default=FOLDER, help="waar de versies staan (anders %(default)s)")
    parser.add_argument(
        "--gegevensmap",
        type=Path,
        help=f"map met het dossier (anders wat {MACHINE_FILE} noemt); er wordt alleen gelezen",
    )
    way = parser.add_mutually_exclusive_group()
    way.add_argument(
        "--reservekopie", type=Path, metavar="MAP", help="waar de kopie van het dossier komt, bij een overstap"
    )
    way.add_argument("--zonder-reservekopie", action="store_true", help="stap over zonder kopie van het dossier")
    way.add_argument("--terug", action="store_true", help="neem de vorige versie weer in gebruik")
    return parser.parse_args(words)


def install(release: Release, folder: Path, copying: Copying) -> None:
    """Put this version there and make it the current one, after a copy of the record where one is in use."""
    folder = folder.absolute()
    if not (folder / release.version / PAPERS).is_dir():
        check_machine(release, folder)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        _take_into_use(release, folder, copying)


def _take_into_use(release: Release, folder: Path, copying: Copying) -> None:
    place, running = folder / release.version, current(folder)
    if running == place:
        raise Refused(f"Versie {release.version} is al in gebruik in {folder}. Er is niets veranderd.")
    if running is not None:
        copying.check()
    if not (place / PAPERS).is_dir():
        _place(release, place)
    before = _whole(running)
    if running is not None:
        copying.copy(running, release.version)
    if running is not None and before is not None:  # to a version that is gone nobody goes back
        _point(folder / FORMER, running)
    _point(folder / CURRENT, place)
    print(f"Versie {release.version} is in gebruik: {folder / CURRENT / 'bin' / 'meldkamer'}")
    if before is not None:
        _say_what_follows(release, before)


def _whole(version: Path | None) -> Release | None:
    """What a version that stands says of itself; None where it is gone or damaged, which is why one installs again."""
    try:
        return None if version is None else Release.read(version / PAPERS)
    except Refused:
        return None


def _say_what_follows(release: Release, before: Release) -> None:
    print(f"Versie {before.version} staat er nog. Herstart de diensten en de consoles; terug met --terug.")
    if release.record > before.record:
        print(
            "Let op: zodra een programma van deze versie het dossier opent, werkt het dat bij. "
            f"Versie {before.version} kan het daarna niet meer openen: zie `Terug naar de vorige versie` in "
            f"{PAPERS}/docs/installatie.md."
        )


def back(folder: Path, home: Path | None) -> None:
    """Make the version before this one the current one again; refused when it cannot open the record as it is now."""
    folder = folder.absolute()
    if not folder.is_dir():
        raise Refused(f"De map {folder} is er niet: daar staat geen vorige versie om naar terug te gaan.")
    with _alone(folder):
        _go_back(folder, home)


def _go_back(folder: Path, home: Path | None) -> None:
    running, former = current(folder), _named(folder / FORMER)
    if running is None or former is None or not (former / PAPERS).is_dir():
        raise Refused(f"In {folder} staat geen vorige versie om naar terug te gaan.")
    target = Release.read(former / PAPERS)
    if home is not None and (home / "dossier.db").exists():
        steps = int(_run_as_owner(running / "bin" / "python", home, "-I", "-c", _STEPS_OF_RECORD, home / "dossier.db"))
        if steps > target.record:
            raise Refused(
                f"Het dossier in {home} is bijgewerkt (stand {steps}) en versie {target.version} kent alleen stand "
                f"{target.record}. Er is niets veranderd. Met de reservekopie van voor de overstap kan het wel: zie "
                f"`Terug naar de vorige versie` in {running / PAPERS / 'docs' / 'installatie.md'}."
            )
    _point(folder / CURRENT, former)
    (folder / FORMER).unlink()
    print(f"Versie {target.version} is weer in gebruik. Herstart de diensten en de consoles.")


def current(folder: Path) -> Path | None:
    """The version in use in this folder; None where none is."""
    return _named(folder / CURRENT)


def check_machine(release: Release, folder: Path) -> None:
    """Refuse a machine on which this version could not run, before anything is written."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        raise Refused(f"Deze levering is voor Linux op x86-64; dit is {sys.platform} op {platform.machine()}.")
    here = ".".join(str(part) for part in sys.version_info[:2])
    if here != release.python:
        raise Refused(f"Deze levering is voor Python {release.python}; dit is {here}.")
    library = _glibc()
    if _numbers(library) < _numbers(release.glibc):
        raise Refused(f"Deze levering vraagt glibc {release.glibc} of nieuwer; hier is {library or 'geen glibc'}.")
    standing = next(part for part in (folder, *folder.parents) if part.exists())
    if not os.access(standing, os.W_OK | os.X_OK):
        raise Refused(f"In {standing} mag dit account niets maken. Doe het als root, of kies een map met --map.")
    free = shutil.disk_usage(standing).free // _MEGABYTE
    if free < 2 * release.megabytes:
        raise Refused(f"Op de schijf van {standing} is {free} MB vrij; nodig is {2 * release.megabytes} MB.")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Refuse while somebody else installs here: they would throw away as half what the other has just put there."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Refused(
            f"Iemand anders installeert nu in {folder}. Er is niets veranderd. Wacht tot dat klaar is."
        ) from None
    finally:
        os.close(descriptor)


def _place(release: Release, place: Path) -> None:
    """Make the environment where it stays; what an earlier try left half is thrown away first."""
    if place.exists():
        shutil.rmtree(place)
    print(f"Versie {release.version} wordt neergezet in {place} …", flush=True)
    try:
        _run(sys.executable, "-I", "-m", "venv", "--without-pip", place)
        python = place / "bin" / "python"
        (pip,) = (release.folder / "wheels").glob("pip-*.whl")
        options = (
            "--no-index",
            "--find-links",
            release.folder / "wheels",
            "--require-hashes",
            "--only-binary",
            ":all:",
        )
        wanted = ("--no-cache-dir", "-r", release.folder / "requirements.txt")
        _run(python, "-I", pip / "pip", "--isolated", "--quiet", "install", *options, *wanted)
        _run(python, "-I", "-m", "pip", "--isolated", "--quiet", "check")
        _run(place / "bin" / "meldkamer", "--help")
        draft = place / f".{PAPERS}"
        shutil.copytree(release.folder, draft, ignore=shutil.ignore_patterns("wheels"))
        os.sync()  # a power cut must not leave a version that says it is whole and is not
        draft.rename(place / PAPERS)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise


def _run_as_owner(program: Path, home: Path, *arguments: str | Path) -> str:
    """Run a program of the room under the account that owns its folder, as its services do."""
    owner = home.stat()
    identity: dict[str, Any] = {}
    if os.geteuid() == 0:
        identity = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": [owner.st_gid]}
    return _run(program, *arguments, variables={"MELDKAMER_HOME": str(home)}, **identity)


def _run(*command: str | Path, variables: dict[str, str] | None = None, **identity: Any) -> str:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TZ", "HOME") if name in os.environ}
    given = {**kept, **(variables or {})}
    done: subprocess.CompletedProcess[bytes] = subprocess.run(
        command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=given, **identity
    )
    said = done.stdout.decode("utf-8", "replace")
    if done.returncode:
        raise Refused(
            f"{Path(command[0]).name} lukte niet (code {done.returncode}). De versie in gebruik is niet veranderd. "
            f"Het zei:\n{said.strip()}"
        )
    return said


def _point(link: Path, place: Path) -> None:
    """Let the link name this version, in one step: there is no moment without a current version."""
    draft = link.with_name(f".{link.name}")
    draft.unlink(missing_ok=True)
    draft.symlink_to(place.name)
    draft.replace(link)


def _named(link: Path) -> Path | None:
    return link.parent / link.readlink() if link.is_symlink() else None


def home_of_machine() -> Path | None:
    """The data folder that the settings of this machine name; None where there are none."""
    try:
        return Path(tomllib.loads(MACHINE_FILE.read_text("utf-8"))["gegevensmap"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(
            f"{MACHINE_FILE} noemt geen gegevensmap, of is niet te lezen. Noem haar met --gegevensmap."
        ) from error


def _glibc() -> str:
    try:
        version = ctypes.CDLL(None).gnu_get_libc_version
    except AttributeError:
        return ""
    version.restype = ctypes.c_char_p
    return str(version().decode("ascii"))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
