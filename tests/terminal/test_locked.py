"""Each way out of a screen program, tried against the locked console: it leads nowhere, and the audit has it.

Where that can be shown the same is tried on a Textual app as it comes (`test_routes_exist.py`): there the way is open.
What only the login of a real account shows stands in `test_login_shell.py`.
"""

from __future__ import annotations

import os
import re
import resource
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from console import locked
from console.model import Attempt
from tests.terminal.hostile import VARIABLES, hostile
from tests.terminal.locked_room import PLAIN, START, LockedRoom, children_of, environment_of, state_of
from tests.terminal.pty_session import PtySession, wait_for

QUEUE = "wachtend"


@pytest.fixture
def room(tmp_path: Path) -> LockedRoom:
    return LockedRoom(tmp_path)


def leave(session: PtySession) -> None:
    session.press("\x11")
    assert session.end() == 0
    wait_for(lambda: session.restored, "a restored terminal")


def files_of(folder: Path) -> set[str]:
    """What lies there besides what the record and the delivery keep."""
    own = ("dossier.db", "anker", "bezorging", "consoles.slot", "noodpakket", "storingen")
    return {path.name for path in folder.iterdir() if not path.name.startswith(own)}


KEYS = {
    "ctrl+z": ("", "", "\x1a", Attempt.SUSPEND),
    "ctrl+backslash": ("", "", "\x1c", Attempt.INTERRUPT),
    "ctrl+c": ("", "", "\x03", Attempt.LEAVE),
    "palette": ("l", "LOGBOEK", "\x10", Attempt.PALETTE),
    "mouse": ("", "", "\x1b[<0;5;5M\x1b[<0;5;5m", Attempt.MOUSE),
    "quit in a call": ("\r", "Urgentiecheck", "\x11", Attempt.LEAVE),
    "quit in a dialog": ("?", "escape", "\x11", Attempt.LEAVE),
}
"""What is pressed first, what then stands there, the way out, and what it is in the audit."""


@pytest.mark.parametrize("route", KEYS)
def test_a_key_leads_nowhere_and_is_audited(room: LockedRoom, route: str) -> None:
    room.ring()
    first, seen, keys, attempt = KEYS[route]
    with room.seat() as session:
        session.expect("1 " + QUEUE)
        before = files_of(room.home)
        session.press(first)
        session.expect(seen)
        session.press(keys)
        room.audited(attempt)
        assert session.process.poll() is None
        assert state_of(session.process.pid) != "T"
        assert files_of(room.home) == before
        assert all("console deliver" in each for each in children_of(session.process.pid))
    assert not re.search(rb"\x1b\](?!22;)", session.written), "a title, a clipboard or a link"


def test_a_held_key_is_one_row_with_a_count(room: LockedRoom) -> None:
    with room.seat() as session:
        session.expect(QUEUE)
        for _ in range(30):
            session.press("\x1a")
        room.audited(Attempt.SUSPEND)
        leave(session)
    rows = [row["keer"] for row in room.refused if row["poging"] == Attempt.SUSPEND]
    assert sum(rows) == 30
    assert len(rows) <= 4, "one at once, one at the end, and one for each ten seconds of a slow machine"


SIGNALS = {
    signal.SIGTSTP: Attempt.SUSPEND,
    signal.SIGTTIN: Attempt.SUSPEND,
    signal.SIGTTOU: Attempt.SUSPEND,
    signal.SIGINT: Attempt.INTERRUPT,
    signal.SIGQUIT: Attempt.INTERRUPT,
    signal.SIGUSR1: Attempt.INTERRUPT,
    signal.SIGUSR2: Attempt.INTERRUPT,
}


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_stops_nothing_and_is_audited(room: LockedRoom, number: signal.Signals) -> None:
    with room.seat() as session:
        session.expect(QUEUE)
        session.signal(number)
        room.audited(SIGNALS[number])
        assert session.process.poll() is None
        assert state_of(session.process.pid) != "T"
        leave(session)
    assert not list(room.home.glob("core*"))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_what_ends_it_ends_it_whole(room: LockedRoom, number: signal.Signals, code: int) -> None:
    with room.seat() as session:
        session.expect(QUEUE)
        session.signal(number)
        assert session.end() == code
        wait_for(lambda: session.restored, "a restored terminal")


def test_a_closed_terminal_ends_it(room: LockedRoom) -> None:
    with room.seat() as session:
        session.expect(QUEUE)
        session.hang_up()
        assert session.end() == 129


def test_what_only_the_kernel_can_stop_goes_on_where_it_was(room: LockedRoom) -> None:
    with room.seat() as session:
        session.expect(QUEUE)
        session.signal(signal.SIGSTOP)
        wait_for(lambda: state_of(session.process.pid) == "T", "a stopped process")
        session.signal(signal.SIGCONT)
        room.ring()
        session.expect("1 " + QUEUE)
        leave(session)


