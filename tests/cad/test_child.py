"""The delivery that a console brings along: it starts once, outlives the console, and ends when nothing is left."""

from __future__ import annotations

import os
import stat
import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from console.cad import child, own_log
from console.cad.folder import FolderCad
from console.cad.service import Work
from console.model import Delivery
from console.settings import FILE_NAME, HOME_VARIABLE, Settings, load
from tests.cad.conftest import Programs, Room, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def settings_of(room: Room, cad_url: str | None = None) -> Settings:
    """Set this room's CAD in its settings file, and read that as a console does."""
    if cad_url is not None:
        (room.home.path / FILE_NAME).write_text(f'cad_url = "{cad_url}"\n', encoding="utf-8")
    return load({HOME_VARIABLE: str(room.home.path)})


def delivers(room: Room) -> bool:
    return room.home.locked(child.DELIVERY)


@pytest.fixture
def console(room: Room) -> Iterator[ExitStack]:
    """A console that lives until this is closed; afterwards its delivery has ended too."""
    with ExitStack() as stack:
        assert stack.enter_context(child.present(room.home))
        yield stack
    try:
        wait_for(lambda: not delivers(room), what="the delivery to end")
    finally:
        log = room.home.path / own_log.NAME
        print(log.read_text() if log.exists() else "no log", room.link())


def test_it_outlives_the_console_until_the_outbox_is_empty(room: Room, programs: Programs, console: ExitStack) -> None:
    cad = programs.simulator("--modus", "uit")
    settings = settings_of(room, cad.url)
    child.ensure_delivery(settings)
    made = room.decide()
    wait_for(lambda: room.state(made).attempts >= 1, what="a first attempt")
    console.close()
    wait_for(lambda: room.state(made).attempts >= 3, what="the delivery to go on alone")
    assert delivers(room)
    cad.set_mode("accepteert")
    wait_for(lambda: room.state(made).state is Delivery.ACCEPTED, what="the CAD to confirm")
    wait_for(lambda: not delivers(room), what="the delivery to end")
    assert room.outbox.pending() == 0


def test_it_stays_while_a_console_lives(room: Room, programs: Programs, console: ExitStack) -> None:
    cad = programs.simulator()
    child.ensure_delivery(settings_of(room, cad.url))
    first, second = room.decide(), None
    wait_for(lambda: room.state(first).state is Delivery.ACCEPTED, what="the first dispatch")
    with child.nobody_left(room.home) as alone:
        assert not alone
    second = room.decide()
    wait_for(lambda: room.state(second).state is Delivery.ACCEPTED, what="the second dispatch")
    console.close()


def test_consoles_that_start_together_start_one(room: Room, programs: Programs, console: ExitStack) -> None:
    cad = programs.simulator()
    settings = settings_of(room, cad.url)
    starters = [threading.Thread(target=child.ensure_delivery, args=(settings,)) for _ in range(3)]
    for each in starters:
        each.start()
    for each in starters:
        each.join()
    made = [room.decide() for _ in range(5)]
    wait_for(lambda: {room.state(one).state for one in made} == {Delivery.ACCEPTED}, what="all to be confirmed")
    assert cad.asked() == {each.message_id: 1 for each in made}
    console.close()


def test_without_a_cad_it_waits_no_longer_than_its_consoles(room: Room, console: ExitStack) -> None:
    settings = settings_of(room)
    child.ensure_delivery(settings)
    made = room.decide()
    wait_for(lambda: room.link_error() == "geen CAD ingesteld: zet cad_url", what="the link to say what is missing")
    console.close()
    wait_for(lambda: not delivers(room), what="the delivery to end")
    assert room.state(made).state is Delivery.READY


def test_a_change_of_the_settings_file_reaches_it(room: Room, programs: Programs, console: ExitStack) -> None:
    wrong, right = programs.simulator("--modus", "uit"), programs.simulator()
    child.ensure_delivery(settings_of(room, wrong.url))
    lost = room.decide()
    wait_for(lambda: room.state(lost).attempts >= 1, what="a first attempt")
    settings_of(room, right.url)
    wait_for(lambda: room.state(lost).state is Delivery.UNCLEAR, what="a person to be asked what the wrong CAD had")
    made = room.decide()
    wait_for(lambda: room.state(made).state is Delivery.ACCEPTED, what="the right CAD to confirm")
    console.close()


