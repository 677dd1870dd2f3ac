"""Makes the downtime pack, keeps it fresh beside the delivery, and prints it.

There is one file, replaced whole: whoever opens it finds the newest pack, or after a crash the one before. Nothing here
may hold up a dispatch: reading, writing and waiting for a slow disk happen on threads of their own, and whatever goes
wrong is a line in the log without a word of what is in the pack.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import tempfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import triage_rules
from console import accounts, policy_shelf
from console.cad import downtime
from console.cad.child import DELIVERY
from console.cad.downtime import Entry, Pack
from console.cad.fault import tell
from console.dutch_errors import in_dutch
from console.model import Delivery
from console.record import Home, Reader, RecordError, UnknownCall, Writer, access
from console.record.access import AccessLog
from console.record.reserving import Block, PaperNumbers
from console.texts import words
from console.times import local, now
from triage_rules import PolicyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from console.model import Board
    from console.settings import Settings
    from triage_rules import Policy

NAME: Final = "noodpakket.txt"
EVERY: Final = 60.0
"""Seconds between two packs."""

OLD: Final = timedelta(minutes=5)
_OUT: Final = timedelta(minutes=15)
"""A pack that old says that nobody kept it fresh: its numbers may have been written on paper since."""

_FOLDER: Final = "noodpakket"
_HALF: Final = ".noodpakket-"
_NOTHING: Final = 1

_log = logging.getLogger("meldkamer.bezorging")


class Packer:
    """Makes the packs of one data folder; only who holds the delivery lock lets it `keep` them."""

    def __init__(self, home: Home, writer: Writer, settings: Settings, *, clock: Callable[[], datetime] = now) -> None:
        """Prepare to make packs with these settings."""
        self._home = home
        self._writer = writer
        self._settings = settings
        self._clock = clock
        self._block: Block | None = None
        self._logged: frozenset[str] | None = None

    async def keep(self) -> None:
        """Make a pack now and every `EVERY` seconds, until cancelled; a fault of our own is told and not the end."""
        while True:
            making = asyncio.create_task(self.make())
            try:
                await asyncio.wait({making})
            finally:
                making.cancel()
            fault = making.exception()
            if isinstance(fault, OSError):
                _log.warning("%s", words.downtime.folder_trouble(in_dutch(fault)))
            elif fault is not None:
                tell(words.downtime.PACK, fault)
            await asyncio.sleep(EVERY)

    async def make(self, *, new_numbers: bool = False) -> None:
        """Make one pack.

        Raises RecordError when the record cannot be read, and OSError when the folder cannot be written. What cannot
        be reserved or logged, because the record takes no more, is told in the log and holds up no pack: then it is
        needed most.
        """
        await self._reserve(new_numbers=new_numbers)
        numbers = () if self._block is None else self._block.call_ids
        pack = await asyncio.to_thread(_gather, self._home, self._settings, numbers, self._clock())
        await self._note(pack)
        await asyncio.to_thread(_put, self._home, self._settings, pack)

    async def _reserve(self, *, new_numbers: bool) -> None:
        paper = PaperNumbers(self._writer)
        try:
            block = await self._writer.call(paper.current)
            if new_numbers or (self._block is None and self._may_be_used(block)):
                block = await self._writer.call(paper.renew)
        except RecordError as error:
            _log.warning("%s", words.downtime.trouble(str(error)))
        else:
            self._block = block

    def _may_be_used(self, block: Block) -> bool:
        """Tell whether a pack with these numbers lay there while nobody made new ones."""
        try:
            made = _moment(place(self._settings))
        except OSError:
            return False
        return made > block.at and self._clock() - made > _OUT

    async def _note(self, pack: Pack) -> None:
        """Log that these calls were copied (Wpg 32a): one row, and only when other calls are in it than before."""
        held = frozenset(entry.row.call_id for entry in pack.entries)
        if held == self._logged:
            return
        log = AccessLog(self._writer)
        try:
            await self._writer.call(
                log.read, accounts.os_user(), access.PACKED, (None,), words.downtime.why_packed(len(held))
            )
        except RecordError as error:
            _log.warning("%s", words.downtime.trouble(str(error)))
        else:
            self._logged = held


def place(settings: Settings) -> Path:
    """Say where the pack of a room is."""
    return (settings.downtime_folder or settings.home / _FOLDER) / NAME


def show(settings: Settings, *, new_numbers: bool) -> int:
    """Print the newest pack to stdout, made now where no delivery keeps it fresh; gives an exit code.

    A record that cannot be used is said, and the pack that lies there is printed all the same.
    """
    try:
        _refresh(settings, new_numbers=new_numbers)
    except RecordError as error:
        print(words.downtime.not_made(str(error)), file=sys.stderr)
    except OSError as error:
        print(words.downtime.not_made(words.downtime.folder_trouble(in_dutch(error))), file=sys.stderr)
    path = place(settings)
    try:
        content, made = path.read_bytes(), _moment(path)
    except FileNotFoundError:
        print(words.downtime.none_yet(path), file=sys.stderr)
        return _NOTHING
    except OSError as error:
        print(words.downtime.unreadable(path, in_dutch(error)), file=sys.stderr)
        return _NOTHING
    if now() - made > OLD:
        print(words.downtime.old(f"{local(made):%d-%m-%Y %H:%M}"), file=sys.stderr)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # nobody reads on: end without a word
    if sys.stdout.isatty():
        sys.stdout.write(content.decode(errors="replace").replace("\f", ""))
    else:  # to a printer, with its form feeds
        sys.stdout.buffer.write(content)
    sys.stdout.flush()
    return 0


def _refresh(settings: Settings, *, new_numbers: bool) -> None:
    """Log who prints, and make a pack where no delivery does so."""
    if not (settings.home / "dossier.db").exists():
        raise RecordError(words.record_file.no_record_yet(settings.home))
    home = Home.prepare(settings.home, settings.group, anchors=settings.anchors)
    with home.lock(DELIVERY) as mine, Writer.open(home, terminal="bezorging") as writer:
        try:
            AccessLog(writer).read(accounts.os_user(), access.PRINTED, (None,), words.downtime.WHY_PRINTED)
        except RecordError as error:
            print(words.downtime.not_logged(str(error)), file=sys.stderr)
        if mine or new_numbers:
            asyncio.run(Packer(home, writer, settings).make(new_numbers=new_numbers))


def _gather(home: Home, settings: Settings, numbers: tuple[str, ...], made_at: datetime) -> Pack:
    """Read what goes in a pack, through a connection that cannot write; each call as it stands when it is read."""
    policies = _Policies(settings)
    with Reader.open(home) as reader:
        board = reader.board()
        entries = tuple(_entries(reader, board, policies))
    return Pack(
        made_at=made_at,
        room=settings.room,
        exercise=settings.exercise,
        link=board.link,
        entries=entries,
        phones=settings.phone_list,
        numbers=numbers,
        policy=policies.of(None),
        more=board.more + board.too_old - _standing(entries, Delivery.TOO_OLD),
    )


def _standing(entries: Sequence[Entry], state: Delivery) -> int:
    return sum(each.state is state for entry in entries for each in entry.file.deliveries)


def _entries(reader: Reader, board: Board, policies: _Policies) -> Iterator[Entry]:
    for row in board.rows:
        with suppress(UnknownCall):  # else it was destroyed since the board was read
            file = reader.file(row.call_id)
            sent = reader.dispatches(row.call_id) if downtime.waiting(file.deliveries) else ()
            yield Entry(row, file, sent, policies.of(reader.policy_of(row.call_id)))


class _Policies:
    """The policies of a room, each read once for a pack; in place of one that cannot be read stands the packaged one.

    What is certain is then said by that one: a pack without any word on it would be worth less.
    """

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.home / policy_shelf.FOLDER
        self._fallback = settings.policy
        self._known: dict[str | None, Policy] = {}

    def of(self, text_hash: str | None) -> Policy:
        """Give the policy with this hash; with None the one that new calls get."""
        if text_hash not in self._known:
            self._known[text_hash] = self._read(text_hash)
        return self._known[text_hash]

    def _read(self, text_hash: str | None) -> Policy:
        try:
            if text_hash is None:
                return policy_shelf.active(self._folder, self._fallback)
            return policy_shelf.version(self._folder, text_hash)
        except PolicyError as error:
            _log.warning("%s", words.downtime.trouble(str(error)))
            return triage_rules.load()


def _put(home: Home, settings: Settings, pack: Pack) -> None:
    """Put the pack there whole and on the disk, or leave the one before it."""
    folder = settings.downtime_folder or home.folder(_FOLDER)
    for left in folder.glob(f"{_HALF}*"):  # of one that was killed
        left.unlink(missing_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=_HALF, dir=folder)
    half = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            if home.group_id is not None:
                os.fchown(descriptor, -1, home.group_id)
                os.fchmod(descriptor, 0o640)
            file.write(downtime.text(pack).encode("utf-8", "replace"))
            file.flush()
            os.fsync(descriptor)
        half.replace(folder / NAME)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    names = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(names)
    finally:
        os.close(names)


def _moment(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
