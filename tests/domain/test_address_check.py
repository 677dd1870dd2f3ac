"""What is missing or unsure of an address is said before a unit goes; a complete one that was repeated is silent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.address_check import check
from console.domain.topics import Topic, fact_about, known_about, said_about, topic_of
from console.model import CallFile, Certainty, Facts, KnownFact, Location, Role
from console.texts.nl.address_check import (
    MISSING,
    NO_NUMBER,
    NO_PLACE,
    NOT_ASKED_BACK,
    OF_VICTIM,
    ONLY_A_POINT,
    changed,
    incomplete,
    other_place,
    victim_elsewhere,
)
from tests.domain.test_dispatching import MOMENT, call_file
from tests.record.support import ADVERSARIAL


def told(address: str, role: Role | None = Role.VICTIM, came_in: str = "") -> CallFile:
    """A call whose operator typed this address."""
    return from_exchange(came_in, file=call_file({}, Facts(address, "06-1", role)))


def from_exchange(address: str, point: tuple[float, float] | None = None, file: CallFile | None = None) -> CallFile:
    """A call as it rang, of which nothing was told yet."""
    found = file or call_file({})
    lat, lon = point or (None, None)
    return replace(found, incoming=replace(found.incoming, location=Location(address, lat, lon)))


def with_fact(file: CallFile, topic: Topic, said: str) -> CallFile:
    number = len(file.told_facts) + 1
    return replace(file, told_facts=(*file.told_facts, KnownFact(number, fact_about(topic, said), MOMENT, "a")))


@pytest.mark.parametrize(
    "address",
    [
        "Brink 4, Gieten",
        "Brink 4 Gieten",
        "Brink 4a, 9461 AS Gieten",
        "9461AS 4",
        "9461 as 4",
        "Gieten, Brink 4",
        "Van 't Hoffstraat 12-3, 's-Hertogenbosch",
        "Dorpsstraat 12 bis Ee",
        "1e Oosterparkstraat 12 hs, Amsterdam",
        "Brink 4\nGieten",
    ],
)
def test_a_whole_address_is_silent(address: str) -> None:
    assert check(told(address)) == ()


@pytest.mark.parametrize(
    ("address", "sentences"),
    [
        ("", (MISSING,)),
        ("  ", (MISSING,)),
        ("Gieten", (incomplete("Gieten"),)),
        ("Brink, Gieten", (NO_NUMBER,)),
        ("9461 AS", (NO_NUMBER,)),
        ("Brink 4", (NO_PLACE,)),
        ("Brink 4 hs", (NO_PLACE,)),
        ("Brink 4-2", (NO_PLACE,)),
        ("1e Oosterparkstraat, Amsterdam", (NO_NUMBER,)),
        ("0, Gieten", (incomplete("0, Gieten"),)),
    ],
)
def test_what_lacks_is_said(address: str, sentences: tuple[str, ...]) -> None:
    assert check(told(address)) == sentences


def test_an_address_of_the_exchange_is_to_be_asked_back() -> None:
    file = from_exchange("Brink 4, Gieten")
    assert check(file) == (NOT_ASKED_BACK,)
    assert check(told("brink 4,  Gieten", came_in="Brink 4, Gieten")) == (NOT_ASKED_BACK,)
    assert check(with_fact(file, Topic.ADDRESS, "Brink 4, Gieten")) == ()


def test_an_address_that_changed_after_it_was_asked_back_is_said() -> None:
    file = with_fact(told("Brink 6, Gieten"), Topic.ADDRESS, "Brink 4, Gieten")
    assert check(file) == (changed("Brink 4, Gieten"),)
    assert check(with_fact(file, Topic.ADDRESS, "")) == ()


def test_another_address_than_that_of_the_exchange_is_said() -> None:
    assert check(told("Brink 4, Gieten", came_in="Markt 1, Assen")) == (other_place("Markt 1, Assen"),)
    assert check(told("Brink 4, Gieten", came_in="Gieten")) == ()


def test_a_point_without_an_address_is_said() -> None:
    assert check(from_exchange("", (53.0, 6.7))) == (ONLY_A_POINT,)
    assert check(from_exchange("")) == (MISSING,)
    emptied = from_exchange("", (53.0, 6.7), file=call_file({}, Facts("", "06-1")))
    assert check(emptied) == (MISSING,)


@pytest.mark.parametrize("role", [None, *Role])
def test_who_calls_for_another_is_asked_where_that_is(role: Role | None) -> None:
    for_another = role not in {None, Role.VICTIM, Role.COMPANY}
    file = told("Brink 4, Gieten", role)
    assert check(file) == ((OF_VICTIM,) if for_another else ())
    assert check(with_fact(file, Topic.WHERE_NOW, "Brink 4")) == ()


@pytest.mark.parametrize("address", ["Brink 4, Gieten", ""])
def test_a_victim_who_is_elsewhere_is_said_first(address: str) -> None:
    file = with_fact(told(address, Role.THIRD_PARTY), Topic.WHERE_NOW, "Nieuwstraat 8, Hoogeveen")
    assert check(file)[0] == victim_elsewhere("Nieuwstraat 8, Hoogeveen")


@given(st.text(max_size=300) | st.sampled_from(ADVERSARIAL), st.text(max_size=40) | st.sampled_from(ADVERSARIAL))
def test_any_text_is_checked_without_harm(address: str, came_in: str) -> None:
    sentences = check(told(address, Role.PARENT, came_in))
    assert len(sentences) <= 4
    assert not any(character in sentence for sentence in sentences for character in "\x1b\u202e\n\x9b\x00")


@given(st.sampled_from(Topic), st.text(max_size=80))
def test_what_was_said_of_a_topic_is_found_back(topic: Topic, said: str) -> None:
    file = with_fact(with_fact(call_file({}), Topic.REPEAT, "ja"), topic, said)
    known = known_about(file, topic)
    assert known is not None
    assert known.number == 2
    assert (said_about(file, topic), topic_of(known.fact)) == (said.strip(), topic)
    assert (known.fact.certainty is Certainty.WRONG) is (said.strip() == "")


def test_a_fact_of_its_own_has_no_topic() -> None:
    fact = fact_about(Topic.REPEAT, "ja")
    assert topic_of(replace(fact, text="hij belde: ja")) is None
    assert said_about(call_file({}), Topic.REPEAT) == ""
