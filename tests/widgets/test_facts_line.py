"""The facts of a caller: the told ones, in one line where they fit, and none of them ever out of sight."""

from __future__ import annotations

from datetime import UTC, datetime

from rich.cells import cell_len

from console.model import CallFile, Channel, Facts, IncomingCall, Location, Role, Stage
from console.widgets.facts_line import facts_words, questions_first

MOMENT = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)
TOLD = Facts("Markt 1, Assen", "050-5512345", Role.PARENT, speaks_freely=True)


def file(facts: Facts | None = None, *, place: str = "Brink 4, Gieten", number: str = "06-12345678") -> CallFile:
    incoming = IncomingCall("x", Channel.EMERGENCY, number, "mw. Jansen", Location(place), "", MOMENT)
    return CallFile(
        "26-0001", incoming, Stage.IN_PROGRESS, "a", MOMENT, 1, facts or Facts(), {}, "", (), (), told=facts is not None
    )


def test_before_anything_was_told_the_facts_are_those_of_the_call() -> None:
    words = facts_words(file(), 120)
    assert words == " VRAAG EERST (F2): voor wie? | Brink 4, Gieten | terug: 06-12345678 | vrij praten?"


def test_what_was_told_replaces_what_was_seen() -> None:
    words = facts_words(file(TOLD), 120)
    assert words == " Markt 1, Assen | terug: 050-5512345 | ouder van slachtoffer | praat vrij"


def test_what_is_missing_is_said_with_the_key_that_mends_it() -> None:
    words = facts_words(file(place="", number=""), 120)
    assert words == " VRAAG EERST (F2): ADRES ONBEKEND, terug: ONBEKEND, voor wie? | vrij praten?"
    assert questions_first(file(place=" ", number="")) == (
        "“Waar bent u nu?” (straat, nummer, plaats)",
        "“Op welk nummer kan ik u terugbellen?”",
        "“Belt u voor uzelf?”",
    )
    assert questions_first(file(TOLD)) == ()


def test_who_cannot_speak_freely_stands_before_the_callback() -> None:
    words = facts_words(file(Facts("Markt 1", "050", Role.VICTIM, speaks_freely=False)), 120)
    assert words == " Markt 1 | KAN NIET VRIJ PRATEN | terug: 050 | belt voor zichzelf"


def test_facts_that_do_not_fit_get_a_line_of_their_own_and_wide_letters_count_double() -> None:
    assert facts_words(file(TOLD), 73).count("\n") == 0
    assert facts_words(file(TOLD), 72).count("\n") == 1
    wide = Facts("好" * 14, TOLD.callback, TOLD.role, TOLD.speaks_freely)
    assert facts_words(file(wide), 73).split("\n") == [
        f" {'好' * 14}",
        " terug: 050-5512345 | ouder van slachtoffer | praat vrij",
    ]


def test_words_of_strangers_stay_words() -> None:
    words = facts_words(file(Facts("[/b]\x1b[2J\u202eX", "0\x07\n6", Role.BANK)), 120)
    assert words == " [/b]�[2J�X | terug: 0� 6 | bankmedewerker | vrij praten?"


def test_an_address_longer_than_the_window_goes_on_below_itself_with_every_letter() -> None:
    told = Facts("Zuid-" * 30, TOLD.callback, TOLD.role, TOLD.speaks_freely)
    lines = facts_words(file(told), 80).split("\n")
    assert "".join(line.strip() for line in lines[:-1]) == "Zuid-" * 30
    assert all(line.startswith(" ") and cell_len(line) <= 80 for line in lines)
