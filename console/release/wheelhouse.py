"""The wheels of an archive: ours, built from its sources, and every one that runs under it, by hash."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

PYTHON: Final = f"{sys.version_info.major}.{sys.version_info.minor}"
"""The Python that an archive is for: the one that makes it, since wheels with machine code are bound to one."""

GLIBC: Final = 28
"""Wheels are taken for glibc 2.28 (Debian 10, RHEL 8) and up, whatever the machine that makes the archive has."""

_TAG: Final = f"cp{PYTHON.replace('.', '')}"
_PLATFORMS: Final = (
    *(f"manylinux_2_{minor}_x86_64" for minor in range(GLIBC, 4, -1)),
    "manylinux2014_x86_64",
    "manylinux2010_x86_64",
    "manylinux1_x86_64",
)
_PIP: Final = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")


class ToolError(Exception):
    """A tool that the archive is made with failed; the text is its command and its own words."""


def fill(house: Path, project: Path, epoch: int) -> str:
    """Put all wheels in `house`; gives the requirements that name each with its hash."""
    house.mkdir()
    build(house, project, epoch)
    _fetch(house, project / "requirements" / "runtime.txt")
    return "".join(_pinned(wheel) for wheel in sorted(house.iterdir()))


def install(house: Path, requirements: Path, environment: Path) -> Path:
    """Install them in a new environment without network, as a site does; gives its Python."""
    python = environment / "bin" / "python"
    run((sys.executable, "-m", "venv", "--without-pip", environment))
    (pip,) = house.glob("pip-*.whl")
    options = ("--no-index", "--find-links", house, "--require-hashes", "--only-binary", ":all:", "--no-compile")
    run((python, "-I", pip / "pip", "--isolated", "--quiet", "install", *options, "-r", requirements))
    return python


def run(command: tuple[str | Path, ...], **variables: str) -> str:
    """Run a tool and give what it printed; a tool that fails raises ToolError.

    What it makes has the same permissions whoever runs it: a wheel holds them.
    """
    environment = {**os.environ, **variables}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, umask=0o022)
    if done.returncode:
        raise ToolError(f"{' '.join(str(part) for part in command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def build(house: Path, project: Path, epoch: int) -> None:
    """Build our own wheel; all of its files get that moment."""
    fixed = {"SOURCE_DATE_EPOCH": str(epoch), "PYTHONHASHSEED": "0", "PYTHONWARNINGS": "ignore"}
    run((*_PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", house, project), **fixed)


def _fetch(house: Path, requirements: Path) -> None:
    binary = ("--only-binary", ":all:", "--implementation", "cp", "--python-version", PYTHON)
    tags = [f"--abi={each}" for each in (_TAG, "abi3", "none")] + [f"--platform={each}" for each in _PLATFORMS]
    run((*_PIP, "download", "--no-deps", "--require-hashes", *binary, *tags, "-r", requirements, "--dest", house))


def _pinned(wheel: Path) -> str:
    name, version = wheel.name.split("-")[:2]
    return f"{name.replace('_', '-').lower()}=={version} --hash=sha256:{digest(wheel)}\n"


def digest(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
