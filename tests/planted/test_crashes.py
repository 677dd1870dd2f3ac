"""Each program falls over in its inside with a caller in hand: one line, a number, and nothing of the caller."""

from __future__ import annotations

import json
import re
import signal
from typing import TYPE_CHECKING

import pytest

from console.model import Channel, IncomingCall, Location
from console.record import Calls, Home, Writer
from console.times import now
from tests.cad.conftest import Room as Desk
from tests.cad.conftest import wait_for
from tests.planted.room import Room, Screen
from tests.planted.values import ACCOUNT, ADDRESS, NAME, PHONE, WORDS, found_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LINE = re.compile(rb"[^\n]*(is gestopt door|had) een fout[^\n]*\(storing (\d{8}-\d{6}-[0-9a-f]{4})\)\.[^\n]*\n?")


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Room]:
    """A room in which nothing happened yet; its programs end with the test."""
    made = Room(tmp_path)
    yield made
    made.end()


@pytest.fixture
def room(bare: Room) -> Room:
    """A room in which the caller rings."""
    with Writer.open(Home.prepare(bare.home)) as writer:
        Calls(writer).ring(
            IncomingCall("t1", Channel.EMERGENCY, PHONE, NAME, Location(ADDRESS), f"{WORDS} {ACCOUNT}", now())
        )
    return bare


def nothing_leaked(room: Room) -> None:
    assert room.leaks([*room.home.glob("dossier.db*"), room.home / "noodpakket" / "noodpakket.txt"]) == set()
    assert room.open_to_others() == set()


def told_once(said: bytes, room: Room) -> None:
    """One line in all that was said, with the number of the one report; no other word of Python's."""
    assert not found_in(said)
    assert b"Traceback" not in said
    assert len(re.findall(rb"\(storing ", said)) == 1, said
    found = LINE.search(said)
    assert found, said
    (report,) = room.reports
    assert found[2].decode() in report.name
    assert report.read_text().count("builtins.") >= 1


def in_call(screen: Screen) -> None:
    screen.see("1 wachtend")
    screen.press("enter")
    screen.see("In gevaar")


def note(room: Room, screen: Screen) -> None:
    in_call(screen)
    room.break_now()
    screen.press("f4", *NAME)
    screen.see("wat u typt, staat misschien niet vast")


def note_and_leave(room: Room, screen: Screen) -> None:
    note(room, screen)
    room.mend()
    screen.press(".")
    room.until(lambda file: file.note == f"{NAME}.", "what was typed, kept with the next letter")
    screen.press_until("escape", "WACHTRIJ")
    screen.press("ctrl+q")


def facts(room: Room, screen: Screen) -> None:
    in_call(screen)
    screen.press("f2")
    screen.see("GEGEVENS")
    screen.press("shift+tab", "shift+tab")
    room.break_now()
    screen.press(*NAME)
    wait_for(lambda: room.reports, what="the report of the task that writes")
    room.mend()
    screen.press("escape")
    screen.see("wat u typt, staat misschien niet vast")
    screen.press_until("escape", "WACHTRIJ")
    screen.press("ctrl+q")


def decide(room: Room, screen: Screen) -> None:
    in_call(screen)
    room.break_now()
    screen.press("f5")
    screen.see("BESLUIT")
    screen.press("1", "enter")


def search(room: Room, screen: Screen) -> None:
    screen.see("1 wachtend")
    room.break_now()
    screen.press("l")
    screen.see("LOGBOEK")
    screen.press(*NAME, "enter")


def take(room: Room, screen: Screen) -> None:
    screen.see("1 wachtend")
    room.break_now()
    screen.press("enter")


def leave(room: Room, screen: Screen) -> None:
    in_call(screen)
    screen.press("f4", *NAME)
    room.until(lambda file: file.note == NAME, "the note")
    screen.press_until("escape", "WACHTRIJ")
    room.break_now()
    screen.press("ctrl+q")


