"""A room in which anything happens, and a count of it in plain Python over all rows, with nothing of how it is read."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import triage_rules
from console.model import (
    Appointment,
    AppointmentKind,
    CallBack,
    Channel,
    Choice,
    Claim,
    Known,
    Location,
    Party,
    Special,
    UnitStatus,
)
from console.overview.overlook import Overlook
from console.record import Calls, Outbox, Policies, RecordError, Writer
from console.settings import Settings
from tests.record.support import Clock, dispatch, draft, home_in, incoming, rows

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from console.overview.figures import Figures, Times

POLICY = triage_rules.load()
HOUR = timedelta(hours=1)
FOLLOWED = timedelta(hours=12)
TABLES = (
    "trace",
    "told",
    "call",
    "call_policy",
    "decision",
    "dispatch",
    "answer",
    "consultation",
    "detail",
    "lease",
    "special",
)
NIGHT_OF_THE_CLOCK = datetime(2026, 10, 25, 0, 20, tzinfo=UTC)
"""02:20 Dutch summer time, forty minutes before the clock goes back to 02:00."""


class Room:
    """Real programs' halves on a real file: what is written by one is read by the other."""

    def __init__(self, folder: Path, start: datetime = NIGHT_OF_THE_CLOCK, **settings: Any) -> None:
        self.clock = Clock(start)
        self.settings = Settings(home=home_in(folder).path, **settings)
        self.writer = Writer.open(home_in(folder), clock=self.clock)
        self.calls, self.outbox, self.policies = Calls(self.writer), Outbox(self.writer), Policies(self.writer)
        self.overlook = Overlook.open(self.settings, self.clock)
        self.overlook.patterns_every = timedelta()
        self.claims: dict[str, Claim] = {}
        self.waiting: list[str] = []
        self.sent: list[str] = []
        self.questions: list[tuple[str, int]] = []
        self.count = 0

    def close(self) -> None:
        self.overlook.close()
        self.writer.close()

    def ring(self, *, ago: timedelta = timedelta(), **changes: Any) -> str:
        self.count += 1
        call = incoming(f"tel-{self.count}", received_at=self.clock.now - ago, **changes)
        call_id = self.calls.ring(call).call_id
        self.waiting.append(call_id)
        return call_id

    def take(self, call_id: str, by: str = "jan") -> Claim:
        claim = self.calls.claim(call_id, by)
        self.policies.begin(claim, POLICY.text_hash)
        self.claims[call_id] = claim
        if call_id in self.waiting:
            self.waiting.remove(call_id)
        return claim

    def decide(self, call_id: str, choice: Choice, **changes: Any) -> str | None:
        self.count += 1
        message = None if choice.priority is None else dispatch(call_id, choice.priority)
        self.calls.decide(self.claims[call_id], draft(f"besluit {self.count}", choice, **changes), message)
        if message is not None:
            self.sent.append(message.message_id)
        return None if message is None else message.message_id

    def look(self) -> Figures:
        return self.overlook.look()

    def anything(self, chance: Random) -> None:
        """Let something happen, if it can."""
        steps = (
            self._ring,
            self._ring,
            self._take,
            self._answer,
            self._answer,
            self._decide,
            self._cad,
            self._cad,
            self._consult,
            self._agree,
            self._give_back,
            self._by_hand,
            self._special,
        )
        self.clock.forward(seconds=chance.choice((0, 1, 7, 40, 300, 900)))
        try:
            chance.choice(steps)(chance)
        except RecordError:
            return  # refused: nothing happened

    def _ring(self, chance: Random) -> None:
        place = chance.choice(("Brink 4, Gieten", "Brink 4 Gieten", "", "Assen", "9461 AS Gieten"))
        self.ring(
            ago=timedelta(seconds=chance.choice((0, 3, 200))),
            channel=chance.choice(list(Channel)),
            urgent=chance.choice((None, True, False)),
            location=Location(place),
        )

    def _take(self, chance: Random) -> None:
        if self.waiting and chance.random() < 0.9:
            self.take(chance.choice(self.waiting), chance.choice(("jan", "a.bakker")))
        else:
            claim = self.calls.open_by_hand(Channel.OTHER, "jan")
            self.policies.begin(claim, POLICY.text_hash)
            self.claims[claim.call_id] = claim

    def _held(self, chance: Random) -> str:
        if not self.claims:
            raise RecordError("nobody has a call")
        return chance.choice(list(self.claims))

    def _answer(self, chance: Random) -> None:
        question = chance.choice([each for each in POLICY.questions if each.values])
        value = chance.choice([*(each.id for each in question.values), None])
        self.calls.answer(self.claims[self._held(chance)], question.id, value)

    def _decide(self, chance: Random) -> None:
        self.decide(self._held(chance), chance.choice(list(Choice)), deviates=chance.random() < 0.3)

    def _cad(self, chance: Random) -> None:
        self.outbox.link(reachable=chance.random() < 0.7, error="")
        if not self.sent:
            return
        message = chance.choice(self.sent[-8:])
        if chance.random() < 0.1:
            self.outbox.set_aside(self.sent, self.clock.now - timedelta(minutes=20))
            return
        self.outbox.sending(message)
        match chance.randrange(6):
            case 0:
                self.outbox.refused(message, "geen adres")
            case 1:
                self.outbox.unclear(message, "geen antwoord")
            case 2:
                self.outbox.postpone(message, self.clock.now + timedelta(seconds=30), "weg")
            case 3:
                self.outbox.delivered(message, "1")
            case _:
                self.outbox.accepted(message, "1")
                if chance.random() < 0.5:
                    self.outbox.unit(message, "11-01", chance.choice(list(UnitStatus)), self.clock.now)

    def _consult(self, chance: Random) -> None:
        if self.questions and chance.random() < 0.5:
            call_id, number = chance.choice(self.questions)
            if chance.random() < 0.5:
                self.calls.take_up(call_id, number, "ovd")
            else:
                self.calls.reply(call_id, number, "doe maar", "ovd")
            return
        call_id = self._held(chance)
        question = f"mag ik {chance.randrange(99)}? bel 06-1234567{chance.randrange(9)}"
        self.questions.append((call_id, self.calls.consult(self.claims[call_id], question)))

    def _agree(self, chance: Random) -> None:
        claim = self.claims[self._held(chance)]
        if chance.random() < 0.5:
            at = self.clock.now + timedelta(minutes=chance.choice((1, 20, 500)))
            self.calls.add(claim, CallBack(at, done=chance.random() < 0.2))
            return
        said = chance.choice(("tussen 01:00 en 02:30", "morgen 9:00", "straks", "02:30"))
        number = self.calls.add(claim, Appointment(chance.choice(list(AppointmentKind)), Party.UNIT, said))
        if chance.random() < 0.3:
            self.calls.take_back(claim, number)

    def _give_back(self, chance: Random) -> None:
        call_id = self._held(chance)
        if chance.random() < 0.5:
            self.calls.release(self.claims.pop(call_id))
            if call_id in {row["id"] for row in self.table("call") if row["stage"] == "wacht"}:
                self.waiting.append(call_id)
        else:
            self.calls.reassess(self.claims[call_id])

    def _by_hand(self, chance: Random) -> None:
        call_id = self._held(chance)
        messages = [row["message_id"] for row in self.table("dispatch") if row["call_id"] == call_id]
        if messages:
            self.calls.by_hand(self.claims[call_id], chance.choice(messages))

    def _special(self, chance: Random) -> None:
        self.calls.special(self.claims[self._held(chance)], Special.SUICIDALITY, chance.choice(list(Known)))

    def table(self, name: str) -> list[dict[str, Any]]:
        return rows(self.writer, f"SELECT * FROM {name}")  # noqa: S608 - one of TABLES


