"""What the driver writes: Textual's own sequences as they are, a mark for each character that would act otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.safe_text import MARK
from console.terminal.own_sequences import BELL, CLEAR, only_own
from tests.terminal.payloads import ACTING, BELIEVED
from tests.test_safe_text import HIDDEN

PAINT = "\x1b[3;1H\x1b[0;1;7m> 26-0001 \x1b[0m\x1b[38;5;12mBrink 4\x1b[0m\x1b[24;80H"
SETS = ("\x1b[?1049h", "\x1b[?25l", "\x1b[?2026l", "\x1b[?2026$p", "\x1b[?2048$p", "\x1b[<u", "\x1b]22;default\x07")
COLOURS_AND_PLACES = {"colours", "cursor home"}


@pytest.mark.parametrize("own", [PAINT, *SETS, BELL, f"{CLEAR}Maak het venster\r\ngroter", "", "één  vaste spatie"])
def test_what_textual_writes_is_written(own: str) -> None:
    assert only_own(own) == own


@pytest.mark.parametrize("name", ACTING)
def test_what_a_text_would_do_in_a_paint_is_marked(name: str) -> None:
    written = only_own(f"{PAINT}{ACTING[name]}{PAINT}")
    assert (ACTING[name] in written) == (name in COLOURS_AND_PLACES)
    assert written.startswith(PAINT)
    assert written.endswith(PAINT)


@pytest.mark.parametrize("own", [*SETS, BELL, CLEAR])
def test_what_textual_writes_by_itself_is_no_part_of_a_paint(own: str) -> None:
    assert MARK in only_own(f"{PAINT}{own}{PAINT}")


@pytest.mark.parametrize("text", BELIEVED.values(), ids=BELIEVED)
def test_text_that_only_looks_strange_is_written(text: str) -> None:
    assert only_own(text) == text


@given(st.text(st.one_of(st.sampled_from([*HIDDEN, *"[]0;mH?hl\x1b"]), st.characters()), max_size=60))
def test_nothing_acts_that_is_not_colour_or_place(text: str) -> None:
    left = only_own(f"a{text}a").replace("\r\n", "")
    for piece in left.split("\x1b")[1:]:
        assert piece.lstrip("[0123456789;")[:1] in {"m", "H"}, left
    assert not [each for each in HIDDEN if each != "\x1b" and each in left]