def go_on_and_leave(room: Room, screen: Screen) -> None:
    in_call(screen)
    room.break_now()
    wait_for(lambda: room.reports, what="the report of the thread", seconds=60)
    screen.press_until("escape", "WACHTRIJ")
    screen.press("ctrl+q")


@pytest.mark.parametrize(
    ("fault", "act"),
    [
        ("console.desk.noting:Noting.note", note_and_leave),
        ("console.record.calls:Calls.note=sqlite", note_and_leave),
        ("console.record.calls:Calls.note=system", note_and_leave),
        ("console.desk.operator:Desk.tell", facts),
        ("console.domain.dispatching:prepare", decide),
        ("console.desk.looking:Looking.find", search),
        ("console.record.reader:Reader.file", take),
        ("console.desk.seat:Seat.close", leave),
        ("console.heartbeat:Heartbeat.beat", go_on_and_leave),
    ],
)
def test_the_console(fault: str, act: Callable[[Room, Screen], None], room: Room) -> None:
    screen = room.screen("console", fault=fault)
    act(room, screen)
    assert screen.end() == 70
    told_once(screen.scrollback, room)
    assert len(screen.scrollback.strip().splitlines()) == 1
    nothing_leaked(room)


def test_a_console_that_the_system_breaks_off(room: Room) -> None:
    screen = room.screen("console", fault="console.desk.noting:Noting.note=hard")
    in_call(screen)
    room.break_now()
    screen.press("f4", *NAME)
    assert screen.end() == -signal.SIGSEGV
    assert b"Fatal" not in screen.written
    assert room.reports == []
    nothing_leaked(room)


def test_ctrl_c_and_a_kill(room: Room) -> None:
    screen = room.screen("console")
    in_call(screen)
    screen.press("f4", *NAME, "ctrl+c")
    room.until(lambda file: file.note == NAME, "the note")
    screen.terminal.kill(signal.SIGKILL)
    screen.end()
    assert room.reports == []
    nothing_leaked(room)


@pytest.mark.parametrize(
    "fault",
    [
        "console.overview.page:page",
        "console.overview.overlook:Overlook.look=sqlite",
        "console.overview.figures:Figures.__init__",
    ],
)
@pytest.mark.parametrize("once", [True, False])
def test_the_board(fault: str, once: bool, room: Room) -> None:
    if once:
        room.break_now()
        done = room.run("monitor", "--eenmaal", fault=fault)
        assert done.returncode == 70
        told_once(done.stderr, room)
    else:
        screen = room.screen("monitor", fault=fault)
        screen.see("26-0001")
        room.break_now()
        assert screen.end() == 70
        told_once(screen.scrollback, room)
    assert room.reports[0].parent.parent == room.root / "own", "it writes nothing in the data folder"
    nothing_leaked(room)


@pytest.mark.parametrize(
    ("fault", "arguments"),
    [
        ("console.dossier.page:page", ["dossier", "toon", "26-0001", "--reden", "klacht"]),
        ("console.record.reader:Reader.file=sqlite", ["dossier", "toon", "26-0001", "--reden", "klacht"]),
        ("console.dossier.page:page", ["dossier", "exporteer", "26-0001", "--naar", "work", "--reden", "klacht"]),
        ("console.record.copying:_draft", ["dossier", "reservekopie", "work/kopie.db"]),
        ("console.record.verifying:verify", ["dossier", "verifieer"]),
        ("console.report:tables", ["rapport", "week"]),
        ("console.triage:state_of", ["triage", "--answers", "work/answers.jsonl"]),
        ("console.credentials:usable", ["intake", "--port", "0"]),
        ("console.credentials:usable", ["cad-simulator", "--port", "0", "--sleutel"]),
        ("console.credentials:usable", ["geheim", "test", "cad_token"]),
        ("console.cad.packing:_gather", ["deliver", "--print"]),
        ("console.settings:load", ["deliver"]),
        ("console.policy_shelf:active", ["beleid", "toon"]),
    ],
)
def test_a_program_that_does_one_thing(fault: str, arguments: list[str], room: Room) -> None:
    room.break_now()
    (room.root / "work" / "work").mkdir(mode=0o700)
    answers = room.root / "work" / "work" / "answers.jsonl"
    answers.write_text(json.dumps({"gevaar": "nee"}) + "\n")
    answers.chmod(0o600)
    room.settings["MELDKAMER_CAD_URL"] = "http://127.0.0.1:9"
    done = room.run(*arguments, fault=fault)
    assert done.returncode == 70, done.stderr
    told_once(done.stderr, room)
    assert not found_in(done.stdout)
    nothing_leaked(room)