def program(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `meldkamer arguments...` on a data folder, with no other settings than these variables."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("MELDKAMER")}
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "console", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=variables | {"MELDKAMER_HOME": str(home)} | environment,
    )


def counted(room: Room) -> dict[str, Any]:
    """Count everything again, from all rows there are."""
    now = room.clock.now
    tables = {name: room.table(name) for name in TABLES}
    calls = {call["id"]: call for call in tables["call"]}
    waiting = [call for call in calls.values() if call["stage"] == "wacht"]
    held = [call for call in calls.values() if call["stage"] == "in_behandeling"]
    norm = room.settings.taking_norm
    deciding = sorted(tables["decision"], key=lambda row: row["id"])
    lately = [row for row in deciding if _at(row["at"]) > now - HOUR]
    first = {row["call_id"]: row["id"] for row in reversed(deciding)}
    waited = [
        _between(calls[row["call_id"]]["received_at"], row["at"])
        for row in tables["call_policy"]
        if _at(row["at"]) > now - HOUR and calls[row["call_id"]]["external_id"] is not None
    ]
    late = [
        call
        for call in waiting
        if norm is not None
        and call["external_id"] is not None
        and _at(call["received_at"]) <= now - timedelta(seconds=norm)
    ]
    unsettled = [row for row in tables["dispatch"] if _unsettled(row, tables["dispatch"])]
    followed = [row for row in tables["dispatch"] if _followed(row, now)]
    due = [call for call in calls.values() if call["call_back_at"] is not None]
    stands = {call["id"]: _prio_one(call["id"], tables) for call in held}
    return {
        "waiting": {
            channel: (
                len(group),
                min(_at(call["received_at"]) for call in group),
                sum(bool(c["urgent"]) for c in group),
            )
            for channel in {call["channel"] for call in waiting}
            if (group := [call for call in waiting if call["channel"] == channel])
        },
        "held": sorted((call["claimed_at"], call["id"], call["owner"]) for call in held),
        "asked": sorted(
            (row["call_id"], row["number"], row["seen_by"]) for row in tables["consultation"] if row["answer"] is None
        ),
        "dispatches": sorted((row["call_id"], row["state"], row["priority"]) for row in unsettled),
        "units": sorted(row["call_id"] for row in followed if row["unit_status"] is None),
        "call_backs": sorted((call["call_back_at"], call["id"]) for call in due),
        "call_backs_due": sum(_at(call["call_back_at"]) <= now for call in due),
        "agreed": _agreed(tables, {c["id"] for c in held} | {row["call_id"] for row in [*unsettled, *followed]}),
        "certain": sorted(call for call, stand in stands.items() if stand is True),
        "possible": sorted(call for call, stand in stands.items() if stand is None),
        "calls": sum(_at(call["rung_at"]) > now - HOUR for call in calls.values()),
        "taking": _times(waited),
        "deciding": _times(
            [
                _between(calls[row["call_id"]]["received_at"], row["at"])
                for row in lately
                if first[row["call_id"]] == row["id"]
            ]
        ),
        "outcomes": dict(Counter(row["choice"] for row in lately)),
        "deviations": len([row for row in lately if row["deviates"]]),
        "in_time": None if norm is None else len([seconds for seconds in waited if seconds <= norm]),
        "to_take": None if norm is None else len(waited) + len(late),
        "linked": _linked(tables, now),
    }


