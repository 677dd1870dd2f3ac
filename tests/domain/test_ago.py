"""The quick entry: each accepted form, the nights the clock changes, and that nothing else slips through."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from console.domain.ago import AgoError, hours_before

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
THURSDAY = datetime(2026, 11, 12, 14, 5, 40, tzinfo=AMSTERDAM)
"""Donderdag 12 november 2026, 14:05:40 Dutch time."""

SPRING_NIGHT = datetime(2026, 3, 29, 10, 0, tzinfo=AMSTERDAM)
AUTUMN_NIGHT = datetime(2026, 10, 25, 10, 0, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("text", "hours", "read_back"),
    [
        ("nu", "0", "nu"),
        ("20m", "0.3333", "vandaag 13:45, 20 minuten geleden"),
        ("1m", "0.0166", "vandaag 14:04, 1 minuut geleden"),
        ("3u", "3", "vandaag 11:05, 3 uur geleden"),
        ("1,5u", "1.5", "vandaag 12:35, 1 uur 30 minuten geleden"),
        ("1.5 uur", "1.5", "vandaag 12:35, 1 uur 30 minuten geleden"),
        ("1u30", "1.5", "vandaag 12:35, 1 uur 30 minuten geleden"),
        ("1u30m", "1.5", "vandaag 12:35, 1 uur 30 minuten geleden"),
        ("0m", "0", "vandaag 14:05, nu"),
        ("2d", "48", "eergisteren 14:05, 2 dagen geleden"),
        ("1d 3u", "27", "gisteren 11:05, 27 uur geleden"),
        ("2d3u", "51", "eergisteren 11:05, 2 dagen 3 uur geleden"),
        ("3w", "504", "do 22-10-2026 15:05, 21 dagen geleden"),
        ("2mnd", "1440", "zo 13-09-2026 15:05, 60 dagen geleden"),
        ("1j", "8760", "wo 12-11-2025 14:05, 365 dagen geleden"),
        ("3 UUR geleden", "3", "vandaag 11:05, 3 uur geleden"),
        ("gisteren 22:10", "15.9166", "gisteren 22:10, 15 uur 55 minuten geleden"),
        ("gisteren om 22:10 uur", "15.9166", "gisteren 22:10, 15 uur 55 minuten geleden"),
        ("eergisteren 14:05", "48", "eergisteren 14:05, 2 dagen geleden"),
        ("vandaag 14:05", "0", "vandaag 14:05, nu"),
        ("14:05", "0", "vandaag 14:05, nu"),
        ("14:04", "0.0166", "vandaag 14:04, 1 minuut geleden"),
        ("14:06", "23.9833", "gisteren 14:06, 23 uur 59 minuten geleden"),
        ("9:30", "4.5833", "vandaag 09:30, 4 uur 35 minuten geleden"),
        ("ma 09:15", "76.8333", "ma 09-11-2026 09:15, 3 dagen 4 uur geleden"),
        ("do 14:05", "0", "vandaag 14:05, nu"),
        ("do 14:06", "167.9833", "do 05-11-2026 14:06, 6 dagen 23 uur geleden"),
        ("donderdag 13:05", "1", "vandaag 13:05, 1 uur geleden"),
        ("11-11 22:10", "15.9166", "gisteren 22:10, 15 uur 55 minuten geleden"),
        ("11/11/26 22:10", "15.9166", "gisteren 22:10, 15 uur 55 minuten geleden"),
        ("11-11-2026 22:10", "15.9166", "gisteren 22:10, 15 uur 55 minuten geleden"),
        ("13-11 14:05", "8736", "do 13-11-2025 14:05, 364 dagen geleden"),
        ("29-2 14:05", "23688", "do 29-02-2024 14:05, 987 dagen geleden"),
        (
            "gisteren",
            "14.1",
            "gisteren 23:59, 14 uur 6 minuten geleden, tijd niet bekend, gerekend vanaf het eind van die dag",
        ),
        (
            "10-11-2026",
            "38.1",
            "eergisteren 23:59, 38 uur 6 minuten geleden, tijd niet bekend, gerekend vanaf het eind van die dag",
        ),
        ("onbekend", "onbekend", "onbekend: de melder weet het niet"),
        ("o", "onbekend", "onbekend: de melder weet het niet"),
    ],
)
def test_reads_what_an_operator_types(text: str, hours: str, read_back: str) -> None:
    ago = hours_before(text, THURSDAY)
    assert (ago.answer, ago.read_back) == (hours, read_back)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Er staat niets"),
        ("   ", "Er staat niets"),
        ("3", "Zet de eenheid erbij: 3m (minuten), 3u (uur)"),
        ("1,5", "Zet de eenheid erbij"),
        ("-3u", "kan ik niet lezen"),
        ("3x", "kan ik niet lezen"),
        ("3u en een beetje", "kan ik niet lezen"),
        ("1u75", "hoogstens 59"),
        ("25:00", "geen tijd"),
        ("12:60", "geen tijd"),
        ("gisteren 24:00", "geen tijd"),
        ("vandaag", "vandaag: zet er een tijd bij, bijvoorbeeld vandaag 13:05"),
        ("do", "zet er een tijd bij"),
        ("12-11", "zet er een tijd bij"),
        ("vandaag 14:06", "ligt na het begin"),
        ("12-11 14:06", "ligt na het begin"),
        ("13-11-2026", "ligt na het begin"),
        ("13-11-2026 09:00", "ligt na het begin"),
        ("31-02", "geen datum"),
        ("00-00-2026", "geen datum"),
        ("12-11-0000", "geen datum"),
        ("12-11-1825", "honderd jaar"),
        ("99999w", "honderd jaar"),
        ("9" * 41, "te lang"),
        ("３u", "kan ik niet lezen"),
        ("3u\x1b[2J", "kan ik niet lezen"),
    ],
)
def test_refuses_with_a_sentence_that_says_what_to_type(text: str, says: str) -> None:
    with pytest.raises(AgoError) as refusal:
        hours_before(text, THURSDAY)
    assert says in str(refusal.value)


def test_the_hour_that_never_was_is_refused() -> None:
    for text in ("02:30", "vandaag 02:30", "29-03 02:30"):
        with pytest.raises(AgoError, match="02:30 bestond die nacht niet"):
            hours_before(text, SPRING_NIGHT)


def test_before_the_spring_hour_the_same_time_means_yesterday() -> None:
    reference = datetime(2026, 3, 29, 1, 30, tzinfo=AMSTERDAM)
    assert hours_before("02:30", reference).read_back == "gisteren 02:30, 23 uur geleden"


def test_the_spring_night_is_an_hour_shorter() -> None:
    assert hours_before("01:30", SPRING_NIGHT).hours == Decimal("7.5")
    assert hours_before("gisteren 10:00", SPRING_NIGHT).hours == 23


def test_the_hour_that_was_twice_counts_as_the_latest() -> None:
    ago = hours_before("02:30", AUTUMN_NIGHT)
    assert ago.hours == Decimal("7.5")
    assert ago.read_back.endswith("die tijd was er tweemaal (wintertijd), de laatste is genomen")


def test_between_the_two_the_earlier_one_is_the_only_one_that_can_be_meant() -> None:
    reference = datetime(2026, 10, 25, 2, 10, fold=1, tzinfo=AMSTERDAM)
    ago = hours_before("02:30", reference)
    assert ago.read_back == "vandaag 02:30, 40 minuten geleden"


def test_seconds_of_the_start_never_push_an_entry_over_a_boundary() -> None:
    start = datetime(2026, 11, 12, 14, 30, 59, tzinfo=AMSTERDAM)
    assert hours_before("12:30", start).hours == 2


def test_a_reference_without_a_zone_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="time zone"):
        hours_before("3u", datetime(2026, 11, 12, 14, 5))  # noqa: DTZ001


REFERENCES = st.integers(min_value=0, max_value=16 * 365 * 86_400).map(
    lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
TYPED = st.one_of(
    st.text(max_size=45),
    st.text(alphabet="0123456789udwmnjaogisterv:,.-/ ", max_size=20),
    st.from_regex(r"[0-9]{1,6}([.,][0-9]{1,3})? ?(m|u|d|w|mnd|j)([0-9]{1,3}m?)?", fullmatch=True),
    st.from_regex(
        r"(ma|di|wo|do|vr|za|zo|vandaag|gisteren|[0-9]{1,2}-[0-9]{1,2}(-[0-9]{2,4})?)( [0-9]{1,2}:[0-9]{2})?"
    ),
)


@given(TYPED, REFERENCES)
@example("02:30", datetime(2026, 3, 29, 1, 0, 1, tzinfo=UTC))
@example("29-2", datetime(2027, 3, 1, tzinfo=UTC))
def test_an_entry_is_read_as_the_past_or_refused_in_a_sentence(text: str, reference: datetime) -> None:
    try:
        ago = hours_before(text, reference)
    except AgoError as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017 -- either way of ending is right
        return
    if ago.hours is None or ago.moment is None:
        assert ago.answer == "onbekend"
        return
    start = reference.replace(second=0, microsecond=0)
    assert ago.moment <= start
    assert ago.hours >= 0
    exact = (start - ago.moment) / timedelta(hours=1)
    assert 0 <= exact - float(ago.hours) < 0.0002
    assert Decimal(ago.answer) == ago.hours


@given(REFERENCES, st.integers(min_value=0, max_value=60 * 24 * 365))
def test_the_read_back_typed_in_again_means_the_same_moment(reference: datetime, minutes: int) -> None:
    ago = hours_before(f"{minutes // 1440}d{minutes % 1440}m", reference)
    assert ago.moment is not None
    day_and_time = ago.read_back.split(",")[0].removeprefix("ma ").removeprefix("di ").removeprefix("wo ")
    for name in ("do ", "vr ", "za ", "zo "):
        day_and_time = day_and_time.removeprefix(name)
    again = hours_before(day_and_time, reference)
    assert again.moment is not None
    assert again.moment - ago.moment in {timedelta(0), timedelta(hours=1)}, "an hour only in the night it was twice"
    if again.moment != ago.moment:
        assert "tweemaal" in again.read_back


@given(REFERENCES, st.integers(min_value=1, max_value=60 * 24 * 30))
def test_a_longer_time_ago_is_never_fewer_hours(reference: datetime, minutes: int) -> None:
    def spread(count: int) -> Decimal:
        hours = hours_before(f"{count // 60}u {count % 60}m", reference).hours
        assert hours is not None
        return hours

    assert spread(minutes) > spread(minutes - 1)
