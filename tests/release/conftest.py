"""One archive of the tree as it is, made once for all tests of it, unpacked, and put in a folder without network."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console.release import archive, sources, wheelhouse

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).parents[2]

WITHOUT_NETWORK = ("unshare", "--net", "--")
"""What runs behind it has no network but a loopback that is down."""

BLOCKED = {
    "HTTP_PROXY": "http://127.0.0.1:9",
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "PIP_INDEX_URL": "http://127.0.0.1:9",
    "PIP_CONFIG_FILE": "/dev/null",
}
"""Whatever would ask for something elsewhere gets no answer."""


def can_go_without_network() -> bool:
    """Whether this account may take a program's network away."""
    unshare = shutil.which("unshare")
    return unshare is not None and not subprocess.run([*WITHOUT_NETWORK, "true"], check=False).returncode


def once(folder: Path, make: Callable[[Path], object]) -> Path:
    """Make a folder once, also when several test processes ask for it at the same time."""
    with folder.with_suffix(".slot").open("w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        if not folder.exists():
            draft = folder.with_suffix(".half")
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            make(draft)
            draft.rename(folder)
    return folder


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of this run have in common."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def made(shared: Path) -> Path:
    """The archive."""
    try:
        folder = once(shared / "dist", lambda draft: archive.build(sources.tracked(PROJECT), draft))
    except wheelhouse.ToolError as error:
        if "Retrying (" in str(error):
            pytest.skip("NOT RUN: the wheels of an archive cannot be fetched here, no package index is reachable")
        raise
    (file,) = folder.glob("*.tar.gz")
    return file


@pytest.fixture(scope="session")
def unpacked(shared: Path, made: Path) -> Path:
    """The folder that comes out of it."""

    def unpack(draft: Path) -> None:
        with tarfile.open(made) as tape:
            tape.extractall(draft, filter="data")

    (release,) = once(shared / "uitgepakt", unpack).iterdir()
    return release


@pytest.fixture
def own_copy(unpacked: Path, tmp_path: Path) -> Path:
    """What comes out of it, to spoil."""
    return Path(shutil.copytree(unpacked, tmp_path / "levering", copy_function=os.link))


@pytest.fixture(scope="session")
def placed(shared: Path, unpacked: Path) -> Path:
    """The folder of versions after `./installeer`, without network where this account may take that away."""
    prefix = WITHOUT_NETWORK if can_go_without_network() else ()
    folder = shared / "geplaatst"

    def place(_draft: Path) -> None:
        command = [*prefix, unpacked / "installeer", "--map", folder.with_suffix(".opt")]
        subprocess.run(command, check=True, env={**os.environ, **BLOCKED}, timeout=300)

    once(folder, place)
    return folder.with_suffix(".opt")
