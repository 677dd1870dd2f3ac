"""A call on screen: what is typed is on disk before anything follows from it, and nothing overtakes anything."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from console.desk import Case
from console.model import Choice, Facts, Link, Location
from console.record import Calls, Outbox
from console.screens import keeper
from console.screens.call import CallScreen
from console.screens.decision import DecisionScreen
from console.screens.queue import QueueScreen
from console.times import now
from tests.screens.hand import BROKEN, TO_ADDRESS, burst, in_call, on_disk, paste, troubled, until
from tests.seat import Seat, open_seat, ring, seated

HOSTILE = ["[/b] [@click=app.leave]x[/]", "\x1b]52;c;YQ==\x07 \x9b31m \x00\x7f", "\u202eom\u2066", "👨‍👩‍👧 é 好" * 20]


@pytest.fixture(autouse=True)
def soon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed is tried again at once."""
    monkeypatch.setattr(keeper, "RETRY_SECONDS", 0.2)


def sent_details(seat: Seat) -> tuple[str, ...]:
    (parcel,) = Outbox(seat.app.desk._writer).due(now(), 5)
    return parcel.dispatch.details


async def test_f5_waits_for_the_note_so_that_the_dispatch_holds_all_of_it(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        burst(seat, "f4", *"mes", "f5", "1", "enter")
        await until(lambda: on_disk(seat).decisions, "the decision on disk")
        assert on_disk(seat).note == "mes"
        assert "Notitie: mes" in sent_details(seat)


async def test_f5_waits_for_note_and_facts_on_a_slow_disk(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        desk.hold("note")
        desk.hold("tell")
        burst(seat, *TO_ADDRESS, "a", "f2", "f4", *"mes", "f5", "1", "enter")
        await until(lambda: "note" in desk.begun, "the note on its way")
        assert not isinstance(seat.app.screen, DecisionScreen)
        desk.let_go("note")
        await until(lambda: "tell" in desk.begun, "the facts on their way")
        assert "decide" not in desk.begun
        desk.let_go("tell")
        await until(lambda: "decide" in desk.done, "the decision on disk")
        assert desk.done.index("decide") > max(desk.done.index("note"), desk.done.index("tell"))
        assert "Notitie: mes" in sent_details(seat)
        (parcel,) = Outbox(desk._writer).due(now(), 5)
        assert parcel.dispatch.location == Location("Brink 4, Gietena")


async def test_f5_reads_the_call_again(tmp_path: Path) -> None:
    desk = open_seat(tmp_path / "huis")
    async with in_call(desk) as seat:
        claim = seat.call.case.claim
        seat.app.workers.cancel_all()
        await asyncio.to_thread(Calls(desk._writer).answer, claim, "gevaar", "nu")
        assert "gevaar" not in seat.call.case.file.answers
        await seat.press("f5")
        await seat.see("BESLUIT", "ten minste: prio 1")
        assert seat.call.case.file.answers["gevaar"] == "nu"


async def test_f5_stays_out_while_the_note_cannot_be_written(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        desk.refused["note"] = 10_000
        await seat.press("f4", "x", "f5")
        await seat.see("De notitie: NOG NIET BEWAARD", "De schijf is vol")
        assert isinstance(seat.app.screen, CallScreen)
        desk.refused["note"] = 0
        await seat.press("f5")
        await seat.see("BESLUIT")
        assert on_disk(seat).note == "x"


async def test_f5_stays_out_while_the_facts_cannot_be_written(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        desk.refused["tell"] = 10_000
        await seat.press(*TO_ADDRESS, "x", "f2", "f5")
        await seat.see("De gegevens: NOG NIET BEWAARD", "De schijf is vol")
        assert isinstance(seat.app.screen, CallScreen)
        desk.refused["tell"] = 0
        await until(lambda: on_disk(seat).facts.address == "Brink 4, Gietenx", "the address on disk")


async def test_escape_waits_and_does_not_leave_while_writing_failed(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        desk.refused["note"] = 10_000
        await seat.press("f4", "x", "escape", "escape")
        await seat.see("De notitie: NOG NIET BEWAARD", BROKEN[:20], "Notitie: x")
        assert isinstance(seat.app.screen, CallScreen)
        desk.refused["note"] = 0
        desk.hold("note")
        refused = desk.begun.count("note")
        burst(seat, "f4", "y", "escape", "escape")
        await until(lambda: desk.begun.count("note") > refused, "the note on its way")
        assert isinstance(seat.app.screen, CallScreen)
        call_id = seat.call.case.file.call_id
        desk.let_go("note")
        await until(lambda: isinstance(seat.app.screen, QueueScreen), "the queue")
        await until(lambda: CallScreen.Left(call_id) in seat.told, "that it was left")
        await seat.press("enter")
        await seat.see("Notitie: xy")


async def test_a_call_lost_to_another_terminal_says_so_and_can_be_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "RETRY_SECONDS", 0.02)
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        lost = seat.call.case
        await desk.take(lost.file.call_id)
        await seat.see("NIET MEER VAN U - MELDING", "U kunt niets wijzigen")
        await seat.press("n")
        await seat.see("is niet meer van u")
        assert "gevaar" not in on_disk(seat).answers
        await seat.press("f4", "x")
        await seat.see("De notitie: NOG NIET BEWAARD")
        assert on_disk(seat).note == ""
        tried = desk.begun.count("note")
        await seat.press("f1", "escape", "f1", "escape")
        assert desk.begun.count("note") == tried
        await seat.press("escape", "escape")
        await seat.see("Wat u typte is niet bewaard", "Notitie: x")
        await seat.press("escape")
        await until(lambda: isinstance(seat.app.screen, QueueScreen), "the queue")
        assert desk.begun.count("note") > tried


async def test_two_steps_never_interleave(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        going: list[str] = []
        overlaps: list[list[str]] = []
        answer, see = desk.answer, desk.see

        async def slow_answer(case: Case, question: str, value: str) -> Case:
            going.append(question)
            overlaps.append(list(going))
            try:
                await asyncio.sleep(0.01)
                return await answer(case, question, value)
            finally:
                going.remove(question)

        async def slow_see(case: Case) -> Case:
            going.append("see")
            overlaps.append(list(going))
            try:
                found = await see(case)
                await asyncio.sleep(0.02)
                return found
            finally:
                going.remove("see")

        desk.answer = slow_answer  # type: ignore[method-assign]
        desk.see = slow_see  # type: ignore[method-assign]
        for key in "no":
            seat.call._look_again()
            burst(seat, key)
            seat.call._look_again()
            await seat.pilot.pause(0.01)
        await until(lambda: seat.call.asking.cursor == "vorm", "the form")
        burst(seat, *"ransom", "enter", "j")
        await until(lambda: on_disk(seat).answers.get("gaande") == "ja", "the answers on disk")
        await until(lambda: not going, "rest")
        assert all(len(each) == 1 for each in overlaps)
        assert seat.call.case.file.answers == on_disk(seat).answers


async def test_backspace_on_an_answer_opens_the_question_again(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("backspace")
        await seat.see("Hier is nog geen antwoord om te wissen.")
        await seat.press("n", "up", "backspace")
        await seat.see("Antwoord gewist: de vraag staat weer open.", "> 1 ?")
        assert "gevaar" not in on_disk(seat).answers
        await seat.press("2")
        await until(lambda: on_disk(seat).answers.get("gevaar") == "zelf", "the new answer")
        assert CallScreen.Kept("gevaar", "zelf") in seat.told


async def test_who_cannot_speak_freely_cannot_say_there_is_no_danger(tmp_path: Path) -> None:
    sentence = "Melder kan niet vrij praten: gevaar blijft ten minste onbekend."
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("ctrl+p", "g", "1", "enter")
        await seat.see("KAN NIET VRIJ PRATEN", "> 1 weet niet")
        await seat.press("n")
        await seat.see(sentence)
        assert on_disk(seat).answers["gevaar"] == "onbekend"
        await seat.press("g", "1", "enter", "backspace")
        await seat.see(sentence)
        assert on_disk(seat).answers["gevaar"] == "onbekend"


@pytest.mark.parametrize("freely", [True, False])
async def test_the_header_shows_the_told_facts_and_cuts_none_of_them(tmp_path: Path, freely: bool) -> None:
    desk = open_seat(tmp_path / "huis")
    address = "Verlengde Willemstraat-Noordzijde 1234 bis " * 4
    async with in_call(desk, Location(address.strip())) as seat:
        facts = Facts(address.strip(), "050-5512345", speaks_freely=freely)
        await desk.tell(seat.call.case, facts)
        words = "praat vrij" if freely else "KAN NIET VRIJ PRATEN"
        await seat.see("terug: 050-5512345", words, "Urgentiecheck", "Notitie:")
        head = seat.text.split("--Urgentiecheck", maxsplit=1)[0]
        assert "06-12345678" not in head
        assert head.count("1234 bis") == 4
        await seat.pilot.resize_terminal(120, 40)
        await seat.see("terug: 050-5512345", words, "Urgentiecheck")


async def test_a_note_that_was_erased_is_empty_on_disk(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f4", "x", "y")
        await until(lambda: on_disk(seat).note == "xy", "the note on disk")
        burst(seat, "backspace", "backspace", "f5")
        await seat.see("BESLUIT")
        assert on_disk(seat).note == ""


async def test_pasted_lines_become_one_note_and_too_many_letters_are_said(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f4")
        paste(seat, "een\r\ntwee\n" + "x" * 9_991)
        await until(lambda: len(on_disk(seat).note) == 10_000, "the note on disk")
        assert on_disk(seat).note.startswith("een twee xxx")
        assert "De regel is vol" not in seat.text
        await seat.press("y")
        await seat.see("De regel is vol (10000 tekens)")
        assert len(on_disk(seat).note) == 10_000
        await seat.press("enter", "f5", "1", "enter")
        await seat.see("Besluit vastgelegd")


async def test_hostile_text_in_note_address_and_callback_does_nothing(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        for text in HOSTILE:
            await seat.press(*TO_ADDRESS)
            paste(seat, text)
            await seat.press("enter")
            paste(seat, text)
            await seat.press("f2", "f4")
            paste(seat, text)
            await seat.press("enter")
        await seat.press("f5", "1", "enter")
        await seat.see("Besluit vastgelegd")
        told = on_disk(seat)
        assert all(" ".join(text.split())[:10] in told.note for text in HOSTILE)
        assert "[@click=app.leave]x[/]" in told.facts.address
        assert "\x1b" not in seat.text.split("Notitie:", maxsplit=1)[0]
        assert "\u202e" not in seat.text.split("Notitie:", maxsplit=1)[0]
        assert seat.app.is_running


async def test_the_link_is_told_beside_the_dispatch(tmp_path: Path) -> None:
    desk = open_seat(tmp_path / "huis")
    async with in_call(desk) as seat:
        await seat.press("f5", "1", "enter")
        await seat.see("klaargezet")
        await asyncio.to_thread(Outbox(desk._writer).link, reachable=False, error="geen verbinding")
        await seat.see("geen verbinding", "BEL NU")
        assert isinstance(seat.call.link, Link)
        assert CallScreen.Decided(seat.call.case.file.call_id, Choice.PRIO1) in seat.told


async def test_with_caps_lock_on_every_key_does_the_same(tmp_path: Path) -> None:
    desk = open_seat(tmp_path)
    ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter", "N", "N", "C", "E", "O", "minus", "F", "enter")
        await seat.see("CEO-fraude")
        assert seat.call.case.state.answers["vorm"] == "ceo_fraude"
        await seat.press("f4", "A", "b")
        await seat.see("Notitie: Ab")