def test_what_the_console_was_told_by_its_environment_reaches_it_too(
    room: Room, programs: Programs, console: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    cad = programs.simulator()
    monkeypatch.setenv("MELDKAMER_CAD_URL", cad.url)
    child.ensure_delivery(settings_of(room, "http://127.0.0.1:9"))
    made = room.decide()
    wait_for(lambda: room.state(made).state is Delivery.ACCEPTED, what="the CAD to confirm")
    console.close()


def test_a_later_console_delivers_what_an_earlier_one_left(room: Room, programs: Programs, console: ExitStack) -> None:
    made = room.decide()
    cad = programs.simulator()
    child.ensure_delivery(settings_of(room, cad.url))
    wait_for(lambda: room.state(made).state is Delivery.ACCEPTED, what="the CAD to confirm")
    console.close()


def test_its_log_is_private_and_does_not_grow_for_ever(room: Room, console: ExitStack) -> None:
    log = room.home.path / own_log.NAME
    log.touch(mode=0o600)
    log.write_bytes(b"x" * (own_log.LARGEST + 1))
    child.ensure_delivery(settings_of(room))
    wait_for(lambda: delivers(room), what="the delivery to start")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert log.stat().st_size < 1000
    assert (room.home.path / own_log.FORMER).stat().st_size == own_log.LARGEST + 1
    console.close()


def test_its_log_is_laid_aside_while_it_runs_for_weeks(room: Room, programs: Programs, console: ExitStack) -> None:
    log, former = room.home.path / own_log.NAME, room.home.path / own_log.FORMER
    cad = programs.simulator()
    child.ensure_delivery(settings_of(room, cad.url))
    wait_for(lambda: room.link().reachable, what="the delivery to find the CAD")
    with log.open("ab") as file:
        file.write(b"x" * own_log.LARGEST)
    cad.kill()
    wait_for(former.exists, what="the full log to be laid aside")
    wait_for(lambda: "niet bereikbaar" in log.read_text("utf-8"), what="the next line in a log that is begun again")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert former.stat().st_size > own_log.LARGEST
    console.close()


def test_two_programs_that_find_a_full_log_lay_it_aside_once(room: Room) -> None:
    log, former = room.home.path / own_log.NAME, room.home.path / own_log.FORMER
    first = own_log.opened(room.home)
    keep = own_log.kept_small(room.home, first)
    assert keep is not None
    os.write(first, b"oud" * own_log.LARGEST)
    second = own_log.opened(room.home)
    os.write(second, b"nieuw")
    keep()
    os.write(first, b" en verder")
    assert log.read_bytes() == b"nieuw en verder"
    assert former.read_bytes().startswith(b"oud")
    os.close(first)
    os.close(second)


def test_a_log_of_somebody_else_is_left_as_it_is(room: Room, tmp_path: Path) -> None:
    elsewhere = os.open(tmp_path / "eigen.log", os.O_WRONLY | os.O_CREAT, 0o600)
    assert own_log.kept_small(room.home, elsewhere) is None
    os.close(elsewhere)


async def test_a_delivery_that_ends_keeps_new_consoles_waiting_until_it_is_gone(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "_PATIENCE", 0.05)
    with ExitStack() as last_door:
        ending = Work(room.home, room.writer, room.outbox, last_door, until_empty=True)
        assert await ending.nobody_and_nothing_left(FolderCad(room.home.path, name="GMS"))
        with child.present(room.home) as arrived:
            assert not arrived
    with child.present(room.home) as arrived:
        assert arrived
        still = Work(room.home, room.writer, room.outbox, last_door, until_empty=True)
        assert not await still.nobody_and_nothing_left(FolderCad(room.home.path, name="GMS"))