def test_no_variable_is_heard_and_each_is_audited(room: LockedRoom, tmp_path: Path) -> None:
    mark = tmp_path / "ontsnapt"
    folder = tmp_path / "kwaad"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        given = hostile(folder, mark, listener.getsockname()[1])
        before = {path.name for path in folder.rglob("*")}
        with room.seat(environment=given) as session:
            session.expect(QUEUE)
            session.press("\x1a")
            room.audited(Attempt.SUSPEND)
            seen = environment_of(session.process.pid)
            leave(session)
        listener.settimeout(0.2)
        with pytest.raises(TimeoutError):
            listener.accept()
    assert not mark.exists()
    assert {path.name for path in folder.rglob("*")} == before
    assert seen == PLAIN
    named = {row["naam"]: row["keer"] for row in room.refused if row["poging"] == Attempt.VARIABLE}
    expected = {name for name in given if name in locked.KNOWN}
    assert set(named) == expected | {"TEXTUAL*", "MELDKAMER_*", "andere"}
    assert expected >= set(VARIABLES) - {"MELDKAMER_CAD_URL", "TEXTUAL_THEME", "GEHEIM"}
    assert "kwaad" not in str(room.refused)


@pytest.mark.parametrize(
    ("variable", "value", "kept"),
    [
        ("LC_ALL", "/tmp/kwaad/locale", ""),
        ("LANG", "../../tmp/kwaad", ""),
        ("LC_CTYPE", "C.UTF-8", "C.UTF-8"),
        ("LANG", "nl_NL.UTF-8@euro", "nl_NL.UTF-8@euro"),
    ],
)
def test_a_language_is_a_word_and_no_path(variable: str, value: str, kept: str) -> None:
    clean = locked.environment({"TERM": "xterm", variable: value})
    assert clean.get(variable, "") in {kept, "C.UTF-8"}
    assert locked.left_out({"TERM": "xterm", variable: value}) == ([] if kept else [variable])
    assert locked.environment(clean) == clean


@pytest.mark.parametrize("term", ["xterm;touch x", "../../kwaad", "x" * 100, ""])
def test_a_terminal_that_is_no_word_is_refused_and_audited(room: LockedRoom, term: str) -> None:
    with room.seat(environment={"TERM": term}) as session:
        session.expect("TERM is leeg")
        assert session.end() == 78
    room.audited(Attempt.VARIABLE, "TERM")


def test_another_name_is_refused_and_audited(room: LockedRoom) -> None:
    with room.seat("console", "--vergrendeld", "--als", "p.jansen") as session:
        session.expect("--als kan hier niet")
        assert session.end() == 77
    room.audited(Attempt.ALIAS)
    assert all(row["who"] == row["os_user"] for row in room.refused)


@pytest.mark.parametrize(
    "words",
    [
        ["-c", "touch {mark}"],
        ["-c", "/usr/lib/openssh/sftp-server"],
        ["-i"],
        ["-c", "scp -t ."],
        ["-c", "/tmp/meldkamer-console"],
        ["console"],
        ["--help"],
    ],
)
def test_a_login_shell_runs_no_command_and_that_is_audited(room: LockedRoom, tmp_path: Path, words: list[str]) -> None:
    given = [word.format(mark=tmp_path / "ontsnapt") for word in words]
    with room.seat("--inlogschil", *given) as session:
        session.expect("Een opdracht uitvoeren")
        assert session.end() == 77
    room.audited(Attempt.COMMAND)
    assert not (tmp_path / "ontsnapt").exists()


def test_a_login_shell_is_the_console(room: LockedRoom) -> None:
    with room.seat("--inlogschil") as session:
        session.expect(QUEUE)
        leave(session)


@pytest.mark.parametrize("shell", locked.SHELLS)
def test_a_login_shell_is_the_console_for_a_forced_command_of_the_whole_group(room: LockedRoom, shell: str) -> None:
    with room.seat("--inlogschil", "-c", str(START.with_name(shell))) as session:
        session.expect(QUEUE)
        leave(session)
    assert not room.refused


def test_every_login_shell_has_a_name_that_the_others_know() -> None:
    delivered = Path(locked.__file__).parent / "release" / "site" / "inlogschil"
    assert {each.name for each in delivered.iterdir()} == set(locked.SHELLS)


