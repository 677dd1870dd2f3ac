"""Opening hours in Dutch wall time: weekends, public holidays, and the two days on which the clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.opening_hours import Hours, public_holidays
from console.times import DUTCH, local

OFFICE = Hours(frozenset(range(5)), time(9), time(17))
SUNDAY_TOO = Hours(frozenset(range(7)), time(9), time(17), on_holidays=True)


def dutch(year: int, month: int, day: int, hour: int, minute: int, second: int = 0) -> datetime:
    """A moment by the clock on the wall."""
    return datetime(year, month, day, hour, minute, second, tzinfo=DUTCH).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (dutch(2026, 3, 2, 8, 59, 59), False),
        (dutch(2026, 3, 2, 9, 0), True),
        (dutch(2026, 3, 2, 16, 59, 59), True),
        (dutch(2026, 3, 2, 17, 0), False),
        (dutch(2026, 3, 7, 12, 0), False),
        (dutch(2026, 12, 25, 12, 0), False),
        (dutch(2026, 4, 27, 12, 0), False),
    ],
)
def test_open_from_nine_up_to_five_on_working_days(moment: datetime, *, is_open: bool) -> None:
    assert OFFICE.open_at(moment) is is_open


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (dutch(2026, 3, 2, 3, 0), dutch(2026, 3, 2, 9, 0)),
        (dutch(2026, 3, 2, 23, 0), dutch(2026, 3, 3, 9, 0)),
        (dutch(2026, 3, 6, 17, 0), dutch(2026, 3, 9, 9, 0)),
        (dutch(2026, 4, 2, 18, 0), dutch(2026, 4, 7, 9, 0)),
        (dutch(2025, 12, 31, 18, 0), dutch(2026, 1, 2, 9, 0)),
        (dutch(2026, 12, 24, 18, 0), dutch(2026, 12, 28, 9, 0)),
    ],
)
def test_says_when_it_opens_over_weekends_and_holidays(moment: datetime, opens: datetime) -> None:
    assert OFFICE.next_opening(moment) == opens


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_on_the_day_the_clock_changes_the_door_opens_at_nine_by_the_wall(day: date) -> None:
    evening_before = datetime.combine(day - timedelta(days=1), time(23), DUTCH).astimezone(UTC)
    opens = SUNDAY_TOO.next_opening(evening_before)
    assert opens is not None
    assert (opens.date(), opens.time()) == (day, time(9))
    assert not SUNDAY_TOO.open_at(opens.astimezone(UTC) - timedelta(seconds=1))
    assert SUNDAY_TOO.open_at(opens.astimezone(UTC))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_whatever_the_moment_the_office_is_open_or_opens_within_a_week_and_a_half(moment: datetime) -> None:
    if OFFICE.open_at(moment):
        assert moment < OFFICE.closes_at(moment) <= moment + timedelta(hours=8)
        return
    opens = OFFICE.next_opening(moment)
    assert opens is not None
    assert moment < opens.astimezone(UTC) <= moment + timedelta(days=10)
    assert OFFICE.open_at(opens)
    assert not OFFICE.open_at(opens.astimezone(UTC) - timedelta(minutes=1))


def test_an_office_without_days_never_opens_and_says_so() -> None:
    assert Hours(frozenset(), time(9), time(17)).next_opening(dutch(2026, 3, 2, 3, 0)) is None


@pytest.mark.parametrize(
    ("year", "easter_monday", "kings_day"),
    [
        (2025, date(2025, 4, 21), date(2025, 4, 26)),
        (2026, date(2026, 4, 6), date(2026, 4, 27)),
        (2027, date(2027, 3, 29), date(2027, 4, 27)),
        (2031, date(2031, 4, 14), date(2031, 4, 26)),
    ],
)
def test_the_holidays_of_years_that_were_looked_up(year: int, easter_monday: date, kings_day: date) -> None:
    assert {easter_monday, kings_day, date(year, 12, 26)} <= public_holidays(year)
    assert date(year, 4, 26 if kings_day.day == 27 else 27) not in public_holidays(year)


def test_the_coming_year_has_all_its_holidays() -> None:
    today = local(datetime.now(UTC)).date()
    for year in (today.year, today.year + 1):
        assert len(public_holidays(year)) in {10, 11}