def shown(figures: Figures) -> dict[str, Any]:
    """The same of what the board says."""
    glance, hour = figures.glance, figures.hour
    agreed = [each.agreed for each in (*figures.windows, *figures.pickups)]
    return {
        "waiting": {each.channel.value: (each.count, each.since, each.urgent) for each in glance.waiting},
        "held": [(_text(each.since), each.call_id, each.owner) for each in glance.held],
        "asked": sorted((each.call_id, each.number, each.seen_by) for each in glance.asked),
        "dispatches": sorted((each.call_id, each.state.value, each.priority) for each in glance.dispatches),
        "units": sorted(each.call_id for each in glance.units),
        "call_backs": [(_text(each.at), each.call_id) for each in glance.call_backs],
        "call_backs_due": glance.call_backs_due,
        "agreed": sorted((each.call_id, each.kind.value, each.said) for each in agreed),
        "certain": sorted(each.call_id for each in figures.prio1.certain),
        "possible": sorted(each.call_id for each in figures.prio1.possible),
        "calls": hour.calls,
        "taking": _three(hour.taking),
        "deciding": _three(hour.deciding),
        "outcomes": {choice.value: count for choice, count in hour.outcomes},
        "deviations": hour.deviations,
        "in_time": hour.in_time,
        "to_take": hour.to_take,
        "linked": sorted((each.kind.value, each.calls, each.towns, _text(each.since)) for each in figures.linked),
    }


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _text(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"


def _between(start: str, end: str) -> float:
    return max(0.0, (_at(end) - _at(start)).total_seconds())


def _times(seconds: list[float]) -> tuple[int, float, float] | None:
    return (len(seconds), statistics.median_low(seconds), max(seconds)) if seconds else None


def _three(times: Times | None) -> tuple[int, float, float] | None:
    return None if times is None else (times.count, times.middle, times.longest)


def _unsettled(row: dict[str, Any], every: list[dict[str, Any]]) -> bool:
    """Not taken by the CAD nor passed on; a refusal until something later came in its place."""
    if row["state"] in {"bevestigd", "met_de_hand", "niet_meer_nodig"}:
        return False
    later = [other for other in every if other["call_id"] == row["call_id"] and other["seq"] > row["seq"]]
    replaced = [other for other in later if other["adds_to"] is None or row["adds_to"] is not None]
    return not (row["state"] == "geweigerd" and replaced)


def _followed(row: dict[str, Any], now: datetime) -> bool:
    told = _at(row["changed_at"]) > now - FOLLOWED
    return row["state"] == "bevestigd" and row["unit_status"] != "afgesloten" and row["adds_to"] is None and told


def _agreed(tables: dict[str, list[dict[str, Any]]], calls: set[str]) -> list[tuple[str, str, str]]:
    newest: dict[tuple[str, int], dict[str, Any]] = {}
    for row in sorted(tables["detail"], key=lambda each: each["seq"]):
        newest[row["call_id"], row["number"]] = row
    standing = [row for row in newest.values() if row["kind"] == "afspraak" and not row["taken_back"]]
    bodies = [(row["call_id"], json.loads(row["body"])) for row in standing if row["call_id"] in calls]
    return sorted(
        (call_id, body["kind"], body["when"])
        for call_id, body in bodies
        if body["kind"] in {"tijdvak eenheid", "aangekondigde ophaling"}
    )


def _linked(tables: dict[str, list[dict[str, Any]]], now: datetime) -> list[tuple[str, int, int, str]]:
    """What at least three calls have in common since six hours, at most ten of them."""
    addresses = {call["id"]: call["address"] for call in tables["call"]}
    for told in sorted(tables["told"], key=lambda row: row["seq"]):
        addresses[told["call_id"]] = told["address"] or addresses[told["call_id"]]
    recent = [row for row in tables["trace"] if row["valid"] and _at(row["at"]) >= now - timedelta(hours=6)]
    groups = {}
    for kind, value in {(row["kind"], row["value"]) for row in recent}:
        rows_of = [row for row in recent if (row["kind"], row["value"]) == (kind, value)]
        groups[kind, frozenset(row["call_id"] for row in rows_of)] = rows_of
    found = []
    for (kind, calls), rows_of in groups.items():
        towns = {addresses[call].rpartition(",")[2].strip().removeprefix("9461 AS ") for call in calls}
        towns = {town for town in towns if town and not set(town) & set("0123456789")}
        if len(calls) >= 3:
            found.append((kind, len(calls), len(towns), min(row["at"] for row in rows_of)))
    return sorted(found)


def _prio_one(call_id: str, tables: dict[str, list[dict[str, Any]]]) -> bool | None:
    """Whether the policy makes a call prio 1, None while that can still be: by its rules, without its diagram."""
    standing: dict[str, str] = {}
    for row in sorted(tables["answer"], key=lambda each: each["seq"]):
        if row["call_id"] == call_id:
            standing.pop(row["question"], None)
            if row["value"] is not None:
                standing[row["question"]] = row["value"]
    state = POLICY.start()
    for question in POLICY.questions:
        if question.id in standing:
            state = state.answer(question.id, standing[question.id])
    fires = {rule.id: state.truth(rule) for rule in POLICY.rules}
    if fires["T0"] is True:
        return False
    ours = [fires["P1a"], fires["P1b"], fires["P1c"]]
    return True if True in ours else None if None in ours else False