def test_the_process_takes_over_nothing(room: LockedRoom, tmp_path: Path) -> None:
    secret = tmp_path / "geheim"
    secret.write_text("van een ander", encoding="utf-8")
    soft = f'umask 000; ulimit -c unlimited 2>/dev/null; cd {tmp_path}; exec 7<{secret}; exec "$@"'
    with room.seat(before=("/bin/sh", "-c", soft, "sh")) as session:
        session.expect(QUEUE)
        own = Path(f"/proc/{session.process.pid}")
        open_files = {each.readlink() for each in (own / "fd").iterdir()} if os.geteuid() == 0 else set()
        said = dict(
            line.partition(":\t")[::2] for line in (own / "status").read_text("utf-8").splitlines() if ":\t" in line
        )
        assert (said["Umask"], said["NoNewPrivs"]) == ("0077", "1")
        assert secret not in open_files
        assert resource.prlimit(session.process.pid, resource.RLIMIT_CORE)[0] == 0
        if os.geteuid() == 0:
            assert (own / "cwd").readlink() == Path("/")
        assert (own / "environ").stat().st_uid == 0, "the memory and variables are of the system, not of the account"
        leave(session)


CLOSED = """
import sys
from console import locked
write = "import os, sys; f = open(sys.argv[1], 'w')"
write += "; f.write(' '.join(os.readlink(f'/proc/self/fd/{n}') for n in (0, 1, 2)))"
locked.BEGIN = ("-I", "-c", write, sys.argv.pop(1))
locked.lock()
"""


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_without_a_keyboard_or_screen_no_file_of_ours_takes_its_place(tmp_path: Path, closed: str) -> None:
    words = [sys.executable, "-I", "-c", CLOSED, str(tmp_path / "gezien"), "--vergrendeld"]
    shut = ["/bin/sh", "-c", f'exec "$@" {closed}', "sh", *words]
    subprocess.run(shut, env=PLAIN, stdin=subprocess.PIPE, capture_output=True, check=True)
    seen = (tmp_path / "gezien").read_text("utf-8").split()
    assert len(seen) == 3
    assert seen.count("/dev/null") == len(closed.split())


@pytest.mark.parametrize("closed", ["<&-", "2>&-"])
def test_without_a_keyboard_or_screen_it_does_not_start(room: LockedRoom, closed: str) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {closed}', "sh", *room.command("console", "--vergrendeld")],
        env=PLAIN | {"EXTRA": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 78
    assert {row["naam"] for row in room.refused} == {"andere"}


def test_leaving_tells_what_is_still_in_hand_and_ends_at_the_second_time(room: LockedRoom) -> None:
    call = room.ring()
    with room.seat() as session:
        session.expect("1 " + QUEUE)
        session.press("\r")
        session.expect("Urgentiecheck")
        session.press("\x1b")
        session.expect("1 in behandeling")
        session.press("\x11")
        session.expect(f"U hebt nog melding {call} in handen")
        assert session.process.poll() is None
        leave(session)
    assert not [row for row in room.refused if row["poging"] == Attempt.LEAVE]


def test_an_action_in_a_callers_words_is_none(room: LockedRoom, tmp_path: Path) -> None:
    room.ring("[@click=app.screenshot]klik[/] [@click=app.suspend_process]hier[/]")
    with room.seat() as session:
        session.expect("@click=app.screenshot")
        for line in range(1, 20):
            for column in range(1, 120, 4):
                session.press(f"\x1b[<0;{column};{line}M\x1b[<0;{column};{line}m")
        room.audited(Attempt.MOUSE)
        assert state_of(session.process.pid) != "T"
        leave(session)
    assert not {Attempt.SCREENSHOT, Attempt.SUSPEND} & {row["poging"] for row in room.refused}
    assert not list(tmp_path.rglob("*.svg"))


def test_a_machine_without_settings_starts_nothing(room: LockedRoom) -> None:
    room.machine.unlink()
    with room.seat() as session:
        session.expect("instellingen.toml")
        assert session.end() == 78


def test_it_loads_nothing_before_it_begins_again() -> None:
    code = "import sys; before = set(sys.modules); import console.locked; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['console', 'console.locked']\n"


def test_what_stands_on_the_command_line_by_hand_is_no_text_of_the_audit() -> None:
    assert locked.read_told("PYTHONPATH,mw. Jansen,andere=3,TEXTUAL*,opdracht,andere=9999999999") == (
        ("PYTHONPATH", 1),
        ("andere", 3),
        ("TEXTUAL*", 1),
        ("opdracht", 1),
        ("andere", 1),
    )


@pytest.mark.parametrize("program", ["console", "monitor"])
@pytest.mark.parametrize("word", ["--v", "--verg", "--vergrendel", "--weg=PYTHONPATH"])
def test_half_a_word_locks_nothing_and_starts_nothing(room: LockedRoom, program: str, word: str) -> None:
    done = subprocess.run(
        room.command(program, word), env=PLAIN, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, word.partition("=")[0] in done.stderr) == (2, True), done.stderr
