"""Dispatches as pages in a folder: whole, once, legible, and never said to be confirmed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from console.cad.eido import clean
from console.cad.folder import FolderCad
from console.cad.page import LINES, WIDTH, page
from console.cad.peer import Delivered, NotDelivered, Refused, Stage, Standing, Unknown
from console.exit_codes import ENDED
from console.model import Delivery
from tests.cad.conftest import wait_for
from tests.cad.dispatches import NASTY, additions, dispatch, dispatches, news

if TYPE_CHECKING:
    from pathlib import Path

    from console.model import Dispatch
    from tests.cad.conftest import Programs, Room


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    made = tmp_path / "meldingen"
    made.mkdir()
    return made


def pages(spool: Path) -> list[str]:
    return [each.read_text("utf-8") for each in sorted(spool.glob("*.txt"))]


def machine_files(spool: Path) -> list[Path]:
    return sorted((spool / "json").glob("*.json"))


def half_written(spool: Path) -> list[Path]:
    return list(spool.rglob(".*"))


def where(spool: Path) -> set[Path]:
    return {each.parent for each in spool.parent.rglob("*") if each.suffix in {".txt", ".json"}}


async def test_a_dispatch_becomes_one_page_and_one_file_for_machines(spool: Path) -> None:
    made = dispatch(control_word="rode tulp")
    sent = await FolderCad(spool, name="GMS").send(made)
    assert isinstance(sent, Delivered)
    assert (spool / sent.reference).read_text("utf-8") == page(made)
    (page_text,) = pages(spool)
    lines = page_text.splitlines()
    assert lines[2:7] == ["INZET PRIO 1", "", *made.briefing]
    for said in ("Brink 4, 9461 AS Gieten", "mevr. De Vries", "06-12345678", "vodgdc", "rode tulp", made.message_id):
        assert said in page_text
    (machine,) = machine_files(spool)
    assert json.loads(machine.read_bytes())["briefing"] == list(made.briefing)
    assert not half_written(spool)


async def test_it_says_that_nobody_confirms_it(spool: Path) -> None:
    cad = FolderCad(spool, name="GMS")
    made = dispatch()
    sent = await cad.send(made)
    assert isinstance(sent, Delivered)
    assert "Niemand bevestigt dit vanzelf" in sent.remark
    assert "F10" in sent.remark
    assert await cad.standing(made.message_id, sent.reference) == Standing(Stage.RECEIVED)
    assert not cad.abilities.confirms


async def test_sent_again_it_is_not_written_again_even_when_the_page_was_taken_away(spool: Path) -> None:
    cad = FolderCad(spool, name="GMS")
    made = dispatch()
    first = await cad.send(made)
    assert isinstance(first, Delivered)
    (spool / first.reference).unlink()
    assert await cad.send(made) == first
    assert pages(spool) == []
    assert await cad.look_up(made) == first
    assert await cad.look_up(dispatch()) == Unknown()


async def test_what_adds_to_it_is_a_further_page_that_lies_behind_it(spool: Path) -> None:
    cad = FolderCad(spool, name="GMS")
    made = dispatch()
    await cad.send(made)
    await cad.send(news(made))
    first, second = pages(spool)
    assert "INZET PRIO 1" in first
    assert "AANVULLING, GEEN NIEUWE INZET" in second
    assert "INZET PRIO" not in second.replace("NIEUWE INZET", "")
    assert f"Hoort bij: {made.message_id}" in second


async def test_a_page_that_was_half_written_is_never_read(spool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full in the middle: nothing of it stands there, it is said, and later it goes whole."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    cad = FolderCad(spool, name="GMS")
    made = dispatch()
    with monkeypatch.context() as broken:
        broken.setattr("console.cad.folder.os.fsync", full)
        sent = await cad.send(made)
    assert isinstance(sent, NotDelivered)
    assert sent.error.startswith("de melding kan niet in de map van cad_map worden geschreven: ")
    assert pages(spool) == []
    assert machine_files(spool) == []
    assert not half_written(spool)
    assert isinstance(await cad.send(made), Delivered)
    assert len(pages(spool)) == 1


async def test_a_folder_that_is_not_there_or_closed_is_said_before_anything_is_sent(
    spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = FolderCad(spool / "weg", name="GMS")
    assert "die map is er niet" in await missing.trouble()
    assert isinstance(await missing.send(dispatch()), NotDelivered)
    cad = FolderCad(spool, name="GMS")
    assert await cad.trouble() == ""
    monkeypatch.setattr("console.cad.folder.os.access", lambda *_: False)
    assert "mag niet worden geschreven" in await cad.trouble()


async def test_practice_is_never_put_among_the_real_ones(spool: Path) -> None:
    sent = await FolderCad(spool, name="GMS").send(dispatch(exercise=True))
    assert isinstance(sent, Refused)
    assert "oefenmelding" in sent.reason
    assert pages(spool) == []


@settings(max_examples=60, deadline=None)
@given(made=dispatches() | additions)
def test_any_dispatch_is_legible_on_any_printer(made: Dispatch) -> None:
    for sheet in page(made).split("\f"):
        lines = sheet.removesuffix("\n").split("\n")
        assert len(lines) <= LINES
        assert all(len(line) <= WIDTH and clean(line) == line.strip() for line in lines[1:])


@pytest.mark.parametrize("text", NASTY)
async def test_nasty_text_is_written_whole_and_escapes_nowhere(spool: Path, text: str) -> None:
    made = dispatch(incident_id=f"../../{text}"[:200], briefing=(text, text, text), details=(text,))
    assert isinstance(await FolderCad(spool, name="GMS").send(made), Delivered)
    (machine,) = machine_files(spool)
    assert json.loads(machine.read_bytes())["details"] == [text]
    assert len(pages(spool)) == 1
    assert "\x1b" not in pages(spool)[0]
    assert where(spool) == {spool, spool / "json"}


def test_the_whole_way_with_a_folder_for_a_cad(room: Room, programs: Programs, spool: Path) -> None:
    programs.deliver(None, MELDKAMER_CAD_SOORT="bestand", MELDKAMER_CAD_MAP=str(spool))
    made = room.decide()
    wait_for(lambda: room.state(made).state is Delivery.DELIVERED, what="the page")
    assert "bel de uitgifte" in room.state(made).reason
    wait_for(lambda: room.link_error() == "", what="the link to be well")
    more = room.add(made)
    wait_for(lambda: room.state(more).state is Delivery.DELIVERED, what="the further page")
    assert len(pages(spool)) == 2


def test_a_delivery_of_a_console_ends_although_nobody_confirms(room: Room, programs: Programs, spool: Path) -> None:
    made = room.decide()
    delivery = programs.deliver(None, "--tot-leeg", MELDKAMER_CAD_SOORT="bestand", MELDKAMER_CAD_MAP=str(spool))
    assert delivery.popen.wait(20) == ENDED
    assert room.state(made).state is Delivery.DELIVERED


def test_without_a_folder_the_screens_say_what_is_missing(room: Room, programs: Programs) -> None:
    programs.deliver(None, MELDKAMER_CAD_SOORT="bestand")
    room.decide()
    text = "geen map voor de meldingen ingesteld: zet cad_map"
    wait_for(lambda: room.link_error() == text, what="the link to say what is missing")
