"""The search in the queue: all words, in any order, in what the line shows and in what it cuts off."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from console.model import Channel, QueueRow, Stage
from console.widgets.queue_filter import QueueFilter
from tests.seat import MARCH_2
from tests.terminal.payloads import ACTING, BELIEVED

ROW = QueueRow(
    "26-0412",
    Channel.SERVICE,
    "050-5512345",
    "Nieuw-Weerdinge",
    "net opgelicht door een nepbank",
    MARCH_2,
    Stage.IN_PROGRESS,
    "a.bakker",
    None,
    None,
    None,
    False,
)


@pytest.mark.parametrize(
    "typed",
    [
        "opgelicht",
        "OPGELICHT",
        "nepbank bakker",
        "  nepbank   nieuw ",
        "door een",
        "26-0412",
        "0900",
        "050-5512345",
        "0505512345",
        "050 55 123",
        "5512345 bakker",
        "nepbank 0505512345",
        "",
        "   ",
    ],
)
def test_all_words_must_be_there_in_whatever_order(typed: str) -> None:
    assert QueueFilter(typed).fits(ROW)
    assert bool(QueueFilter(typed)) is bool(typed.strip())


@pytest.mark.parametrize("typed", ["nepbank assen", "0505512346", "opgelichtdoor", "[/b]", "spoed", "26-0412 26-0413"])
def test_a_word_that_is_not_there_hides_the_call(typed: str) -> None:
    assert not QueueFilter(typed).fits(ROW)


def test_the_marks_can_be_searched_for() -> None:
    assert QueueFilter("spoed").fits(replace(ROW, urgent=True))


@given(some.text(max_size=60), some.text(max_size=60))
def test_every_word_of_a_text_finds_it(typed: str, more: str) -> None:
    assert QueueFilter(typed).fits(replace(ROW, first_words=f"{more} {typed}"))


@pytest.mark.parametrize("typed", [*ACTING.values(), *BELIEVED.values(), "ja " * 3_000, "é" * 10_000, "👩‍🚒" * 2_000])
def test_whatever_is_typed_can_be_searched_for(typed: str) -> None:
    QueueFilter(typed).fits(ROW)
