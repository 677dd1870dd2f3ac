"""The data folder: made tight whatever the umask, refused when loose or on a disk that cannot keep a promise."""

from __future__ import annotations

import fcntl
import grp
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console.record import Calls, Home, HomeRefused, Reader, RecordError, Writer
from console.record.home import file_system
from tests.record.support import incoming, lines, run, start, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOBODY = 65534
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs to become other users")


# Everything is loaded before the switch: the new user may not be able to read the libraries. Only the group that
# owns the shared folder comes along.
BECOME = """
import os, sys, urllib.parse
from pathlib import Path
from datetime import UTC, datetime
import sqlite_utils.db, sqlite_utils.migrations
from console.model import Channel, IncomingCall, Location
from console.record import Calls, Home, HomeRefused, Reader, RecordError, Writer
os.setgroups([65534] if sys.argv[2] in {"61001", "61002"} else [])
os.setgid(int(sys.argv[2]))
os.setuid(int(sys.argv[3]))
os.umask(0o077)
"""


@pytest.fixture
def passable() -> Iterator[Path]:
    """A folder that any user may pass through."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def mode(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):04o}"


def some_group() -> tuple[str, int]:
    """A group of this process, other than its primary one where there is a choice."""
    groups = [group for group in grp.getgrall() if os.geteuid() == 0 or group.gr_gid in os.getgroups()]
    chosen = next((group for group in groups if group.gr_gid != os.getegid()), groups[0])
    return chosen.gr_name, chosen.gr_gid


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_one_users_folder_is_for_that_user_only(tmp_path: Path) -> None:
    home = Home.prepare(tmp_path / "map")
    with Writer.open(home) as writer, Reader.open(home), home.lock("bezorging"):
        Calls(writer).ring(incoming())
        assert mode(home.path) == "0700"
        files = {file.name: mode(file) for file in home.path.iterdir() if file.is_file()}
    assert files == dict.fromkeys(("dossier.db", "dossier.db-wal", "dossier.db-shm", "bezorging.slot"), "0600")
    assert (mode(home.anchor_file.parent), mode(home.anchor_file)) == ("0700", "0600")
    Home.prepare(home.path)


@pytest.mark.usefixtures("umask")
def test_a_shared_folder_is_for_its_group(tmp_path: Path) -> None:
    name, number = some_group()
    home = Home.prepare(tmp_path / "map", group=name)
    with Writer.open(home) as writer, Reader.open(home), home.lock("bezorging"):
        Calls(writer).ring(incoming())
        assert (mode(home.path), home.path.stat().st_gid) == ("2770", number)
        files = {file.name: (mode(file), file.stat().st_gid) for file in home.path.iterdir() if file.is_file()}
    expected = ("0660", number)
    assert files == dict.fromkeys(("dossier.db", "dossier.db-wal", "dossier.db-shm", "bezorging.slot"), expected)
    assert (mode(home.anchor_file.parent), mode(home.anchor_file)) == ("2770", "0660")
    assert home.anchor_file.stat().st_gid == number
    Home.prepare(home.path, group=name)


@as_root
def test_two_users_of_the_group_share_one_record(passable: Path) -> None:
    """Each takes a turn as the one who makes the files, with a umask that would lock the other out."""
    group = grp.getgrgid(NOBODY).gr_name
    home = Home.prepare(passable / "map", group=group)
    code = """
home = Home.prepare(Path(sys.argv[1]), group=sys.argv[4])
with Writer.open(home) as writer, Reader.open(home) as reader, home.lock("bezorging") as held:
    call = IncomingCall(None, Channel.SERVICE, "", "", Location(), "", datetime.now(UTC))
    Calls(writer).ring(call)
    print(held, len(reader.board().rows))
"""
    seen = [run(BECOME + code, home.path, user, user, group) for user in ("61001", "61002", "61001")]
    assert seen == ["True 1", "True 2", "True 3"]


@as_root
def test_who_is_not_of_the_group_is_refused(passable: Path) -> None:
    home = Home.prepare(passable / "map", group=grp.getgrgid(NOBODY).gr_name)
    code = """
