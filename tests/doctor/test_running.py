"""Whatever is broken, and however much at once: every check says something, in time, and the doctor ends by itself."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.doctor import as_data, as_text, outcome, running
from console.doctor.finding import Finding, NotLookedAtError, Status, attention, ok
from console.doctor.running import Group, examine, look
from console.doctor.world import World
from console.record import Home, Writer
from console.settings import Settings
from console.texts import words


def _crash(_world: World) -> NoReturn:
    raise RuntimeError("mevr. Jansen, 06-12345678")


def _leave(_world: World) -> NoReturn:
    sys.exit(3)


def _depend(_world: World) -> NoReturn:
    raise NotLookedAtError("er is iets anders")


@pytest.fixture
def nowhere(tmp_path: Path) -> World:
    return World(Settings(home=tmp_path / "weg"))


def test_a_check_that_breaks_is_itself_a_finding_without_its_message(nowhere: World) -> None:
    for check in (_crash, _leave):
        found = look(check, nowhere, time.monotonic() + 5)
        assert found.status is Status.WRONG
        assert "ging zelf stuk" in found.said
        assert "Jansen" not in found.said + found.remedy
    assert look(_depend, nowhere, time.monotonic() + 5).status is Status.ATTENTION


def test_a_check_that_hangs_is_left_behind(nowhere: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "EACH", 0.05)
    let_go = threading.Event()

    def hang(_world: World) -> Finding:
        let_go.wait(30)
        return ok("")

    assert look(hang, nowhere, time.monotonic() + 5).status is Status.WRONG
    assert not let_go.is_set()
    let_go.set()


def test_a_subject_that_cannot_be_loaded_is_a_finding(nowhere: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "SUBJECTS", ("account", "bestaat_niet"))
    broken = examine(nowhere)[1].findings
    assert [(each.name, each.status) for each in broken] == [("bestaat_niet", Status.WRONG)]


def test_what_outside_says_cannot_act_on_the_terminal(nowhere: World) -> None:
    found = look(lambda _: attention("\x1b[2J\x9b1m\nregel\u202e", "\x1b]52;c;x\x07"), nowhere, time.monotonic() + 5)
    assert not {"\x1b", "\x9b", "\n", "\u202e", "\x07"} & set(found.said + found.remedy)


def test_the_outcome_is_wrong_only_where_something_is_wrong() -> None:
    def groups(*found: Finding) -> tuple[Group, ...]:
        return (Group("account", found),)

    well, odd, bad = ok("a"), attention("b", "c"), Finding("", Status.WRONG, "d", "e")
    assert [outcome(groups(*each), strict=False) for each in ((well,), (well, odd), (odd, bad))] == [0, 0, 1]
    assert [outcome(groups(*each), strict=True) for each in ((well,), (well, odd), (odd, bad))] == [0, 1, 1]
    data = as_data(groups(odd), "j.devries", 0)
    assert data["aantallen"] == {"ok": 0, "let_op": 1, "fout": 0}
    assert as_text(groups(odd), "j.devries", 80)[-1] == "0 ok, 1 let op, 0 fout."


def _file_in_place_of(home: Path, name: str) -> None:
    shutil.rmtree(home / name, ignore_errors=True)
    (home / name).write_text("")


def _odd(home: Path) -> Settings:
    """Settings that no machine should have."""
    return Settings(
        home=home,
        group="zo-heet-niets",
        cad_url="https://[::1]:1",
        cad_table=home / "weg",
        intake_url="http://\udcff",
        policy=home / "weg",
        downtime_folder=home / "weg",
        cad_certificate_key=home,
    )


BREAKING: dict[str, Callable[[Path, World], object]] = {
    "settings": lambda _, world: setattr(world, "settings", None),
    "folder": lambda home, _: shutil.rmtree(home),
    "folder is a file": lambda home, _: _file_in_place_of(home.parent, home.name),
    "record": lambda home, _: (home / "dossier.db").write_bytes(b"\x00" * 5000),
    "cut": lambda home, _: (home / "dossier.db").write_bytes((home / "dossier.db").read_bytes()[:3000]),
    "anchor": lambda home, _: (home / "anker" / "anker.txt").write_bytes(b"\xff\x00 1:zz"),
    "anchor folder": lambda home, _: _file_in_place_of(home, "anker"),
    "shelf": lambda home, _: (home / "beleid" / "actief").mkdir(parents=True),
    "reports": lambda home, _: _file_in_place_of(home, "storingen"),
    "wal": lambda home, _: (home / "dossier.db-wal").write_bytes(b"x" * 5000),
    "shm": lambda home, _: (home / "dossier.db-shm").write_bytes(b"x" * 100),
    "proc": lambda home, world: setattr(world, "proc", home / "weg"),
    "clock": lambda _, world: setattr(world, "wall", lambda: -1e12),
    "kernel": lambda _, world: setattr(world, "kernel_clock", lambda: 1 // 0),
    "variables": lambda _, world: setattr(world, "environment", {"TERM": "\x1b[2J", "LANG": "\udcff"}),
    "odd": lambda home, world: setattr(world, "settings", _odd(home)),
}


def _examined(broken: set[str]) -> None:
    folder = Path(mkdtemp())
    try:
        home = folder / "data"
        Writer.open(Home.prepare(home)).close()
        world = World(Settings(home=home), "kapot")
        for part in sorted(broken):
            with suppress(OSError):  # what it would break is gone already
                BREAKING[part](home, world)
        found = [finding for group in examine(world) for finding in group.findings]
        assert [finding.name for finding in found] == list(words.doctor.NAMES)
        assert all(finding.said for finding in found)
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("part", BREAKING)
def test_whatever_is_broken_every_check_says_something(part: str) -> None:
    _examined({part})


@settings(max_examples=5)
@given(st.sets(st.sampled_from(sorted(BREAKING)), min_size=2, max_size=6))
def test_however_much_is_broken_every_check_says_something(broken: set[str]) -> None:
    _examined(broken)


@pytest.mark.slow
@settings(max_examples=300)
@given(st.sets(st.sampled_from(sorted(BREAKING)), min_size=1))
def test_any_part_of_all_that_can_break(broken: set[str]) -> None:
    _examined(broken)
