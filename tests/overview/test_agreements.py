"""By when an agreement must have happened, from the words in which it was typed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.overview.agreements import by_when
from console.times import local
from tests.seat import MARCH_2


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        ("19:30", "02-03 19:30"),
        ("tussen 19:00 en 21:00", "02-03 21:00"),
        ("19.00-21.00", "02-03 21:00"),
        ("morgen tussen 9:00 en 11:00", "03-03 11:00"),
        ("Morgen 9:00", "03-03 09:00"),
        ("18 tot 20 uur", "02-03 20:00"),
        ("vrijdag 14:00 - 16:00", "06-03 16:00"),
        ("12-3 tussen 10:00 en 12:00", "12-03 12:00"),
        ("18-20 uur", "02-03 20:00"),
        ("over 2 uur", "02-03 16:05"),
        ("om 13:00", "03-03 13:00"),
        ("vanavond", None),
        ("zo snel mogelijk", None),
        ("26-03-99", None),
        ("", None),
    ],
)
def test_the_end_is_read(said: str, ends: str | None) -> None:
    found = by_when(said, MARCH_2)
    assert (None if found is None else f"{local(found):%d-%m %H:%M}") == ends


def test_in_the_night_of_the_clock_a_time_is_the_first_that_still_comes() -> None:
    before = datetime(2026, 10, 25, 0, 20, tzinfo=UTC)
    between = datetime(2026, 10, 25, 0, 50, tzinfo=UTC)
    assert by_when("02:30", before) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert by_when("02:30", between) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@given(st.text(max_size=200))
def test_any_words_give_a_later_moment_or_none(said: str) -> None:
    found = by_when(said, MARCH_2)
    assert found is None or found > MARCH_2.replace(second=0, microsecond=0)
