"""The program, the terminal and the clock of a machine, each beside a world in which it is broken."""

from __future__ import annotations

import sys
import zoneinfo
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pexpect
import pytest

from console.doctor.finding import Status
from tests.doctor.conftest import ROOT, one, plain_environment, world

if TYPE_CHECKING:
    pass

OK, ATTENTION, WRONG = Status.OK, Status.ATTENTION, Status.WRONG


# -- programma


def test_python_that_is_too_old(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert one("account", "python", world(home)).status is OK
    monkeypatch.setattr(sys, "version_info", (3, 10, 9))
    assert one("account", "python", world(home)).status is WRONG


def test_packages_that_are_not_those_of_this_version(home: Path) -> None:
    from console.doctor.account import installed  # noqa: PLC0415

    there = installed()
    for changed, status, said in (
        (there, OK, "met de versies van"),
        (there | {"keyring": "1.0"}, WRONG, "keyring is 1.0"),
        ({name: version for name, version in there.items() if name != "textual"}, WRONG, "textual ontbreekt"),
        (there | {"keyrings-alt": "5.0"}, ATTENTION, "keyrings-alt"),
    ):
        where = world(home)
        where.once("packages", partial(dict, changed))
        found = one("account", "pakketten", where)
        assert (found.status, said in found.said) == (status, True), found


def test_variables_that_load_code(home: Path) -> None:
    where = world(home)
    where.environment = {"TEXTUAL_DRIVER": "x", "PYTHONPATH": "/tmp"}
    found = one("account", "variabelen", where)
    assert (found.status, found.remedy) == (ATTENTION, "unset PYTHONPATH TEXTUAL_DRIVER")


def test_a_core_dump_would_be_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resource.getrlimit", lambda _which: (-1, -1))
    assert one("account", "geheugenafdruk", world(home)).status is ATTENTION


# -- terminal


def in_terminal(home: Path, columns: int = 100, lines: int = 60, **variables: str) -> str:
    """All that it says in a terminal of that size, in one line of words."""
    child: Any = pexpect.spawn(
        sys.executable,
        ["-m", "console", "doctor"],
        env=plain_environment(home, **variables),
        cwd=str(ROOT),
        dimensions=(lines, columns),
        encoding="utf-8",
        codec_errors="replace",
        timeout=60,
    )
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus in {0, 1}
    return " ".join(str(child.before).split())


def test_a_terminal_in_which_no_screen_can_be_drawn(home: Path) -> None:
    assert "ok soort terminal: xterm-256color" in in_terminal(home, TERM="xterm-256color")
    dumb = in_terminal(home, TERM="dumb")
    assert "FOUT soort terminal: TERM is dumb" in dumb
    assert "export TERM=xterm-256color" in dumb
    unknown = in_terminal(home, TERM="bestaat-niet")
    assert "let op kleuren: dit systeem kent de terminal bestaat-niet niet" in unknown


@pytest.mark.parametrize(
    ("columns", "lines", "status"), [(79, 40, "FOUT"), (80, 20, "FOUT"), (80, 23, "let op"), (80, 24, "ok")]
)
def test_a_terminal_that_is_too_small(home: Path, columns: int, lines: int, status: str) -> None:
    assert f"{status} grootte: {columns} tekens" in in_terminal(home, columns, lines, TERM="xterm")


def test_a_terminal_that_is_no_utf_8(home: Path) -> None:
    for encoding in ("latin-1", "ascii"):
        assert "let op tekens: de uitvoer is" in in_terminal(home, TERM="xterm", PYTHONIOENCODING=encoding)
    assert "ok tekens: UTF-8, rechte" in in_terminal(home, TERM="linux")


def test_the_keys_are_asked_for_and_what_came_is_said(home: Path) -> None:
    child: Any = pexpect.spawn(
        sys.executable,
        ["-m", "console", "doctor", "--toetsen"],
        env=plain_environment(home, TERM="xterm"),
        cwd=str(ROOT),
        encoding="utf-8",
        timeout=30,
    )
    for name, sent, said in (
        ("@: ", "@", "ok"),
        ("€: ", "e", "er kwam: e"),
        (r"\[: ", "\x1b[2J", "er kwam: 1b 5b 32 4a"),
        ("]: ", " ", "overgeslagen"),
    ):
        child.expect(name)
        child.send(sent)
        child.expect(said)
    child.expect("{: ")
    child.send("\x03")
    child.expect("Niet goed aangekomen: €")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 1
    assert "\x1b[2J" not in str(child.before)


# -- taal en klok


def test_a_language_without_utf_8(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("locale.getpreferredencoding", lambda _set: "ANSI_X3.4-1968")
    assert one("clock", "taal", world(home)).status is ATTENTION


def test_a_machine_that_does_not_know_dutch_time(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str) -> None:
        raise zoneinfo.ZoneInfoNotFoundError(name)

    monkeypatch.setattr(zoneinfo, "ZoneInfo", unknown)
    assert one("clock", "tijdzone", world(home)).status is WRONG
    monkeypatch.setattr(zoneinfo, "ZoneInfo", lambda _name: UTC)
    assert "winter" in one("clock", "tijdzone", world(home)).said


def test_a_clock_that_is_wrong_loose_or_jumps(home: Path) -> None:
    where = world(home)
    where.wall = lambda: 0.0
    assert one("clock", "datum", where).status is WRONG
    where = world(home)
    where.kernel_clock = lambda: 5
    assert one("clock", "klok", where).status is ATTENTION
    for ahead, status in ((0.5, OK), (-1.9, OK), (40.0, WRONG), (-40.0, WRONG)):
        where = world(home)
        where.kernel_clock = lambda: 5
        where.once("cad clock", partial(float, ahead))
        assert one("clock", "klok", where).status is status
    where = world(home)
    moments = iter([1000.0] * 5 + [1007.0] * 5)
    where.wall = lambda: next(moments)
    assert one("clock", "kloksprong", where).status is ATTENTION
