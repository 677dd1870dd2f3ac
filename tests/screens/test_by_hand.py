"""Passed on by telephone: recorded with enter, for every dispatch that nobody confirmed, and only for those."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console.model import Delivery
from console.record import Outbox
from console.screens.by_hand import ByHandScreen
from console.times import now
from tests.screens.hand import in_call, on_disk, troubled, until
from tests.seat import Seat, open_seat

if TYPE_CHECKING:
    from collections.abc import Callable

NOTHING = "Er is geen inzet die nog moet worden doorgegeven."


def refused(outbox: Outbox, message_id: str) -> None:
    outbox.refused(message_id, "geen plaats")


def unclear(outbox: Outbox, message_id: str) -> None:
    outbox.sending(message_id)
    outbox.unclear(message_id, "geen antwoord")


def delivered(outbox: Outbox, message_id: str) -> None:
    outbox.sending(message_id)
    outbox.delivered(message_id, "CAD-7")


def waiting(_outbox: Outbox, _message_id: str) -> None:
    """It was never sent."""


def outbox(seat: Seat) -> Outbox:
    return Outbox(seat.app.desk._writer)


async def dispatched(seat: Seat, key: str = "1") -> str:
    """Send a unit; its message id."""
    before = len(on_disk(seat).deliveries)
    await seat.press("f5", key, "enter")
    await until(lambda: len(seat.call.case.file.deliveries) == before + 1, "the dispatch")
    return on_disk(seat).deliveries[-1].message_id


async def test_a_dispatch_that_was_decided_a_moment_ago_can_be_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        monkeypatch.setattr(seat.call, "_look_again", lambda: None)  # reading is slow
        await seat.press("f5", "1", "enter")
        await seat.see("Besluit vastgelegd.")
        await seat.press("f10")
        await seat.see("DOORGEGEVEN")
        assert isinstance(seat.app.screen, ByHandScreen)


async def test_with_nothing_to_pass_on_that_is_said(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f10")
        await seat.see(NOTHING)
        await seat.press("f5", "5", "enter")
        await seat.see("Besluit vastgelegd.")
        await seat.press("f10")
        await seat.see(NOTHING)


@pytest.mark.parametrize("happened", [waiting, refused, unclear, delivered])
async def test_what_nobody_confirmed_can_be_passed_on(tmp_path: Path, happened: Callable[[Outbox, str], None]) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        message_id = await dispatched(seat)
        happened(outbox(seat), message_id)
        await seat.press("f10")
        await seat.see("DOORGEGEVEN: inzet prio 1", "gaat hij niet meer naar GMS")
        asked = " ".join(seat.text.replace("|", " ").split())
        assert f"met controlewoord “{on_disk(seat).deliveries[0].control_word}” per telefoon" in asked
        sent = on_disk(seat).deliveries[0].briefing
        assert len(sent) == 3
        assert all(f"- {' '.join(line.split())}" in asked for line in sent)
        assert not on_disk(seat).deliveries[0].state.settled
        await seat.press("enter")
        await seat.see("Vastgelegd: met de hand doorgegeven.", "De politie komt nu")
        assert on_disk(seat).deliveries[0].state is Delivery.BY_HAND
        assert outbox(seat).due(now(), 5) == []
        await seat.press("f10")
        await seat.see(NOTHING)
        await seat.press("f4")
        await seat.type("hond los")
        await seat.press("enter")
        await seat.see("NOG NIET BIJ DE EENHEID", "Notitie: hond los", "Bel het door aan de uitgifte;", "F10 legt dat")
        await seat.press("f10")
        await seat.see("DOORGEGEVEN: aanvulling op de inzet prio 1", "- Notitie: hond los", "Hebt u dit nieuws")
        await seat.press("escape")
        await seat.see("NOG NIET BIJ DE EENHEID")
        await seat.press("f10", "enter")
        await seat.see("Vastgelegd: met de hand doorgegeven.")
        await seat.until(lambda: "NOG NIET BIJ DE EENHEID" not in seat.text, "the crew knows")
        assert [each.state for each in on_disk(seat).deliveries] == [Delivery.BY_HAND] * 2
        assert outbox(seat).due(now(), 5) == []
        await seat.press("f10")
        await seat.see(NOTHING)


async def test_escape_and_other_keys_record_nothing(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await dispatched(seat)
        await seat.press("f10", "j", "1", "space", "escape")
        await seat.see("Urgentiecheck")
        assert on_disk(seat).deliveries[0].state is Delivery.READY
        assert len(outbox(seat).due(now(), 5)) == 1


async def test_a_confirmed_dispatch_is_not_offered_but_an_older_refused_one_is(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        first = await dispatched(seat, "3")
        refused(outbox(seat), first)
        second = await dispatched(seat, "1")
        outbox(seat).sending(second)
        outbox(seat).accepted(second, "CAD-8")
        await until(lambda: seat.call.case.file.deliveries[1].state is Delivery.ACCEPTED, "the answer of the CAD")
        await seat.press("f10")
        await seat.see("DOORGEGEVEN: inzet prio 3")
        await seat.press("enter")
        await seat.see("Vastgelegd: met de hand")
        assert [each.state for each in on_disk(seat).deliveries] == [Delivery.BY_HAND, Delivery.ACCEPTED]
        await seat.press("f10")
        await seat.see(NOTHING)


async def test_what_was_confirmed_meanwhile_and_what_failed_is_said_and_stays_open(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        message_id = await dispatched(seat)
        await seat.press("f10")
        desk.refused["by_hand"] = 1
        await seat.press("enter")
        await seat.see("De schijf is vol")
        assert isinstance(seat.app.screen, ByHandScreen)
        outbox(seat).sending(message_id)
        outbox(seat).accepted(message_id, "CAD-7")
        await seat.press("enter")
        await seat.see("al bevestigd")
        assert on_disk(seat).deliveries[0].state is Delivery.ACCEPTED
