"""What is added to a dispatch later: all that is new, nothing that was told, and changes said as changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import triage_rules
from console.domain import control_word, telling
from console.domain.dispatching import NothingToAddToError, addition, address_of, callback_of, prepare
from console.model import (
    Appointment,
    AppointmentKind,
    BankCalled,
    CallFile,
    Certainty,
    Channel,
    Choice,
    Clue,
    ClueKind,
    Delivery,
    DeliveryState,
    Detail,
    Device,
    Dispatch,
    Fact,
    Facts,
    IncomingCall,
    KnownDetail,
    KnownFact,
    KnownPerson,
    Location,
    Party,
    Payee,
    Payment,
    Person,
    PersonRole,
    Referred,
    Role,
    Source,
    Stage,
    Suspect,
)
from console.texts.nl.control_word import QUALITIES, THINGS
from console.texts.nl.dispatching import CHANGED

POLICY = triage_rules.load()
MOMENT = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)
EMPTY = CallFile(
    "26-0001",
    IncomingCall(
        None, Channel.EMERGENCY, "06-12345678", "mw. Jansen", Location("Brink 4, Gieten", 53.0, 6.7), "", MOMENT
    ),
    Stage.DECIDED,
    "a",
    MOMENT,
    1,
    Facts(),
    {},
    "",
    (),
    (),
)


def first(file: CallFile, message_id: str = "m0", *, exercise: bool = False) -> Dispatch:
    return prepare(
        file,
        Choice.PRIO1,
        policy=POLICY,
        message_id=message_id,
        by="a",
        at=MOMENT,
        exercise=exercise,
        control_word="rode tulp",
    )


def added(file: CallFile, *earlier: Dispatch, message_id: str = "m9", exercise: bool = False) -> Dispatch | None:
    return addition(file, earlier, policy=POLICY, message_id=message_id, by="b", at=MOMENT, exercise=exercise)


def news(file: CallFile, *earlier: Dispatch) -> tuple[str, ...]:
    made = added(file, *earlier)
    assert made is not None
    return made.details


def noted(*details: Detail, taken_back: bool = False) -> tuple[KnownDetail, ...]:
    return tuple(KnownDetail(number, each, MOMENT, "a", taken_back) for number, each in enumerate(details, 1))


def sent(message_id: str, state: Delivery) -> DeliveryState:
    return DeliveryState(message_id, "26-0001", 1, state, MOMENT)


_text = st.text(max_size=12) | st.sampled_from(
    ("VERVALLEN", "niet gevraagd", "Notitie: x", CHANGED, "a: b", "Notitie, vervolg: y", "👮 [/b]\x1b[2J")
)
_kinds: tuple[st.SearchStrategy[Detail], ...] = (
    st.builds(Suspect, _text, _text, _text, _text),
    st.builds(Clue, st.sampled_from(ClueKind), _text, _text, st.booleans()),
    st.builds(Payment, st.sampled_from(Payee), st.none() | st.integers(0, 10**9), _text, _text, _text),
    st.builds(Device, _text, _text),
    st.builds(BankCalled, st.sampled_from(Party), _text),
    st.builds(Appointment, st.just(AppointmentKind.PICKUP), st.sampled_from(Party), _text),
    st.builds(Referred, _text),
)
_known = st.tuples(
    *(
        st.none() | st.builds(KnownDetail, st.just(number), kind, st.just(MOMENT), st.just("a"), st.booleans())
        for number, kind in enumerate(_kinds, 1)
    )
)


@st.composite
def files(draw: st.DrawFn) -> CallFile:
    """A call at any moment after a unit was asked for; the same number never stands for another kind of thing."""
    fact = st.builds(Fact, _text, st.sampled_from(Source), st.sampled_from(Certainty), st.none() | st.just(1))
    person = st.builds(Person, st.sampled_from(PersonRole), _text, _text, _text)
    facts = st.builds(Facts, _text, _text, st.none() | st.sampled_from(Role), st.none() | st.booleans())
    answers = st.fixed_dictionaries(
        {}, optional={each.id: st.sampled_from([value.id for value in each.values]) for each in POLICY.questions}
    )
    return replace(
        EMPTY,
        facts=draw(facts),
        told=draw(st.booleans()),
        note=draw(_text),
        answers=draw(answers),
        details=tuple(each for each in draw(_known) if each is not None),
        persons=tuple(KnownPerson(1, each, MOMENT, "a") for each in draw(st.lists(person, max_size=1))),
        told_facts=tuple(KnownFact(1, each, MOMENT, "a") for each in draw(st.lists(fact, max_size=1))),
    )


@given(files())
def test_when_nothing_changed_there_is_nothing_to_add(file: CallFile) -> None:
    assert added(file, first(file)) is None


@given(st.lists(files(), min_size=2, max_size=4))
def test_after_every_addition_the_cad_knows_what_we_know(course: list[CallFile]) -> None:
    """Read the messages one after another, as a crew does: a later line about a thing replaces the earlier one."""
    messages = [first(course[0])]
    for number, file in enumerate(course[1:], 1):
        made = added(file, *messages, message_id=f"m{number}")
        if made is not None:
            messages.append(made)
        assert added(file, *messages) is None
        assert {line.subject: line.said for line in telling.lines(file, POLICY)} == told(messages, file)
        assert (messages[-1].location.address, messages[-1].callback) == (address_of(file), callback_of(file))


def told(messages: list[Dispatch], file: CallFile) -> dict[str, str]:
    subjects = {line.subject for line in telling.lines(file, POLICY)}
    known: dict[str, str] = {}
    for text in [text for message in messages for text in message.details if ": " in text or "? " in text]:
        line = text.removeprefix(CHANGED)
        asked = next((each for each in subjects if each.endswith("?") and line.startswith(f"{each} ")), None)
        subject, said = (asked, line[len(asked) + 1 :]) if asked else line.split(": ", 1)
        if subject == "Notitie, vervolg":
            known["Notitie"] += said
        else:
            known[subject] = said
    gone = [subject for subject, said in known.items() if subject not in subjects and said == "VERVALLEN"]
    for subject in (*gone, "Adres", "Terugbellen", "Melding 14:05 via 112"):
        known.pop(subject, None)
    return known


@given(files(), files())
def test_it_holds_news_only(before: CallFile, after: CallFile) -> None:
    made = added(after, first(before))
    if made is not None:
        assert not set(made.details) & set(first(before).details)


def test_it_names_its_dispatch_and_asks_for_nothing_more() -> None:
    base = first(EMPTY)
    made = added(replace(EMPTY, note="hond los in de tuin"), base)
    assert made is not None
    assert (made.adds_to, made.message_id, made.incident_id, made.priority) == ("m0", "m9", "26-0001", 1)
    assert (made.control_word, made.decided_by, made.exercise) == ("rode tulp", "b", False)
    assert made.briefing[0] == "AANVULLING, GEEN NIEUWE INZET - PRIO 1 - ONLINE CRIMINALITEIT, VORM NOG ONBEKEND"
    assert made.briefing[1:] == (base.briefing[1], "Notitie: hond los in de tuin")
    assert made.details == ("Notitie: hond los in de tuin",)


def test_of_a_note_that_went_on_only_the_rest_goes() -> None:
    before = replace(EMPTY, note="hond los")
    after = replace(EMPTY, note="hond los in de tuin")
    assert news(after, first(before)) == ("Notitie, vervolg:  in de tuin",)
    assert news(replace(EMPTY, note="kat"), first(before)) == ("GEWIJZIGD - Notitie: kat",)
    assert news(EMPTY, first(before)) == ("GEWIJZIGD - Notitie: VERVALLEN",)


def test_another_address_or_number_comes_first_and_is_said_as_a_change() -> None:
    after = replace(EMPTY, facts=Facts("Markt 1, Assen", "050-5512345"), told=True, note="ze zit bij de buren")
    made = added(after, first(EMPTY))
    assert made is not None
    assert made.details == (
        "GEWIJZIGD - Adres: Markt 1, Assen (eerst: Brink 4, Gieten)",
        "GEWIJZIGD - Terugbellen: 050-5512345 (eerst: 06-12345678)",
        "Notitie: ze zit bij de buren",
    )
    assert made.briefing[1] == "NIEUW ADRES: Markt 1, Assen - mw. Jansen 050-5512345"
    assert made.briefing[2] == "Notitie: ze zit bij de buren"
    assert made.location == Location("Markt 1, Assen")


def test_much_news_is_short_in_the_line_to_drive_by_and_whole_below() -> None:
    made = added(replace(EMPTY, note="x" * 10_000), first(EMPTY))
    assert made is not None
    assert (len(made.briefing[2]), made.briefing[2][-1]) == (160, ".")
    assert made.briefing[2].endswith("x..")
    assert made.details == made.told_once == (f"Notitie: {'x' * 10_000}",)


def test_what_the_line_to_drive_by_holds_whole_is_told_once() -> None:
    one = added(replace(EMPTY, note="hond los"), first(EMPTY))
    assert one is not None
    assert (one.briefing[2], one.told_once) == ("Notitie: hond los", ())
    moved = Facts("Markt 1, Assen", "06-12345678")
    more = added(replace(EMPTY, facts=moved, told=True, note="a; b", answers={"gaande": "ja"}), first(EMPTY))
    assert more is not None
    assert more.briefing[2] == "Notitie: a; b; Is het nu nog bezig? ja"
    assert more.told_once == ("GEWIJZIGD - Adres: Markt 1, Assen (eerst: Brink 4, Gieten)",)
    assert first(EMPTY).told_once == first(EMPTY).details


def test_with_only_another_number_the_line_to_drive_by_says_what_goes_on() -> None:
    made = added(replace(EMPTY, facts=Facts("Brink 4, Gieten", "050-5512345"), told=True), first(EMPTY))
    assert made is not None
    assert made.briefing[1:] == ("Brink 4, Gieten - mw. Jansen 050-5512345", first(EMPTY).briefing[2])


def test_an_address_that_was_unknown_or_fell_away() -> None:
    nowhere = replace(EMPTY, facts=Facts("", "06-12345678"), told=True)
    assert news(EMPTY, first(nowhere)) == ("Adres: Brink 4, Gieten",)
    assert news(nowhere, first(EMPTY)) == ("GEWIJZIGD - Adres: ONBEKEND (eerst: Brink 4, Gieten)",)


def test_an_answer_is_new_or_changed_or_open_again() -> None:
    yes = replace(EMPTY, answers={"gaande": "ja"})
    no = replace(EMPTY, answers={"gaande": "nee"})
    assert news(yes, first(EMPTY)) == ("Is het nu nog bezig? ja",)
    assert news(no, first(yes)) == ("GEWIJZIGD - Is het nu nog bezig? nee",)
    assert news(EMPTY, first(yes)) == ("GEWIJZIGD - Is het nu nog bezig? niet gevraagd",)


def test_what_went_back_to_what_it_was_is_told_again() -> None:
    yes = replace(EMPTY, answers={"gaande": "ja"})
    no = replace(EMPTY, answers={"gaande": "nee"})
    base = first(yes)
    then = added(no, base, message_id="m1")
    assert then is not None
    assert news(yes, base, then) == ("GEWIJZIGD - Is het nu nog bezig? ja",)


def test_what_a_crew_looks_for_goes_along_and_is_withdrawn_when_it_was_wrong() -> None:
    seen = replace(EMPTY, details=noted(Suspect("man, 30 jaar", "de Markt", "witte Golf", "XX-123-X")))
    assert news(seen, first(EMPTY)) == (
        "Signalement 1: man, 30 jaar, richting de Markt, voertuig witte Golf, kenteken XX-123-X",
    )
    wrong = replace(EMPTY, details=noted(Suspect("man, 30 jaar"), taken_back=True))
    assert news(wrong, first(seen)) == ("GEWIJZIGD - Signalement 1: VERVALLEN",)
    assert added(wrong, first(EMPTY)) is None


def test_each_thing_noted_is_said_in_words_and_what_is_no_matter_of_a_unit_stays_here() -> None:
    details = noted(
        Payment(Payee.BANK, 450_005, "NL91ABNA0417164300", "J. Jansen", "vandaag 13.40"),
        Payment(Payee.GIFT_CARD),
        Device("laptop", "staat aan"),
        Clue(ClueKind.IBAN, "NL00 X", "NL00X", valid=False),
        BankCalled(Party.CALLER, "ING"),
        Appointment(AppointmentKind.PICKUP, Party.CALLER, "15:00 Brink 4"),
        Appointment(AppointmentKind.STATION, Party.OPERATOR, "morgen"),
        Referred("slachtofferhulp"),
        Suspect(),
    )
    facts = (
        KnownFact(1, Fact("hij is bewapend", Source.SEEN, Certainty.SURE, 2), MOMENT, "a"),
        KnownFact(2, Fact("hij is weg", Source.SAID, Certainty.WRONG), MOMENT, "a"),
    )
    persons = (KnownPerson(1, Person(PersonRole.THIRD_PARTY, "Jan", "", "zoon"), MOMENT, "a"),)
    assert news(replace(EMPTY, details=details, told_facts=facts, persons=persons), first(EMPTY)) == (
        "Signalement 9: zonder omschrijving",
        "Bank gebeld 5: door melder, ING",
        "Aangekondigde ophaling 6: 15:00 Brink 4, afgesproken door melder",
        "Persoon 1: derde, Jan, zoon",
        "Feit 1: hij is bewapend (gezien, zeker, over persoon 2)",
        "Betaling 1: 4500,05 euro, naar bankrekening, NL91ABNA0417164300, J. Jansen, vandaag 13.40",
        (
            "Betaling 2: bedrag onbekend, naar cadeaukaart; "
            "voor terughalen nog nodig bedrag, rekening of ordernummer, naam, tijd"
        ),
        "Apparaat 3: laptop, staat aan",
        "Spoor 4: iban NL00X (klopt niet, mogelijk verkeerd verstaan)",
    )


def test_what_was_refused_was_not_told() -> None:
    base = first(EMPTY)
    noted_down = replace(EMPTY, note="hond")
    refused = added(noted_down, base, message_id="m1")
    assert refused is not None
    later = replace(noted_down, deliveries=(sent("m0", Delivery.ACCEPTED), sent("m1", Delivery.REFUSED)))
    assert news(later, base, refused) == ("Notitie: hond",)
    by_hand = replace(noted_down, deliveries=(sent("m0", Delivery.ACCEPTED), sent("m1", Delivery.BY_HAND)))
    assert added(by_hand, base, refused) is None


def test_a_note_of_which_the_beginning_was_refused_goes_whole() -> None:
    base = first(EMPTY)
    one = added(replace(EMPTY, note="ab"), base, message_id="m1")
    assert one is not None
    two = added(replace(EMPTY, note="abc"), base, one, message_id="m2")
    assert two is not None
    assert two.details == ("Notitie, vervolg: c",)
    file = replace(EMPTY, note="abc", deliveries=(sent("m1", Delivery.REFUSED),))
    assert news(file, base, one, two) == ("Notitie: abc",)


def test_it_adds_to_the_newest_dispatch() -> None:
    base, newer = first(EMPTY), first(replace(EMPTY, note="hond"), "m1")
    made = added(replace(EMPTY, note="hond en kat"), base, newer)
    assert made is not None
    assert (made.adds_to, made.details) == ("m1", ("Notitie, vervolg:  en kat",))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (Delivery.REFUSED, "per telefoon"),
        (Delivery.UNCLEAR, "Bel de uitgifte, en geef nieuws per telefoon door"),
        (Delivery.BY_HAND, "per telefoon"),
        (Delivery.TOO_OLD, "per telefoon"),
        (Delivery.DROPPED, "neem dan een besluit"),
    ],
)
def test_to_a_dispatch_that_the_cad_has_not_news_goes_by_telephone(state: Delivery, said: str) -> None:
    file = replace(EMPTY, note="hond", deliveries=(sent("m0", state),))
    with pytest.raises(NothingToAddToError, match=said):
        added(file, first(EMPTY))


@pytest.mark.parametrize("state", [Delivery.READY, Delivery.SENT, Delivery.DELIVERED, Delivery.ACCEPTED])
def test_to_a_dispatch_underway_news_can_be_added(state: Delivery) -> None:
    file = replace(EMPTY, note="hond", deliveries=(sent("m0", state),))
    assert news(file, first(EMPTY)) == ("Notitie: hond",)


def test_without_a_dispatch_there_is_nothing_to_add_to() -> None:
    with pytest.raises(NothingToAddToError, match="Neem eerst een besluit"):
        added(EMPTY)


def test_an_exercise_never_adds_to_what_is_real() -> None:
    with pytest.raises(NothingToAddToError, match="oefening"):
        added(replace(EMPTY, note="hond"), first(EMPTY), exercise=True)
    made = added(replace(EMPTY, note="hond"), first(EMPTY, exercise=True), exercise=True)
    assert made is not None
    assert made.briefing[0].startswith("OEFENING - AANVULLING")
    assert made.classification == "dvpooe"


def test_after_a_reassessment_the_last_act_is_told_from_there() -> None:
    before = replace(EMPTY, answers={"laatste_handeling": "2"})
    after = replace(before, reassessed_at=MOMENT + timedelta(hours=1), answers={"laatste_handeling": "3"})
    assert news(after, first(before)) == (
        "GEWIJZIGD - Wanneer was het laatste? 3 uur voor de herbeoordeling van 15:05",
    )


def test_labels_of_the_policy_can_be_told_apart() -> None:
    labels = [question.label for question in POLICY.questions]
    assert len(set(labels)) == len(labels)
    assert not [label for label in labels if ": " in label]


def test_the_words_at_the_door_are_many_plain_and_never_the_same_twice_by_rule() -> None:
    assert len(set(QUALITIES)) * len(set(THINGS)) == 512
    assert all(word.isascii() and word.isalpha() and word.islower() for word in QUALITIES)
    assert all(word.isascii() and word.isalpha() and word.islower() for word in THINGS)
    chosen = {control_word.choose() for _ in range(200)}
    assert len(chosen) > 100
    assert all(each.split()[0] in QUALITIES and each.split()[1] in THINGS for each in chosen)
