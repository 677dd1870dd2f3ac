"""The proof of the delivery: killed at any moment, answers lost, and yet no unit is sent twice and none is forgotten.

Real programs: `meldkamer deliver` as a process that is killed with SIGKILL, the simulator as another one, a record on
disk. Once for each kind of CAD: one that recognises what is repeated, one that does not but can be asked, and one that
can do neither, where everything that is not known ends up with a person.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import pytest

from console.cad.simulator import Repeats
from console.model import Delivery
from tests.cad.conftest import wait_for
from tests.cad.killing import kill_while_it_works
from tests.crash.seeds import seed_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.model import DeliveryState
    from tests.cad.conftest import Programs, Room

LOST = {"antwoord_kwijt": 0.1}
ALSO = {
    "half_antwoord": 0.01,
    "kapotte_json": 0.01,
    "fout_na_aannemen": 0.01,
    "dubbel_antwoord": 0.01,
    "fout": 0.01,
    "uit": 0.01,
    "html": 0.01,
    "druk": 0.01,
    "storing": 0.01,
}
LATE = {"boekt_later": 0.03}
"""Stored a second after the connection broke: what a look-up has to wait for."""
SLOW = {"traag": 0.005}
"""Stored two seconds after it was sent, also when its sender is long dead."""


@dataclass(frozen=True)
class Size:
    """How much is proven: dispatches, kills, and which share of the requests ends in which way."""

    dispatches: int
    kills: int
    shares: Mapping[str, float]
    settles_after: int


EVERY_DAY = Size(60, 3, LOST | ALSO | LATE, settles_after=3)
WHOLE = Size(5_000, 55, LOST | ALSO | LATE | SLOW, settles_after=4)

SETTINGS: dict[Repeats, dict[str, str]] = {
    Repeats.DEDUPLICATES: {},
    Repeats.LOOKS_UP: {"MELDKAMER_CAD_ONTDUBBELT": "nee"},
    Repeats.NEITHER: {"MELDKAMER_CAD_ONTDUBBELT": "nee", "MELDKAMER_CAD_OPVRAAGBAAR": "nee"},
}


@dataclass
class Findings:
    """What the CAD did, held against what the record says; each set holds message ids, and all should be empty."""

    double: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    """Nobody was put on it, and no screen says that this is not sure."""
    unflagged: set[str] = field(default_factory=set)
    """The record is not at an end with it, and no person was told."""
    strange: set[str] = field(default_factory=set)
    """The CAD has it and we never made it."""

    @classmethod
    def of(cls, effects: Mapping[str, int], states: Mapping[str, DeliveryState]) -> Findings:
        """Compare the two."""
        found = cls(strange=set(effects) - set(states))
        for message_id, state in states.items():
            done = state.state in {Delivery.DELIVERED, Delivery.ACCEPTED}
            unclear = state.state is Delivery.UNCLEAR
            if effects.get(message_id, 0) > 1:
                found.double.add(message_id)
            if message_id not in effects and not unclear:
                found.lost.add(message_id)
            if not done and not unclear:
                found.unflagged.add(message_id)
        return found


@pytest.mark.parametrize(
    "size",
    [pytest.param(EVERY_DAY, id="every_day"), pytest.param(WHOLE, id="whole", marks=pytest.mark.slow)],
)
@pytest.mark.parametrize("repeats", Repeats)
def test_no_unit_is_sent_twice_and_none_forgotten(room: Room, programs: Programs, repeats: Repeats, size: Size) -> None:
    seed = seed_of(None)
    chance = random.Random(seed)
    began = time.monotonic()
    shares = [each for name, share in size.shares.items() for each in ("--deel", f"{name}={share}")]
    cad = programs.simulator("--herhaling", repeats.value, "--zaad", str(seed), *shares)
    settings = {**SETTINGS[repeats], "MELDKAMER_CAD_RUST_SECONDEN": str(size.settles_after)}
    start = partial(programs.deliver, cad.url, **settings)  # type: ignore[arg-type]
    made = {room.decide(priority=chance.choice((1, 2, 3))).message_id for _ in range(size.dispatches)}
    confirms = repeats is not Repeats.NEITHER

    def left() -> int:
        return room.outbox.pending(answers=confirms)

    kill_while_it_works(start, size.kills, chance, left)
    start()
    wait_for(lambda: left() == 0, what="everything to have an end", seconds=900)
    effects, states = cad.effects(), room.states()
    ends = Counter(each.state.value for each in states.values())
    unclear = [each.message_id for each in states.values() if each.state is Delivery.UNCLEAR]
    print(
        f"\n{repeats.value}: seed {seed}, {size.dispatches} dispatches, {size.kills} kills, "
        f"{time.monotonic() - began:.0f} s\n  ends {dict(ends)}, sent {sum(cad.asked().values())} times, "
        f"to a person {len(unclear)} of which the CAD has {sum(each in effects for each in unclear)}\n  "
        f"requests {cad.fates()}"
    )
    assert Findings.of(effects, states) == Findings()
    assert set(states) == made
    if repeats is not Repeats.NEITHER:
        assert unclear == []
        assert ends == {Delivery.ACCEPTED: size.dispatches}
