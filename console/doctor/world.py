"""What the checks look at: this machine, this account and the settings of this run; a test gives another world."""

from __future__ import annotations

import ctypes
import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from console import sealing
from console.accounts import os_user
from console.doctor.finding import NotLookedAtError
from console.texts import words

if TYPE_CHECKING:
    from console.settings import Settings

T = TypeVar("T")


class _Timex(ctypes.Structure):
    _fields_ = (("modes", ctypes.c_uint), ("rest", ctypes.c_long * 50))  # long enough for every kernel


def kernel_clock() -> int:
    """Ask the kernel how its clock is kept: 5 says by nobody (adjtimex(2)); asking changes nothing."""
    return int(ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.byref(_Timex())))


@dataclass
class World:
    """One run of the doctor. `settings` is None where they cannot be read, and `trouble` says why."""

    settings: Settings | None
    trouble: str = ""
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    user_id: int = field(default_factory=os.geteuid)
    account: str = field(default_factory=os_user)
    proc: Path = Path("/proc")
    systemd: Path = Path("/run/systemd/system")
    sealed: Path = sealing.FOLDER
    kernel_clock: Callable[[], int] = kernel_clock
    wall: Callable[[], float] = time.time
    steady: Callable[[], float] = time.monotonic
    _known: dict[str, Any] = field(default_factory=dict, repr=False)
    _locks: dict[str, threading.Lock] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    @property
    def room(self) -> Settings:
        """The settings, for a check that makes no sense without them."""
        if self.settings is None:
            raise NotLookedAtError(words.doctor.NO_SETTINGS)
        return self.settings

    @property
    def home(self) -> Path:
        """The data folder, for a check that looks in it."""
        home = self.room.home
        try:
            there = home.is_dir()
        except OSError:
            there = False
        if not there:
            raise NotLookedAtError(words.doctor.NO_FOLDER)
        return home

    @property
    def database(self) -> Path:
        """The file of the record, for a check that reads it."""
        file = self.home / "dossier.db"
        try:
            there = file.exists()
        except OSError:
            there = False
        if not there:
            raise NotLookedAtError(words.doctor.NO_RECORD)
        return file

    @property
    def is_root(self) -> bool:
        """Whether this account may see everything."""
        return self.user_id == 0

    def now(self) -> datetime:
        """The moment, by the clock of this machine."""
        return datetime.fromtimestamp(self.wall(), UTC)

    def once(self, name: str, find: Callable[[], T]) -> T:
        """Find something once for all checks that need it; who asks while it is looked for waits."""
        with self._guard:
            lock = self._locks.setdefault(name, threading.Lock())
        with lock:
            if name not in self._known:
                self._known[name] = find()
            return cast("T", self._known[name])
