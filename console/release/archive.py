"""One archive for a site without internet: wheels, their hashes, what is in them, units, papers and an install command.

Made twice from the same commit it is the same byte for byte (with the same Python, setuptools and zlib).
"""

from __future__ import annotations

import gzip
import json
import shutil
import sys
import tarfile
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.release import wheelhouse

if TYPE_CHECKING:
    from console.release.sources import Sources

PAPERS: Final = (
    "CHANGELOG.md",
    "docs/installatie.md",
    "docs/beheer.md",
    "docs/bedienkaart.md",
    "docs/beleidseigenaar.md",
    "docs/cad-contract.md",
    "docs/cad-contract.openapi.yaml",
    "docs/ticketscad.md",
)
"""What is needed to read on site, where no page of the project can be opened."""

_SITE: Final = Path("console/release/site")
_SCHEMA: Final = "from console.record.schema import VERSION; print(VERSION)"


@dataclass(frozen=True, slots=True)
class Made:
    """An archive: the file, how many wheels it holds, and its SHA-256."""

    file: Path
    wheels: int
    sha256: str


def build(sources: Sources, target: Path) -> Made:
    """Make the archive in the folder `target`; one with the same name is replaced when this one is whole."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        project = work / "bron"
        sources.lay_down(project)
        version = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]["version"]
        name = f"meldkamer-console-{version}-linux-x86_64-py{wheelhouse.PYTHON.replace('.', '')}"
        release = work / f"meldkamer-console-{version}"
        release.mkdir()
        pinned = wheelhouse.fill(release / "wheels", project, sources.epoch)
        (release / "requirements.txt").write_text(pinned, encoding="ascii")
        _describe(release, project, version, work / "omgeving", sources.epoch)
        _lay_papers(release, project)
        _sum(release)
        draft = work / "levering.tar.gz"
        _pack(release, draft, sources.epoch)
        file = target / f"{name}.tar.gz"
        shutil.move(draft, file)
    return Made(file, len(pinned.splitlines()), wheelhouse.digest(file))


def _describe(release: Path, project: Path, version: str, environment: Path, epoch: int) -> None:
    """Install it once, to write down what is in it: the bill of materials, its size, the steps of its record."""
    python = wheelhouse.install(release / "wheels", release / "requirements.txt", environment)
    bill = ("--output-reproducible", "--output-format", "JSON", "--validate", "-o", release / "sbom.cdx.json")
    tool = (sys.executable, "-m", "cyclonedx_py", "environment", "--pyproject", project / "pyproject.toml")
    wheelhouse.run((*tool, *bill, python), SOURCE_DATE_EPOCH=str(epoch), PYTHONWARNINGS="ignore")
    size = sum(file.lstat().st_size for file in environment.rglob("*"))
    facts = {
        "versie": version,
        "python": wheelhouse.PYTHON,
        "glibc": f"2.{wheelhouse.GLIBC}",
        "dossier": int(wheelhouse.run((python, "-I", "-c", _SCHEMA))),
        "megabytes": round(size / 1e6 / 50 + 0.5) * 50,
    }
    (release / "levering.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="ascii")


def _lay_papers(release: Path, project: Path) -> None:
    (release / "docs").mkdir()
    for paper in PAPERS:
        if (project / paper).exists():
            shutil.copy(project / paper, release / "docs")
    shutil.copytree(project / _SITE, release, dirs_exist_ok=True)


def _sum(release: Path) -> None:
    files = sorted(file for file in release.rglob("*") if file.is_file())
    lines = [f"{wheelhouse.digest(file)}  {file.relative_to(release)}\n" for file in files]
    (release / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _pack(release: Path, target: Path, epoch: int) -> None:
    def same(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = epoch
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry

    with (
        target.open("wb") as stream,
        gzip.GzipFile("", "wb", mtime=epoch, fileobj=stream) as packed,
        tarfile.open(fileobj=packed, mode="w") as tape,
    ):
        for file in [release, *sorted(release.rglob("*"))]:
            tape.add(file, file.relative_to(release.parent), recursive=False, filter=same)
