"""Whatever way a link cuts up or holds up what is typed, a key is that key, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.terminal.key_stream import (
    ESCAPE_AFTER,
    PASTE_AFTER,
    SEQUENCE_AFTER,
    Escape,
    Heard,
    KeyStream,
    Pasted,
    Sequence,
    Text,
)

SEQUENCES = [
    "\x1b[A",
    "\x1bOS",
    "\x1b[15~",
    "\x1b[[A",
    "\x1b[1;5C",
    "\x1b[?2026;2$y",
    "\x1b[I",
    "\x1b[200~[A\x1b[B\x1b[201~",
]
KEYS = st.lists(
    st.one_of(st.sampled_from(SEQUENCES), st.text(st.characters(codec="utf-8", exclude_characters="\x1b[O")))
)


class Hand:
    """A clock that passes only when the hand rests."""

    def __init__(self) -> None:
        self.moment = 100.0
        self.keys = KeyStream(lambda: self.moment)

    def rest(self, seconds: float) -> list[Heard]:
        self.moment += seconds + 0.001
        return self.keys.silence()


def whole(heard: list[Heard]) -> list[Heard]:
    """Text that was heard in pieces as one."""
    joined: list[Heard] = []
    for each in heard:
        if joined and isinstance(each, Text) and isinstance(joined[-1], Text):
            joined[-1] = Text(joined[-1].text + each.text)
        else:
            joined.append(each)
    return joined


def pieces(text: str, cuts: list[int]) -> Iterator[str]:
    places = sorted({0, len(text), *(cut % (len(text) + 1) for cut in cuts)})
    for begin, end in pairwise(places):
        yield text[begin:end]


@given(KEYS, st.lists(st.integers(0, 1_000)))
def test_how_it_was_cut_makes_no_difference(keys: list[str], cuts: list[int]) -> None:
    text = "".join(keys)
    at_once, cut = Hand().keys, Hand().keys
    assert whole([heard for piece in pieces(text, cuts) for heard in cut.hear(piece)]) == whole(at_once.hear(text))


@pytest.mark.parametrize("sequence", SEQUENCES[:-1])
def test_a_sequence_is_one_key_also_when_it_stalls(sequence: str) -> None:
    for cut in range(2, len(sequence)):
        hand = Hand()
        assert hand.keys.hear(sequence[:cut]) == []
        assert hand.rest(SEQUENCE_AFTER * 0.9) == []
        assert hand.keys.hear(sequence[cut:]) == [Sequence(sequence)]


@pytest.mark.parametrize("sequence", SEQUENCES[:-1])
def test_what_comes_after_an_escape_that_came_too_early_does_nothing(sequence: str) -> None:
    hand = Hand()
    assert hand.keys.hear(sequence[0]) == []
    assert hand.rest(ESCAPE_AFTER) == [Escape()]
    assert hand.keys.hear(sequence[1:]) == []
    assert hand.keys.hear("j") == [Text("j")]


def test_a_sequence_that_never_ends_is_dropped() -> None:
    hand = Hand()
    assert hand.keys.hear("\x1b[1") == []
    assert hand.rest(SEQUENCE_AFTER) == []
    assert hand.keys.hear("n") == [Text("n")]


@pytest.mark.parametrize("key", ["n", "1", " ", "\r", "\x7f", "\t", "é", "]"])
def test_escape_and_a_key_in_one_packet_are_both_heard(key: str) -> None:
    assert Hand().keys.hear(f"\x1b{key}") == [Escape(), Text(key)]


def test_escapes_are_counted() -> None:
    hand = Hand()
    assert hand.keys.hear("\x1b\x1b\x1b") == [Escape(), Escape()]
    assert hand.rest(ESCAPE_AFTER) == [Escape()]
    assert hand.rest(1) == []


def test_escape_and_an_arrow_in_one_packet_are_both_heard() -> None:
    assert Hand().keys.hear("\x1b\x1b[B") == [Escape(), Sequence("\x1b[B")]


def test_a_bracket_long_after_an_escape_is_a_bracket() -> None:
    hand = Hand()
    hand.keys.hear("\x1b")
    hand.rest(ESCAPE_AFTER)
    hand.rest(SEQUENCE_AFTER)
    assert hand.keys.hear("[b]") == [Text("[b]")]


def test_a_paste_is_text_whatever_is_in_it_and_however_long_it_takes() -> None:
    hand = Hand()
    assert hand.keys.hear("\x1b[200~ja\x1b") == []
    assert hand.rest(PASTE_AFTER * 0.9) == []
    assert hand.keys.hear("[15~\rnee\x1b[201~n") == [Pasted("ja\x1b[15~\rnee"), Text("n")]


def test_a_paste_whose_end_is_lost_ends_by_itself() -> None:
    hand = Hand()
    hand.keys.hear("\x1b[200~Brink 4")
    assert hand.rest(PASTE_AFTER) == [Pasted("Brink 4")]
    assert hand.keys.hear("j") == [Text("j")]
