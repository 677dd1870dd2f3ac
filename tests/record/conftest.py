"""A data folder, a writer and a reader on it, and a clock that stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.record import Calls, Home, Outbox, Reader, Writer
from tests.record.support import Clock, home_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_in(tmp_path)


@pytest.fixture
def writer(home: Home, clock: Clock) -> Iterator[Writer]:
    with Writer.open(home, clock=clock, terminal="pts/4", os_user="jdevries") as writer:
        yield writer


@pytest.fixture
def calls(writer: Writer) -> Calls:
    return Calls(writer)


@pytest.fixture
def outbox(writer: Writer) -> Outbox:
    return Outbox(writer)


@pytest.fixture
def reader(home: Home, writer: Writer, clock: Clock) -> Iterator[Reader]:
    assert writer.home == home
    with Reader.open(home, clock=clock) as reader:
        yield reader
