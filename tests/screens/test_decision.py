"""The decision: nothing is chosen beforehand, what was shown is what goes, and one confirmation is one decision."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Static

from console.model import Choice, Facts, Location, Role
from console.record import Outbox
from console.screens.call import CallScreen
from console.screens.decision import DecisionScreen
from console.texts import words
from console.texts.nl.terms import ARRANGING, CHOICE, CLOSING
from console.times import now
from console.widgets.preview import sent_words
from console.widgets.suggestion import bounds_words
from tests.screens.hand import Terminal, burst, in_call, on_disk, troubled, until
from tests.seat import Seat, open_seat


def dialog(seat: Seat) -> DecisionScreen:
    assert isinstance(seat.app.screen, DecisionScreen)
    return seat.app.screen


async def test_nothing_is_chosen_at_first_and_enter_alone_says_to_choose(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f5")
        assert dialog(seat).proposal is None
        await seat.see("Kies met een cijfer.", f"Voorstel {bounds_words(seat.call.case.said)}"[:60])
        assert ">" not in "".join(line for line in seat.text.splitlines() if "prio" in line and "Voorstel" not in line)
        await seat.press("enter")
        await seat.see("Kies eerst: 1 tot en met 9, of 0.")
        assert on_disk(seat).decisions == ()
        await seat.press("2", "escape")
        await seat.see("Urgentiecheck")
        assert on_disk(seat).decisions == ()
        await seat.press("f5")
        assert dialog(seat).proposal is None


async def test_the_letters_of_one_choice_stand_together_in_the_list_of_keys(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis"), size=(120, 40)) as seat:
        await seat.press("f5", "question_mark")
        await seat.see("c, m, r ", "k, s, e, z, y, w, v ", "daarnaast (dan een cijfer)")
        assert "c, m, r, k" not in seat.text


async def test_every_outcome_has_its_key_and_shows_what_it_does(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f5")
        for key, choice in words.terms.CHOICE_KEYS.items():
            await seat.press(key)
            proposal = dialog(seat).proposal
            assert proposal is not None
            assert proposal.choice is choice
            assert f">{key} {CHOICE[choice]}" in seat.text
            unit = choice.priority is not None
            assert ("enter verstuurt dit" in seat.text, "enter legt dit vast" in seat.text) == (unit, not unit)
            assert (ARRANGING[:30] in seat.text) is unit
            assert (CLOSING[choice][:30] in seat.text) is not unit
            assert ("+: ook iets daarnaast" in seat.text) is (choice not in {Choice.CONSULT, Choice.ORDINARY})
            assert (f"Naar GMS: prio {choice.priority}, dvpooe" in seat.text) is unit
        await seat.press("4", "enter")
        await until(lambda: on_disk(seat).decisions, "the decision")
        assert [each.choice for each in on_disk(seat).decisions] == [Choice.STATION]
        assert on_disk(seat).deliveries == ()


@pytest.mark.parametrize("told", [False, True])
@pytest.mark.parametrize("due", ["layout", "scroll", "all", "title"])
async def test_a_frame_that_comes_before_a_choice_is_laid_out_shows_all_of_it(
    tmp_path: Path, due: str, *, told: bool
) -> None:
    """A frame was due for something else; what shows the choice did not tell yet, or was not heard yet."""
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        terminal = Terminal(seat)
        await seat.press("f5", "4")
        screen = dialog(seat)
        for key, choice in (("3", Choice.PRIO3), ("7", Choice.ADVICE), ("1", Choice.PRIO1)):
            screen._choose(choice, ())
            screen._draw()
            if told:
                for widget in screen.query(Static):
                    widget._check_refresh()
            screen._layout_required, screen._scroll_required = due == "layout", due == "scroll"
            screen._repaint_required = due == "all"
            if due == "title":
                screen._dirty_widgets.add(screen.query_one(".titel", Static))
            screen._on_timer_update()
            unit = choice.priority is not None
            assert f">{key} {CHOICE[choice]}" in terminal.text
            assert ("enter verstuurt dit" in terminal.text, "enter legt dit vast" in terminal.text) == (unit, not unit)
            assert (ARRANGING[:30] in terminal.text, CLOSING[choice][:30] in terminal.text) == (unit, not unit)
            await seat.press("f1", "escape")


async def test_a_burst_records_the_answers_that_were_shown_and_answers_nothing_unseen(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("n", "f5")
        burst(seat, "1", "enter", "n", "backspace")
        await seat.see("backspace genegeerd: die was getypt voor het venster sloot")
        await seat.press("n")
        await until(lambda: on_disk(seat).answers.get("verdachte") == "nee", "the answer after the decision")
        (decision,) = on_disk(seat).decisions
        assert (decision.answers["gevaar"], decision.answers["verdachte"]) == ("nee", "open")
        call_id = seat.call.case.file.call_id
        await until(lambda: CallScreen.Decided(call_id, Choice.PRIO1) in seat.told, "that it was decided")


async def test_after_a_failure_the_same_confirmation_makes_one_decision(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        desk.lost["decide"] = 1
        await seat.press("f5", "1", "enter")
        await seat.see("De schijf is vol", "enter probeert hetzelfde besluit")
        shown = dialog(seat).proposal
        assert shown is not None
        assert len(on_disk(seat).decisions) == 1
        await seat.press("enter")
        await seat.see("Besluit vastgelegd.")
        file = on_disk(seat)
        assert [each.choice for each in file.decisions] == [Choice.PRIO1]
        assert [each.message_id for each in file.deliveries] == [shown.dispatch and shown.dispatch.message_id]
        assert isinstance(seat.app.screen, CallScreen)


async def test_what_was_refused_by_the_record_can_be_confirmed_again(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        desk.refused["decide"] = 2
        await seat.press("f5", "2", "enter", "enter")
        await seat.see("De schijf is vol", "enter probeert")
        assert on_disk(seat).decisions == ()
        await seat.press("enter")
        await seat.see("Besluit vastgelegd.")
        assert len(on_disk(seat).decisions) == len(on_disk(seat).deliveries) == 1


async def test_two_enters_are_one_decision(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        burst(seat, "f5", "3", "enter", "enter")
        await until(lambda: on_disk(seat).decisions, "the decision")
        await seat.see("Besluit")
        assert len(on_disk(seat).decisions) == 1


async def test_a_second_unit_is_warned_of_and_named_so(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f5", "2", "enter")
        await seat.see("klaargezet")
        await seat.press("f5")
        await seat.see("LET OP: er is al een eenheid gevraagd: prio 2, klaargezet")
        assert "NOG EEN" not in seat.text
        await seat.press("1")
        await seat.see("LET OP: er is al", "enter verstuurt NOG EEN eenheid: een tweede inzet")
        await seat.press("7")
        await seat.see("LET OP: er is al", "enter legt dit vast")
        await seat.press("1", "enter")
        await until(lambda: len(on_disk(seat).deliveries) == 2, "the second unit")


LONG = "Verlengde Willemstraat-Noordzijde 1234 bis, achterom bij de groene poort, ".ljust(199, "x")


@pytest.mark.parametrize("address", [LONG, "好" * 199], ids=["long", "wide"])
async def test_however_long_it_is_enter_stays_in_sight_and_all_of_it_can_be_read(tmp_path: Path, address: str) -> None:
    desk = open_seat(tmp_path / "huis")
    async with in_call(desk, Location(address)) as seat:
        facts = Facts(address, "0" * 40, Role.OTHER_ROOM, speaks_freely=False)
        seat.call._show(await desk.tell(seat.call.case, facts))
        await seat.press("f5", "1", "enter", "f5", "1")
        await seat.see("enter verstuurt NOG EEN eenheid", "LET OP")
        seen: list[str] = []
        for _ in range(30):
            assert "enter verstuurt NOG EEN eenheid" in seat.text
            assert ">1 Eenheid ter plaatse, prio 1" in seat.text
            seen += [line.strip(" |") for line in seat.text.splitlines()]
            await seat.press("down")
        read = "".join(dict.fromkeys(seen)).replace(" ", "")
        assert ARRANGING.replace(" ", "") in read
        assert "KANNIETVRIJPRATEN" in read
        assert read.count(address[-20:].replace(" ", "")) >= 1
        for _ in range(36):
            await seat.press("up")
        await seat.see("LET OP")
        await seat.press("enter")
        await until(lambda: len(on_disk(seat).deliveries) == 2, "the second unit")


async def test_what_goes_to_the_cad_is_shown_whole_with_its_coordinates(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f5", "1")
        await seat.see("Adres: Brink 4, Gieten (53.00300, 6.76200)", "1. OEFENING - PRIO 1", "2. Brink 4, Gieten - mw.")
        shown = dialog(seat).proposal
        assert shown is not None
        assert shown.dispatch is not None
        await seat.press("enter")
        await until(lambda: on_disk(seat).decisions, "the decision")
        (parcel,) = Outbox(seat.app.desk._writer).due(now(), 5)
        assert replace(parcel.dispatch, decided_at=shown.dispatch.decided_at) == shown.dispatch
        words = sent_words(parcel.dispatch, "GMS")
        assert words[1] == "Adres: Brink 4, Gieten (53.00300, 6.76200)"
        assert [line[:3] for line in words[2:]] == ["1. ", "2. ", "3. "]


async def test_a_call_that_was_lost_cannot_be_decided(tmp_path: Path) -> None:
    desk = open_seat(tmp_path / "huis")
    async with in_call(desk) as seat:
        await seat.press("f5", "1")
        await desk.take(seat.call.case.file.call_id)
        await seat.press("enter")
        await seat.see("is niet meer van u")
        assert isinstance(seat.app.screen, DecisionScreen)
        assert on_disk(seat).decisions == ()
