"""What is refused without a record at hand: in the system's log, else in a file of the account, else nothing starts."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from console import system_log
from console.accounts import os_user
from console.model import Attempt
from console.system_log import FILE_NAME, NowhereToNoteError, SystemLog


@pytest.fixture
def no_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_log, "SYSTEM_LOG", tmp_path / "is-er-niet")


def test_the_system_hears_it_where_it_listens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_log, "SYSTEM_LOG", tmp_path / "log")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "log"))
        log = SystemLog(tmp_path, "/dev/tty8")
        log.check()
        log.note(Attempt.SUSPEND, 3)
        heard = listener.recv(4096).decode()
    assert heard.startswith("<84>meldkamer[")
    assert heard.endswith(f": {os_user()} /dev/tty8 geweigerd: pauzeren (3 keer)")
    assert not (tmp_path / FILE_NAME).exists()


@pytest.mark.usefixtures("no_system")
def test_else_a_file_that_only_the_account_reads(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch(mode=0o666)
    SystemLog(tmp_path).note(Attempt.MOUSE)
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / FILE_NAME).read_text("utf-8").endswith(f"Z {os_user()} - geweigerd: muis\n")


@pytest.mark.usefixtures("no_system")
def test_the_file_does_not_grow_without_end(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"x" * (1024 * 1024 + 1))
    SystemLog(tmp_path).note(Attempt.MOUSE)
    assert (tmp_path / FILE_NAME).stat().st_size < 200


@pytest.mark.usefixtures("no_system")
@pytest.mark.parametrize("what", ["link", "folder", "gone"])
def test_where_neither_takes_it_that_is_said(tmp_path: Path, what: str) -> None:
    home = tmp_path / "thuis"
    if what != "gone":
        home.mkdir()
    if what == "link":
        (home / FILE_NAME).symlink_to(tmp_path / "van-een-ander")
    if what == "folder":
        (home / FILE_NAME).mkdir()
    for say in (SystemLog(home).check, lambda: SystemLog(home).note(Attempt.MOUSE)):
        with pytest.raises(NowhereToNoteError, match="kan nergens worden opgeschreven"):
            say()
    assert not (tmp_path / "van-een-ander").exists()
