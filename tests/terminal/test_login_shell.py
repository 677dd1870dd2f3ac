"""The login shells on a machine of its own: real accounts, `su`, `login` and sshd. No road goes past the console."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console.model import Attempt
from tests.overview.over_ssh import SSHD, arguments_of, programs_under, under
from tests.overview.over_ssh import connected as ssh_in
from tests.terminal.hostile import hostile
from tests.terminal.locked_room import PLAIN, environment_of, state_of
from tests.terminal.own_machine import OwnMachine, why_not
from tests.terminal.pty_session import PtySession, alone_in_terminal, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

WHY_NOT = why_not()
pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=f"NOT RUN, {WHY_NOT}: the login shell is not proved here")
needs_sshd = pytest.mark.skipif(SSHD is None, reason="NOT RUN, no sshd on this machine: that road is not proved here")

QUEUE = "wachtend"
ROOT_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
SHELLS = {"sh", "dash", "bash", "-sh", "-bash"}


@pytest.fixture
def machine(tmp_path: Path) -> OwnMachine:
    return OwnMachine(tmp_path)


@pytest.fixture
def mark() -> Iterator[Path]:
    """A file that the accounts of the test could make, and must not."""
    folder = Path(tempfile.mkdtemp(prefix="ontsnapt-"))
    folder.chmod(0o777)
    yield folder / "ontsnapt"
    shutil.rmtree(folder)


def hostile_for_all(mark: Path, port: int) -> dict[str, str]:
    """Lay out variables that every account can follow; what the `su` of root would hear is no road of the operator."""
    folder = mark.parent / "kwaad"
    given = hostile(folder, mark, port)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    del given["TMPDIR"], given["LOCPATH"], given["LD_PRELOAD"], given["LD_LIBRARY_PATH"]
    return {**given, "PATH": ROOT_PATH, "TERM": "xterm-256color", "LANG": "C.UTF-8"}


def worked_and_left(session: PtySession, machine: OwnMachine, mark: Path) -> None:
    """See the queue, try what leaves other programs, leave: the session ends and no shell has read what came after."""
    session.expect(QUEUE)
    assert not programs_under(session.process.pid) & SHELLS
    session.press("\x1a")
    machine.audited(Attempt.SUSPEND)
    assert machine.refused[-1]["terminal"].startswith("/dev/pts/")
    session.press(f"\x11touch {mark}\ntouch {mark}\n")
    assert session.end() == 0
    assert not mark.exists()


@pytest.mark.parametrize("words", [("su", "-", "centralist1"), ("login", "-f", "centralist1")])
def test_who_logs_in_is_at_the_queue_and_nowhere_else(machine: OwnMachine, mark: Path, words: tuple[str, ...]) -> None:
    with alone_in_terminal(machine.command(*words), PLAIN | {"PATH": ROOT_PATH}) as session:
        worked_and_left(session, machine, mark)


def test_variables_that_come_along_are_not_heard(machine: OwnMachine, mark: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        given = hostile_for_all(mark, listener.getsockname()[1])
        command = machine.command("su", "--preserve-environment", "centralist1")
        with alone_in_terminal(command, given) as session:
            worked_and_left(session, machine, mark)
    assert machine.has(Attempt.VARIABLE, naam="PYTHONPATH")
    assert machine.has(Attempt.VARIABLE, naam="TEXTUAL_DRIVER")
    given.pop("PYTHONHOME")
    python = Path(sys.executable)
    open_road = ("su", "--preserve-environment", "-s", "/bin/sh", "centralist1", "-c", f"{python} -c pass")
    OwnMachine(mark.parent / "tweede").folder.mkdir()
    OwnMachine(mark.parent / "tweede").run(*open_road, environment=given)
    assert mark.exists(), "with a shell the same variable runs code: the test could have failed"


@pytest.mark.parametrize(
    "words",
    [
        ("su", "-", "centralist1", "-c", "touch {mark}"),
        ("su", "centralist1", "-c", "touch {mark}"),
        ("su", "-", "centralist1", "--", "-i"),
        ("su", "-", "centralist1", "--", "{mark}"),
    ],
)
def test_no_command_is_run(machine: OwnMachine, mark: Path, words: tuple[str, ...]) -> None:
    done = machine.run(*(word.format(mark=mark) for word in words))
    assert (done.returncode, done.stdout) == (77, "")
    assert "Een opdracht uitvoeren" in done.stderr
    assert machine.has(Attempt.COMMAND)
    assert not mark.exists()


@needs_sshd
@pytest.mark.parametrize("marker", ["", "Match Group meldkamer"], ids=["the shell alone", "as documented"])
def test_over_ssh_there_is_the_console_and_no_command_and_no_file(machine: OwnMachine, mark: Path, marker: str) -> None:
    rc = machine.folder / "thuis" / "centralist1" / ".ssh" / "rc"
    with machine.sshd(marker=marker) as server:
        wait_for(rc.parent.parent.exists, "the account")
        rc.parent.mkdir()
        rc.write_text(f"touch {mark}\n" if marker else "", encoding="utf-8")
        with ssh_in(server, size=(100, 30), options=("-e", "none", "-o", f"SetEnv=PYTHONPATH={mark.parent}")) as client:
            client.see(QUEUE)
            assert not server.programs() & SHELLS
            client.press("\x1a\x1c")
            machine.audited(Attempt.SUSPEND)
            machine.audited(Attempt.INTERRUPT)
            client.press(f"\x11touch {mark}\n")
            assert client.end() == 0
        assert machine.has(Attempt.VARIABLE, naam="PYTHONPATH")
        done = server.call(f"touch {mark}")
        assert (done.returncode, done.stdout) == (77, "")
        assert machine.has(Attempt.COMMAND)
        source = mark.with_name("in")
        source.write_text("x", encoding="ascii")
        for tool, *road in (
            ("scp", str(source), f"{server.address}:{mark}"),
            ("scp", f"{server.address}:/etc/passwd", str(mark)),
            ("sftp", "-b", "/dev/null", server.address),
        ):
            tried = subprocess.run(
                server.command(*road, tool=tool), capture_output=True, check=False, stdin=subprocess.DEVNULL, timeout=60
            )
            assert tried.returncode != 0, tool
        if marker:
            wanted = ("-o", "ExitOnForwardFailure=yes", "-N", "-R", "0:127.0.0.1:22")
            refused = subprocess.run(
                server.command(*wanted, server.address), capture_output=True, check=False, timeout=60
            )
            assert refused.returncode != 0
    assert not mark.exists()


def test_the_board_has_a_login_shell_too(machine: OwnMachine, mark: Path) -> None:
    machine.run("su", "-", "centralist1", "-c", "begin een dossier")
    log = machine.folder / "thuis" / "ploegchef" / "geweigerd.log"

    def noted(what: str) -> None:
        wait_for(lambda: log.exists() and f"geweigerd: {what}\n" in log.read_text("utf-8"), f"{what} in the file")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        given = hostile_for_all(mark, listener.getsockname()[1])
        command = machine.command("su", "--preserve-environment", "ploegchef")
        with alone_in_terminal(command, given) as session:
            session.expect("alleen lezen")
            (board,) = [pid for pid in under(session.process.pid) if "monitor" in arguments_of(pid)]
            session.press("\x1a")
            noted("pauzeren")
            session.press("\x1c")
            noted("afbreken")
            session.press("\x10")
            noted("opdrachtenlijst")
            session.press("\x1b[<0;5;5M")
            noted("muis")
            for number in (signal.SIGTSTP, signal.SIGQUIT, signal.SIGINT, signal.SIGUSR1):
                os.kill(board, number)
            assert environment_of(board) == PLAIN
            assert Path(f"/proc/{board}/environ").stat().st_uid == 0, "its memory and variables are not the account's"
            assert state_of(board) not in {"T", "Z"}
            session.press(f"qtouch {mark}\n")
            assert session.end() == 0
    noted("variabele PYTHONPATH")
    noted("variabele TEXTUAL_LOG")
    assert log.stat().st_mode & 0o777 == 0o600
    done = machine.run("su", "-", "ploegchef", "-c", f"touch {mark}")
    assert done.returncode == 77
    noted("andere opdracht")
    assert not mark.exists()


def test_a_key_ring_of_the_account_is_not_read(machine: OwnMachine, mark: Path) -> None:
    machine.run("true")
    ring = machine.folder / "thuis" / "centralist1" / ".config" / "python_keyring"
    ring.mkdir(parents=True)
    (ring / "kwaad.py").write_text(f"open({str(mark)!r}, 'w').close()\n", encoding="utf-8")
    settings = "[backend]\ndefault-keyring=kwaad.Keyring\nkeyring-path=/home/centralist1/.config/python_keyring\n"
    (ring / "keyringrc.cfg").write_text(settings, encoding="utf-8")
    log = machine.folder / "huis" / "bezorging.log"
    with alone_in_terminal(machine.command("su", "-", "centralist1"), PLAIN | {"PATH": ROOT_PATH}) as session:
        session.expect(QUEUE)
        wait_for(
            lambda: log.exists() and "cad_token" in log.read_text("utf-8"), "a delivery that looked for its secret"
        )
        session.press("\x11")
        assert session.end() == 0
    assert not mark.exists()


def test_who_works_in_lines_has_a_login_shell_too(machine: OwnMachine, mark: Path) -> None:
    command = machine.command("login", "-f", "centralist2")
    with alone_in_terminal(command, PLAIN | {"PATH": ROOT_PATH}) as session:
        session.expect("> ")
        for key, attempt in (("\x1a", Attempt.SUSPEND), ("\x1c", Attempt.INTERRUPT)):
            session.press(key)
            machine.audited(attempt, os_user="centralist2")
        session.expect("Stilzetten kan hier niet")
        assert not programs_under(session.process.pid) & SHELLS
        session.press(f"!touch {mark}\n;touch {mark}\n\x03touch {mark}\n")
        session.expect("Gestopt.")
        session.end()
    done = machine.run("su", "-", "centralist2", "-c", f"touch {mark}")
    assert done.returncode == 77
    assert machine.has(Attempt.COMMAND, os_user="centralist2")
    assert not mark.exists()
