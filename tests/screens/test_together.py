"""Asking the shift lead and being answered, promising a call back and keeping it: by key, seen wherever you are."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from console.desk import Desk, open_desk
from console.model import CallBack, Choice
from console.screens.call import CallScreen
from console.screens.consult import AnswerScreen, ConsultScreen
from console.screens.decision import DecisionScreen
from console.settings import Settings
from console.times import now
from tests.screens.hand import burst, field, in_call, on_disk, paste, until
from tests.screens.test_every_field import ACTS, HOSTILE, LONG, reaches_the_terminal
from tests.seat import MARCH_2, FixedClock, open_seat, ring, seated


def colleague(home: Path, name: str = "o.vd.berg") -> Desk:
    """The shift lead at a desk of their own."""
    return open_desk(Settings(home=home, exercise=True), operator=name, terminal="test", os_user="root", clock=now)


async def test_a_question_keeps_the_call_and_its_answer_comes_on_screen(tmp_path: Path) -> None:
    lead = colleague(tmp_path / "huis")
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        call_id = seat.call.case.file.call_id
        await seat.press("f8", "enter")
        await seat.see(f"OVERLEG met OvD-OC over {call_id}", "Typ eerst uw vraag")
        await seat.type("mag er een eenheid heen?")
        await seat.press("enter")
        await seat.see("Vraag 1", "nog geen antwoord", "De melding blijft van u.")
        assert on_disk(seat).owner == "j.devries"
        await lead.take_up(call_id, 1)
        await seat.see("o.vd.berg kijkt ernaar")
        await lead.reply(call_id, 1, "ja, prio 2")
        await seat.see("ANTWOORD van o.vd.berg", "prio 2")
        assert "ANTWOORD op uw vraag" not in seat.text
    await lead.close()


async def test_an_answer_is_told_in_the_queue_until_the_call_is_opened(tmp_path: Path) -> None:
    lead = colleague(tmp_path / "huis")
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        call_id = seat.call.case.file.call_id
        await seat.press("f8", *"mag dit", "enter")
        await seat.see("Vraag 1")
        await seat.press("escape")
        await seat.until(lambda: any(row.consultation for row in seat.queue.list.rows), "the question in the queue")
        await lead.reply(call_id, 1, "nee")
        await seat.see(f"ANTWOORD op uw vraag bij {call_id}: open de melding.")
        await seat.press("down", "up")
        assert "ANTWOORD op uw vraag" in seat.text
        await seat.press("enter")
        await seat.see("ANTWOORD van o.vd.berg")
        assert "ANTWOORD op uw vraag" not in seat.text
    await lead.close()


async def test_the_shift_lead_answers_from_the_queue(tmp_path: Path) -> None:
    home = tmp_path / "huis"
    asker, call_id = colleague(home, "a.bakker"), ""
    lead = open_seat(home)
    ring(lead, words="een andere melding")
    call_id = ring(lead)
    case = await asker.consult(await asker.take(call_id), "mag er [/b] heen?")
    async with seated(lead) as seat:
        await seat.see("1 in behandeling", "> 0:")
        await seat.until(lambda: any(row.consultation for row in seat.queue.list.rows), "the question in the queue")
        await seat.press("v")
        await seat.see(f"VRAAG BEANTWOORDEN bij {call_id}", "a.bakker vraagt om", "mag er [/b] heen?")
        assert isinstance(seat.app.screen, AnswerScreen)
        (asked,) = (await asker.see(case)).file.consultations
        assert (asked.seen_by, asked.answer) == (lead.operator, None)
        await seat.press("enter")
        await seat.see("Typ eerst uw antwoord")
        await seat.type("ja")
        await seat.press("enter")
        await seat.see("Antwoord vastgelegd")
        (asked,) = (await asker.see(case)).file.consultations
        assert (asked.answer, asked.answered_by) == ("ja", lead.operator)
        await seat.until(lambda: all(row.consultation is None for row in seat.queue.list.rows), "the question gone")
        await seat.press("v")
        await seat.see("Er staat geen vraag aan de OvD-OC open.")
    await asker.close()


async def test_nine_records_that_it_was_asked_and_asks_the_question(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f5", "9", "enter")
        await seat.see("OVERLEG met OvD-OC")
        assert [each.choice for each in on_disk(seat).decisions] == [Choice.CONSULT]
        await seat.type("hoe nu")
        await seat.press("escape")
        await seat.see("Urgentiecheck")
        assert on_disk(seat).consultations == ()
        await seat.press("f8")
        assert field(seat, "regel").value == "hoe nu"
        await seat.press("enter")
        await until(lambda: [each.question for each in on_disk(seat).consultations] == ["hoe nu"], "the question")


async def test_while_a_question_is_typed_f5_decides_and_no_digit_becomes_a_question(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        burst(seat, "f5", "9", "enter", "f5", "1", "enter")
        await until(lambda: len(on_disk(seat).decisions) == 2, "both decisions")
        assert [each.choice for each in on_disk(seat).decisions] == [Choice.CONSULT, Choice.PRIO1]
        await seat.until(lambda: isinstance(seat.app.screen, CallScreen), "the call")
        assert on_disk(seat).consultations == ()
        burst(seat, "f8", "x", "f5")
        await seat.until(lambda: isinstance(seat.app.screen, DecisionScreen), "the decision")
        await seat.press("escape", "f8")
        assert isinstance(seat.app.screen, ConsultScreen)
        assert field(seat, "regel").value == "x"


async def test_a_promise_to_call_back_is_made_moved_due_everywhere_and_kept(tmp_path: Path) -> None:
    clock = FixedClock(MARCH_2)
    desk = open_seat(tmp_path / "huis", clock=clock)
    async with in_call(desk) as seat:
        call_id = seat.call.case.file.call_id
        await seat.press("ctrl+r", "enter")
        await seat.see(f"TERUGBELAFSPRAAK {call_id}", "06-12345678", "Typ een tijd")
        await seat.type("20")
        await seat.see("Zet de eenheid erbij")
        await seat.press("enter")
        assert on_disk(seat).details == ()
        await seat.press("m")
        await seat.see("vandaag 14:25, over 20 minuten. enter legt vast.")
        await seat.press("enter")
        await seat.see("TERUGBELLEN 14:25")
        await seat.press("ctrl+r")
        await seat.see("Er staat: terugbellen 14:25.")
        await seat.type("16:30")
        await seat.press("enter")
        await seat.see("TERUGBELLEN 16:30")
        assert [each.detail for each in on_disk(seat).details] == [
            CallBack(MARCH_2.replace(hour=15, minute=30, second=0), "06-12345678")
        ]
        assert "NU TERUGBELLEN" not in seat.text
        clock.moment += timedelta(hours=2, minutes=30)
        seat.tick()
        await seat.see(f"NU TERUGBELLEN: {call_id} (16:30)", "NU TERUGBELLEN (16:30)")
        assert seat.text.count("NU TERUGBELLEN") == 2
        assert "TERUGBELLEN 16:30" in seat.text.splitlines()[0]
        await seat.press("f2")
        await seat.see("NU TERUGBELLEN")
        await seat.press("escape", "escape")
        await seat.see("WACHTRIJ", f"NU TERUGBELLEN: {call_id} (16:30)")
        await seat.press("enter", "ctrl+r")
        await seat.see("enter zonder tijd: er is teruggebeld")
        await seat.press("enter")
        await seat.see("teruggebeld (afspraak 16:30)")
        await seat.until(lambda: "NU TERUGBELLEN" not in seat.text, "the alarm off")


@pytest.mark.parametrize(
    "way_in",
    [("f8",), ("f9",), ("f9", "8", "enter"), ("ctrl+r",), ("f5", "8", "w"), ("f5", "4", "m"), ("f5", "3", "c")],
    ids=" ".join,
)
async def test_every_field_takes_anything_and_says_when_it_is_full(tmp_path: Path, way_in: tuple[str, ...]) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press(*way_in)
        line = seat.app.screen.focused
        if not isinstance(line, Input):
            await seat.press("9", "enter")
            line = seat.app.screen.focused
        assert isinstance(line, Input)
        paste(seat, LONG)
        await seat.press("x")
        assert line.value == " ".join(LONG.split())[:10_000] + ("x" if len(" ".join(LONG.split())) < 10_000 else "")
        assert not ACTS.search(reaches_the_terminal(seat.app))
        await seat.press("enter", "escape", "escape", "escape")
        assert seat.app.is_running
        assert not ACTS.search(reaches_the_terminal(seat.app))


async def test_a_hostile_question_and_answer_are_shown_and_do_nothing(tmp_path: Path) -> None:
    lead = colleague(tmp_path / "huis")
    async with in_call(open_seat(tmp_path / "huis"), size=(120, 40)) as seat:
        await seat.press("f8")
        paste(seat, HOSTILE)
        await seat.press("enter")
        await seat.see("Vraag 1", "[@click=app.leave]")
        await lead.reply(seat.call.case.file.call_id, 1, HOSTILE)
        await seat.see("ANTWOORD van")
        assert not ACTS.search(reaches_the_terminal(seat.app))
    await lead.close()


async def test_two_enters_ask_once_and_promise_once(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        burst(seat, "f8", *"mag dit", "enter", "enter")
        await until(lambda: on_disk(seat).consultations, "the question")
        await seat.until(lambda: isinstance(seat.app.screen, CallScreen), "the call")
        burst(seat, "ctrl+r", *"20m", "enter", "enter")
        await until(lambda: on_disk(seat).details, "the promise")
        await seat.until(lambda: isinstance(seat.app.screen, CallScreen), "the call")
        assert (len(on_disk(seat).consultations), len(on_disk(seat).details)) == (1, 1)


async def test_an_answer_that_was_not_given_yet_is_there_again(tmp_path: Path) -> None:
    asker = colleague(tmp_path / "huis", "a.bakker")
    desk = open_seat(tmp_path / "huis")
    first = await asker.take(ring(desk))
    await asker.consult(first, "mag dit?")
    async with seated(desk) as seat:
        await seat.until(lambda: any(row.consultation for row in seat.queue.list.rows), "the question in the queue")
        await seat.press("v", *"eerst [/b]", "escape", "v")
        await seat.until(lambda: field(seat, "regel").value == "eerst [/b]", "what was typed")
        async with seated(open_seat(tmp_path / "huis")) as after_a_kill:
            await after_a_kill.until(
                lambda: any(row.consultation for row in after_a_kill.queue.list.rows), "the question again"
            )
            await after_a_kill.press("v")
            assert field(after_a_kill, "regel").value == "eerst [/b]"
            await after_a_kill.press(*" ja", "escape")
        await seat.press("enter")
        await seat.until(lambda: not any(row.consultation for row in seat.queue.list.rows), "the answer")
    await asker.close()
