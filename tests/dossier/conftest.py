"""A record with calls in it, and `meldkamer dossier` as a program of its own on it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from console.record import Calls, Home, Writer
from tests.record.support import ROOT, home_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass
class Manager:
    """The functional manager at the keys, who types what is searched for when it is asked."""

    home: Path
    variables: dict[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
        own = {"MELDKAMER_HOME": str(self.home), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.home.parent)} | own | self.variables | variables
        given = [str(each) for each in arguments]
        typed = given.pop(2) if given[:1] == ["zoek"] and given[1:2] not in (["--nummer"], ["--reden"]) else ""
        command = [sys.executable, "-W", "error", "-m", "console", "dossier", *given]
        return subprocess.run(
            command, capture_output=True, text=True, env=environment, timeout=60, check=False, input=f"{typed}\n"
        )

    def done(self, *arguments: str | Path, **variables: str) -> str:
        done = self(*arguments, **variables)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_in(tmp_path)


@pytest.fixture
def writer(home: Home) -> Iterator[Writer]:
    with Writer.open(home) as writer:
        yield writer


@pytest.fixture
def calls(writer: Writer) -> Calls:
    return Calls(writer)


@pytest.fixture
def dossier(home: Home, writer: Writer) -> Manager:
    assert writer.home == home
    return Manager(home.path)


def reads(writer: Writer) -> list[tuple[Any, ...]]:
    rows = writer.look(lambda transaction: transaction.every("SELECT * FROM access_log ORDER BY seq")).result()
    return [(row["who"], row["what"], row["call_id"], row["reason"]) for row in rows]
