"""A disk that can lose its power: what was written and not yet synced comes through in part, torn, or not at all.

`Disk` is an APSW VFS over the real one. Everything that SQLite does to the files goes into `history`, with what the
record acknowledged between it. `after_cut` then gives the files as they may stand on the platter when the power fails
at any moment of that history: what was synced is there; each other sector of 512 bytes is there, torn, or not. That one
history serves for any number of cuts.

The name of a new file is on disk with the file's first sync, as SQLite's Unix layer does it; a removal that was not
synced may not have happened.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import apsw

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.crash.facts import Fact

SECTOR: Final = 512
Harm = Literal["drop", "tear"]
KEPT: Final = ("dossier.db", "dossier.db-wal")
"""The files that matter: -shm is made anew from the log by the first program that opens the record."""


@dataclass(frozen=True, slots=True)
class Written:
    inode: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    inode: int
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    inode: int


@dataclass(frozen=True, slots=True)
class Unsynced:
    """A sync that failed. Linux then holds what was written for clean: no later sync puts it on the platter."""

    inode: int


@dataclass(frozen=True, slots=True)
class Named:
    inode: int
    name: str


@dataclass(frozen=True, slots=True)
class Removed:
    name: str


Event = Written | Cut | Synced | Unsynced | Named | Removed
Platter = dict[str, bytes]


class Disk(apsw.VFS):
    """The file layer that writes down its history; `start` is what the platter held before it."""

    def __init__(self, name: str, folder: Path) -> None:
        self.start: Platter = {each: (folder / each).read_bytes() for each in KEPT if (folder / each).exists()}
        self.history: list[Event] = []
        self.acknowledged: list[tuple[int, Fact]] = []
        self.syncs = 0
        self.commits = 0
        self.vfs_name = name
        self.fails_at = 0
        self.fault = apsw.SQLITE_IOERR
        self._calls = 0
        self._forever = False
        self._inodes = {each: inode for inode, each in enumerate(self.start, start=1)}
        self._next = len(self.start)
        super().__init__(name, "")

    def hear(self, *fact: str | int | None) -> None:
        """Write down what the record acknowledged at this point of the history."""
        self.acknowledged.append((len(self.history), list(fact)))

    def fail(self, at: int, fault: int, *, forever: bool = False) -> None:
        """Let the `at`th write or sync from now fail; `forever` lets all after it fail as well. 0 heals the disk."""
        self._calls, self.fails_at, self.fault, self._forever = 0, at, fault, forever

    def try_io(self) -> None:
        """Fail when it was arranged."""
        self._calls += 1
        if self.fails_at and (self._calls == self.fails_at or (self._forever and self._calls > self.fails_at)):
            raise apsw.exception_for(self.fault)

    def count_commit(self) -> bool:
        """Count a commit that writes; False lets it go on."""
        self.commits += 1
        return False

    def inode_of(self, path: str) -> int | None:
        """The file that now has this name; made when it is new. None for a file that does not matter."""
        name = Path(path).name
        if name not in KEPT:
            return None
        if name not in self._inodes:
            self._next += 1
            self._inodes[name] = self._next
            self.history.append(Named(self._next, name))
        return self._inodes[name]

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return _File(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        super().xDelete(filename, syncdir)
        name = Path(filename).name
        if self._inodes.pop(name, None) is not None:
            self.history.append(Removed(name))


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        super().__init__("", name, flags)
        self._disk = disk
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._inode = None if path is None else disk.inode_of(path)

    def xWrite(self, data: Any, offset: int) -> None:  # noqa: N802
        self._disk.try_io()
        super().xWrite(data, offset)
        if self._inode is not None:
            self._disk.history.append(Written(self._inode, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        super().xTruncate(newsize)
        if self._inode is not None:
            self._disk.history.append(Cut(self._inode, newsize))

    def xSync(self, flags: int) -> None:  # noqa: ARG002, N802 - not passed on: only the history knows what is safe
        if self._inode is not None:
            try:
                self._disk.try_io()
            except apsw.Error:
                self._disk.history.append(Unsynced(self._inode))
                raise
            self._disk.syncs += 1
            self._disk.history.append(Synced(self._inode))


@dataclass(slots=True)
class _Inode:
    """A file as it is on the platter, and what was done to it since its last sync."""

    safe: bytearray = field(default_factory=bytearray)
    loose: list[Written | Cut] = field(default_factory=list)

    def sync(self) -> None:
        for event in self.loose:
            _apply(self.safe, event)
        self.loose.clear()


def _apply(content: bytearray, event: Written | Cut) -> None:
    if isinstance(event, Cut):
        del content[event.size :]
        return
    end = event.offset + len(event.data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    content[event.offset : end] = event.data


class Platters:
    """Walks one history forward and gives, at rising moments, what a cut of the power may leave."""

    def __init__(self, disk: Disk) -> None:
        self._history = disk.history
        self._at = 0
        self._inodes = {number: _Inode(bytearray(data)) for number, data in enumerate(disk.start.values(), start=1)}
        self._names = {name: number for number, name in enumerate(disk.start, start=1)}
        self._loose_names: list[Named | Removed] = []

    def after_cut(self, moment: int, harm: Harm, chance: random.Random) -> Platter:
        """The files when the power fails just before event number `moment`, which never goes back."""
        for event in self._history[self._at : moment]:
            self._do(event)
        self._at = max(self._at, moment)
        keep: Callable[[], bool]
        share = 0.0 if harm == "drop" else chance.choice([0.1, 0.5, 0.9, 1.0])
        keep = lambda: chance.random() < share  # noqa: E731
        names = dict(self._names)
        for event in self._loose_names[: chance.randint(0, len(self._loose_names)) if harm == "tear" else 0]:
            _rename(names, event)
        return {name: _torn(self._inodes[number], keep, chance) for name, number in names.items()}

    def _do(self, event: Event) -> None:
        match event:
            case Named(inode, _):
                self._inodes[inode] = _Inode()
                self._loose_names.append(event)
            case Removed():
                self._loose_names.append(event)
            case Synced(inode):
                self._inodes[inode].sync()
                self._sync_names(inode)
            case Unsynced(inode):
                self._inodes[inode].loose.clear()
            case Written(inode) | Cut(inode):
                self._inodes[inode].loose.append(event)

    def _sync_names(self, inode: int) -> None:
        """The first sync of a new file puts its folder on disk too, with all that was done in there before."""
        if any(isinstance(event, Named) and event.inode == inode for event in self._loose_names):
            for event in self._loose_names:
                _rename(self._names, event)
            self._loose_names.clear()


def _rename(names: dict[str, int], event: Named | Removed) -> None:
    if isinstance(event, Named):
        names[event.name] = event.inode
    else:
        names.pop(event.name, None)


def _torn(inode: _Inode, keep: Callable[[], bool], chance: random.Random) -> bytes:
    """What is on the platter of one file: each loose sector by chance, one in ten of those torn in the middle."""
    content = bytearray(inode.safe)
    for event in inode.loose:
        if isinstance(event, Cut):
            if keep():
                _apply(content, event)
            continue
        for start in range(0, len(event.data), SECTOR):
            if not keep():
                continue
            sector = event.data[start : start + SECTOR]
            if chance.random() < 0.1:
                sector = sector[: chance.randrange(len(sector) + 1)]
            _apply(content, Written(event.inode, event.offset + start, sector))
    return bytes(content)
