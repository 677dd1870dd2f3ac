"""The entry for a moment ahead: what people type, read back in words, never a moment that has passed."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.ahead import AheadError, moment_ahead
from tests.seat import MARCH_2


@pytest.mark.parametrize(
    ("typed", "minutes", "read_back"),
    [
        ("20m", 20, "vandaag 14:25, over 20 minuten"),
        ("over 20 min", 20, "vandaag 14:25, over 20 minuten"),
        ("1u30", 90, "vandaag 15:35, over 1 uur 30 minuten"),
        (" OVER  2 UUR ", 120, "vandaag 16:05, over 2 uur"),
        ("16:30", 145, "vandaag 16:30, over 2 uur 25 minuten"),
        ("16.30", 145, "vandaag 16:30, over 2 uur 25 minuten"),
        ("1630", 145, "vandaag 16:30, over 2 uur 25 minuten"),
        ("vandaag 16:30", 145, "vandaag 16:30, over 2 uur 25 minuten"),
        ("14:05", 1440, "morgen 14:05, over 24 uur"),
        ("9:00", 1135, "morgen 09:00, over 18 uur 55 minuten"),
        ("morgen om 9:00", 1135, "morgen 09:00, over 18 uur 55 minuten"),
        ("overmorgen 9:00", 2575, "overmorgen 09:00, over 42 uur 55 minuten"),
        ("ma 15:00", 55, "vandaag 15:00, over 55 minuten"),
        ("maandag 9:00", 9775, "ma 09-03 09:00, over 6 dagen 18 uur"),
        ("di 9:00", 1135, "morgen 09:00, over 18 uur 55 minuten"),
        ("12-3 10:00", 14155, "do 12-03 10:00, over 9 dagen"),
        ("3d", 4320, "do 05-03 14:05, over 3 dagen"),
    ],
)
def test_what_people_type(typed: str, minutes: int, read_back: str) -> None:
    found = moment_ahead(typed, MARCH_2)
    assert found.moment == MARCH_2.replace(second=0) + timedelta(minutes=minutes)
    assert found.read_back == read_back


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Er staat niets"),
        ("  ", "Er staat niets"),
        ("20", "20m (minuten) of 20u (uur)"),
        ("0m", "al geweest"),
        ("vandaag 14:05", "al geweest"),
        ("vandaag 9:00", "al geweest"),
        ("24:00", "geen tijd"),
        ("2560", "geen tijd"),
        ("1u90", "hoogstens 59"),
        ("31-2 10:00", "geen dag"),
        ("ooit 10:00", "geen dag"),
        ("morgen", "Typ bijvoorbeeld"),
        ("straks", "Typ bijvoorbeeld"),
        ("99999 jaar", "meer dan een maand"),
        ("1-3 10:00", "meer dan een maand"),
        ("x" * 41, "te lang"),
        ("[/b]\x1b]0;x", "Typ bijvoorbeeld"),
    ],
)
def test_what_cannot_be_a_moment_ahead_says_what_to_type(typed: str, says: str) -> None:
    with pytest.raises(AheadError, match=re.escape(says)):
        moment_ahead(typed, MARCH_2)


def test_the_nights_on_which_the_clock_moves() -> None:
    before_spring = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    with pytest.raises(AheadError, match="bestaat die nacht niet"):
        moment_ahead("2:30", before_spring)
    before_winter = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    assert moment_ahead("2:30", before_winter).moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    between = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)
    assert moment_ahead("2:30", between).moment == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@given(st.text(max_size=60))
def test_any_text_gives_a_moment_ahead_or_is_refused(typed: str) -> None:
    with suppress(AheadError):
        found = moment_ahead(typed, MARCH_2)
        assert timedelta() < found.moment - MARCH_2 + timedelta(minutes=1) <= timedelta(days=31, minutes=1)


@given(st.integers(1, 44_640))
def test_minutes_come_back_as_they_were_typed(minutes: int) -> None:
    assert moment_ahead(f"{minutes}m", MARCH_2).moment - MARCH_2.replace(second=0) == timedelta(minutes=minutes)
