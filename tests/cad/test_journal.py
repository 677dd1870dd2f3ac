"""What the delivery tells: each line once a minute at most, few lines, and nobody waits for it."""

from __future__ import annotations

import logging
import os
import time
from typing import TYPE_CHECKING

import pytest

from console.cad import journal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOG = logging.getLogger("tests.cad.journal")


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Callable[[], list[str]]]:
    """A journal on a file; what it told, once it is closed."""
    path = tmp_path / "log"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    handler = journal.Journal(descriptor)
    LOG.addHandler(handler)

    def close_and_read() -> list[str]:
        handler.close()
        return path.read_text().splitlines()

    yield close_and_read
    LOG.removeHandler(handler)
    os.close(descriptor)


def test_a_line_is_told_once_a_minute(told: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    for seconds in (0, 1, 59, 2, 57):
        clock[0] += seconds
        LOG.warning("verbinding: %s", "weg")
    assert [line.partition(" verbinding: ")[2] for line in told()] == ["weg", "weg"]


def test_a_flood_of_lines_is_cut(told: Callable[[], list[str]]) -> None:
    for number in range(1000):
        LOG.warning("%d: fout", number)
    assert len(told()) == 30


def test_a_reader_that_is_stuck_or_gone_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_LAST_WORDS", 0.05)
    reading, writing = os.pipe()
    handler = journal.Journal(writing)
    LOG.addHandler(handler)
    for number in range(20):
        LOG.warning("%d: %s", number, "x" * 10_000)
    handler.close()
    os.close(reading)
    LOG.warning("na afloop")
    LOG.removeHandler(handler)
    os.close(writing)
