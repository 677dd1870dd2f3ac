"""The delivery as a program: takes the one lock, opens the record, and carries until there is a reason to end."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import time
from contextlib import AsyncExitStack, ExitStack, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console import settings as configuration
from console.cad import names, own_log
from console.cad.adapters import choose, in_words
from console.cad.change import name_of, take_over
from console.cad.child import DELIVERY, nobody_left
from console.cad.courier import Courier
from console.cad.packing import Packer
from console.cad.peer import NoCad
from console.classification import classifications
from console.credentials import Keys, person
from console.exit_codes import ENDED, TAKEN, UNUSABLE
from console.logbook import STDERR, begin
from console.record import Addressee, Home, Outbox, RecordError, Writer
from console.times import now

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.cad.peer import Cad
    from console.settings import Settings

_LOOK_EVERY: Final = 1.0
_log = logging.getLogger("meldkamer.bezorging")


def deliver(settings: Settings, *, until_empty: bool = False) -> int:
    """Deliver until asked to stop; with `until_empty` also stop when no console lives and nothing is left to do.

    Gives an exit code.
    """
    journal = begin()
    try:
        names.tables()
        home = Home.prepare(settings.home, settings.group, anchors=settings.anchors)
        with ExitStack() as last_door, home.lock(DELIVERY) as mine:
            if not mine:
                print(f"Er bezorgt al een ander proces vanuit {home.path}; dit proces stopt.", file=sys.stderr)
                return TAKEN
            journal.before = own_log.kept_small(home, STDERR)
            with Writer.open(home, terminal="bezorging") as writer:
                work = Work(home, writer, Outbox(writer), last_door, until_empty=until_empty, keys=_ask_now(settings))
                asyncio.run(work.until_done(settings))
    except (RecordError, names.TableError) as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:  # while it asked for a secret; later it ends as asked
        return ENDED
    finally:
        journal.close()
    return ENDED


def _ask_now(settings: Settings) -> Keys:
    """Say what this CAD can do, and ask whoever started this in a terminal for the secrets that are nowhere."""
    keys = Keys(person())
    cad = choose(settings, keys)
    if not isinstance(cad, NoCad):
        _log.warning(in_words(cad.abilities, settings.cad_name))
    keys.stop_asking()
    return keys


@dataclass
class Work:
    """One delivery at work on one data folder; `until_empty` ends it when nobody and nothing is left to serve."""

    home: Home
    writer: Writer
    outbox: Outbox
    last_door: ExitStack
    """Holds back new consoles from the moment that we choose to end, until our delivery lock is free."""
    until_empty: bool
    keys: Keys = field(default_factory=Keys)
    look_at: float = 0.0

    async def until_done(self, settings: Settings) -> None:
        """Carry until asked to stop or nothing is left, and begin anew when the settings or their files change."""
        asked = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, asked.set)
        seen = _looks_of_sources(settings)
        while not await self._carry(settings, asked, _Sight({**seen, **_looks_of_named(settings)})):
            seen = _looks_of_sources(settings)  # before they are read: a change in between is seen as one more
            settings = _reload(settings)

    async def _carry(self, settings: Settings, asked: asyncio.Event, sight: _Sight) -> bool:
        """Carry with these settings until their file changes; gives True when asked to stop or nothing is left."""
        halt = asyncio.Event()
        watch = asyncio.create_task(_halt_on_change(sight, asked, halt))
        packs = asyncio.create_task(Packer(self.home, self.writer, settings, clock=now).keep())
        try:
            async with AsyncExitStack() as open_things:
                cad, others_before = choose(settings, self.keys), None
                if not isinstance(cad, NoCad):
                    await open_things.enter_async_context(cad)
                    others_before = await self._address(name_of(settings), halt)
                courier = Courier(
                    cad,
                    self.writer,
                    self.outbox,
                    name=settings.cad_name,
                    clock=now,
                    too_old_after=timedelta(minutes=settings.too_old_after),
                    others_before=others_before,
                )
                return await courier.work(halt, lambda: self.nobody_and_nothing_left(cad)) or asked.is_set()
        finally:
            watch.cancel()
            packs.cancel()

    async def _address(self, cad: str, halt: asyncio.Event) -> datetime | None:
        """Say to which CAD is carried, before anything goes; a record that is busy or full is tried again."""
        while not halt.is_set():
            try:
                return await take_over(cad, self.writer, Addressee(self.writer), self.outbox)
            except RecordError as error:
                _log.warning("dossier: %s", error)
                with suppress(TimeoutError):
                    await asyncio.wait_for(halt.wait(), _LOOK_EVERY)
        return None

    async def nobody_and_nothing_left(self, cad: Cad | NoCad) -> bool:
        """Without a CAD, waiting alone helps nobody: the next console starts a delivery with its own settings."""
        if not self.until_empty or time.monotonic() < self.look_at:
            return False
        self.look_at = time.monotonic() + _LOOK_EVERY
        with ExitStack() as door:
            if not door.enter_context(nobody_left(self.home)):
                return False
            if not isinstance(cad, NoCad) and await self._pending(cad) > 0:
                return False
            self.last_door.enter_context(door.pop_all())
            return True

    async def _pending(self, cad: Cad) -> int:
        return await self.writer.call(self.outbox.pending, answers=cad.abilities.confirms)


@dataclass(frozen=True)
class _Sight:
    """The files that settings come from, and those that they name, as they were before they were read."""

    seen: Mapping[Path, tuple[int, int] | None]

    def changed(self) -> bool:
        return any(_looks(path) != seen for path, seen in self.seen.items())


def _looks_of_sources(settings: Settings) -> dict[Path, tuple[int, int] | None]:
    return {path: _looks(path) for path in configuration.sources(settings)}


def _looks_of_named(settings: Settings) -> dict[Path, tuple[int, int] | None]:
    named = (
        settings.cad_table,
        settings.classifications,
        settings.cad_authority,
        settings.cad_certificate,
        settings.cad_certificate_key,
    )
    return {path: _looks(path) for path in named if path is not None}


async def _halt_on_change(sight: _Sight, asked: asyncio.Event, halt: asyncio.Event) -> None:
    """Halt the carrying when one of the files becomes another than it was, or when we are asked to stop."""
    while not asked.is_set() and not sight.changed():
        with suppress(TimeoutError):
            await asyncio.wait_for(asked.wait(), _LOOK_EVERY)
    halt.set()


def _looks(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:  # whoever reads it says why
        return None
    return found.st_mtime_ns, found.st_size


def _reload(settings: Settings) -> Settings:
    """Read the settings again; unusable ones are reported and the former kept, for deliveries must go on."""
    classifications.cache_clear()
    try:
        return configuration.load_again(settings)
    except configuration.SettingsError as error:
        _log.warning("de nieuwe instellingen zijn onbruikbaar, de vorige blijven gelden: %s", error)
        return settings
