"""A program that works on a record as a room does, and says on its output what was acknowledged to it.

Run as `python -m tests.record.crew FOLDER NAME SEED`; it goes on until it is killed.
"""

from __future__ import annotations

import json
import os
import random
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from console.model import Choice, Claim, UnitStatus
from console.record import AlreadyClaimed, Calls, DecisionDraft, Home, NotToSend, NotYours, Outbox, Reader, Writer
from tests.record.support import START, dispatch, draft, incoming


def say(*fact: str | int | None) -> None:
    """Acknowledge one fact; written straight to the pipe, so that nothing said is lost with the process."""
    os.write(1, json.dumps(fact).encode() + b"\n")


class Crew:
    """One program of a busy room: intake, an operator and the delivery service in one."""

    def __init__(self, home: Home, name: str, seed: str) -> None:
        self.name = name
        self.chance = random.Random(seed)
        self.writer = Writer.open(home, deadline=30)
        self.reader = Reader.open(home)
        self.calls = Calls(self.writer)
        self.outbox = Outbox(self.writer)
        self.mine: dict[str, Claim] = {}
        self.count = 0

    def unique(self, what: str) -> str:
        self.count += 1
        return f"{what} {self.name} {self.count}"

    def ring(self) -> None:
        external_id = self.unique("melding")
        call_id = self.calls.ring(incoming(external_id, first_words=external_id)).call_id
        say("ring", external_id, call_id)
        assert self.calls.ring(incoming(external_id, first_words=external_id)).call_id == call_id

    def take(self) -> None:
        free = [row.call_id for row in self.reader.board().rows if row.owner is None]
        if free:
            call_id = self.chance.choice(free)
            with suppress(AlreadyClaimed):
                claim = self.mine[call_id] = self.calls.claim(call_id, self.name)
                say("claim", call_id, self.name, claim.fence)

    def talk(self, claim: Claim) -> None:
        value = self.unique("antwoord")
        self.calls.answer(claim, "gaande", value)
        say("answer", claim.call_id, value)
        note = self.unique("notitie")
        self.calls.note(claim, note)
        say("note", claim.call_id, note, claim.fence)

    def decide(self, claim: Claim) -> None:
        choice = self.chance.choice([Choice.PRIO1, Choice.PRIO2, Choice.ADVICE])
        made: DecisionDraft = draft(self.unique("besluit"), choice)
        sent = None if choice.priority is None else dispatch(claim.call_id, choice.priority)
        decision = self.calls.decide(claim, made, sent)
        say("decide", claim.call_id, made.token, decision.id, decision.message_id)
        assert self.calls.decide(claim, made, sent) == decision

    def release(self, claim: Claim) -> None:
        del self.mine[claim.call_id]
        self.calls.release(claim)
        say("release", claim.call_id, claim.fence)

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
            say("sending", message_id)
            reference = self.unique("GMS")
            if self.outbox.delivered(message_id, reference):
                say("delivered", message_id)
            if self.chance.random() < 0.8 and self.outbox.accepted(message_id, reference):
                say("accepted", message_id)
                if self.outbox.unit(message_id, "11-01", UnitStatus.EN_ROUTE, START):
                    say("unit", message_id)

    def step(self) -> None:
        claim = self.mine.get(self.chance.choice(list(self.mine))) if self.mine else None
        if claim is None or self.chance.random() < 0.3:
            self.chance.choice([self.ring, self.take, self.deliver])()
        else:
            steps = [self.talk, self.talk, self.decide, self.release, self.stale]
            self.chance.choice(steps)(claim)


if __name__ == "__main__":
    crew = Crew(Home.prepare(Path(sys.argv[1])), sys.argv[2], sys.argv[3])
    while True:
        crew.step()
