"""Any order of an operators' room, compared step by step with a few lines that keep it all in memory."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from console.model import (
    CallBack,
    Channel,
    Choice,
    Claim,
    Decision,
    Detail,
    Device,
    DraftPlace,
    Facts,
    IncomingCall,
    Location,
    Role,
    Stage,
)
from console.record import (
    AlreadyClaimed,
    Calls,
    DecisionDraft,
    DifferentCall,
    Home,
    NotYours,
    Reader,
    RecordError,
    Writer,
)
from console.record.verifying import verify
from tests.record.support import START, Clock, dispatch, draft, incoming

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PEOPLE = st.sampled_from(["jan", "piet", "[/b]"])
MOMENTS = st.integers(0, 7200).map(lambda seconds: START + timedelta(seconds=seconds))
DETAILS: st.SearchStrategy[Detail] = st.one_of(
    st.builds(Device, TEXT.filter(str.strip), TEXT), st.builds(CallBack, MOMENTS, TEXT, TEXT, st.booleans())
)


@dataclass
class Expected:
    """What a call must look like."""

    incoming: IncomingCall
    stage: Stage = Stage.WAITING
    owner: str | None = None
    fence: int = 0
    facts: Facts = field(default_factory=Facts)
    answers: dict[str, str] = field(default_factory=dict)
    note: str = ""
    decisions: list[Decision] = field(default_factory=list)
    draft_choice: Choice | None = None
    drafts: dict[DraftPlace, str] = field(default_factory=dict)
    transfers: list[tuple[str, str | None, str]] = field(default_factory=list)
    ended: list[dict[str, str]] = field(default_factory=list)
    """The answers as they stood at the end of each assessment but the last."""
    messages: list[str] = field(default_factory=list)
    details: list[tuple[Detail, bool]] = field(default_factory=list)
    """Each as it stands, and whether it was taken back."""
    questions: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    """Each with who took it up and what was answered."""

    @property
    def promised(self) -> datetime | None:
        """The first promise to call back that was not kept."""
        calls_back = (detail for detail, gone in self.details if isinstance(detail, CallBack) and not gone)
        return min((each.at for each in calls_back if not each.done), default=None)

    @property
    def waiting(self) -> str | None:
        """The first question without an answer."""
        return next((question for question, _, answer in self.questions if answer is None), None)


class Room(RuleBasedStateMachine):
    """Operators at one record; every claim that was ever given may be used again, stale or not."""

    numbers = Bundle("numbers")
    claims = Bundle("claims")
    drafts = Bundle("drafts")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        home = Home.prepare(Path(self.folder.name) / "map")
        self.clock = Clock()
        self.writer = Writer.open(home, clock=self.clock)
        self.reader = Reader.open(home, clock=self.clock)
        self.calls = Calls(self.writer)
        self.expected: dict[str, Expected] = {}
        self.rung: dict[str, tuple[str, IncomingCall]] = {}
        self.tokens: dict[str, tuple[DecisionDraft, str | None, Decision]] = {}

    def teardown(self) -> None:
        faults = verify(self.writer.home).faults
        self.reader.close()
        self.writer.close()
        self.folder.cleanup()
        assert faults == ()

    def is_current(self, claim: Claim) -> bool:
        call = self.expected[claim.call_id]
        return (call.owner, call.fence) == (claim.owner, claim.fence)

    @rule(target=numbers, external_id=st.sampled_from(["a", "b", "c"]), name=st.sampled_from(["x", "y"]), words=TEXT)
    def ring(self, external_id: str, name: str, words: str) -> Any:
        call = incoming(external_id, name=name, first_words=words)
        known = self.rung.get(external_id)
        if known is None:
            rung = self.calls.ring(call)
            assert rung.created
            assert rung.call_id not in self.expected
            self.rung[external_id] = (rung.call_id, call)
            self.expected[rung.call_id] = Expected(call)
            return rung.call_id
        if known[1] == call:
            rung = self.calls.ring(call)
            assert (rung.call_id, rung.created) == (known[0], False)
        else:
            with pytest.raises(DifferentCall):
                self.calls.ring(call)
        return multiple()

    @rule(target=claims, by=PEOPLE)
    def open_by_hand(self, by: str) -> Claim:
        claim = self.calls.open_by_hand(Channel.OTHER, by)
        call = IncomingCall(None, Channel.OTHER, "", "", Location(), "", self.clock.now)
        self.expected[claim.call_id] = Expected(call, Stage.IN_PROGRESS, by, claim.fence)
        return claim

    @rule(target=claims, call_id=numbers, by=PEOPLE)
    def claim(self, call_id: str, by: str) -> Any:
        call = self.expected[call_id]
        if call.owner not in {None, by}:
            with pytest.raises(AlreadyClaimed) as refusal:
                self.calls.claim(call_id, by)
            assert refusal.value.owner == call.owner
            return multiple()
        claim = self.calls.claim(call_id, by)
        assert claim.fence > call.fence
        self.give(call, claim)
        if call.stage == Stage.WAITING:
            call.stage = Stage.IN_PROGRESS
        return claim

    def give(self, call: Expected, claim: Claim) -> None:
        if call.owner != claim.owner:
            call.draft_choice = None
            call.drafts.clear()
        call.owner, call.fence = claim.owner, claim.fence

    def put_back(self, call: Expected) -> None:
        call.owner = call.draft_choice = None
        call.drafts.clear()
        if call.stage == Stage.IN_PROGRESS:
            call.stage = Stage.WAITING

    @rule(target=claims, call_id=numbers, by=PEOPLE, owner=PEOPLE, reason=TEXT)
    def take_over(self, call_id: str, by: str, owner: str, reason: str) -> Any:
        call = self.expected[call_id]
        if not reason.strip() or call.owner in {None, by} or call.owner != owner:
            with pytest.raises(RecordError):
                self.calls.take_over(call_id, by, owner=owner, reason=reason)
            return multiple()
        claim = self.calls.take_over(call_id, by, owner=owner, reason=reason)
        assert claim.fence > call.fence
        self.give(call, claim)
        call.transfers.append((owner, by, reason))
        return claim

    @rule(claim=claims, to=st.none() | PEOPLE, note=TEXT)
    def hand_over(self, claim: Claim, to: str | None, note: str) -> None:
        if not self.is_current(claim):
            with pytest.raises(NotYours):
                self.calls.hand_over(claim, to, note)
            return
        if not note.strip() or to == claim.owner:
            with pytest.raises(RecordError):
                self.calls.hand_over(claim, to, note)
            return
        self.calls.hand_over(claim, to, note)
        call = self.expected[claim.call_id]
        call.transfers.append((claim.owner, to, note))
        if to is None:
            self.put_back(call)
        else:
            self.give(call, Claim(claim.call_id, to, claim.fence + 1))

    @rule(some=st.lists(claims, max_size=4))
    def renew(self, some: list[Claim]) -> None:
        assert self.calls.renew(some) == tuple(claim for claim in some if not self.is_current(claim))
        held = {claim.call_id for claim in some if self.is_current(claim)}
        assert all(self.reader.file(call_id).stale_since is None for call_id in held)

    @rule(claim=claims, choice=st.none() | st.sampled_from([Choice.PRIO1, Choice.ADVICE]))
    def draft_choice(self, claim: Claim, choice: Choice | None) -> None:
        if not self.is_current(claim):
            with pytest.raises(NotYours):
                self.calls.draft_choice(claim, choice)
            return
        self.calls.draft_choice(claim, choice)
        self.expected[claim.call_id].draft_choice = choice

    @rule(claim=claims, place=st.sampled_from(DraftPlace), text=st.just("") | TEXT)
    def draft_text(self, claim: Claim, place: DraftPlace, text: str) -> None:
        if not self.is_current(claim):
            with pytest.raises(NotYours):
                self.calls.draft_text(claim, place, text)
            return
        self.calls.draft_text(claim, place, text)
        drafts = self.expected[claim.call_id].drafts
        drafts.pop(place, None)
        if text:
            drafts[place] = text

    @rule(claim=claims, value=st.none() | TEXT)
    def reassess(self, claim: Claim, value: str | None) -> None:
        answers = {} if value is None else {"laatste_handeling": value}
        if not self.is_current(claim):
            with pytest.raises(NotYours):
                self.calls.reassess(claim, answers=answers)
            return
        call = self.expected[claim.call_id]
        if call.stage != Stage.DECIDED:
            with pytest.raises(RecordError, match="nog niet besloten"):
                self.calls.reassess(claim, answers=answers)
            return
        self.calls.reassess(claim, answers=answers)
        call.stage, call.draft_choice = Stage.IN_PROGRESS, None
        call.ended.append(dict(call.answers))
        call.answers |= answers

    @rule(claim=claims)
    def release(self, claim: Claim) -> None:
        if not self.is_current(claim):
            with pytest.raises(NotYours):
                self.calls.release(claim)
            return
        self.calls.release(claim)
        self.put_back(self.expected[claim.call_id])

    @rule(claim=claims, question=st.sampled_from(["gaande", "wens"]), value=st.none() | TEXT)
    def answer(self, claim: Claim, question: str, value: str | None) -> None:
        if not self.is_current(claim):
            with pytest.raises(NotYours):
                self.calls.answer(claim, question, value)
            return
        self.calls.answer(claim, question, value)
        answers = self.expected[claim.call_id].answers
        answers.pop(question, None)
        if value is not None:
            answers[question] = value

    @rule(claim=claims, text=TEXT)
    def note(self, claim: Claim, text: str) -> None:
        if not self.is_current(claim):
            with pytest.raises(NotYours):
                self.calls.note(claim, text)
            return
        self.calls.note(claim, text)
        self.expected[claim.call_id].note = text

    @rule(claim=claims, text=TEXT, role=st.none() | st.sampled_from(Role), freely=st.none() | st.booleans())
    def tell(self, claim: Claim, text: str, role: Role | None, freely: bool | None) -> None:
        facts = Facts(text, text[::-1], role, freely)
        if not self.is_current(claim):
            with pytest.raises(NotYours):
                self.calls.tell(claim, facts)
            return
        self.calls.tell(claim, facts)
        self.expected[claim.call_id].facts = facts

    @rule(
        claim=claims,
        name=st.sampled_from(["t1", "t2", "t3", "t4"]),
        choice=st.sampled_from([Choice.PRIO2, Choice.ADVICE, Choice.CONSULT]),
        deviates=st.booleans(),
    )
    def decide(self, claim: Claim, name: str, choice: Choice, deviates: bool) -> None:
        made = draft(name, choice, deviates=deviates)
        sent = dispatch(claim.call_id, 2, message_id=f"bericht {name}") if choice.priority else None
        known = self.tokens.get(name)
        if known is not None:
            same = known[0] == made and (known[2].call_id, known[2].by) == (claim.call_id, claim.owner)
            if same:
                assert self.calls.decide(claim, made, sent).id == known[2].id
            else:
                with pytest.raises(RecordError, match="al gebruikt"):
                    self.calls.decide(claim, made, sent)
            return
        if not self.is_current(claim):
            with pytest.raises(NotYours):
                self.calls.decide(claim, made, sent)
            return
        decision = self.calls.decide(claim, made, sent)
        self.tokens[name] = (made, decision.message_id, decision)
        call = self.expected[claim.call_id]
        call.decisions.append(decision)
        call.draft_choice = None
        if sent is not None:
            call.messages.append(sent.message_id)
        if choice != Choice.CONSULT:
            call.stage = Stage.DECIDED

    @rule(claim=claims, detail=DETAILS)
    def add(self, claim: Claim, detail: Detail) -> None:
        if not self.is_current(claim):
            with pytest.raises(NotYours):
                self.calls.add(claim, detail)
            return
        call = self.expected[claim.call_id]
        call.details.append((detail, False))
        assert self.calls.add(claim, detail) == len(call.details)

    @rule(claim=claims, number=st.integers(0, 3), detail=DETAILS)
    def change(self, claim: Claim, number: int, detail: Detail) -> None:
        if not self.is_current(claim):
            with pytest.raises(NotYours):
                self.calls.change(claim, number, detail)
            return
        known = self.expected[claim.call_id].details
        if not 1 <= number <= len(known) or type(known[number - 1][0]) is not type(detail):
            with pytest.raises(RecordError):
                self.calls.change(claim, number, detail)
            return
        self.calls.change(claim, number, detail)
        known[number - 1] = (detail, False)

    @rule(claim=claims, number=st.integers(0, 3))
    def take_back(self, claim: Claim, number: int) -> None:
        if not self.is_current(claim):
            with pytest.raises(NotYours):
                self.calls.take_back(claim, number)
            return
        known = self.expected[claim.call_id].details
        if not 1 <= number <= len(known):
            with pytest.raises(RecordError):
                self.calls.take_back(claim, number)
            return
        self.calls.take_back(claim, number)
        known[number - 1] = (known[number - 1][0], True)

    @rule(claim=claims, question=TEXT)
    def consult(self, claim: Claim, question: str) -> None:
        if not self.is_current(claim):
            with pytest.raises(NotYours):
                self.calls.consult(claim, question)
            return
        if not question.strip():
            with pytest.raises(RecordError):
                self.calls.consult(claim, question)
            return
        asked = self.expected[claim.call_id].questions
        standing = [
            each for each, (text, _, answer) in enumerate(asked, start=1) if answer is None and text == question
        ]
        number = self.calls.consult(claim, question)
        self.expected[claim.call_id].drafts.pop(DraftPlace.QUESTION, None)
        if not standing:
            asked.append((question, None, None))
        assert number == (standing[0] if standing else len(asked))

    @rule(call_id=numbers, number=st.integers(0, 3), by=PEOPLE)
    def take_up(self, call_id: str, number: int, by: str) -> None:
        asked = self.expected[call_id].questions
        question, seen_by, answer = asked[number - 1] if 1 <= number <= len(asked) else ("", "niemand", None)
        if seen_by != by and (seen_by is not None or answer is not None):
            with pytest.raises(RecordError):
                self.calls.take_up(call_id, number, by)
            return
        self.calls.take_up(call_id, number, by)
        asked[number - 1] = (question, by, answer)

    @rule(call_id=numbers, number=st.integers(0, 3), by=PEOPLE, answer=TEXT)
    def reply(self, call_id: str, number: int, by: str, answer: str) -> None:
        asked = self.expected[call_id].questions
        is_open = 1 <= number <= len(asked) and asked[number - 1][2] is None
        if not answer.strip() or not is_open:
            file = self.reader.file(call_id)
            if 1 <= number <= len(asked) and answer.strip():
                known = file.consultations[number - 1]
                if (known.answer, known.answered_by) == (answer, by):
                    self.calls.reply(call_id, number, answer, by)
                    return
            with pytest.raises(RecordError):
                self.calls.reply(call_id, number, answer, by)
            return
        self.calls.reply(call_id, number, answer, by)
        asked[number - 1] = (*asked[number - 1][:2], answer)

    @rule(back=st.booleans(), seconds=st.integers(1, 7200))
    def time_passes(self, back: bool, seconds: int) -> None:
        self.clock.forward(seconds=-seconds if back else seconds)

    @invariant()
    def the_file_says_the_same(self) -> None:
        for call_id, call in self.expected.items():
            file = self.reader.file(call_id)
            assert (file.incoming, file.stage, file.owner, file.fence) == (
                call.incoming,
                call.stage,
                call.owner,
                call.fence,
            )
            assert file.drafts == call.drafts
            assert (file.draft_choice, file.assessment) == (call.draft_choice, len(call.ended) + 1)
            transfers = [(each.from_owner, each.to_owner, each.reason) for each in file.transfers]
            assert transfers == call.transfers
            versions = self.reader.versions(call_id)
            assert [version.answers for version in versions] == [*call.ended, call.answers]
            assert [made for version in versions for made in version.decisions] == call.decisions
            assert (file.facts, file.answers, file.note) == (call.facts, call.answers, call.note)
            assert list(file.decisions) == call.decisions
            assert [delivery.message_id for delivery in file.deliveries] == call.messages
            assert [(known.detail, known.taken_back) for known in file.details] == call.details
            asked = [(each.question, each.seen_by, each.answer) for each in file.consultations]
            assert asked == call.questions

    @invariant()
    def the_board_shows_what_is_open(self) -> None:
        open_calls = {
            call_id
            for call_id, call in self.expected.items()
            if call.stage != Stage.DECIDED
            or call.messages
            or any(decision.deviates for decision in call.decisions)
            or call.promised
            or call.waiting
        }
        board = self.reader.board()
        with Reader.open(self.writer.home, clock=self.clock) as anew:
            assert anew.board() == board
        assert {row.call_id for row in board.rows} == open_calls
        for row in board.rows:
            call = self.expected[row.call_id]
            question = row.consultation.question if row.consultation else None
            assert (row.call_back_at, question) == (call.promised, call.waiting)


TestRoom = Room.TestCase
TestRoom.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
