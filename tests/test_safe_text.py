"""The display form: nothing that acts on a terminal or hides is left, and cleaning twice is cleaning once."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from console.safe_text import MARK, one_line, visible

HIDDEN = (
    [chr(code) for code in range(0x20) if chr(code) not in "\t\n"]
    + [chr(code) for code in range(0x7F, 0xA0)]
    + list("\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e")
    + list("\u2060\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffb\u3164\U000e0001\U000e0041\U000e007f\U000e0100")
    + ["\ud800", "\udfff"]
)

EVERYTHING = st.text(st.characters(codec=None), max_size=200)
NASTY = st.lists(
    st.one_of(st.sampled_from([*HIDDEN, "\r\n", "\t", "\ufe0f", "e\u0301", "\u0301" * 6, "  ", "[/b]"]), EVERYTHING),
    max_size=12,
).map("".join)


@pytest.mark.parametrize("character", HIDDEN, ids=lambda character: f"U+{ord(character):04X}")
def test_shows_a_mark_where_something_would_act_or_hide(character: str) -> None:
    assert visible(f"Brink{character}4") == f"Brink{MARK}4"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ik ben opgelicht, € 4.500 kwijt", "Ik ben opgelicht, € 4.500 kwijt"),
        ("regel een\r\nregel twee\n", "regel een\nregel twee\n"),
        ("naam\tbedrag", "naam bedrag"),
        ("overschrijft\rdit", f"overschrijft{MARK}dit"),
        ("cafe\u0301 Gro\u0308ningen", "café Gröningen"),
        ("\u2764\ufe0f bedankt", "\u2764 bedankt"),
        ("\x1b]52;c;ZXZpbA==\x1b\\", f"{MARK}]52;c;ZXZpbA=={MARK}\\"),
        ("Tor [/b] [@click=app.quit]x[/]", "Tor [/b] [@click=app.quit]x[/]"),
        ("Z" + "\u0335" * 5 + "k", "Z" + "\u0335" * 4 + MARK + "k"),
        ("Z" + "\u0335" * 40 + "k", "Z" + "\u0335" * 4 + MARK + "k"),
        ("e" + "\ufe0f\u0301", "é"),
    ],
)
def test_shows_the_rest_as_it_was_written(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_says_how_long_the_text_was_when_it_is_cut() -> None:
    shown = visible("a" * 10_000)
    assert len(shown) == 4000
    assert shown.endswith("aaa… (ingekort, 10000 tekens)")
    assert visible("a" * 4000) == "a" * 4000


def test_says_so_too_when_only_invisible_things_were_dropped() -> None:
    assert visible("\ufe0f" * 20_000 + "geheim") == "… (ingekort, 20006 tekens)"


def test_one_line_has_no_line_ends_and_no_runs_of_spaces() -> None:
    assert one_line("  er staat\n\n een man\u3000aan  de deur\t") == "er staat een man aan de deur"
    assert one_line("b" * 500, 100) == "b" * 76 + "… (ingekort, 500 tekens)"


def test_a_limit_too_small_to_say_that_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="no room"):
        visible("tekst", 20)


@given(NASTY)
@example("\u0301" * 9 + "\ud800")
@example("a " + "\u0301" * 5 + " \ufe0f\u0301")
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    for clean in (visible, one_line):
        shown = clean(text, 100)
        assert clean(shown, 100) == shown
        assert len(shown) <= 100


@given(NASTY)
def test_nothing_that_acts_or_hides_is_left(text: str) -> None:
    shown = visible(text)
    assert unicodedata.is_normalized("NFC", shown)
    assert shown.encode("utf-8").decode("utf-8") == shown
    left = {character for character in shown if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert left <= {"\n", *ARABIC_AND_OTHER_SIGNS}


ARABIC_AND_OTHER_SIGNS = {
    chr(code)
    for code in [*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)]
}
"""Format characters that have a shape, or stand inside a hieroglyph: they are letters to their readers."""
