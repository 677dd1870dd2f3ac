"""Reading a message: whatever bytes come, a call or a sentence in Dutch."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from console.intake.message import BadMessageError, read_call
from tests.intake.conftest import message

NOW = datetime(2026, 11, 12, 14, 5, tzinfo=UTC)
MOMENT = "2026-11-12T14:04:00Z"

ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=50),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=10), inside, max_size=3),
    max_leaves=10,
)
FIELDS = st.sampled_from([*message(), "location", "lat", "address", "onbekend", ""])
NEARLY = st.dictionaries(FIELDS, ANYTHING, max_size=3).map(lambda changes: message(received_at=MOMENT) | changes)


@settings(max_examples=300)
@given(
    st.binary(max_size=200)
    | ANYTHING.map(lambda value: json.dumps(value).encode())
    | NEARLY.map(json.dumps).map(str.encode)
)
@example(b"\xff")
@example(b'{"id":' * 3000)
@example(json.dumps(message(received_at=MOMENT, id="\x85")).encode())
def test_any_body_is_a_call_or_a_sentence(body: bytes) -> None:
    try:
        call = read_call(body, NOW)
    except BadMessageError as error:
        refusal = error
    else:
        assert call.external_id
        assert call.received_at.tzinfo is UTC
        assert call.received_at <= NOW + timedelta(minutes=5)
        return
    assert refusal.status in {400, 422}
    assert refusal.wrong.endswith(".")
    assert refusal.remedy.endswith(".")
    assert json.dumps([refusal.wrong, refusal.field, refusal.remedy], ensure_ascii=False).encode()


@given(
    st.text(max_size=200),
    st.text(max_size=40),
    st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    st.timedeltas(min_value=timedelta(days=-5000), max_value=timedelta(minutes=5)),
    st.integers(-14 * 60, 14 * 60),
)
def test_what_can_be_taken_is_taken_unchanged(
    words: str, number: str, place: tuple[float, float] | None, ago: timedelta, offset: int
) -> None:
    from datetime import timezone  # noqa: PLC0415 -- a zone of any minute

    received = (NOW + ago).astimezone(timezone(timedelta(minutes=offset)))
    where = {"address": words, "lat": place and place[0], "lon": place and place[1]}
    call = read_call(
        json.dumps(
            message(number=number, first_words=words, location=where, received_at=received.isoformat())
        ).encode(),
        NOW,
    )
    assert (call.number, call.first_words, call.location.address) == (number, words, words)
    assert (call.location.lat, call.location.lon) == (place or (None, None))
    assert call.received_at == received
