"""Every key in the checklist: what it answers, what it types, what it refuses."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import triage_rules
from console.widgets.asking import Answered, Asking, Refused

POLICY = triage_rules.load()
MOMENT = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)


def asking(**answers: str) -> Asking:
    return Asking(POLICY, POLICY.resume(answers), MOMENT)


def test_single_keys_answer_and_the_cursor_goes_on() -> None:
    checklist = asking()
    assert checklist.press("n") == Answered("gevaar", "nee")
    checklist.follow(checklist.state.answer("gevaar", "nee"))
    assert checklist.cursor == "verdachte"
    assert checklist.press("1") == Answered("verdachte", "aanwezig")
    assert checklist.press("o") == Answered("verdachte", "onbekend")


def test_a_key_without_meaning_is_refused_in_words() -> None:
    assert asking().press("j") == Refused(
        "'j' kan hier niet. Kies n nee, o weet niet, 1 nu in gevaar, 2 gevaar voor zichzelf, 3 bedreigd, op afstand."
    )


def test_on_the_form_letters_type_and_escape_gives_single_keys_back() -> None:
    checklist = asking(gevaar="nee", verdachte="nee")
    assert checklist.cursor == "vorm"
    for letter in "ransom":
        assert checklist.press(letter) is None
    assert checklist.enter() == Answered("vorm", "ransomware")
    assert checklist.back()
    assert not checklist.back()
    assert checklist.press("g") is None
    assert checklist.jumping == ""


def test_a_form_that_nothing_looks_like_is_refused() -> None:
    checklist = asking(gevaar="nee", verdachte="nee")
    for letter in "xyz":
        checklist.press(letter)
    assert isinstance(checklist.enter(), Refused)
    assert checklist.press("0") is None
    assert checklist.enter() == Answered("vorm", "onbekend")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("20m", "0.3333"), ("3u", "3"), ("2d", "48"), ("3w", "504"), ("o", "onbekend"), ("gisteren 22:10", "15.9166")],
)
def test_the_time_is_typed_as_it_is_said(typed: str, expected: str) -> None:
    checklist = asking(gevaar="nee")
    checklist.go("laatste_handeling")
    for letter in typed:
        assert checklist.press(letter) is None
    assert checklist.enter() == Answered("laatste_handeling", expected)


@pytest.mark.parametrize(("keys", "question"), [("2", "verdachte"), ("14", "kan_online"), ("10", "kwetsbaar")])
def test_g_and_a_number_jumps(keys: str, question: str) -> None:
    checklist = asking()
    checklist.press("g")
    for key in keys:
        assert checklist.press(key) is None
    assert checklist.cursor == question


def test_question_1_is_reached_with_enter_and_nonsense_is_refused() -> None:
    checklist = asking(gevaar="nee", verdachte="nee")
    checklist.back()
    checklist.press("g")
    checklist.press("1")
    assert checklist.enter() is None
    assert checklist.cursor == "gevaar"
    checklist.press("g")
    assert isinstance(checklist.press("x"), Refused)
    assert isinstance(checklist.press("0"), Refused)


def test_enter_or_a_digit_alone_never_records_a_form() -> None:
    checklist = asking(gevaar="nee", verdachte="nee")
    assert isinstance(checklist.enter(), Refused)
    assert checklist.press("2") is None
    assert checklist.press("2") is None
    assert checklist.enter() == Answered("vorm", "helpdeskfraude")


def test_g_and_a_number_jumps_also_where_letters_type() -> None:
    checklist = asking(gevaar="nee", verdachte="nee")
    for key in "g6":
        assert checklist.press(key) is None
    assert checklist.cursor == "laatste_handeling"
    for key in "g9":
        assert checklist.press(key) is None
    assert checklist.cursor == "minderjarig"


def test_when_it_is_certain_one_key_too_many_changes_nothing() -> None:
    checklist = asking(gevaar="nee", verdachte="nee")
    checklist.go("vorm")
    checklist.follow(checklist.state.answer("vorm", "geen_online_criminaliteit"))
    assert checklist.state.final
    for key in "jn1":
        assert isinstance(checklist.press(key), Refused)
    assert isinstance(checklist.enter(), Refused)
    checklist.go("gevaar")
    assert checklist.press("1") == Answered("gevaar", "nu")


@given(st.lists(st.sampled_from([*"jnogabz0123456789 :,.-/", "enter", "up", "down", "erase", "escape"]), max_size=60))
def test_no_row_of_keys_breaks_the_checklist(keys: list[str]) -> None:
    checklist = asking()
    for key in keys:
        match key:
            case "enter":
                reply = checklist.enter()
            case "erase":
                reply = checklist.erase()
            case "up" | "down":
                checklist.move(-1 if key == "up" else 1)
                reply = None
            case "escape":
                checklist.back()
                reply = None
            case _:
                reply = checklist.press(key)
        if isinstance(reply, Answered):
            checklist.follow(checklist.state.answer(reply.question, reply.value))
        assert checklist.cursor in {question.id for question in checklist.shown}


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("microsoft", "helpdeskfraude"),
        ("anydesk", "helpdeskfraude"),
        ("vriend in nood", "hulpvraagfraude"),
        ("vriend-in-nood", "hulpvraagfraude"),
        ("whatsapp", "hulpvraagfraude"),
        ("pinpas", "babbeltruc_deur"),
        ("nepagent", "babbeltruc_deur"),
        ("kluis", "bankhelpdeskfraude"),
        ("marktplaats", "aan_verkoopfraude"),
        ("aan en", "aan_verkoopfraude"),
        ("wraakporno", "beeldmisbruik"),
        ("losgeld", "ransomware"),
        ("bitcoin", "beleggingsfraude"),
        ("gehackt", "hacken"),
        ("instagram", "hacken"),
        ("digid", "identiteitsfraude"),
        ("tracker", "stalkerware"),
        ("katvanger", "geldezel"),
        ("site ligt", "ddos"),
        ("pesten", "cyberpesten"),
    ],
)
def test_the_words_of_callers_find_the_form(typed: str, form: str) -> None:
    checklist = asking(gevaar="nee", verdachte="nee")
    for letter in typed:
        checklist.press(letter)
    assert checklist.enter() == Answered("vorm", form)


def test_a_form_that_was_found_by_another_word_shows_that_word() -> None:
    checklist = asking(gevaar="nee", verdachte="nee")
    for letter in "microsoft":
        checklist.press(letter)
    assert checklist.listed()[0] == ("1", "helpdeskfraude", "helpdeskfraude (Microsoft-oplichting)")
    assert checklist.chosen_form == "helpdeskfraude"


def test_what_occurs_most_stands_first_and_what_hardly_occurs_last() -> None:
    order = [form.id for form in POLICY.forms]
    growing = {"helpdeskfraude", "hulpvraagfraude", "diefstal_data", "sextortion"}
    assert order[0] == "bankhelpdeskfraude"
    assert growing <= set(order[1:8])
    assert order.index("ddos") > max(order.index(form) for form in growing)
    assert [key for key, _form, _label in asking(gevaar="nee", verdachte="nee").listed()] == [*"1234567", "0"]
