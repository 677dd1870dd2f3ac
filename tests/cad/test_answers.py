"""Whatever a CAD answers, the delivery gets one of the outcomes it knows, with a Dutch text that is safe to show."""

from __future__ import annotations

import random
import ssl
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from console.cad import ticketscad as ticketscad_adapter
from console.cad.client import HttpCad
from console.cad.eido import clean
from console.cad.peer import (
    Conflict,
    Delivered,
    NoAnswer,
    NotDelivered,
    Refused,
    Standing,
    Unclear,
    Unknown,
)
from console.cad.ticketscad import TicketsCad
from console.cad.wire import retry_after
from tests.cad.answers import OURS, TICKETSCAD, AnyWire, as_text
from tests.cad.dispatches import dispatch, news
from tests.cad.test_ticketscad import TABLE
from tests.crash.seeds import seed_of

if TYPE_CHECKING:
    from console.cad.peer import Cad

LONGEST: Final = 1_000
NO_TLS: Final = ssl.create_default_context()
"""Made once: reading whom browsers trust takes longer than a thousand answers."""
OUTCOMES: Final = (Delivered, Refused, Conflict, NotDelivered, Unclear)
FOUND: Final = (Delivered, Conflict, Unknown, NoAnswer)
STANDINGS: Final = (Standing, Unknown, NoAnswer)


def ours(wire: AnyWire) -> Cad:
    cad = HttpCad("http://127.0.0.1:9", "mk.example", name="GMS", tls=NO_TLS)
    cad._wire = wire  # type: ignore[assignment]
    return cad


def theirs(wire: AnyWire) -> Cad:
    cad = TicketsCad("http://127.0.0.1:9", TABLE, name="GMS", token=None, tls=NO_TLS)
    cad._wire = cad._api._wire = wire  # type: ignore[assignment]
    cad._types = {1, 7, 8, 9}
    return cad


def told(outcome: Any) -> list[str]:
    """The texts that an operator would see."""
    match outcome:
        case Delivered(reference, remark):
            return [reference, remark]
        case Refused(reason) | Conflict(reason):
            assert reason
            return [reason]
        case NotDelivered(error, pause) | Unclear(error, pause):
            assert error.startswith("GMS")
            assert pause is None or 0 <= pause < float("inf")
            return [error]
        case NoAnswer(error):
            assert error.startswith("GMS")
            return [error]
        case Standing(_, reason, unit):
            return [reason, *([unit.callsign] if unit else [])]
        case _:
            return []


async def ask_everything(cad: Cad, number: int) -> Counter[str]:
    """Ask all there is to ask, hold each outcome against what the delivery knows, and count their kinds."""
    made = dispatch(message_id="m")
    if number % 3 == 0:
        made = news(made, message_id="n", adds_to="m")
    answers: list[tuple[object, tuple[type, ...]]] = [
        (await cad.send(made), OUTCOMES),
        (await cad.look_up(made), FOUND),
        (await cad.standing("m", "26-0007 #7"), STANDINGS),
    ]
    for outcome, known in answers:
        assert type(outcome) in known, outcome
        texts = told(outcome)
        assert not [text for text in texts if clean(text) != text or len(text) > LONGEST], outcome
    trouble = await cad.trouble()
    assert not trouble or trouble.startswith("GMS")
    assert clean(trouble) == trouble
    return Counter(type(outcome).__name__ for outcome, _ in answers)


@pytest.mark.parametrize(
    "number", [pytest.param(8_000, id="every_day"), pytest.param(100_000, id="whole", marks=pytest.mark.slow)]
)
@pytest.mark.parametrize(("adapter", "bodies"), [(ours, OURS), (theirs, TICKETSCAD)], ids=["eido", "ticketscad"])
async def test_every_answer_has_a_meaning_and_a_text(
    adapter: Any, bodies: tuple[Any, ...], number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticketscad_adapter, "_SOONEST_QUESTION", 0.0)
    monkeypatch.setattr(ticketscad_adapter, "_TYPES_EVERY", 0.0)
    seed = seed_of(None)
    wire = AnyWire(random.Random(seed), bodies)
    cad, asked, seen = adapter(wire), 0, Counter[str]()
    while wire.given < number:
        wire.last.clear()
        asked += 1
        try:
            seen += await ask_everything(cad, asked)
        except Exception as error:
            error.add_note(f"seed {seed}, answer {wire.given}:\n{as_text(wire.last)}")
            raise
    print(f"\n{adapter.__name__}: seed {seed}, {wire.given} answers to {asked} rounds of questions\n  {dict(seen)}")
    assert set(seen) == {each.__name__ for each in (*OUTCOMES, *FOUND, *STANDINGS)}


@given(st.text(max_size=60))
@example("Fri, 31 Dec 9999 23:59:59 -2359")
@example("Mon, 01 Jan 0001 00:00:00 +2359")
@example("\u0667")
def test_any_pause_is_a_number_of_seconds_or_none(said: str) -> None:
    pause = retry_after({"retry-after": said})
    assert pause is None or 0 <= pause < float("inf")