@pytest.mark.parametrize(
    "fault",
    [
        "console.record.calls:Calls.ring",
        "console.record.calls:Calls.ring=sqlite",
        "console.intake.message:read_call",
        "console.record.anchoring:Anchors._look",
        "console.record.writer:Writer.close",
    ],
)
def test_the_intake(fault: str, room: Room) -> None:
    intake, url = room.listening("intake", "intake", fault=fault)
    room.break_now()
    status = room.ring(url).status_code
    if "Calls.ring" in fault or "read_call" in fault:
        assert status == 500
    elif "Anchors" in fault:
        wait_for(lambda: room.reports, what="the report of the thread")
    intake.send_signal(signal.SIGTERM)
    assert intake.wait(20) == 70
    told_once(room.said("intake").encode(), room)
    nothing_leaked(room)


@pytest.mark.parametrize(
    "fault",
    [
        "console.cad.eido:build",
        "console.cad.packing:_gather",
        "console.cad.courier:Courier._round=sqlite",
        "console.cad.follower:Follower.start",
        "console.record.writer:Writer.close",
    ],
)
def test_the_delivery(fault: str, bare: Room) -> None:
    room, desk = bare, Desk(bare.home)
    desk.decide(
        location=Location(ADDRESS), callback=PHONE, caller_name=NAME, briefing=("PRIO 1", f"{ADDRESS} {NAME}", WORDS)
    )
    _, cad = room.listening("cad", "cad-simulator", "--sleutel")
    room.settings["MELDKAMER_CAD_URL"] = cad
    room.break_now()
    delivery = room.start("deliver", "deliver", fault=fault)
    if "Writer" in fault:
        wait_for(lambda: "verbinding" in room.said("deliver"), what="word of the CAD")
        delivery.send_signal(signal.SIGTERM)
    elif "Courier" not in fault and "Follower" not in fault:
        wait_for(lambda: "storing" in room.said("deliver"), what="the line in the log")
        assert delivery.poll() is None, "one dispatch or a pack may not stop the others"
        delivery.send_signal(signal.SIGTERM)
    assert delivery.wait(30) == 70
    told_once(room.said("deliver").encode(), room)
    desk.writer.close()
    room.end()
    nothing_leaked(room)


def test_the_simulator(bare: Room) -> None:
    room, desk = bare, Desk(bare.home)
    desk.decide(caller_name=NAME, callback=PHONE)
    simulator, cad = room.listening("cad", "cad-simulator", fault="console.cad.mock_cad:MockCad._store")
    room.settings["MELDKAMER_CAD_URL"] = cad
    room.break_now()
    room.start("deliver", "deliver")
    wait_for(lambda: room.reports, what="the report of the simulator")
    simulator.send_signal(signal.SIGTERM)
    assert simulator.wait(20) == 70
    told_once(room.said("cad").encode(), room)
    desk.writer.close()
    room.end()
    nothing_leaked(room)


def test_a_simulator_that_answers_half_on_purpose_has_no_fault(bare: Room) -> None:
    room, desk = bare, Desk(bare.home)
    desk.decide()
    simulator, cad = room.listening("cad", "cad-simulator", "--modus", "half_antwoord")
    room.settings["MELDKAMER_CAD_URL"] = cad
    room.start("deliver", "deliver")
    wait_for(lambda: desk.outbox.pending(answers=False) == 0, what="the dispatch to get there in the end", seconds=40)
    simulator.send_signal(signal.SIGTERM)
    assert simulator.wait(20) == 0
    assert room.reports == []
    desk.writer.close()
    room.end()
