"""Each way a screen program ends, through a real terminal: restored, with the right code, and showing no caller."""

from __future__ import annotations

import re
import signal
from typing import TYPE_CHECKING

import pytest

from tests.terminal.pty_session import PtySession, in_terminal, wait_for

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path


def small_app(what: str, home: Path) -> AbstractContextManager[PtySession]:
    return in_terminal(["tests.terminal.small_apps", what, str(home)])


def reports(home: Path) -> list[Path]:
    return sorted(home.glob("storingen/*"))


def test_an_ordinary_end_restores_the_terminal_and_is_zero(tmp_path: Path) -> None:
    with small_app("ordinary", tmp_path) as session:
        session.expect("klaar voor gebruik")
        session.press("x")
        assert session.end() == 0
        wait_for(lambda: session.restored, "a restored terminal")
    assert not reports(tmp_path)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
@pytest.mark.parametrize("what", ["ordinary", "busy"])
def test_a_signal_restores_the_terminal_and_is_told_by_the_code(
    what: str, number: signal.Signals, code: int, tmp_path: Path
) -> None:
    with small_app(what, tmp_path) as session:
        session.expect("klaar voor gebruik")
        session.signal(number)
        assert session.end() == code
        wait_for(lambda: session.restored, "a restored terminal")
    assert not reports(tmp_path)


@pytest.mark.parametrize("what", ["ordinary", "busy", "deaf"])
def test_a_closed_terminal_ends_it(what: str, tmp_path: Path) -> None:
    with small_app(what, tmp_path) as session:
        session.expect("klaar voor gebruik")
        session.hang_up()
        assert session.end() == 129
    assert not reports(tmp_path), "a closed window is no crash"


@pytest.mark.parametrize("what", ["blocked", "busy"])
def test_a_loop_that_does_not_answer_is_left_anyway(what: str, tmp_path: Path) -> None:
    with small_app(what, tmp_path) as session:
        session.expect("klaar voor gebruik")
        session.reading.clear()
        session.signal(signal.SIGTERM)
        assert session.end() == 143


def test_after_the_screen_a_signal_means_what_it_meant_before(tmp_path: Path) -> None:
    with small_app("lingering", tmp_path) as session:
        session.expect("klaar voor gebruik")
        session.press("x")
        session.expect("scherm dicht")
        session.signal(signal.SIGTERM)
        assert session.end() == -signal.SIGTERM


@pytest.mark.parametrize("what", ["crash", "markup", "worker"])
def test_a_crash_shows_one_line_with_a_number_and_no_caller(what: str, tmp_path: Path) -> None:
    with small_app(what, tmp_path) as session:
        assert session.end() == 70
        session.expect("(storing ")
        wait_for(lambda: session.restored, "a restored terminal")
    assert not re.search("Truus|Plantsoen|00001234|Traceback", after_the_screen(session))
    assert len(re.findall(r"\(storing \d{8}-\d{6}-[0-9a-f]{4}\)", session.shown)) == 1
    (report,) = reports(tmp_path)
    assert report.stem.removeprefix("console-") in session.shown
    assert str(report) in session.shown
    assert report.stat().st_mode & 0o777 == 0o600
    text = report.read_text("utf-8")
    assert not re.search("Truus|Plantsoen|00001234", text)
    assert {"crash": "builtins.ValueError", "markup": "MarkupError", "worker": "builtins.ValueError"}[what] in text
    assert f"SmallApp.do_{what}" in text


@pytest.mark.parametrize("what", ["forgotten", "thread"])
def test_an_error_beside_the_app_lets_it_go_on_and_is_told_when_it_ends(what: str, tmp_path: Path) -> None:
    with small_app(what, tmp_path) as session:
        assert session.end() == 70
        wait_for(lambda: session.restored, "a restored terminal")
        session.expect("had een fout en ging door (storing ")
    assert not re.search("Truus|Plantsoen|00001234|Traceback|Error", session.shown)
    assert after_the_screen(session).count("storing ") == 1
    (report,) = reports(tmp_path)
    assert "builtins.ValueError" in report.read_text("utf-8")


def test_a_crash_without_a_place_for_the_report_still_says_its_number(tmp_path: Path) -> None:
    (tmp_path / "storingen").write_text("in de weg")
    with small_app("crash", tmp_path) as session:
        assert session.end() == 70
        session.expect("Het verslag kon niet worden opgeslagen")
    assert "Truus" not in after_the_screen(session)


def after_the_screen(session: PtySession) -> str:
    """What stays in the scrollback."""
    return session.shown.rpartition("\x1b[?1049l")[2]
