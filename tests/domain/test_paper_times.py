"""Moments on a paper form: the newest one, never ahead, in order, and asked where the clock showed a time twice."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.paper_times import PaperTimeError, moment, said

NOW = datetime(2026, 11, 22, 8, 30, 40, tzinfo=UTC)
"""Sunday, 09:30:40 in the Netherlands."""

AUTUMN = datetime(2026, 10, 25, 12, 0, tzinfo=UTC)
"""The day on which 02:30 came twice; 13:00 in the Netherlands."""

SPRING = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)
"""The day on which 02:30 never came."""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("09:30", "zo 22-11-2026 09:30"),
        ("930", "zo 22-11-2026 09:30"),
        ("0930", "zo 22-11-2026 09:30"),
        ("9.05 uur", "zo 22-11-2026 09:05"),
        ("09:31", "za 21-11-2026 09:31"),
        ("23:50", "za 21-11-2026 23:50"),
        ("gisteren 07:00", "za 21-11-2026 07:00"),
        ("vr om 14:05", "vr 20-11-2026 14:05"),
        ("21-11 22:10", "za 21-11-2026 22:10"),
        ("  1-11-2026   0:00 ", "zo 01-11-2026 00:00"),
    ],
)
def test_a_time_is_the_newest_one(text: str, meant: str) -> None:
    assert said(moment(text, NOW)) == meant


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Typ de tijd"),
        ("   ", "Typ de tijd"),
        ("kwart over", "geen tijd"),
        ("14", "geen tijd"),
        ("25:00", "geen tijd"),
        ("14:60", "geen tijd"),
        ("vandaag 09:31", "toekomst"),
        ("23-11-2026 09:00", "toekomst"),
        ("1-10 12:00", "meer dan een maand"),
        ("31-02 12:00", "geen datum"),
        ("9:30 zomertijd", "maar een keer"),
        ("1" * 500, "geen tijd"),
        ("\x1b[31m 09:30", "geen tijd|lezen"),
    ],
)
def test_what_is_no_moment_says_what_to_do(text: str, why: str) -> None:
    with pytest.raises(PaperTimeError, match=why):
        moment(text, NOW)


CALLED = datetime(2026, 11, 21, 22, 58, tzinfo=UTC)
"""23:58, two minutes before midnight in the Netherlands."""


def test_what_came_after_it_is_the_first_such_time_also_past_midnight() -> None:
    assert said(moment("23:59", NOW, after=("Gebeld om", CALLED))) == "za 21-11-2026 23:59"
    assert said(moment("00:03", NOW, after=("Gebeld om", CALLED))) == "zo 22-11-2026 00:03"
    assert moment("23:58", NOW, after=("Gebeld om", CALLED)) == CALLED


@pytest.mark.parametrize("text", ["23:57", "21-11 23:00", "20-11 23:59"])
def test_what_lies_before_it_is_refused(text: str) -> None:
    with pytest.raises(PaperTimeError, match=r"vóór gebeld om za 21-11-2026 23:58"):
        moment(text, NOW, after=("Gebeld om", CALLED))


def test_what_is_still_to_come_is_refused_after_something_too() -> None:
    with pytest.raises(PaperTimeError, match="toekomst"):
        moment("09:31", NOW, after=("Gebeld om", NOW - timedelta(minutes=10)))


def test_a_time_that_came_twice_is_asked_and_never_guessed() -> None:
    for text in ("02:30", "vandaag 2:30", "25-10 0230"):
        with pytest.raises(PaperTimeError, match=r"02:30 was er die nacht tweemaal.*zomertijd.*wintertijd"):
            moment(text, AUTUMN)
    first, second = (moment(f"02:30 {season}", AUTUMN) for season in ("zomertijd", "wintertijd"))
    assert (first, second) == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert [said(first), said(second)] == ["zo 25-10-2026 02:30 zomertijd", "zo 25-10-2026 02:30 wintertijd"]


def test_order_tells_which_of_two_it_was_where_it_can() -> None:
    first = moment("02:40 zomertijd", AUTUMN)
    assert said(moment("02:30", AUTUMN, after=("Gebeld om", first))) == "zo 25-10-2026 02:30 wintertijd"
    with pytest.raises(PaperTimeError, match="tweemaal"):
        moment("02:50", AUTUMN, after=("Gebeld om", first))
    with pytest.raises(PaperTimeError, match="vóór"):
        moment("02:30 zomertijd", AUTUMN, after=("Gebeld om", first))


def test_a_time_that_never_came_is_said() -> None:
    with pytest.raises(PaperTimeError, match="bestond die nacht niet"):
        moment("vandaag 02:30", SPRING)


ANYTHING = st.one_of(
    st.text(max_size=60),
    st.from_regex(
        r"(gisteren |ma |25-10 |29-03 |21-11-2026 )?[0-9]{1,2}:?[0-9]{2}( zomertijd| wintertijd)?", fullmatch=True
    ),
)
MOMENTS = st.integers(0, 364 * 24 * 60 * 60).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


@given(text=ANYTHING, now=MOMENTS, back=st.integers(0, 60 * 24 * 40))
def test_whatever_is_typed_a_moment_lies_where_it_can(text: str, now: datetime, back: int) -> None:
    before = now.replace(second=0, microsecond=0) - timedelta(minutes=back)
    with suppress(PaperTimeError):
        read = moment(text, now)
        assert now - timedelta(days=31) <= read <= now
    with suppress(PaperTimeError):
        assert before <= moment(text, now, after=("Gebeld om", before)) <= now


@given(at=MOMENTS)
def test_a_moment_that_was_read_back_means_itself(at: datetime) -> None:
    at = at.replace(second=0, microsecond=0)
    _, _, typed = said(at).partition(" ")
    assert moment(typed, at + timedelta(days=1)) == at
