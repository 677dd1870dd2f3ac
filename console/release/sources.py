"""What an archive is made of: the files of a commit, and its moment, so that it comes out the same every time."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a project under `root`, by their names in it, and the moment (epoch) that all of them get."""

    root: Path
    files: tuple[Path, ...]
    epoch: int

    def lay_down(self, folder: Path) -> None:
        """Copy them to a folder, with the same permissions whatever those of the checkout."""
        for file in self.files:
            target = folder / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.root / file, target)
            target.chmod(0o755 if (self.root / file).stat().st_mode & 0o100 else 0o644)


def tracked(project: Path) -> Sources:
    """The files that git knows in this checkout, as they are there now, at the moment of its commit."""
    names = _git(project, "ls-files", "-z").split("\0")
    files = tuple(sorted(Path(name) for name in names if name and (project / name).is_file()))
    return Sources(project, files, int(_git(project, "log", "-1", "--format=%ct")))


def changed(project: Path) -> str:
    """Name what differs from the commit; empty when nothing does."""
    return _git(project, "status", "--porcelain")


def _git(project: Path, *arguments: str) -> str:
    trusted = f"safe.directory={project}"  # a checkout of another account is read, never written
    command = ["git", "-c", trusted, "-C", str(project), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
