"""What F1 says of a field and what is asked aloud for it speak of the same person."""

from __future__ import annotations

from console.texts import words


def test_the_help_of_the_address_is_about_who_is_asked() -> None:
    assert words.facts.WHERE.startswith("“Waar bent u nu?”")
    assert words.field_help.FIELDS["adres"][1].startswith("Waar melder nu is")


def test_taking_back_is_never_said_as_fetching_back() -> None:
    said = (words.traces.AT_CLUE, words.traces.AT_ENTRY, words.traces.sure_to_take_back("x"))
    assert all("neemt" in each and "haalt" not in each for each in said)
