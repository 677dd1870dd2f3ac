"""`meldkamer triage --lijn`: a whole call in plain lines, with mistakes and corrections."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

import triage_rules
from console.line_mode.practice import LineMode

STARTED = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)


def session(*typed: str) -> str:
    out = io.StringIO()
    assert LineMode(triage_rules.load(), iter(f"{line}\n" for line in typed), out, STARTED).run() == 0
    return out.getvalue()


def call(**answers: str) -> str:
    """A session in which each question gets the answer that is meant for it, whatever the order."""
    policy = triage_rules.load()
    out = io.StringIO()

    def typed() -> Iterator[str]:
        while True:
            asked = [line for line in out.getvalue().splitlines() if ": " in line and line.endswith("?")][-1]
            text = asked.split(": ", 1)[1]
            question = next(
                each for each in policy.questions if text in {each.text, *(wording.text for wording in each.wordings)}
            )
            yield answers[question.id]

    assert LineMode(policy, typed(), out, STARTED).run() == 0
    return out.getvalue()


def test_a_call_from_the_first_question_to_certainty() -> None:
    said = call(
        gevaar="n",
        verdachte="1",
        vorm="nepbank",
        gaande="nee",
        toegang_open="n",
        laatste_handeling="20m",
        poging="n",
        minderjarig="n",
        slachtoffer_in_nederland="j",
        kwetsbaar="o",
        dader="een onbekende",
        wens="agent thuis",
    )
    assert "Lees voor: Hebt u ze nu aan de lijn, of gaat er nu geld af?" in said
    assert "Gelezen als: " in said
    assert "Zeker: Eenheid ter plaatse, prio 2." in said
    assert "P2e: " in said
    assert "Bron: S0.20, S1.17, S0.46." in said


def test_danger_is_said_at_once_and_the_wish_is_always_offered() -> None:
    said = session("5", "phishing", "geen bezoek")
    assert said.index("Urgentie ten minste: prio 1") < said.index("wat is er gebeurd")
    assert "Urgentie zeker: prio 1." in said
    assert said.index("Urgentie zeker: prio 1.") < said.index("Wilt u dat er een agent langskomt")
    assert "Zeker: Eenheid ter plaatse, prio 1 (spoed)." in said


def test_an_answer_can_be_taken_back_and_a_question_put_off() -> None:
    said = session("n", "later", "terug", "nu", "terug", "terug", "n", "stand", "stop")
    assert "Overgeslagen: Iemand bij u, of onderweg?" in said
    assert said.count("Hersteld, weer open: In gevaar, of dreigt iemand?") == 2
    assert "Er is nog geen antwoord om te herstellen." in said
    assert "Niet zeker, ten minste: advies" in said


def test_what_was_put_off_comes_back_in_turn_and_an_undone_answer_at_once() -> None:
    said = session("later", "later", "ddos", "j", "n", "n", "n", "later", "n", "terug", "stop")
    asked = [line for line in said.splitlines() if line.startswith("Lees voor: ")]
    danger, suspect = asked[0], asked[1]
    assert asked[-4:] == [danger, suspect, danger, suspect]
    assert said.count("Overgeslagen: ") == 3


def test_a_wrong_entry_says_what_is_possible_and_asks_again() -> None:
    said = session(
        "misschien", "9", "\x1b[2Jnu", "n", "n", "fraude", "zzz", "lijst", "?", "o", "n", "n", "gisteren 99:99"
    )
    assert "'misschien' is hier geen keuze." in said
    assert "'9' is hier geen keuze." in said
    assert "\x1b" not in said
    assert "Typ meer." in said
    assert "Geen vorm heet zo: 'zzz'" in said
    assert "DDoS-aanval: Een dienst of site" in said
    assert "terug: het vorige antwoord opnieuw" in said
    assert "99:99" in said


def test_reason_and_source_on_request() -> None:
    said = session("n", "komt later", "waarom", "stop")
    assert "Ten minste: prio 2, omdat de verdachte later komt." in said
    assert "P2a: De verdachte is aangekondigd" in said


@given(
    st.lists(st.one_of(st.sampled_from(["j", "n", "o", "1", "2", "terug", "later", "?", "stand", "waarom"]), st.text()))
)
def test_whatever_is_typed_it_ends_in_plain_lines(typed: list[str]) -> None:
    said = session(*(line.replace("\n", " ") for line in typed))
    assert said.endswith("U beslist. Er is niets opgeslagen en niets verstuurd.\n")
    assert "\x1b" not in said
    assert "\r" not in said
