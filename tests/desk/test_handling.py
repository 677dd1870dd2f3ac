"""What an operator does at the desk: each step is on disk when it comes back, and doing it twice does it once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from console.desk import Desk
from console.domain.difference import ChangedAnswer, difference
from console.model import (
    Channel,
    Choice,
    Facts,
    Role,
    Stage,
)
from console.record import AlreadyClaimed, Calls, NotYours
from tests.desk.conftest import RoomClock
from tests.seat import MARCH_2, OPERATOR, ring
from triage_rules import AnswerError


async def test_an_answer_is_on_disk_with_what_the_policy_says_of_it(desk: Desk) -> None:
    case = await desk.take(ring(desk, place=""))
    case = await desk.answer(case, "verdachte", "aanwezig")
    assert case.file.answers == {"verdachte": "aanwezig"}
    assert (await desk.see(case)).file.answers == {"verdachte": "aanwezig"}
    assert case.suggestion.after_wish.at_least == "eenheid_prio1"
    assert "P1b" in case.suggestion.rules


async def test_an_answer_the_policy_does_not_know_is_refused_and_not_kept(desk: Desk) -> None:
    case = await desk.take(ring(desk, place=""))
    with pytest.raises(AnswerError):
        await desk.answer(case, "verdachte", "misschien")
    assert (await desk.see(case)).file.answers == {}


async def test_an_answer_taken_back_is_open_again(desk: Desk) -> None:
    case = await desk.take(ring(desk, place=""))
    case = await desk.answer(case, "gevaar", "nee")
    assert (await desk.reopen(case, "gevaar")).file.answers == {}


async def test_who_cannot_speak_freely_cannot_say_no_to_danger(desk: Desk) -> None:
    case = await desk.take(ring(desk, place=""))
    case = await desk.answer(case, "gevaar", "nee")
    case = await desk.tell(case, Facts("Brink 4", "06-12345678", Role.VICTIM, speaks_freely=False))
    assert case.file.answers["gevaar"] == "onbekend"
    case = await desk.answer(case, "gevaar", "nee")
    assert case.file.answers["gevaar"] == "onbekend"
    assert (await desk.answer(case, "gevaar", "nu")).file.answers["gevaar"] == "nu"


async def test_the_place_of_the_victim_follows_from_the_address(desk: Desk) -> None:
    case = await desk.take(ring(desk, place="Brink 4, Gieten"))
    assert case.file.answers == {"slachtoffer_in_nederland": "ja"}
    case = await desk.answer(case, "slachtoffer_in_nederland", "nee")
    assert (await desk.take(case.file.call_id)).file.answers == {"slachtoffer_in_nederland": "nee"}


async def test_the_address_of_somebody_else_says_nothing_of_the_victim(desk: Desk) -> None:
    case = await desk.take(ring(desk, place=""))
    case = await desk.tell(case, Facts("Brink 4, Gieten", "06-12345678", Role.WITNESS))
    assert case.file.answers == {}
    case = await desk.tell(case, Facts("Brink 4, Gieten", "06-12345678", Role.VICTIM))
    assert case.file.answers == {"slachtoffer_in_nederland": "ja"}


async def test_an_address_that_proves_to_be_of_somebody_else_places_nobody(desk: Desk) -> None:
    case = await desk.take(ring(desk, place="Brink 4, Gieten"))
    case = await desk.tell(case, Facts("Brink 4, Gieten", "06-12345678", Role.THIRD_PARTY))
    assert case.file.answers == {}
    case = await desk.answer(case, "slachtoffer_in_nederland", "ja")
    case = await desk.tell(case, Facts("Markt 1, Assen", "06-12345678", Role.THIRD_PARTY))
    assert case.file.answers == {"slachtoffer_in_nederland": "ja"}, "what was asked stays"


async def test_taking_back_danger_leaves_it_unknown_for_who_cannot_speak(desk: Desk) -> None:
    case = await desk.take(ring(desk, place=""))
    case = await desk.tell(case, Facts(speaks_freely=False))
    assert (await desk.reopen(case, "gevaar")).file.answers == {"gevaar": "onbekend"}


async def test_telling_never_lowers_danger(desk: Desk) -> None:
    case = await desk.take(ring(desk, place=""))
    case = await desk.answer(case, "gevaar", "nu")
    case = await desk.tell(case, Facts(speaks_freely=False))
    assert case.file.answers["gevaar"] == "nu"


async def test_a_call_of_somebody_else_cannot_be_taken(desk: Desk) -> None:
    call_id = ring(desk)
    Calls(desk._writer).claim(call_id, "a.bakker")
    with pytest.raises(AlreadyClaimed, match=r"a\.bakker"):
        await desk.take(call_id)


async def test_a_call_that_only_came_by_telephone_is_yours_at_once(desk: Desk) -> None:
    case = await desk.new_call(Channel.EMERGENCY)
    assert (case.file.owner, case.file.incoming.channel) == (OPERATOR, Channel.EMERGENCY)


async def test_a_change_by_another_program_is_seen(desk: Desk) -> None:
    assert len((await desk.board()).rows) == 0
    assert await desk.board_if_changed() is None
    ring(desk)
    for _ in range(100):
        board = await desk.board_if_changed()
        if board is not None:
            break
        await asyncio.sleep(0.01)
    assert board is not None
    assert len(board.rows) == 1


async def test_a_desk_vouches_for_what_it_holds_and_a_closed_one_is_marked(
    two: tuple[Desk, Desk], clock: RoomClock
) -> None:
    here, there = two
    case = await here.take(ring(here, place=""))
    assert here._heart is not None
    for _ in range(8):
        clock.now += timedelta(seconds=5)
        here._heart.beat()
        (row,) = (await there.board()).rows
        assert (row.owner, row.stale_since) == (OPERATOR, None)
    await here.close()
    last = clock.now
    clock.now += timedelta(seconds=31)
    (row,) = (await there.board()).rows
    assert (row.owner, row.claimed_at) == (OPERATOR, MARCH_2)
    assert row.stale_since is not None
    assert timedelta() <= last - row.stale_since < timedelta(seconds=10)
    assert (await there.take_over(case.file.call_id, owner=OPERATOR, reason="scherm weg")).file.owner == "a.bakker"


async def test_a_claim_that_goes_silent_is_news_and_a_sign_of_life_is_not(
    two: tuple[Desk, Desk], clock: RoomClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = two
    await here.take(ring(here, place=""))
    assert here._heart is not None
    await there.board()
    clock.now += timedelta(seconds=20)
    here._heart.beat()
    reader = there._of_the_room._opened()
    monkeypatch.setattr(type(reader), "changed", lambda _: True)
    assert await there.board_if_changed() is None, "somebody wrote, and nothing is new"
    clock.now += timedelta(seconds=31)
    monkeypatch.setattr(type(reader), "changed", lambda _: False)
    assert await there.board_if_changed() is None, "nobody wrote, and it is not time to look again"
    there._look_again_at = 0.0
    board = await there.board_if_changed()
    assert board is not None
    assert board.rows[0].stale_since is not None


async def test_taking_over_gives_the_call_as_it_stands_and_stops_the_other_desk(two: tuple[Desk, Desk]) -> None:
    here, there = two
    theirs = await here.take(ring(here, place=""))
    theirs = await here.answer(theirs, "verdachte", "aanwezig")
    mine = await there.take_over(theirs.file.call_id, owner=OPERATOR, reason="geen reactie")
    assert mine.file.answers == {"verdachte": "aanwezig"}
    assert mine.suggestion.after_wish.at_least == "eenheid_prio1"
    proposal = here.propose(theirs, Choice.PRIO2)
    with pytest.raises(NotYours, match=r"a\.bakker heeft die overgenomen .*geen reactie"):
        await here.decide(theirs, proposal)
    decision = await there.decide(mine, there.propose(mine, Choice.PRIO1))
    assert decision.by == "a.bakker"
    seen = await here.see(theirs)
    assert (seen.file.owner, seen.file.transfers[0].reason) == ("a.bakker", "geen reactie")
    assert here._heart is not None
    here._heart.beat()
    assert here._heart.claims == ()
    assert there._heart is not None
    assert [claim.owner for claim in there._heart.claims] == ["a.bakker"]


async def test_handing_over_lets_go_of_the_call(two: tuple[Desk, Desk]) -> None:
    here, there = two
    case = await here.take(ring(here, place=""))
    await here.hand_over(case, "a.bakker", "einde dienst")
    assert here._heart is not None
    assert here._heart.claims == ()
    (row,) = (await there.board()).rows
    assert row.transfer is not None
    assert (row.owner, row.transfer.reason) == ("a.bakker", "einde dienst")
    case = await there.take(row.call_id)
    await there.hand_over(case, None, "melder belt terug")
    (row,) = (await here.board()).rows
    assert (row.owner, row.stage) == (None, Stage.WAITING)


async def test_a_reassessment_times_the_same_act_from_its_own_moment(two: tuple[Desk, Desk], clock: RoomClock) -> None:
    here, _ = two
    case = await here.take(ring(here, place=""))
    for question, value in (("gaande", "nee"), ("laatste_handeling", "0.5"), ("vorm", "bankhelpdeskfraude")):
        case = await here.answer(case, question, value)
    await here.decide(case, here.propose(case, Choice.ADVICE))
    case = await here.see(case)
    clock.now += timedelta(hours=20, minutes=20)
    case = await here.reassess(case)
    assert (case.file.assessment, case.file.assessed_from) == (2, clock.now)
    assert case.file.answers == {"gaande": "nee", "laatste_handeling": "20.8333", "vorm": "bankhelpdeskfraude"}
    first, second = await here.versions(case)
    assert first.answers["laatste_handeling"] == "0.5"
    assert second.suggestion == case.suggestion
    changes = difference(first, second)
    assert (changes.answers, changes.choice) == ((), (Choice.ADVICE, None))
    case = await here.answer(case, "gaande", "ja")
    first, second = await here.versions(case)
    assert difference(first, second).answers == (ChangedAnswer("gaande", "nee", "ja"),)


async def test_an_unknown_moment_stays_unknown_in_a_reassessment(two: tuple[Desk, Desk], clock: RoomClock) -> None:
    here, _ = two
    case = await here.take(ring(here, place=""))
    case = await here.answer(case, "laatste_handeling", "onbekend")
    await here.decide(case, here.propose(case, Choice.ADVICE))
    case = await here.see(case)
    clock.now -= timedelta(hours=1)
    assert (await here.reassess(case)).file.answers == {"laatste_handeling": "onbekend"}


async def test_a_clock_that_was_put_back_makes_no_act_of_the_future(two: tuple[Desk, Desk], clock: RoomClock) -> None:
    here, _ = two
    case = await here.take(ring(here, place=""))
    case = await here.answer(case, "laatste_handeling", "0.5")
    await here.decide(case, here.propose(case, Choice.ADVICE))
    case = await here.see(case)
    clock.now -= timedelta(hours=1)
    assert (await here.reassess(case)).file.answers == {"laatste_handeling": "0"}
