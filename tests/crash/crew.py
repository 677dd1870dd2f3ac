"""A program that works on a record as a room does, and says on its output what was acknowledged to it.

Run as `python -m tests.crash.crew FOLDER NAME SEED`; it goes on until it is killed.
"""

from __future__ import annotations

import json
import os
import random
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from console.model import Choice, Claim, Clue, ClueKind, Delivery, DraftPlace, Stage, UnitStatus
from console.record import (
    AlreadyClaimed,
    Calls,
    DecisionDraft,
    Home,
    NotToSend,
    NotYours,
    Outbox,
    Reader,
    RecordError,
    Writer,
)
from tests.record.support import START, dispatch, draft, incoming

if TYPE_CHECKING:
    from collections.abc import Callable


Word = str | int | None


def say_aloud(*fact: Word) -> None:
    """Acknowledge one fact; written straight to the pipe, so that nothing said is lost with the process."""
    os.write(1, json.dumps(fact).encode() + b"\n")


class NotTaken(Exception):  # noqa: N818 - says what happened
    """There was nobody any more to take the call from."""


class Crew:
    """One program of a busy room: intake, an operator and the delivery service in one.

    `name` is the operator, who starts again after a crash; `life` is this one start of the program. `say` hears each
    fact the moment the record has acknowledged it.
    """

    def __init__(self, writer: Writer, reader: Reader, name: str, life: str, say: Callable[..., None]) -> None:
        self.name = name
        self.life = life
        self.say = say
        self.chance = random.Random(life)
        self.reader = reader
        self.calls = Calls(writer)
        self.outbox = Outbox(writer)
        self.mine: dict[str, Claim] = {}
        self.count = 0

    def unique(self, what: str) -> str:
        self.count += 1
        return f"{what} {self.life} {self.count}"

    def ring(self) -> None:
        external_id = self.unique("melding")
        call_id = self.calls.ring(incoming(external_id, first_words=external_id)).call_id
        self.say("ring", external_id, call_id)
        assert self.calls.ring(incoming(external_id, first_words=external_id)).call_id == call_id

    def take(self) -> None:
        """Take a free call, or one that was ours before the program died."""
        rows = self.reader.board().rows
        free = [row.call_id for row in rows if row.owner in {None, self.name} and row.call_id not in self.mine]
        if free:
            call_id = self.chance.choice(free)
            with suppress(AlreadyClaimed):
                claim = self.mine[call_id] = self.calls.claim(call_id, self.name)
                self.say("claim", call_id, self.name, claim.fence)

    def take_over(self) -> None:
        """Take a call from another, who may well be working on it."""
        others = [row for row in self.reader.board().rows if row.owner not in {None, self.name}]
        if others:
            row = self.chance.choice(others)
            assert row.owner is not None
            with suppress(AlreadyClaimed, NotTaken):
                claim = self.mine[row.call_id] = self._taken_over(row.call_id, row.owner)
                self.say("claim", row.call_id, self.name, claim.fence)

    def _taken_over(self, call_id: str, owner: str) -> Claim:
        try:
            return self.calls.take_over(call_id, self.name, owner=owner, reason=self.unique("overname"))
        except RecordError as error:
            if "wachtrij" in str(error) or "al van u" in str(error):
                raise NotTaken from error  # it was put back, or came to us, since we looked
            raise

    def hand_over(self, claim: Claim) -> None:
        """Give a call to a colleague, or back to the queue."""
        note = self.unique("overdracht")
        del self.mine[claim.call_id]
        to = self.chance.choice([None, "collega"])
        self.calls.hand_over(claim, to, note)
        self.say("hand over", claim.call_id, note, to)

    def choose(self, claim: Claim) -> None:
        """Choose without confirming, and type without."""
        self.calls.draft_choice(claim, self.chance.choice([None, Choice.PRIO1, Choice.PRIO2]))
        self.calls.draft_text(claim, self.chance.choice([*DraftPlace]), self.chance.choice(["", "half", "heel"]))

    def reassess(self, claim: Claim) -> None:
        """Open a call again that was decided."""
        file = self.reader.file(claim.call_id)
        if file.stage is Stage.DECIDED:
            self.calls.reassess(claim, answers={"laatste_handeling": "3"})
            self.say("reassess", claim.call_id, file.assessment + 1)

    def live_on(self) -> None:
        """Give a sign of life for all that is held."""
        for lost in self.calls.renew(tuple(self.mine.values())):
            self.mine.pop(lost.call_id)

    def talk(self, claim: Claim) -> None:
        value = self.unique("antwoord")
        self.calls.answer(claim, "gaande", value)
        self.say("answer", claim.call_id, value)
        note = self.unique("notitie")
        self.calls.note(claim, note)
        self.say("note", claim.call_id, note, claim.fence)

    def jot(self, claim: Claim) -> None:
        """Note a detail, or correct or take back one that stands."""
        text = self.unique("spoor")
        known = self.reader.file(claim.call_id).details
        if not known or self.chance.random() < 0.5:
            number = self.calls.add(claim, Clue(ClueKind.OTHER, text, text))
        else:
            number = self.chance.choice(known).number
            self.calls.change(claim, number, Clue(ClueKind.OTHER, text, text, valid=False))
        self.say("jot", claim.call_id, number, text)
        if self.chance.random() < 0.2:
            self.calls.take_back(claim, number)
            self.say("take back", claim.call_id, number)

    def consult(self, claim: Claim) -> None:
        """Ask something, and let the room answer."""
        question = self.unique("vraag")
        number = self.calls.consult(claim, question)
        self.say("consult", claim.call_id, number, question)
        answer = self.unique("antwoord van de lead")
        self.calls.reply(claim.call_id, number, answer, self.name)
        self.say("reply", claim.call_id, number, answer)

    def decide(self, claim: Claim) -> None:
        choice = self.chance.choice([Choice.PRIO1, Choice.PRIO2, Choice.ADVICE])
        made: DecisionDraft = draft(self.unique("besluit"), choice)
        message_id = str(UUID(int=self.chance.getrandbits(128), version=4))
        sent = None if choice.priority is None else dispatch(claim.call_id, choice.priority, message_id)
        decision = self.calls.decide(claim, made, sent)
        self.say("decide", claim.call_id, made.token, decision.id, decision.message_id)
        assert self.calls.decide(claim, made, sent) == decision

    def add_news(self, claim: Claim) -> None:
        """Add to the newest dispatch of a call, where there is one that can be added to."""
        sent = [each for each in self.reader.dispatches(claim.call_id) if not each.adds_to]
        if sent:
            message_id = str(UUID(int=self.chance.getrandbits(128), version=4))
            news = dispatch(claim.call_id, sent[-1].priority, message_id, adds_to=sent[-1].message_id)
            self.calls.add_to_dispatch(claim, news)
            self.say("add", sent[-1].message_id, message_id)

    def release(self, claim: Claim) -> None:
        del self.mine[claim.call_id]
        self.calls.release(claim)
        self.say("release", claim.call_id, claim.fence)

    def stale(self, claim: Claim) -> None:
        with suppress(NotYours):
            self.calls.note(replace(claim, fence=claim.fence - 1), "van een oud scherm")
            raise AssertionError("a stale claim wrote")

    def deliver(self) -> None:
        for parcel in self.outbox.due(START.replace(year=2100), 3):
            message_id = parcel.dispatch.message_id
            try:
                self.outbox.sending(message_id)
            except NotToSend:
                continue  # another crew delivers on the same record, which no real room allows
            self.say("sending", message_id)
            if self.outbox.delivered(message_id, self.unique("GMS")):
                self.say("delivered", message_id)

    def follow(self) -> None:
        for state in self.outbox.watched(3):
            message_id = state.message_id
            if state.state is Delivery.DELIVERED and self.outbox.accepted(message_id, state.cad_reference):
                self.say("accepted", message_id)
            for status in (UnitStatus.EN_ROUTE, UnitStatus.CLOSED):
                if self.outbox.unit(message_id, "11-01", status, START):
                    self.say("unit", message_id, status)

    def step(self) -> None:
        claim = self.mine.get(self.chance.choice(list(self.mine))) if self.mine else None
        if claim is None or self.chance.random() < 0.3:
            rounds = [self.ring, self.take, self.take, self.take_over, self.live_on, self.deliver, self.follow]
            self.chance.choice(rounds)()
            return
        steps = [self.talk, self.talk, self.decide, self.decide, self.reassess, self.choose, self.release, self.stale]
        try:
            self.chance.choice([*steps, self.hand_over, self.jot, self.jot, self.consult, self.add_news])(claim)
        except NotYours:
            self.mine.pop(claim.call_id, None)  # another crew took it over


def main() -> None:
    """Work until killed."""
    home = Home.prepare(Path(sys.argv[1]))
    with Writer.open(home, deadline=30) as writer, Reader.open(home) as reader:
        crew = Crew(writer, reader, sys.argv[2], sys.argv[3], say_aloud)
        while True:
            crew.step()


if __name__ == "__main__":
    main()
