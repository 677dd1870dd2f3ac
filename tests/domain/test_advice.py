"""The sentences to say: they name questions and values that exist, and none promises, blames or ends the call."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

import triage_rules
from console.domain.advice import all_lines, banks_called, fitting, line, lines_said, to_say
from console.domain.closing import closing_words
from console.domain.form_help import help_for
from console.model import (
    Advised,
    BankCalled,
    CallFile,
    Channel,
    Choice,
    Delivery,
    DeliveryState,
    Detail,
    Facts,
    IncomingCall,
    KnownDetail,
    Location,
    Party,
    Referred,
    Stage,
)
from console.texts.nl.terms import CLOSING
from tests.spoken import forbidden, sentences, too_long

POLICY = triage_rules.load()
AT = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)
ACTS = ("bel", "bewaar", "doe", "gooi", "haal", "laat", "maak", "schrijf", "verbreek", "wijzig", "zet", "ga", "noem")
"""How a sentence begins that gives a caller something to do."""


def a_file(answers: dict[str, str]) -> CallFile:
    """A call with these answers and nothing else."""
    incoming = IncomingCall(None, Channel.EMERGENCY, "06-12345678", "mw. Jansen", Location("Brink 4"), "help", AT)
    return CallFile("26-0001", incoming, Stage.IN_PROGRESS, "j.devries", AT, 1, Facts(), answers, "", (), ())


def texts(answers: dict[str, str], *, unit: bool = False) -> list[str]:
    """What fits, most urgent first."""
    return [each.text for each in fitting(answers, unit=unit)]


def noted(file: CallFile, *details: Detail) -> CallFile:
    """The call with these details recorded."""
    known = tuple(KnownDetail(number, detail, AT, "j.devries") for number, detail in enumerate(details, 1))
    return replace(file, details=known)


def test_conditions_name_what_the_policy_has() -> None:
    for each in all_lines():
        for question, values in each.when.items():
            known = {value.id for value in POLICY.question(question).values}
            assert set(values) <= known, each.id
        assert set(each.forms) <= {form.id for form in POLICY.forms}, each.id
    assert len({each.id for each in all_lines()}) == len(all_lines())


def test_no_sentence_promises_blames_or_ends_the_call_or_is_too_long() -> None:
    for text in (each.text for each in all_lines()):
        assert not forbidden(text), text
        assert not too_long(text), text
    for text in CLOSING.values():
        assert not forbidden(text), text


@pytest.mark.parametrize("text", ["U krijgt uw geld terug.", "Hang op.", "Dat is eigen schuld.", "Zet de modem uit."])
def test_what_may_never_be_said_is_found(text: str) -> None:
    assert forbidden(text)


def test_the_door_comes_before_the_bank() -> None:
    said = texts({"verdachte": "aanwezig", "vorm": "bankhelpdeskfraude", "gaande": "ja"})
    assert said[0].startswith("Doe de deur dicht")
    assert fitting({}) == ()


@pytest.mark.parametrize("form", [form.id for form in POLICY.forms])
def test_every_form_gives_the_caller_something_to_do(form: str) -> None:
    said = [sentence.lower() for text in texts({"vorm": form}) for sentence in sentences(text)]
    assert any(sentence.startswith(ACTS) for sentence in said), said


@pytest.mark.parametrize("choice", list(Choice))
@pytest.mark.parametrize("form", [None, *(form.id for form in POLICY.forms)])
def test_every_outcome_ends_with_something_to_do_and_a_reference(choice: Choice, form: str | None) -> None:
    file = replace(a_file(answers={"vorm": form} if form else {}), stage=Stage.DECIDED)
    said = [CLOSING[choice], *closing_words(file)]
    assert any(file.call_id in text for text in said)
    assert any(sentence.lower().startswith(ACTS) for text in said for sentence in sentences(text)), said


@pytest.mark.parametrize(
    ("answers", "begins"),
    [
        ({"gevaar": "zelf"}, "Blijf bij mij aan de lijn."),
        ({"vorm": "hulpvraagfraude", "gaande": "ja"}, "Verbreek het ándere gesprek."),
        ({"toegang_open": "ja"}, "Zet wifi op de computer uit"),
        ({"vorm": "phishing"}, "Bel nu uw bank."),
        ({"vorm": "babbeltruc_deur"}, "Laat de pas blokkeren."),
        ({"vorm": "bankhelpdeskfraude", "verdachte": "net_weg"}, "Laat de pas blokkeren."),
        ({"vorm": "sextortion"}, "Betaal niet. Het is niet uw schuld."),
        ({"vorm": "ransomware"}, "Haal de stekker uit het netwerk."),
        ({"vorm": "stalkerware"}, "Haal de tracker of app nog niet weg."),
        ({"vorm": "hacken"}, "Wijzig uw wachtwoorden"),
        ({"vorm": "identiteitsfraude"}, "Laat uw DigiD blokkeren."),
        ({"vorm": "datingfraude", "poging": "nee"}, "Belt er later iemand"),
        ({"vorm": "datingfraude"}, "Dit zijn beroepscriminelen."),
        ({"gaande": "nee"}, "Gooi niets weg."),
        ({"verdachte": "later"}, "Zeg niets tegen de ander."),
    ],
)
def test_each_situation_has_its_line(answers: dict[str, str], begins: str) -> None:
    assert any(text.startswith(begins) for text in texts(answers)), texts(answers)


@pytest.mark.parametrize("state", list(Delivery))
def test_that_officers_can_be_checked_is_said_once_it_is_confirmed_that_they_come(state: Delivery) -> None:
    answers = {"gaande": "ja"}
    file = replace(a_file(answers), deliveries=(DeliveryState("m-1", "26-0001", 1, state, AT),))
    said = any("legitimeren" in each.text for each in to_say(file, answers))
    assert said == (state in {Delivery.ACCEPTED, Delivery.BY_HAND})


def test_evidence_is_kept_before_anything_is_blocked() -> None:
    keep = line("bewaren")
    assert keep is not None
    assert keep.text.index("schermafbeeldingen") < keep.text.index("blokkeer")


def test_what_was_said_keeps_its_place_and_stays_when_it_fits_no_more() -> None:
    file = noted(a_file(answers={"vorm": "phishing"}), Advised("bank"), Advised("ransomware"), BankCalled(Party.CALLER))
    before = [each.id for each in to_say(a_file(answers={}), {"vorm": "phishing"})]
    after = [each.id for each in to_say(file, {"vorm": "phishing"})]
    assert "ransomware" not in before
    assert [each for each in after if each != "ransomware"] == before
    assert lines_said(file) == {"bank": 1, "ransomware": 2}
    assert banks_called(file) == {3: BankCalled(Party.CALLER)}


def test_what_was_taken_back_was_not_said() -> None:
    file = a_file(answers={"vorm": "phishing"})
    taken = replace(file, details=(KnownDetail(1, Advised("bank"), AT, "j.devries", taken_back=True),))
    assert lines_said(taken) == {}


def test_the_close_says_what_the_number_is_for_how_to_prevent_it_and_where_to_go() -> None:
    file = noted(
        a_file(answers={"vorm": "hulpvraagfraude", "poging": "nee"}),
        Referred("fraudehelpdesk"),
        Referred("van vroeger"),
    )
    said = closing_words(file)
    prevention = help_for("hulpvraagfraude")
    assert prevention is not None
    assert f"Uw kenmerk is {file.call_id}." in said[0]
    assert said[1] == prevention.prevention
    assert said[2].startswith("Belt er later iemand")
    assert said[3].startswith("De Fraudehelpdesk geeft advies")
    assert len(said) == 4


def test_a_referral_that_was_taken_back_is_not_said_at_the_close() -> None:
    file = noted(a_file(answers={}), Referred("fraudehelpdesk"))
    assert len(closing_words(file)) == 2
    taken = replace(file, details=tuple(replace(each, taken_back=True) for each in file.details))
    assert len(closing_words(taken)) == 1


def test_a_call_of_which_nothing_is_known_ends_with_its_number_all_the_same() -> None:
    assert len(closing_words(a_file(answers={}))) == 1
