"""What a screen program starts with, tried in processes of their own: Textual reads its variables once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from console.exit_codes import UNUSABLE
from console.terminal import environment
from tests.terminal.pty_session import in_terminal

HOSTILE = {
    "TEXTUAL": "debug,devtools",
    "TEXTUAL_DRIVER": "tests.terminal.does_not_exist:Driver",
    "TEXTUAL_LOG": "afgeluisterd.log",
    "TEXTUAL_DEBUG": "1",
    "TEXTUAL_SCREENSHOT": "1",
    "TEXTUAL_ALLOW_SIGNALS": "1",
    "TEXTUAL_PRESS": "x",
    "COLUMNS": "20",
    "LINES": "5",
}


def test_drops_what_textual_would_listen_to_and_sets_ours() -> None:
    environ = {**HOSTILE, "TERM": "xterm", "HOME": "/home/centralist"}
    environment.prepare(environ)
    assert environ == {
        "TERM": "xterm",
        "HOME": "/home/centralist",
        "TEXTUAL_DISABLE_KITTY_KEY": "1",
        "TEXTUAL_SMOOTH_SCROLL": "0",
    }


def test_a_hostile_environment_has_no_effect_on_an_app(tmp_path: Path) -> None:
    with in_terminal(["tests.terminal.small_apps", "ordinary", str(tmp_path)], environment=HOSTILE) as session:
        session.expect("klaar voor gebruik")
        session.expect("\x1b[40;1H")  # it uses the height the terminal has
        session.press("\x1a")  # ctrl+z would stop it and leave a shell
        session.press("x")
        assert session.end() == 0
    assert "\x1b[>" not in session.shown, "the keyboard protocol that loses AltGr was asked for"
    (noted,) = tmp_path.iterdir()
    assert noted.name == "geweigerd.log"
    assert noted.stat().st_mode & 0o777 == 0o600
    assert noted.read_text("utf-8").endswith(" geweigerd: pauzeren\n")


def test_too_late_is_said() -> None:
    code = "import textual.app; from console.terminal import environment; environment.prepare()"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "RuntimeError: the environment has to be prepared before Textual is imported" in run.stderr


def test_preparing_imports_no_textual() -> None:
    code = (
        "import sys; from console.terminal import environment; environment.prepare(); print('textual' in sys.modules)"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"


REFUSAL = """
from console.terminal.environment import UnfitTerminalError, refuse_unfit_terminal
try:
    refuse_unfit_terminal()
except UnfitTerminalError as refusal:
    print(refusal)
else:
    print("goed")
"""


@pytest.mark.parametrize(
    ("term", "says"),
    [
        ("xterm-256color", "goed"),
        ("linux", "goed"),
        ("dumb", "TERM is dumb"),
        ("", "TERM is leeg"),
    ],
)
def test_refuses_a_terminal_that_cannot_say_what_it_can(term: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "refusal.py").write_text(REFUSAL)
    with in_terminal(["refusal"], environment={"TERM": term, "PYTHONPATH": f"{tmp_path}:{Path.cwd()}"}) as session:
        session.expect(says)
        assert session.end() == 0


def test_refuses_to_draw_where_no_screen_is() -> None:
    run = subprocess.run(
        [sys.executable, "-c", REFUSAL], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    assert "Start het in een terminal" in run.stdout


def test_a_console_without_a_policy_ends_and_says_so(tmp_path: Path) -> None:
    policy = tmp_path / "half.json"
    policy.write_text('{"id": "half')
    rooms = {"MELDKAMER_HOME": str(tmp_path / "huis"), "MELDKAMER_OEFENING": "ja", "MELDKAMER_BELEID": str(policy)}
    with in_terminal(["console", "console"], environment=rooms) as session:
        session.expect("meldkamer: half.json:")
        assert session.end() == UNUSABLE