for group in (sys.argv[4], None):
    try:
        Home.prepare(Path(sys.argv[1]), group=group)
    except HomeRefused as refusal:
        print(refusal)
"""
    for sentence in run(BECOME + code, home.path, "61003", "61003", grp.getgrgid(NOBODY).gr_name).splitlines():
        assert "geen rechten" in sentence or "hoort niet bij de groep" in sentence or "andere gebruiker" in sentence


def test_a_group_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(HomeRefused, match="geengroep"):
        Home.prepare(tmp_path / "map", group="geengroep")
    assert not (tmp_path / "map").exists()


def loosen_folder(home: Home) -> None:
    home.path.chmod(0o750)


def loosen_database(home: Home) -> None:
    home.database.chmod(0o644)


def loosen_log(home: Home) -> None:
    home.database.with_name("dossier.db-wal").chmod(0o604)


def loosen_lock(home: Home) -> None:
    home.lock_file("bezorging").chmod(0o606)


def point_elsewhere(home: Home) -> None:
    home.database.rename(home.path.parent / "elders.db")
    home.database.symlink_to(home.path.parent / "elders.db")


@pytest.mark.parametrize("loosen", [loosen_folder, loosen_database, loosen_log, loosen_lock, point_elsewhere])
def test_a_loose_folder_is_refused_with_the_command_that_mends_it(
    tmp_path: Path, loosen: Callable[[Home], None]
) -> None:
    home = Home.prepare(tmp_path / "map")
    with Writer.open(home), home.lock("bezorging"):
        Home.prepare(home.path)
        loosen(home)
        with pytest.raises(HomeRefused, match=r"chmod|verwijzing"):
            Home.prepare(home.path)


@as_root
@pytest.mark.parametrize("name", ["map", "map/dossier.db"])
def test_what_belongs_to_somebody_else_is_refused(tmp_path: Path, name: str) -> None:
    home = Home.prepare(tmp_path / "map")
    Writer.open(home).close()
    os.chown(tmp_path / name, NOBODY, -1)
    with pytest.raises(HomeRefused, match="andere gebruiker"):
        Home.prepare(home.path)


def test_a_group_folder_of_one_user_is_refused(tmp_path: Path) -> None:
    name, _ = some_group()
    home = Home.prepare(tmp_path / "map")
    with pytest.raises(HomeRefused, match=r"chgrp|2770"):
        Home.prepare(home.path, group=name)
    shared = Home.prepare(tmp_path / "gedeeld", group=name)
    with pytest.raises(HomeRefused, match="0700"):
        Home.prepare(shared.path)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "map").write_text("x")
    with pytest.raises(HomeRefused, match="geen map"):
        Home.prepare(tmp_path / "map")
    with pytest.raises(HomeRefused):
        Home.prepare(tmp_path / "map" / "dieper")


def test_a_folder_may_lie_deep_and_be_reached_by_a_link(tmp_path: Path) -> None:
    home = Home.prepare(tmp_path / "a" / "b" / "map")
    (tmp_path / "kort").symlink_to(home.path)
    assert Home.prepare(tmp_path / "kort").path == home.path.resolve()


MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - {kind} /dev/vda rw
23 22 0:21 / /proc rw,nosuid - proc proc rw
24 22 0:30 / {point} rw,relatime shared:5 - {deeper} server:/export rw
"""


@pytest.mark.parametrize(
    "kind",
    ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse", "fuse.sshfs", "fuseblk", "ceph", "virtiofs", "glusterfs"],
)
def test_a_disk_over_the_network_is_refused(tmp_path: Path, kind: str) -> None:
    with pytest.raises(HomeRefused, match=kind):
        Home.prepare(tmp_path / "map", mountinfo=MOUNTS.format(kind=kind, point="/elders", deeper="ext4"))
    with pytest.raises(HomeRefused, match=kind):
        Home.prepare(tmp_path / "map", mountinfo=MOUNTS.format(kind="ext4", point=tmp_path, deeper=kind))


