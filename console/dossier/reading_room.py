"""Where the record is looked into: opened for reading, with the log of reading at hand, by the person at the keys."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console import accounts
from console.record import Home, Reader, RecordError, Writer
from console.record.access import AccessLog

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from console.settings import Settings


@dataclass(frozen=True, slots=True)
class ReadingRoom:
    """A record with a reader on it. `who` is the OS user, whom nobody can choose."""

    home: Home
    reader: Reader
    writer: Writer
    who: str

    def log(self, what: str, call_ids: Iterable[str | None], why: str) -> None:
        """Log what is about to be shown: what cannot be logged is not shown."""
        AccessLog(self.writer).read(self.who, what, call_ids, why)


def ask_reason(parser: argparse.ArgumentParser) -> None:
    """Demand a reason on the command line; it stands in the log of reading."""
    parser.add_argument("--reden", required=True, help="waarom u dit inziet, bijvoorbeeld: klacht 2026-118")


def existing_home(settings: Settings) -> Home:
    """Give the data folder of a record that is there; to look for one must never make one."""
    if not (settings.home / "dossier.db").exists():
        raise RecordError(f"In {settings.home} staat geen dossier. Controleer MELDKAMER_HOME.")
    home = Home.prepare(settings.home, settings.group, anchors=settings.anchors)
    for warning in home.warnings:
        print(warning, file=sys.stderr)
    return home


@contextmanager
def opened(settings: Settings) -> Iterator[ReadingRoom]:
    """Open the record of the settings."""
    home = existing_home(settings)
    with (
        Writer.open(home, terminal=accounts.terminal(), os_user=accounts.os_user()) as writer,
        Reader.open(home) as reader,
    ):
        yield ReadingRoom(home, reader, writer, accounts.os_user())
