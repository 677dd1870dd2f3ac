"""The queue on screen: what it says of itself, of the search, and of a key that could not be done."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from console.desk import Desk, open_desk
from console.model import CallBack, Channel, Choice, IncomingCall, Location
from console.record import Calls, Outbox
from console.screens.app import ConsoleApp
from console.screens.queue import FILTER_LIMIT
from console.settings import Settings
from console.times import now
from console.widgets.queue_order import LATE_AFTER, SLOW_AFTER
from tests.screens.hand import paste
from tests.seat import FixedClock, open_seat, ring, seated
from tests.terminal.payloads import ACTING, BELIEVED


async def test_a_delivery_of_which_nothing_is_heard_is_not_called_connected(desk: Desk, clock: FixedClock) -> None:
    ring(desk)
    Outbox(desk._writer).link(reachable=True, error="")
    async with seated(desk) as seat:
        await seat.see("GMS: verbonden")
        clock.moment += timedelta(seconds=16)
        seat.tick()
        await seat.see("GMS: GEEN BEZORGING")
        await seat.press("enter")
        await seat.see("MELDING", "GMS: GEEN BEZORGING")


async def test_why_nothing_gets_to_the_cad_is_said_before_anything_must_go(desk: Desk) -> None:
    """A table, a certificate or an address that is wrong is mended by day, and not with a dispatch in hand."""
    why = "de tabel van cad_tabel is onbruikbaar (/etc/meldkamer/t.toml, regel 6): [soorten] noemt vostk niet"
    async with seated(desk, size=(80, 24)) as seat:
        Outbox(desk._writer).link(reachable=False, error=why)
        await seat.see("Er gaat nu niets naar GMS: de tabel van cad_tabel", "regel 6", "0 wachtend")
        Outbox(desk._writer).link(reachable=False, error="x " * 2_000)
        await seat.see("Er gaat nu niets naar GMS: x x", "0 wachtend", "ingekort")
        Outbox(desk._writer).link(reachable=True, error="")
        await seat.until(lambda: "Er gaat nu niets" not in seat.text, "the link to be well")


async def test_what_was_said_goes_by_itself(desk: Desk, clock: FixedClock) -> None:
    async with seated(desk) as seat:
        await seat.press("ctrl+c")
        await seat.see("Stoppen: ctrl+q.")
        clock.moment += timedelta(seconds=11)
        seat.tick()
        await seat.pilot.pause()
        assert "Stoppen: ctrl+q." in seat.text
        clock.moment += timedelta(seconds=1)
        seat.tick()
        await seat.until(lambda: "Stoppen: ctrl+q." not in seat.text, "an empty line")


async def test_what_was_said_goes_with_the_next_key(desk: Desk) -> None:
    call_id = ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        take = desk.take

        async def too_late(wanted: str) -> object:
            await desk._write(Calls(desk._writer).claim, wanted, "bas")
            return await take(wanted)

        desk.take = too_late  # type: ignore[assignment,method-assign]
        await seat.press("enter")
        await seat.see(f"Melding {call_id} is al in behandeling bij bas")
        await seat.press("down")
        await seat.until(lambda: "is al in behandeling" not in seat.text, "an empty line")


async def test_a_long_sentence_is_not_cut(desk: Desk) -> None:
    async with seated(desk) as seat:
        sentence = f"{'lang ' * 25}doe dit"
        seat.queue.say(sentence)
        await seat.see("doe dit")
        assert seat.queue.notice.size.height == 2
        seat.queue.say("")
        await seat.until(lambda: seat.queue.notice.size.height == 1, "one line")


async def test_a_search_says_first_that_it_hides_calls(desk: Desk) -> None:
    ring(desk, place="Assen")
    mine = ring(desk, place="Gieten")
    Calls(desk._writer).claim(mine, "a.bakker")
    async with seated(desk) as seat:
        await seat.see("1 wachtend", "1 in behandeling")
        await seat.press("slash")
        await seat.see("zoek op nummer, plaats, woorden of behandelaar")
        await seat.type("bakker")
        await seat.see("ZOEKEN: 1 van 2 getoond, escape wist | 1 wachtend")
        assert [row.place for row in seat.queue.list.rows] == ["Gieten"]
        await seat.type("xyz")
        await seat.see("ZOEKEN: 0 van 2 getoond", "Geen melding past bij wat u zoekt.")
        await seat.press("escape")
        await seat.until(lambda: len(seat.queue.list.rows) == 2, "all calls")
        assert "ZOEKEN" not in seat.text


async def test_the_heading_stands_above_its_columns(desk: Desk) -> None:
    for number in range(30):
        ring(desk, ago=timedelta(hours=number))
    async with seated(desk) as seat:
        await seat.see("30 wachtend", "29 uur  112", "langste 29 uur")
        lines = seat.text.splitlines()
        first = next(line for line in lines if "WACHT" in line and "WACHTRIJ" not in line)
        head = next(line for line in lines if "melder zegt" in line)
        assert head.index("nummer") == first.index("06-12345678")
        assert head.index("staat") == first.index("WACHT")


async def test_several_words_search_at_once_and_a_space_is_a_space(desk: Desk) -> None:
    ring(desk, place="Assen", words="net opgelicht door een nepbank")
    ring(desk, place="Gieten", words="er staat een man aan de deur")
    async with seated(desk) as seat:
        await seat.see("2 wachtend")
        await seat.press("slash")
        await seat.type("nepbank as")
        await seat.see("ZOEKEN: 1 van 2 getoond")
        assert [row.place for row in seat.queue.list.rows] == ["Assen"]


async def test_the_sound_is_said_in_words_and_switched_by_one_key(desk: Desk) -> None:
    async with seated(desk) as seat:
        await seat.see("WACHTRIJ  geluid aan (b)")
        await seat.press("b")
        await seat.see("WACHTRIJ  geluid UIT (b)", "let zelf op nieuwe meldingen")
        await seat.press("b")
        await seat.see("WACHTRIJ  geluid aan (b)")


async def test_the_sound_begins_as_the_room_has_set_it(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "huis", exercise=True, bell=False)
    async with seated(open_desk(settings, operator="bas", terminal="", os_user="root", clock=now)) as seat:
        await seat.see("WACHTRIJ  geluid UIT (b)")


async def test_new_calls_ring_and_move_neither_focus_nor_cursor(
    desk: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[int] = []
    monkeypatch.setattr(ConsoleApp, "bell", lambda _app: rung.append(1))
    mine = ring(desk, ago=timedelta(minutes=1))
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        ring(desk, ago=timedelta(minutes=9))
        await seat.see("2 wachtend")
        assert seat.queue.list.rows[1].call_id == mine
        assert seat.queue.list.current is seat.queue.list.rows[1]
        await seat.press("slash")
        await seat.type("gieten")
        ring(desk, ago=timedelta(minutes=8))
        await seat.see("3 wachtend")
        assert seat.queue.filter.has_focus
        assert seat.queue.filter.value == "gieten"
        await seat.see(">Zoek: gieten")
        assert seat.queue.list.current.call_id == mine
        clock.moment += timedelta(seconds=1)
        seat.tick()
        await seat.pilot.pause()
        assert len(rung) == 2


async def test_who_waits_above_the_window_is_said_where_the_columns_are_named(desk: Desk) -> None:
    for number in range(30):
        call_id = ring(desk, ago=timedelta(minutes=number + 1))
        if number:
            Calls(desk._writer).claim(call_id, "a.bakker")
    async with seated(desk) as seat:
        await seat.see("1 wachtend", "29 in behandeling", "melder zegt")
        await seat.press("end")
        await seat.see("^ HIERBOVEN: 1 melding die wacht of vastloopt (home gaat erheen)")
        assert "melder zegt" not in seat.text
        await seat.press("home")
        await seat.see("melder zegt")


async def test_the_search_takes_whatever_is_pasted(desk: Desk) -> None:
    ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        for typed in (*ACTING.values(), *BELIEVED.values(), "woord " * 2_000, "👩‍🚒" * 4_000):
            await seat.press("slash")
            paste(seat, typed)
            await seat.see("ZOEKEN: ")
            if len(" ".join(typed.split())) > FILTER_LIMIT:
                await seat.see("De regel is vol (10000 tekens)")
            await seat.press("escape")
            await seat.until(lambda: "ZOEKEN: " not in seat.text, "all calls")
        await seat.see("Gieten")


async def test_the_counts_take_a_second_line_before_they_are_cut(desk: Desk, clock: FixedClock) -> None:
    urgent = IncomingCall(None, Channel.EMERGENCY, "06-1", "", Location("Rolde"), "nu", clock(), urgent=True)
    Calls(desk._writer).ring(urgent)
    case = await desk.take(ring(desk, ago=timedelta(minutes=9)))
    case = await desk.add(case, CallBack(clock(), "06-12345678", "hoe gaat het"))
    await desk.decide(case, desk.propose(case, Choice.PRIO2))
    async with seated(desk) as seat:
        await seat.see(
            " 1 wachtend, langste 0:00 | 1 SPOED | 0 in behandeling\n 1 zonder bevestiging (0:00) | 1 TERUGBELLEN\n",
            "TERUGBELLEN NU",
        )


async def test_a_call_that_is_left_undecided_is_under_the_cursor_again(tmp_path: Path) -> None:
    desk = open_seat(tmp_path)
    ring(desk, ago=timedelta(minutes=2), words="de eerste")
    second = ring(desk, words="de tweede")
    async with seated(desk) as seat:
        await seat.see("2 wachtend")
        await seat.press("down", "enter")
        await seat.see(f"MELDING {second}")
        await seat.press("escape", "enter")
        await seat.see(f"MELDING {second}")
        await seat.press("f5", "7", "enter")
        await seat.see("Besluit vastgelegd")
        await seat.press("escape")
        await seat.see("WACHTRIJ", ">")
        await seat.until(
            lambda: seat.queue.list.current is not None and seat.queue.list.current.call_id != second,
            "the cursor to leave what is decided and needs nobody",
        )


@pytest.mark.parametrize(("key", "named"), [("f5", "F5"), ("f10", "F10"), ("ctrl+p", "ctrl+p")])
async def test_a_key_that_works_in_a_call_says_so_in_the_queue(desk: Desk, key: str, named: str) -> None:
    ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press(key)
        await seat.see(f"{named} werkt in een melding. Met enter opent u de melding onder de cursor.")
        await seat.press("question_mark")
        await seat.see("TOETSEN")
        assert named not in seat.text.split("TOETSEN")[1].split("In de urgentiecheck")[0]


async def test_beside_a_scroll_bar_one_cell_stays_free(desk: Desk) -> None:
    for number in range(30):
        Calls(desk._writer).claim(ring(desk, ago=timedelta(minutes=number)), "iemand.met.een.erg.lange.naam")
    async with seated(desk) as seat:
        await seat.see("30 in behandeling")
        await seat.until(lambda: seat.queue.list.text_width == 78, "more calls than lines")

        def ends() -> set[str]:
            return {line[76:79] for line in seat.text.splitlines() if "iemand.met" in line}

        await seat.until(lambda: ends() == {".. "}, "a blank before the scroll bar")


async def test_a_dispatch_without_a_word_stays_in_view_whatever_is_searched_for_and_however_long_the_list(
    desk: Desk, clock: FixedClock
) -> None:
    case = await desk.take(ring(desk, place="Rolde"))
    await desk.decide(case, desk.propose(case, Choice.PRIO1))
    case = await desk.take(ring(desk, place="Assen"))
    await desk.decide(case, desk.propose(case, Choice.PRIO2))
    for number in range(40):
        ring(desk, ago=timedelta(minutes=number), external_id=f"a-{number}")
    async with seated(desk) as seat:
        assert "! prio" not in seat.text
        clock.moment += SLOW_AFTER
        seat.tick()
        await seat.see("! prio 1 nog niet bevestigd 0:05, 26-0001 Rolde (en nog 1)")
        await seat.press("end")
        await seat.see("> ", "! prio 1 nog niet bevestigd 0:05, 26-0001 Rolde")
        clock.moment += LATE_AFTER - SLOW_AFTER
        seat.tick()
        late = "! prio 1 NIET BEVESTIGD 0:30, 26-0001 Rolde: bel de uitgifte, F10 (en nog 1)"
        await seat.see(late)
        await seat.press("slash", *"nergens")
        await seat.see("Geen melding past", late)
        await seat.press("escape", "home", "enter")
        await seat.see("MELDING 26-0001", "BEL NU de uitgifte")
        await seat.press("f10", "enter")
        await seat.see("met de hand doorgegeven")
        await seat.press("escape")
        await seat.see("! prio 2 NIET BEVESTIGD 0:30, 26-0002 Assen: bel de uitgifte, F10")
        assert "en nog" not in seat.text