@pytest.mark.parametrize(
    ("kind", "warnings"), [("ext4", 0), ("xfs", 0), ("btrfs", 0), ("zfs", 0), ("overlay", 1), ("tmpfs", 1), ("f2fs", 1)]
)
def test_a_disk_that_passes_warns_when_it_may_forget(tmp_path: Path, kind: str, warnings: int) -> None:
    home = Home.prepare(tmp_path / "map", mountinfo=MOUNTS.format(kind=kind, point="/elders", deeper="nfs"))
    assert len(home.warnings) == warnings
    assert all(kind in warning for warning in home.warnings)


def test_the_deepest_and_last_mount_counts() -> None:
    mounts = "\n".join(
        [
            "1 0 0:1 / / rw - ext4 /dev/a rw",
            r"2 1 0:2 / /data\040map rw - nfs4 server:/x rw",
            "3 1 0:3 / /data rw - xfs /dev/b rw",
            "4 1 0:4 / /twee rw - nfs server:/y rw",
            "5 4 0:5 / /twee rw - ext4 /dev/c rw",
            "onzin",
            "",
        ]
    )
    found = {path: file_system(Path(path), mounts) for path in ("/x", "/data map/y", "/data/y", "/databank", "/twee/z")}
    assert found == {"/x": "ext4", "/data map/y": "nfs4", "/data/y": "xfs", "/databank": "ext4", "/twee/z": "ext4"}


def test_no_mounts_at_all_is_unknown_and_warned_of(tmp_path: Path) -> None:
    (warning,) = Home.prepare(tmp_path / "map", mountinfo="").warnings
    assert "onbekend" in warning


HOLDER = """
import sys
from pathlib import Path
from console.record import Home
home = Home.prepare(Path(sys.argv[1]))
with home.lock("bezorging") as held:
    print(held, flush=True)
    sys.stdin.read()
"""


def test_one_process_holds_the_lock_and_its_death_frees_it(home: Home) -> None:
    assert not home.locked("bezorging")
    holder = start(HOLDER, home.path)
    assert next(lines(holder)) == "True"
    assert home.locked("bezorging")
    assert not home.locked("iets-anders")
    with home.lock("bezorging") as held:
        assert not held
    assert home.locked("bezorging")
    holder.kill()
    holder.communicate()
    wait_for(lambda: not home.locked("bezorging"))
    with home.lock("bezorging") as held:
        assert held
        with home.lock("bezorging") as again:
            assert not again
    assert not home.locked("bezorging")


def test_looking_at_the_lock_never_keeps_the_holder_out(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look holds the lock for an instant; who wants it comes back for it."""
    assert not home.locked("bezorging")
    look = os.open(home.lock_file("bezorging"), os.O_RDWR)
    fcntl.flock(look, fcntl.LOCK_SH)
    monkeypatch.setattr("console.record.home.time.sleep", lambda _: fcntl.flock(look, fcntl.LOCK_UN))
    with home.lock("bezorging") as held:
        assert held
    os.close(look)


@pytest.mark.parametrize("name", ["", "../x", "A", "a b", "a/b", "1"])
def test_a_lock_name_stays_in_the_folder(home: Home, name: str) -> None:
    with pytest.raises(ValueError, match="lock name"):
        home.lock_file(name)


@as_root
def test_a_folder_that_became_read_only_says_so(passable: Path) -> None:
    (passable / "map").mkdir(mode=0o700)
    os.chown(passable / "map", NOBODY, NOBODY)
    code = """
home = Home.prepare(Path(sys.argv[1]))
home.path.chmod(0o500)
try:
    Writer.open(home)
except RecordError as refusal:
    print(refusal)
"""
    assert "geen rechten" in run(BECOME + code, passable / "map", str(NOBODY), str(NOBODY))
    assert issubclass(HomeRefused, RecordError)
