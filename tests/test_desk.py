"""What an operator does at the desk: each step is on disk when it comes back, and doing it twice does it once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from console.desk import Desk, open_desk
from console.difference import ChangedAnswer, difference
from console.model import (
    OPEN,
    Advised,
    Certainty,
    Channel,
    Choice,
    Delivery,
    Device,
    Fact,
    Facts,
    Known,
    Person,
    PersonRole,
    Role,
    Source,
    Special,
    Stage,
)
from console.record import AlreadyClaimed, Calls, DecidedMeanwhile, NotYours, RecordError
from console.record.engine import sqlite
from tests.seat import MARCH_2, OPERATOR, open_seat, ring
from triage_rules import AnswerError


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    made = open_seat(tmp_path / "huis")
    yield made
    await made.close()


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


async def test_until_the_wish_is_asked_a_deviation_is_measured_on_urgency(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    for question, value in {"gevaar": "nee", "verdachte": "nee", "vorm": "bankhelpdeskfraude", "gaande": "ja"}.items():
        case = await desk.answer(case, question, value)
    for question, value in {"toegang_open": "ja", "minderjarig": "nee"}.items():
        case = await desk.answer(case, question, value)
    assert case.suggestion.urgency.at_least == "eenheid_prio2"
    assert case.suggestion.after_wish.at_least == "centralist_beslist"
    assert desk.propose(case, Choice.ADVICE).draft.deviates
    assert "P2c" in case.suggestion.rules
    refused = await desk.answer(case, "wens", "geen_bezoek")
    assert not desk.propose(refused, Choice.ADVICE).draft.deviates


async def test_what_was_passed_on_by_hand_is_not_sent_any_more(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    decision = await desk.decide(case, desk.propose(case, Choice.PRIO1))
    assert decision.message_id is not None
    case = await desk.by_hand(case, decision.message_id)
    assert case.file.deliveries[0].state is Delivery.BY_HAND


async def test_telling_never_lowers_danger(desk: Desk) -> None:
    case = await desk.take(ring(desk, place=""))
    case = await desk.answer(case, "gevaar", "nu")
    case = await desk.tell(case, Facts(speaks_freely=False))
    assert case.file.answers["gevaar"] == "nu"


async def test_confirming_twice_is_one_decision_and_one_dispatch(desk: Desk) -> None:
    case = await desk.take(ring(desk, place=""))
    proposal = desk.propose(case, Choice.PRIO1)
    first = await desk.decide(case, proposal)
    assert await desk.decide(case, proposal) == first
    case = await desk.see(case)
    assert len(case.file.decisions) == len(case.file.deliveries) == 1


async def test_a_decision_holds_the_policy_and_every_question_asked_or_not(desk: Desk) -> None:
    case = await desk.take(ring(desk, place=""))
    case = await desk.answer(case, "gevaar", "onbekend")
    decision = await desk.decide(case, desk.propose(case, Choice.ONLINE))
    assert decision.answers == {question.id: OPEN for question in case.policy.questions} | {"gevaar": "onbekend"}
    assert (decision.policy.id, decision.policy.version) == (case.policy.id, case.policy.version)
    assert decision.policy.meaning_hash == case.policy.meaning_hash
    assert decision.by == OPERATOR
    assert decision.message_id is None


async def test_a_dispatch_goes_out_as_it_was_shown(desk: Desk) -> None:
    case = await desk.take(ring(desk, place="Markt 1, Assen"))
    proposal = desk.propose(case, Choice.PRIO2)
    decision = await desk.decide(case, proposal)
    assert proposal.dispatch is not None
    assert decision.message_id == proposal.dispatch.message_id
    assert proposal.dispatch.location.address == "Markt 1, Assen"
    assert proposal.dispatch.exercise


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


class RoomClock:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.now = MARCH_2

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> RoomClock:
    return RoomClock()


@pytest.fixture
async def two(tmp_path: Path, clock: RoomClock) -> AsyncIterator[tuple[Desk, Desk]]:
    """Two operators at one record: j.devries and a.bakker."""
    first = open_seat(tmp_path / "huis", clock=clock)
    second = open_desk(first.settings, operator="a.bakker", terminal="test2", os_user="root", clock=clock)
    yield first, second
    await second.close()
    await first.close()


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
    reader = there._opened()
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


async def test_a_choice_that_was_not_confirmed_is_there_after_a_restart(two: tuple[Desk, Desk]) -> None:
    here, _ = two
    case = await here.take(ring(here, place=""))
    case = await here.draft_choice(case, Choice.PRIO2)
    assert case.file.draft_choice is Choice.PRIO2
    again = await here.take(case.file.call_id)
    assert again.file.draft_choice is Choice.PRIO2
    assert (await here.draft_choice(again, None)).file.draft_choice is None


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


async def test_what_is_noted_comes_back_with_the_call_as_it_stands(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    case = await desk.add(case, Device("laptop"))
    case = await desk.add(case, Advised("niet-ophangen"))
    case = await desk.change(case, 1, Device("laptop", "staat aan"))
    case = await desk.take_back(case, 2)
    assert [(each.number, each.detail, each.taken_back) for each in case.file.details] == [
        (1, Device("laptop", "staat aan"), False),
        (2, Advised("niet-ophangen"), True),
    ]
    case = await desk.person(case, Person(PersonRole.WITNESS, "Anja"))
    case = await desk.person(case, Person(PersonRole.THIRD_PARTY, "Anja"), 1)
    case = await desk.fact(case, Fact("zag een auto", Source.SAID, Certainty.LIKELY, person=1))
    case = await desk.fact(case, Fact("zag een auto", Source.SAID, Certainty.SURE, person=1), 1)
    case = await desk.impression(case, "klinkt angstig")
    case = await desk.special(case, Special.SUICIDALITY, Known.NO)
    file = (await desk.see(case)).file
    assert file == case.file
    assert [(each.number, each.person.role) for each in file.persons] == [(1, PersonRole.THIRD_PARTY)]
    assert [(each.number, each.fact.certainty) for each in file.told_facts] == [(1, Certainty.SURE)]
    assert (file.impression, dict(file.special)) == ("klinkt angstig", {Special.SUICIDALITY: Known.NO})


async def test_a_lost_answer_does_not_make_a_second_decision(two: tuple[Desk, Desk]) -> None:
    here, _ = two
    case = await here.take(ring(here))
    first = await here.decide(case, here.propose(case, Choice.PRIO2))
    with pytest.raises(DecidedMeanwhile, match="al besloten") as refusal:
        await here.decide(case, here.propose(case, Choice.PRIO1))
    assert refusal.value.decision == first
    case = await here.see(case)
    assert case.file.decisions == (first,)
    second = await here.decide(case, here.propose(case, Choice.PRIO1))
    assert (await here.see(case)).file.decisions == (first, second)


async def test_a_report_beside_the_unit_is_recorded_with_it(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    decision = await desk.decide(case, desk.propose(case, Choice.PRIO1, (Choice.ONLINE,)))
    assert (decision.choice, decision.also) == (Choice.PRIO1, (Choice.ONLINE,))
    with pytest.raises(RecordError, match="dubbel"):
        await desk.decide(case, desk.propose(await desk.see(case), Choice.ADVICE, (Choice.ADVICE,)))


async def test_only_what_is_new_is_added_to_a_dispatch(desk: Desk) -> None:
    case = await desk.take(ring(desk))
    with pytest.raises(RecordError, match="nog geen inzet"):
        await desk.propose_addition(case)
    decision = await desk.decide(case, desk.propose(case, Choice.PRIO1))
    case = await desk.see(case)
    assert await desk.propose_addition(case) is None
    case = await desk.answer(case, "verdachte", "net_weg")
    news = await desk.propose_addition(case)
    assert news is not None
    assert news.adds_to == decision.message_id
    case = await desk.send_addition(case, news)
    case = await desk.send_addition(case, news)
    assert [each.adds_to for each in case.file.deliveries] == ["", decision.message_id]
    assert await desk.propose_addition(case) is None
    assert decision.message_id is not None
    case = await desk.by_hand(case, decision.message_id)
    assert [each.state for each in case.file.deliveries] == [Delivery.BY_HAND, Delivery.REFUSED]
    with pytest.raises(RecordError, match="telefoon"):
        await desk.propose_addition(case)
    with pytest.raises(RecordError, match="telefoon"):
        await desk.send_addition(case, replace(news, message_id="een ander"))


async def test_the_shift_lead_answers_without_taking_the_call(two: tuple[Desk, Desk]) -> None:
    here, there = two
    case = await here.consult(await here.take(ring(here)), "mag dit online?")
    (row,) = (await there.board()).rows
    assert row.consultation is not None
    assert (row.consultation.question, row.owner) == ("mag dit online?", OPERATOR)
    await there.take_up(row.call_id, row.consultation.number)
    await here.board()
    await there.reply(row.call_id, row.consultation.number, "nee, prio 2")
    board = await here.board_if_changed()
    assert board is not None
    assert board.rows[0].consultation is None
    (asked,) = (await here.see(case)).file.consultations
    assert (asked.seen_by, asked.answered_by, asked.answer) == ("a.bakker", "a.bakker", "nee, prio 2")
    with pytest.raises(RecordError, match="al beantwoord"):
        await here.reply(row.call_id, 1, "ja")
    await here.note(case, "verder")


async def test_every_call_that_a_console_shows_is_logged_as_read(desk: Desk) -> None:
    first = await desk.take(ring(desk, number="06-11111111", place=""))
    second = await desk.take(ring(desk, number="06-11111111", place=""))
    for _ in range(2):
        assert [each.call_id for each in await desk.related(second)] == [first.file.call_id]
    ids = (first.file.call_id, second.file.call_id)
    assert read_log(desk) == [
        ("geopend in de console", ids[0]),
        ("geopend in de console", ids[1]),
        ("getoond als verband", ids[0]),
    ]


def read_log(desk: Desk) -> list[tuple[str, str]]:
    connection = sqlite.connect(desk._writer.home.database)
    try:
        return [tuple(row) for row in connection.execute("SELECT what, call_id FROM access_log ORDER BY seq")]
    finally:
        connection.close()
