"""A place for files whose disk is played by a test."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.record.conftest import calls, clock, home, outbox, reader, writer

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["calls", "clock", "home", "memory", "outbox", "reader", "writer"]

MEMORY = Path("/dev/shm")


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder without a real disk below: it is the history of the played one that says what was synced."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else tmp_path) as folder:
        yield Path(folder)
