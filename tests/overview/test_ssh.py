"""The board over a real SSH server with the documented lines: no way to a shell, a file or a write is open.

Each road of which was measured that it can lead out of a screen program is walked: keys, arguments, variables,
subsystems, forwardings. Whatever would come out of one leaves a mark, and no mark may be there.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console.record import chain, engine
from console.times import now
from tests.overview.over_ssh import SSHD, Client, Server, connected, documented, make_key, serving, wait_for
from tests.overview.room import Room

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(
    SSHD is None, reason="NOT RUN, no sshd on this machine: that the board is safe over SSH is not proved here"
)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    room = Room(tmp_path_factory.mktemp("kamer"), now())
    room.outbox.link(reachable=True)
    room.ring(first_words="ik ben Truus")
    yield room
    room.close()


@pytest.fixture(scope="module")
def server(room: Room, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("ssh") / "server", room.settings.home) as server:
        yield server


@pytest.fixture
def mark(tmp_path: Path, room: Room) -> Iterator[Path]:
    """A file that must not come to be, in a room in which nothing may change."""
    head = room.overlook._reader.head(chain.Log.AUDIT)
    mark = tmp_path / "ontsnapt"
    yield mark
    assert not mark.exists()
    assert room.overlook._reader.head(chain.Log.AUDIT) == head


def test_it_runs_on_a_small_terminal_with_16_colours(server: Server, room: Room) -> None:
    with connected(server) as client:
        client.see("OVERZICHT", "alleen lezen", "wacht            1", "laatste uur", "q stoppen")
        colours = re.findall(rb"\x1b\[([0-9;]*)m", bytes(client.written))
        assert not [each for each in colours if b"38;" in each or b"48;" in each]
        room.ring()
        client.see("wacht            2")
        client.press("q")
        assert client.end() == 0
    assert b"Truus" not in client.written
    assert b"06-12345678" not in client.written


KEYS = {
    "ctrl+z": "\x1a",
    "ctrl+backslash": "\x1c",
    "ctrl+p": "\x10",
    "ctrl+s and ctrl+r": "\x13\x12",
    "ctrl+a c": "\x01c",
    "ctrl+b percent": "\x02%",
    "ctrl+g": "\x07",
    "ctrl+x ctrl+e": "\x18\x05",
    "ctrl+d": "\x04",
    "f1": "\x1bOP",
    "f12": "\x1b[24~",
    "escape colon": "\x1b:!sh\r",
    "bang": "!sh\r",
    "v": "v",
    "palette": "\x10screenshot\r",
    "paste": "\x1b[200~\nsh\n\x1b[201~",
    "mouse": "\x1b[<0;5;5M\x1b[<0;5;5m",
    "tilde": "\r~?",
    "break": "\r~B",
    "title report": "\x1b]l;touch x\x1b\\",
    "a flood": "sh\n" * 500,
    "null": "\x00\x00",
    "delete": "\x7f" * 20,
}


def test_no_key_leads_anywhere(server: Server, mark: Path) -> None:
    with connected(server, options=("-e", "none")) as client:
        client.see("uitkomsten")
        before = server.programs()
        (board,) = server.boards()
        for name, keys in KEYS.items():
            client.press(keys)
            client.press(f"\ntouch {mark}-{name.replace(' ', '-')}\n")
            next_paint(client)
            assert "alleen lezen" in client.text, name
            assert not client.ended, name
            assert server.programs() == before, name
            assert Path(f"/proc/{board}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "T", name
    assert [path.name for path in mark.parent.iterdir()] == []


def next_paint(client: Client) -> None:
    """Wait until something was drawn: what was typed before it has been read by then."""
    drawn = len(client.written)
    wait_for(lambda: len(client.written) > drawn or client.ended, "the next paint")


@pytest.mark.parametrize("key", ["\x03", "\x11", "q"])
def test_leaving_ends_the_connection_and_leaves_no_shell(server: Server, mark: Path, key: str) -> None:
    with connected(server) as client:
        client.see("uitkomsten")
        client.press(key)
        client.press(f"touch {mark}\n")
        assert client.end() == 0
    wait_for(lambda: not server.boards(), "no board left")


COMMANDS = (
    "touch {mark}",
    "; touch {mark}",
    "$(touch {mark})",
    " --eenmaal; touch {mark}",
    " --eenmaal > {mark}",
    "meldkamer console",
    "meldkamer dossier exporteer {mark}",
    "\n touch {mark}",
)


def test_no_argument_is_heard(server: Server, mark: Path) -> None:
    for command in COMMANDS:
        done = server.call(command.format(mark=mark))
        assert (done.returncode, done.stdout) == (78, ""), command
        assert "terminal" in done.stderr, command
    with connected(server, COMMANDS[0].format(mark=mark)) as client:
        client.see("uitkomsten")


def test_without_a_terminal_it_refuses(server: Server) -> None:
    done = server.call(options=("-T",))
    assert (done.returncode, done.stdout) == (78, "")
    assert "terminal" in done.stderr


VARIABLES = {
    "TEXTUAL": "devtools,debug",
    "TEXTUAL_DRIVER": "kwaad:Driver",
    "TEXTUAL_LOG": "{mark}",
    "TEXTUAL_SCREENSHOT": "1",
    "TEXTUAL_SCREENSHOT_LOCATION": "{folder}",
    "TEXTUAL_ALLOW_SIGNALS": "1",
    "TEXTUAL_PRESS": "q",
    "PYTHONPATH": "{folder}",
    "PYTHONSTARTUP": "{folder}/kwaad.py",
    "PYTHONINSPECT": "1",
    "PYTHONBREAKPOINT": "kwaad.run",
    "PYTHON_KEYRING_BACKEND": "kwaad.Keyring",
    "BROWSER": "{folder}/kwaad.sh",
    "EDITOR": "{folder}/kwaad.sh",
    "PAGER": "{folder}/kwaad.sh",
    "SHELL": "{folder}/kwaad.sh",
    "ENV": "{folder}/kwaad.sh",
    "BASH_ENV": "{folder}/kwaad.sh",
    "LD_PRELOAD": "{folder}/kwaad.so",
    "LD_LIBRARY_PATH": "{folder}",
    "PATH": "{folder}",
    "HOME": "{folder}",
    "XDG_DATA_HOME": "{folder}",
    "MELDKAMER_HOME": "{folder}",
    "MELDKAMER_BELEID": "{folder}/kwaad.json",
    "MELDKAMER_CAD_NAAM": "KWAAD",
    "TERMINFO": "{folder}",
    "LC_ALL": "kwaad",
    "LANG": "../../kwaad",
}


def test_no_variable_comes_in(server: Server, mark: Path) -> None:
    folder = mark.parent
    evil = f"import pathlib; pathlib.Path({str(mark)!r}).touch()\n"
    for name in ("sitecustomize.py", "usercustomize.py", "kwaad.py", "textual.py", "console.py"):
        (folder / name).write_text(evil, encoding="utf-8")
    (folder / "kwaad.sh").write_text(f"#!/bin/sh\ntouch {mark}\n", encoding="utf-8")
    (folder / "kwaad.sh").chmod(0o755)
    for name in ("meldkamer", "python", "python3", "sh", "env"):
        shutil.copy(folder / "kwaad.sh", folder / name)
    given = {name: value.format(mark=mark, folder=folder) for name, value in VARIABLES.items()}
    options = tuple(word for name, value in given.items() for word in ("-o", f"SetEnv={name}={value}"))
    ordinary, tried = environment_of_the_board(server), environment_of_the_board(server, options)
    changed = {name for name in ordinary | tried if ordinary.get(name) != tried.get(name)}
    assert {name for name in changed if not name.startswith("SSH_")} <= {"LANG", "LC_ALL"}
    assert str(folder) not in str(tried)


def environment_of_the_board(server: Server, options: tuple[str, ...] = ()) -> dict[str, str]:
    """What the program was started with, by way of a client with these options."""
    wait_for(lambda: not server.boards(), "no board left")
    with connected(server, options=options) as client:
        client.see("uitkomsten", "GMS")
        (board,) = server.boards()
        variables = Path(f"/proc/{board}/environ").read_bytes().decode("utf-8", "replace").split("\0")
        client.press("q")
        assert client.end() == 0
    pairs = (each.partition("=") for each in variables if each)
    return {name: value for name, _, value in pairs}


def test_no_name_of_a_terminal_does_anything(server: Server, mark: Path) -> None:
    for term in ("xterm; touch {mark}", "$(touch {mark})", "../../x"):
        with connected(server, TERM=term.format(mark=mark)) as client:
            client.see("uitkomsten")


@pytest.mark.parametrize("tool", ["sftp", "scp"])
def test_no_file_goes_in_or_out(server: Server, mark: Path, tool: str) -> None:
    source = mark.with_name("in")
    source.write_text("x", encoding="ascii")
    roads = {
        "sftp": ((server.address,), f"put {source} {mark}\nget /etc/passwd {mark}\n"),
        "scp": ((str(source), f"{server.address}:{mark}"), ""),
    }
    arguments, typed = roads[tool]
    batch = ("-b", "-") if tool == "sftp" else ()
    done = subprocess.run(
        server.command(*batch, *arguments, tool=tool),
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode != 0
    back = server.command(f"{server.address}:/etc/passwd", str(mark), tool="scp")
    assert subprocess.run(back, capture_output=True, check=False, timeout=60).returncode != 0


@pytest.mark.parametrize("subsystem", ["sftp", "shell"])
def test_no_subsystem_gives_anything(server: Server, mark: Path, subsystem: str) -> None:
    done = subprocess.run(
        server.command("-s", server.address, subsystem),
        input=f"touch {mark}\n".encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode != 0
    assert b"sftp" not in done.stdout


def test_nothing_is_forwarded(server: Server, mark: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as inside, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        there, here = inside.getsockname()[1], free.getsockname()[1]
        free.close()
        with connected(server, options=("-L", f"{here}:127.0.0.1:{there}", "-A", "-X")) as client:
            client.see("uitkomsten")
            with socket.create_connection(("127.0.0.1", here), timeout=5) as tried:
                assert tried.recv(1) == b""
            (board,) = server.boards()
            environment = Path(f"/proc/{board}/environ").read_bytes()
        assert b"SSH_AUTH_SOCK" not in environment
        assert b"DISPLAY" not in environment
        inside.settimeout(0.2)
        with pytest.raises(TimeoutError):
            inside.accept()
        wanted = ("-o", "ExitOnForwardFailure=yes", "-N")
        for road in (("-R", f"{here}:127.0.0.1:{there}"), ("-w", "0:0")):
            done = subprocess.run(
                server.command(*wanted, *road, server.address), capture_output=True, check=False, timeout=60
            )
            assert done.returncode != 0
    assert not mark.exists()


def test_another_key_gets_nothing(server: Server, tmp_path: Path) -> None:
    make_key(tmp_path / "sleutel")
    stranger = Server(server.port, server.process, tmp_path, server.user)
    done = stranger.call()
    assert done.returncode == 255
    assert "Permission denied" in done.stderr


def test_a_line_that_breaks_ends_the_board(server: Server) -> None:
    with connected(server) as client:
        client.see("uitkomsten")
        (board,) = server.boards()
        client.process.send_signal(signal.SIGKILL)
        wait_for(lambda: not Path(f"/proc/{board}").exists(), "a board that ended with its line")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGQUIT])
def test_a_signal_ends_it_and_leaves_nothing(server: Server, mark: Path, number: signal.Signals) -> None:
    with connected(server) as client:
        client.see("uitkomsten")
        (board,) = server.boards()
        os.kill(board, number)
        client.press(f"touch {mark}\n")
        assert client.end() != 0 or number == signal.SIGINT
    wait_for(lambda: not server.boards(), "no board left")


def test_a_client_that_stalls_slows_nobody(server: Server, room: Room) -> None:
    """A client that reads nothing for seconds: writing goes on as fast, no snapshot is held, the board comes back."""
    with connected(server) as client:
        client.see("uitkomsten")
        (board,) = server.boards()
        before = sorted(_writes(room, 40))
        client.process.send_signal(signal.SIGSTOP)
        stalled = sorted(_writes(room, 200, pause=0.02))
        middles = [times[len(times) // 2] * 1e3 for times in (before, stalled)]
        print("\na write takes {:.2f} ms (p50), {:.2f} ms while a client of the board stands still".format(*middles))
        connection = engine.connect(room.writer.home.database)
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        connection.close()
        assert busy == 0, "a board that stands still holds on to the record"
        assert stalled[len(stalled) // 2] < max(0.05, 10 * before[len(before) // 2])
        assert Path(f"/proc/{board}").exists()
        client.process.send_signal(signal.SIGCONT)
        count = len(room.look().glance.waiting_since)
        client.see(f"wacht            {count}")


def _writes(room: Room, number: int, pause: float = 0.0) -> list[float]:
    took = []
    for _ in range(number):
        begun = time.perf_counter()
        room.ring()
        took.append(time.perf_counter() - begun)
        time.sleep(pause)
    return took


def test_what_a_site_gets_are_the_lines_that_were_tried() -> None:
    assert "restrict,pty,command=" in documented("restrict,pty")
    assert documented("Match User").count("meldkamer monitor") == 1
