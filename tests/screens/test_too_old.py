"""What waited too long: seen from the queue, and nothing of it goes or goes away without a key of a person."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from console.model import Bounds, Choice, Delivery, PolicyStamp, Suggestion
from console.record import Ageing, Calls, DecisionDraft, Outbox
from tests.cad.dispatches import dispatch
from tests.seat import MARCH_2, FixedClock, Seat, open_seat, ring, seated

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator
    from pathlib import Path

    from console.desk import Desk

CHOICES = {1: Choice.PRIO1, 2: Choice.PRIO2, 3: Choice.PRIO3}


def decide(desk: Desk, priority: int, **changes: object) -> str:
    """A call that was decided at this moment by somebody who is not here any more; its message id."""
    calls = Calls(desk._writer)
    call_id = ring(desk)
    made = dispatch(incident_id=call_id, priority=priority, **changes)
    bounds = Bounds("eenheid_prio1", "eenheid_prio1")
    draft = DecisionDraft(
        made.message_id, CHOICES[priority], PolicyStamp("t", "1", "a", "b"), {}, Suggestion(bounds, bounds, ()), False
    )
    calls.decide(calls.claim(call_id, "nacht"), draft, made)
    return made.message_id


def set_aside(desk: Desk) -> None:
    outbox = Outbox(desk._writer)
    before = desk.clock() - timedelta(minutes=30)
    outbox.set_aside(outbox.too_old(before, 1000), before)


@asynccontextmanager
async def a_morning_after(
    path: Path, count: int = 1, size: tuple[int, int] = (80, 24), roles: Iterable[str] = ()
) -> AsyncIterator[Seat]:
    """A console on a room in which so many dispatches of each priority waited for four hours, two of them tried."""
    clock = FixedClock(MARCH_2 - timedelta(hours=4))
    desk = open_seat(path / "huis", clock=clock, roles=roles)
    outbox = Outbox(desk._writer)
    for priority in (3, 2, 1):
        for number in range(count):
            message_id = decide(desk, priority)
            if priority == 1 and number == 0:
                outbox.sending(message_id)
                outbox.postpone(message_id, clock.moment, "dicht")
            clock.moment += timedelta(seconds=1)
    clock.moment = MARCH_2
    set_aside(desk)
    async with seated(desk, size) as seat:
        yield seat


def states(seat: Seat) -> Iterator[tuple[int, str]]:
    rows = seat.app.desk._writer.look(
        lambda transaction: transaction.every("SELECT priority, state FROM dispatch ORDER BY priority, seq")
    ).result()
    return ((row["priority"], row["state"]) for row in rows)


async def test_the_queue_says_how_many_and_u_lists_the_most_urgent_first(tmp_path: Path) -> None:
    async with a_morning_after(tmp_path) as seat:
        await seat.see("3 VEROUDERD: nog sturen? (u)", "prio 1 VEROUDERD", "0 zonder bevestiging")
        await seat.press("u")
        await seat.see("VEROUDERD: NOG STUREN?", "3 wachten op u, de meest urgente bovenaan")
        lines = [line for line in seat.text.splitlines() if "Gieten" in line]
        assert [line.split()[1 if line.startswith(">") else 0] for line in lines] == ["1", "2", "3"]
        assert "geprobeerd" in lines[0]
        assert "geprobeerd" not in lines[1]
        await seat.press("escape")
        await seat.see("WACHTRIJ")
        assert {state for _, state in states(seat)} == {"verouderd"}


async def test_send_pass_on_and_drop_each_with_its_own_key(tmp_path: Path) -> None:
    async with a_morning_after(tmp_path) as seat:
        await seat.press("u")
        await seat.see("3 wachten")
        await seat.press("enter")
        await seat.see("INZET PRIO 1", "MISSCHIEN AL AANGEKOMEN", "dader aan de deur", "s nu sturen")
        await seat.press("enter", "space", "j", "1")
        assert {state for _, state in states(seat)} == {"verouderd"}
        await seat.press("s")
        await seat.see("Vastgelegd: gaat naar de uitgifte.", "2 wachten")
        await seat.press("enter")
        await seat.see("INZET PRIO 2")
        await seat.press("f10")
        await seat.see("Vastgelegd: met de hand doorgegeven.", "1 wacht op u")
        await seat.press("enter", "x")
        await seat.see("WAAROM NIET MEER NODIG?")
        await seat.press("enter")
        await seat.see("Typ eerst waarom")
        await seat.type("al geholpen")
        await seat.press("enter")
        await seat.see("Vastgelegd: niet meer nodig.", "Er is niets dat te lang wachtte")
        assert list(states(seat)) == [(1, "klaargezet"), (2, "met_de_hand"), (3, "niet_meer_nodig")]
        await seat.press("escape")
        await seat.see("WACHTRIJ")
        await seat.until(lambda: "VEROUDERD" not in seat.text, "the queue to know of the last one")


async def test_the_dispatchers_settle_them_and_open_no_call(tmp_path: Path) -> None:
    async with a_morning_after(tmp_path, roles=["uitgifte"]) as seat:
        await seat.see("3 VEROUDERD: nog sturen? (u)")
        await seat.press("u")
        await seat.see("3 wachten")
        await seat.press("enter")
        await seat.see("INZET PRIO 1")
        await seat.press("s")
        await seat.see("Vastgelegd: gaat naar de uitgifte.", "2 wachten")
        await seat.press("enter")
        await seat.see("INZET PRIO 2")
        await seat.press("f10")
        await seat.see("Vastgelegd: met de hand doorgegeven.", "1 wacht op u")
        await seat.press("escape")
        await seat.see("WACHTRIJ")
        await seat.press("enter")
        await seat.see("Meldingen behandelen mag als centralist")
        assert list(states(seat)) == [(1, "klaargezet"), (2, "met_de_hand"), (3, "verouderd")]


async def test_escape_leaves_everything_as_it_is(tmp_path: Path) -> None:
    async with a_morning_after(tmp_path) as seat:
        await seat.press("u")
        await seat.see("3 wachten")
        await seat.press("enter", "x")
        await seat.see("WAAROM NIET MEER NODIG?")
        await seat.type("nee toch niet")
        await seat.press("escape")
        await seat.see("INZET PRIO 1")
        await seat.press("escape")
        await seat.see("3 wachten")
        await seat.press("g")
        await seat.see("02-03-2026")
        await seat.press("enter")
        await seat.see("1 INZET PRIO 1 VAN 02-03-2026")
        await seat.press("s")
        await seat.see("ZEKER WETEN? TYP 1")
        await seat.press("escape", "escape", "escape")
        await seat.see("WACHTRIJ")
        assert {state for _, state in states(seat)} == {"verouderd"}


async def test_a_whole_day_goes_only_when_its_number_is_typed(tmp_path: Path) -> None:
    async with a_morning_after(tmp_path, count=130) as seat:
        await seat.press("u")
        await seat.see("390 wachten op u, de 200 meest urgente hieronder; g toont ze allemaal")
        await seat.press("g")
        await seat.see("390 wachten op u, per prio en dag", "02-03-2026")
        await seat.press("enter", "s")
        await seat.see("ZEKER WETEN? TYP 130", "130 inzetten gaan dan naar GMS")
        await seat.type("12")
        await seat.press("enter")
        await seat.see("Dat is niet 130. Er is niets vastgelegd")
        assert {state for _, state in states(seat)} == {"verouderd"}
        await seat.press("0")
        await seat.press("left", "backspace", "3", "enter")
        await seat.see("Vastgelegd: 130 gaan naar de uitgifte.", "260 wachten")
        await seat.press("enter", "x")
        await seat.see("WAAROM NIET MEER NODIG?")
        await seat.type("ouder dan een dag")
        await seat.press("enter")
        await seat.see("ZEKER WETEN? TYP 130", "Reden: ouder dan een dag")
        await seat.type("130")
        await seat.press("enter")
        await seat.see("Vastgelegd: 130 niet meer nodig.", "130 wachten")
        counted = [priority for priority, state in states(seat) if state == "klaargezet"]
        assert counted == [1] * 130
        assert [state for priority, state in states(seat) if priority == 3] == ["verouderd"] * 130


async def test_what_a_colleague_did_meanwhile_is_said_and_done_once(tmp_path: Path) -> None:
    async with a_morning_after(tmp_path) as seat:
        await seat.press("u")
        await seat.see("3 wachten")
        await seat.press("enter")
        await seat.see("INZET PRIO 1")
        found = await seat.app.desk.aged()
        Ageing(seat.app.desk._writer).drop("a.bakker", [found.first[0].message_id], "al geholpen")
        await seat.press("s")
        await seat.see("intussen al beslist")
        await seat.press("escape")
        await seat.see("2 wachten")
        assert next(states(seat)) == (1, "niet_meer_nodig")


async def test_what_grows_too_old_while_a_group_is_on_screen_is_not_in_it(tmp_path: Path) -> None:
    async with a_morning_after(tmp_path) as seat:
        await seat.press("u")
        await seat.see("3 wachten")
        await seat.press("g")
        await seat.see("02-03-2026")
        await seat.press("enter")
        await seat.see("1 INZET PRIO 1 VAN 02-03-2026")
        await seat.press("s")
        await seat.see("ZEKER WETEN? TYP 1")
        clock = seat.app.desk.clock
        assert isinstance(clock, FixedClock)
        late = decide(seat.app.desk, 1)
        clock.moment += timedelta(minutes=40)
        set_aside(seat.app.desk)
        await seat.press("1", "enter")
        await seat.see("Vastgelegd: 1 gaat naar de uitgifte.")
        assert [state for priority, state in states(seat) if priority == 1] == ["klaargezet", "verouderd"]
        assert late


async def test_hostile_words_of_a_dispatch_stay_words(tmp_path: Path) -> None:
    clock = FixedClock(MARCH_2 - timedelta(hours=4))
    desk = open_seat(tmp_path / "huis", clock=clock)
    bad = "[/b][@click=app.quit]x[/] \x1b[2J\u202e"
    decide(desk, 1, briefing=(bad, bad, "x" * 10_000), form=bad)
    clock.moment = MARCH_2
    set_aside(desk)
    async with seated(desk) as seat:
        await seat.press("u")
        await seat.see("1 wacht op u")
        await seat.press("enter")
        await seat.see("[/b][@click=app.quit]x[/]")
        assert "\x1b" not in seat.text
        await seat.press("s")
        await seat.see("Vastgelegd")


async def test_a_paused_link_says_since_when_why_and_when_again(tmp_path: Path) -> None:
    clock = FixedClock(MARCH_2)
    desk = open_seat(tmp_path / "huis", clock=clock)
    async with seated(desk) as seat:
        Outbox(desk._writer).link(
            False, "GMS is niet bereikbaar", paused_since=MARCH_2, next_try=MARCH_2 + timedelta(seconds=30)
        )
        await seat.see("GMS doet het niet sinds 14:05: GMS is niet bereikbaar. Weer om 14:05:42.", "0 wachtend")
        Outbox(desk._writer).link(True)
        await seat.until(lambda: "doet het niet" not in seat.text, "the link to be well")


async def test_the_call_itself_says_what_to_do(tmp_path: Path) -> None:
    async with a_morning_after(tmp_path) as seat:
        await seat.see("prio 1 VEROUDERD")
        await seat.press("o")
        await seat.see("OVERNEMEN")
        await seat.type("nachtdienst is weg")
        await seat.press("enter")
        await seat.see("VEROUDERD", "Te lang niet bezorgd")
        await seat.press("f10")
        await seat.see("DOORGEGEVEN: inzet prio 1")
        await seat.press("enter")
        await seat.until(lambda: next(states(seat)) == (1, "met_de_hand"), "it to be recorded")
        assert Delivery.BY_HAND.settled
