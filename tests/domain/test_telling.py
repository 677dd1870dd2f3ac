"""What is noted reaches the unit in the blocks it works by: facts with their source, and what was not asked as such."""

from __future__ import annotations

from dataclasses import replace

import triage_rules
from console.cad import eido
from console.domain import advice, leads
from console.domain.dispatching import addition, prepare
from console.domain.topics import Topic, fact_about
from console.model import (
    Advised,
    BankCalled,
    CallFile,
    Choice,
    Clue,
    ClueKind,
    Delivery,
    Device,
    Dispatch,
    Fact,
    Facts,
    Known,
    KnownFact,
    KnownPerson,
    Party,
    Payee,
    Payment,
    Person,
    PersonRole,
    Role,
    Secured,
    Securing,
    Source,
    Special,
    Suspect,
)
from tests.cad.test_eido_standard import needs_the_standard, schema
from tests.domain.test_dispatching import MOMENT, call_file
from tests.domain.test_leads import with_details
from tests.record.support import ADVERSARIAL
from tests.test_addition import sent

POLICY = triage_rules.load()


def made_of(file: CallFile) -> Dispatch:
    return prepare(
        file,
        Choice.PRIO2,
        policy=POLICY,
        message_id="m",
        by="a",
        at=MOMENT,
        exercise=True,
        control_word="anker",
    )


def a_whole_call() -> CallFile:
    """A daughter calls for her mother, with all that F2 and F3 ask."""
    noted = with_details(
        Clue(ClueKind.IBAN, "naar nl91 abna 0417 1643 00 van J. Jansen", "NL91ABNA0417164300"),
        Payment(Payee.BANK, 125_050, "NL91ABNA0417164300", "", "vandaag 13.40"),
        Device("laptop", "staat aan"),
        Suspect("man, 30 jaar", "noord", "grijze bus", "AB-12-C"),
        Secured("nummers", Securing.SECURED),
        Secured("webadressen", Securing.ABSENT),
        BankCalled(Party.CALLER, "ING"),
        Advised(advice.all_lines()[0].id),
    ).details
    topics = [(Topic.REPEAT, "nee"), (Topic.WHERE_NOW, "thuis"), (Topic.KNOWS, "nee"), (Topic.LANGUAGE, "")]
    facts = tuple(KnownFact(number, fact_about(*each), MOMENT, "a") for number, each in enumerate(topics, 1))
    own = KnownFact(5, Fact("hij heeft een mes", Source.SEEN, fact_about(Topic.REPEAT, "x").certainty), MOMENT, "a")
    persons = (
        KnownPerson(1, Person(PersonRole.CALLER, "Eva"), MOMENT, "a"),
        KnownPerson(2, Person(PersonRole.POSSIBLE_SUSPECT, "Henk"), MOMENT, "a"),
    )
    answers = {"vorm": "bankhelpdeskfraude", "verdachte": "net_weg", "wens": "thuis"}
    return replace(
        call_file(answers, Facts("Brink 4, Gieten", "06-1", Role.THIRD_PARTY)),
        details=noted,
        told_facts=(*facts, own),
        persons=persons,
        impression="erg van slag",
        special=((Special.SUICIDALITY, Known.YES),),
    )


def test_a_crew_reads_on_the_way_that_the_victim_is_elsewhere() -> None:
    file = a_whole_call()
    assert made_of(file).briefing[1] == "Brink 4, Gieten - SLACHTOFFER IS NU: thuis - Eva (derde) 06-1"
    at_the_address = KnownFact(2, fact_about(Topic.WHERE_NOW, "brink 4"), MOMENT, "a")
    assert "SLACHTOFFER" not in made_of(replace(file, told_facts=(at_the_address,))).briefing[1]


def test_a_crew_reads_the_suspect_the_report_the_traces_and_the_questions_in_that_order() -> None:
    details = made_of(a_whole_call()).details
    blocks = [line for line in details if line.split(" - ")[0] in {"VERDACHTE", "AANGIFTE", "SPOREN", "UITVRAAG"}]
    assert blocks == [
        "VERDACHTE - net weg",
        "AANGIFTE - slachtoffer wil een agent thuis, neem de aangifte op",
        "SPOREN",
        "UITVRAAG",
    ]
    start, end = details.index(blocks[0]), details.index("UITVRAAG")
    assert details[start:end] == (
        "VERDACHTE - net weg",
        "Signalement 4: man, 30 jaar, richting noord, voertuig grijze bus, kenteken AB-12-C",
        "Persoon 2: mogelijk verdachte, Henk",
        "AANGIFTE - slachtoffer wil een agent thuis, neem de aangifte op",
        "Bank gebeld 7: door melder, ING",
        "Persoon 1: melder, Eva",
        "Feit 5: hij heeft een mes (gezien, zeker)",
        "adres herhaald en bevestigd: niet gevraagd",
        "eerder overkomen: nee (gezegd door melder, zeker)",
        "slachtoffer is nu: thuis (gezegd door melder, zeker)",
        "slachtoffer weet van deze melding: nee (gezegd door melder, zeker)",
        "Melder is: derde",
        "Indruk van de centralist, geen feit: erg van slag",
        "SPOREN",
        (
            "Betaling 2: 1250,50 euro, naar bankrekening, NL91ABNA0417164300, vandaag 13.40; "
            "voor terughalen nog nodig naam"
        ),
        "Apparaat 3: laptop, staat aan",
        "Spoor 1: iban NL91ABNA0417164300 (naar nl91 abna 0417 1643 00 van J. Jansen)",
        "Te bewaren 5: Telefoonnummers van de ander, bellijst en voicemail - veiliggesteld",
        "Te bewaren 6: Webadressen; schermafbeelding met datum en adresbalk - niet aanwezig",
    )
    assert details[-1] == f"Advies gegeven: {advice.all_lines()[0].text}"


def test_what_the_law_protects_most_goes_nowhere() -> None:
    assert "suicid" not in " ".join(made_of(a_whole_call()).details).casefold()


def test_not_asked_is_not_the_same_as_none() -> None:
    asked = made_of(with_details(Secured(leads.LEADS, Securing.ABSENT))).details
    assert "SPOREN - gevraagd, geen aanknopingspunten" in asked
    assert not [line for line in asked if line.startswith("Te bewaren")]
    never = made_of(call_file({})).details
    assert "SPOREN - niet gevraagd of er aanknopingspunten zijn" in never
    assert {"VERDACHTE - niet gevraagd", "AANGIFTE - wens niet gevraagd"} <= set(never)


@needs_the_standard
def test_a_whole_call_and_any_text_in_it_satisfy_the_published_schema() -> None:
    for text in ("", *ADVERSARIAL):
        file = a_whole_call()
        details = (*with_details(Clue(ClueKind.OTHER, text or "x", text), Device(text or "x", text)).details,)
        made = made_of(replace(file, note=text, impression=text, details=(*file.details, *details)))
        assert not [error.message for error in schema().iter_errors(eido.build(made, "meldkamer.politie.example"))]


def test_what_was_advised_is_told_once_and_is_no_news_later() -> None:
    first = made_of(a_whole_call())
    later = replace(a_whole_call(), details=a_whole_call().details[:-1], deliveries=(sent("m", Delivery.ACCEPTED),))
    news = addition(later, [first], policy=POLICY, message_id="m2", by="a", at=MOMENT, exercise=True)
    assert news is None
