"""One call in lines: header, questions, note, decision, reason, by hand, overleg, hand-over; all of it on disk."""

from __future__ import annotations

import pytest

from console.case import Case, Proposal
from console.model import Choice, Decision, Delivery, Facts, Role, Stage
from console.record import Calls, Outbox, RecordError
from console.texts import words
from tests.line_mode.conftest import Sitting
from tests.seat import OPERATOR, ring

HEADER = ("", "", "", "")
NASTY = ("[/b][@click=app.quit]x[/]", "\x1b[2J\x1b[31m", "\u202eDAB\u202c", "👮 é ĳ", "x" * 10_001, "a\x00b\rc")


async def test_what_is_told_first_is_asked_first_and_kept_one_by_one(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types("Markt 1, Assen", "050-5512345", "9", "2", "", "misschien", "n", call=call_id)
    assert said.index("“Waar bent u nu?”") < said.index("“Op welk nummer") < said.index("“Belt u voor uzelf?”")
    assert "'9' is hier geen keuze." in said
    assert "Typ ja of nee." in said
    file = sitting.file(call_id)
    assert file.facts == Facts("Markt 1, Assen", "050-5512345", Role.THIRD_PARTY, speaks_freely=False)
    assert file.answers["gevaar"] == "onbekend"
    assert said.endswith("[OPGEHANGEN]")


async def test_an_empty_line_leaves_what_came_in_and_wis_empties_it(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    await sitting.types("", "wis", "", "", call=call_id)
    file = sitting.file(call_id)
    assert (file.facts.address, file.facts.callback, file.told) == ("Brink 4, Gieten", "", True)


async def test_an_address_that_was_repeated_and_where_the_victim_is_are_facts_and_no_longer_asked(
    sitting: Sitting,
) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types("ja", "", "2", "in de keuken", "", "besluit", "1", call=call_id)
    assert [each.fact.text for each in sitting.file(call_id).told_facts] == [
        "adres herhaald en bevestigd: Brink 4, Gieten",
        "slachtoffer is nu: in de keuken",
    ]
    ahead = said[said.rindex("Eenheid ter plaatse, prio 1") :]
    assert "nagevraagd" not in ahead
    assert "Melder belt voor een ander" not in ahead
    await sitting.types("gegevens", "ja", "", "2", "op zolder", "", call=call_id)
    assert len(sitting.file(call_id).told_facts) == 2


async def test_of_a_new_call_that_is_empty_nothing_is_recorded_as_told(sitting: Sitting) -> None:
    said = await sitting.types(*HEADER, "stop", call=None)
    assert "Melding 26-0001 was leeg en is afgesloten als per ongeluk geopend." in said
    file = sitting.file("26-0001")
    assert (file.told, file.owner, file.stage) == (False, None, Stage.DECIDED)


async def test_answers_are_on_disk_and_what_they_make_certain_is_said_with_its_reason(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(*HEADER, "n", "onderweg", "?", "xyz", "waarom", "vraag 9", "j", "terug", call=call_id)
    assert sitting.file(call_id).answers == {
        "gevaar": "nee",
        "verdachte": "onderweg",
        "slachtoffer_in_nederland": "ja",
    }
    assert "Urgentie ten minste: prio 1" in said
    assert "Ten minste: prio 1, omdat iemand onderweg is." in said
    assert "Bron: " in said
    assert "Zeg: “Doe de deur dicht." in said
    assert "Geen vorm heet zo: 'xyz'." in said
    assert "+ en dan tekst: zet dat in de notitie." in said
    assert "Vraag 9 van 14." in said
    assert "Hersteld, weer open: Jonger dan 18?" in said


async def test_a_note_grows_line_by_line_at_any_question(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(*HEADER, "+ hond los", "notitie", "in de tuin", "+", "notitie", "", call=call_id)
    assert sitting.file(call_id).note == "hond los; in de tuin"
    assert "Notitie: hond los\n" in said
    assert said.count("Genoteerd.") == 2


@pytest.mark.parametrize("text", NASTY)
async def test_whatever_is_typed_is_kept_and_moves_nothing(sitting: Sitting, text: str) -> None:
    call_id = ring(sitting.desk, words=text)
    said = await sitting.types(text, text, "", "", f"+{text}", text, "besluit", text, "stop", call=call_id)
    assert sitting.file(call_id).facts.address == text[:10_000].strip()
    assert not [character for character in said if ord(character) < 32 and character != "\n"]
    assert "\u202e" not in said
    assert max(len(line) for line in said.splitlines()) < 10_100
    if len(text) > 10_000:
        assert "Dat is te lang" in said


@pytest.mark.parametrize(("digit", "choice"), words.terms.CHOICE_KEYS.items())
async def test_every_outcome_can_be_chosen_and_is_recorded_after_a_yes(
    sitting: Sitting, digit: str, choice: Choice
) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(*HEADER, "besluit", "12", digit, "", "misschien", "ja", "", "", call=call_id)
    file = sitting.file(call_id)
    assert [each.choice for each in file.decisions] == [choice]
    assert [each.priority for each in file.deliveries] == [choice.priority] * (choice.priority is not None)
    assert "Typ een cijfer van 0 tot en met 9, of terug." in said
    assert said.index(words.terms.CHOICE[choice]) < said.index("Besluit vastgelegd.")
    assert f"Uw kenmerk is {call_id}." in said


@pytest.mark.parametrize("no", ["nee", "n", "terug"])
async def test_without_a_yes_nothing_is_decided(sitting: Sitting, no: str) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(*HEADER, "besluit", "1", no, call=call_id)
    file = sitting.file(call_id)
    assert (file.decisions, file.deliveries, file.draft_choice) == ((), (), None)
    assert "Er is niets vastgelegd." in said


async def test_a_choice_without_a_yes_survives_the_terminal(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    await sitting.types(*HEADER, "besluit", "5", "2", call=call_id)
    assert sitting.file(call_id).draft_choice is Choice.PRIO2
    said = await sitting.types(call=call_id)
    assert "U koos eerder dit en bevestigde het nog niet: Eenheid ter plaatse, prio 2" in said


async def test_what_goes_to_the_cad_is_read_out_before_it_goes(sitting: Sitting) -> None:
    call_id = ring(sitting.desk, place="Brink, Gieten")
    said = await sitting.types("", "", "", "n", "onderweg", "besluit", "1", "ja", "", "", call=call_id)
    ahead = said[said.index("Naar GMS: prio 1") : said.index("Besluit vastgelegd.")]
    assert "Adres: Brink, Gieten\n" in ahead
    assert "Regel 1: OEFENING - PRIO 1 - " in ahead
    assert "Regel 2: Brink, Gieten - mw. Jansen 06-12345678 - KAN NIET VRIJ PRATEN" in ahead
    assert "Regel 3: gevaar: weet niet; verdachte: onderweg" in ahead
    assert "Controlewoord voor aan de deur: " in ahead
    assert "In het adres staat geen huisnummer: vraag het na ('gegevens')." in said
    sent = Outbox(sitting.desk._writer).due(sitting.desk.clock(), 5)[0].dispatch
    assert f"Controlewoord voor aan de deur: {sent.control_word}" in ahead


async def test_a_second_unit_is_named_as_a_second_one(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(*HEADER, "besluit", "2", "ja", "", "besluit", "1", "nee", call=call_id)
    assert "LET OP: er is al een eenheid gevraagd: prio 2, klaargezet 14:05." in said
    assert "Typ ja om NOG EEN eenheid te vragen" in said
    assert len(sitting.file(call_id).deliveries) == 1


async def test_the_reason_of_a_deviation_is_asked_after_the_decision_and_can_wait(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    answers = ("n", "onderweg")
    said = await sitting.types(*HEADER, *answers, "besluit", "5", "ja", "", call=call_id)
    assert said.index("Besluit vastgelegd.") < said.index("U wijkt af van het voorstel")
    assert sitting.file(call_id).decisions[0].reason is None
    said = await sitting.types("reden", "17", "4", "reden", call=call_id)
    assert sitting.file(call_id).decisions[0].reason == "Uitdrukkelijke wens van het slachtoffer"
    assert "'17' is hier geen keuze." in said
    assert said.endswith("Er is geen afwijking waarvan de reden ontbreekt.\nOpdracht> [OPGEHANGEN]")


async def test_a_reason_can_be_in_own_words(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    await sitting.types(*HEADER, "n", "onderweg", "besluit", "5", "ja", "de buurman is al bij haar", call=call_id)
    assert sitting.file(call_id).decisions[0].reason == "de buurman is al bij haar"


async def test_passed_on_by_voice_is_recorded_after_a_yes(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    await sitting.types(*HEADER, "besluit", "1", "ja", "hand", "nee", "stop", call=call_id)
    assert sitting.file(call_id).deliveries[0].state is Delivery.READY
    said = await sitting.types("hand", "ja", "hand", call=call_id)
    assert sitting.file(call_id).deliveries[0].state is Delivery.BY_HAND
    assert "Vastgelegd: met de hand doorgegeven." in said
    assert "Er is geen inzet die nog moet worden doorgegeven." in said


async def test_what_the_cad_says_comes_by_itself_and_once(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    await sitting.types(*HEADER, "besluit", "1", "ja", call=call_id)
    message_id = sitting.file(call_id).deliveries[0].message_id
    outbox = Outbox(sitting.desk._writer)
    outbox.link(reachable=True)
    outbox.sending(message_id)
    outbox.refused(message_id, "geen eenheid [/b]\x1b[2J")
    said = await sitting.types("status", call=call_id)
    assert "Reden: geen eenheid [/b]" in said
    assert "leg dat vast met 'hand'." in said
    assert "F10" not in said


async def test_the_shift_lead_is_asked_and_the_call_stays(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(*HEADER, "overleg", "", "overleg", "mag hier prio 1 op?", call=call_id)
    file = sitting.file(call_id)
    assert [each.question for each in file.consultations] == ["mag hier prio 1 op?"]
    assert (file.owner, file.stage) == (OPERATOR, Stage.IN_PROGRESS)
    assert "Er is niets veranderd." in said
    assert "De melding blijft van u" in said


async def test_a_call_is_handed_over_with_what_must_be_known(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    await sitting.types(*HEADER, "overdracht", "", "overdracht", "a.bakker", "", "stop", call=call_id)
    assert sitting.file(call_id).owner == OPERATOR
    said = await sitting.types("overdracht", "a.bakker", "bel terug om 15:00", "+ te laat", call=call_id)
    file = sitting.file(call_id)
    assert (file.owner, file.transfers[-1].reason, file.note) == ("a.bakker", "bel terug om 15:00", "")
    assert said.endswith("Overgedragen. De melding is niet meer van u.\n")


async def test_a_call_that_a_colleague_took_is_said_and_takes_nothing_more(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    case = await sitting.desk.take(call_id)
    await sitting.desk.tell(case, Facts("Markt 1"))

    original = sitting.desk.note

    async def taken_meanwhile(*arguments: object) -> None:
        Calls(sitting.desk._writer).take_over(call_id, "a.bakker", owner=OPERATOR, reason="stil")
        await original(*arguments)  # type: ignore[arg-type]

    sitting.desk.note = taken_meanwhile  # type: ignore[method-assign, assignment]
    said = await sitting.types("+ hond los", "+ kat", call=call_id)
    assert "NIET BEWAARD: " in said
    assert sitting.file(call_id).note == ""
    assert "[OPGEHANGEN]" not in said


async def test_new_facts_after_a_decision_are_assessed_again(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(*HEADER, "besluit", "7", "ja", "opnieuw", "n", call=call_id)
    assert sitting.file(call_id).assessment == 2
    assert "Wijzig wat anders is, dan 'besluit'." in said
    assert "Vraag 1 van 14." in said.split("Opnieuw beoordelen", 1)[1]


async def test_after_a_decision_nothing_is_asked_by_itself_but_questions_can_go_on(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    await sitting.types(*HEADER, "besluit", "7", "ja", call=call_id)
    said = await sitting.types("fiets", "", "vragen", "n", "stop", call=call_id)
    assert "Dat is geen opdracht." in said
    assert said.count("Dat is geen opdracht.") == 1
    assert said.index("Dat is geen opdracht.") < said.index("Vraag 1 van 14.")
    assert sitting.file(call_id).answers["gevaar"] == "nee"


async def test_the_ordinary_protocol_is_one_word_and_a_yes_away(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    await sitting.types(*HEADER, "gewoon", "ja", "1", call=call_id)
    assert sitting.file(call_id).decisions[0].choice is Choice.ORDINARY


async def test_that_a_caller_cannot_speak_freely_is_one_word(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    await sitting.types(*HEADER, "nietvrij", call=call_id)
    assert sitting.file(call_id).facts.speaks_freely is False
    await sitting.types("nietvrij", call=call_id)
    assert sitting.file(call_id).facts.speaks_freely is True


async def test_news_after_a_dispatch_is_said_and_sent_after_a_yes(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    await sitting.types(*HEADER, "besluit", "1", "ja", call=call_id)
    said = await sitting.types("aanvulling", "+ hond los", "aanvulling", "nee", call=call_id)
    assert "GMS weet alles al" in said
    assert "AANVULLING, GEEN NIEUWE INZET - PRIO 1" in said
    assert len(sitting.file(call_id).deliveries) == 1
    await sitting.types("aanvulling", "misschien", "ja", "aanvulling", call=call_id)
    base, added = sitting.file(call_id).deliveries
    assert (added.adds_to, added.state) == (base.message_id, Delivery.READY)
    assert len(sitting.file(call_id).decisions) == 1


async def test_without_a_dispatch_there_is_nothing_to_add_to(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(*HEADER, "aanvulling", call=call_id)
    assert "Er is nog geen inzet gevraagd." in said


async def test_something_beside_the_choice(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(*HEADER, "besluit", "2", "ook 5", "ook 6", "ook 6", "ook 1", "3", "ja", call=call_id)
    assert "Daarnaast: Online aangifte" in said
    assert "Daarnaast kan alleen 4, 5, 6 of 8" in said
    (decision,) = sitting.file(call_id).decisions
    assert (decision.choice, decision.also) == (Choice.PRIO3, (Choice.ONLINE,))


async def test_a_decision_that_was_not_seen_is_heard_before_another_is_made(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    original = sitting.desk.decide
    hurried: list[Decision] = []

    async def after_somebody_else(case: Case, proposal: Proposal) -> Decision:
        if not hurried:
            hurried.append(await original(case, sitting.desk.propose(case, Choice.PRIO2)))
        return await original(case, proposal)

    sitting.desk.decide = after_somebody_else  # type: ignore[method-assign]
    said = await sitting.types(*HEADER, "besluit", "1", "ja", "nee", call=call_id)
    assert "is al besloten door" in said
    assert "LET OP: er is al een eenheid gevraagd: prio 2" in said.split("is al besloten", 1)[1]
    assert [each.choice for each in sitting.file(call_id).decisions] == [Choice.PRIO2]


async def test_a_decision_whose_answer_got_lost_is_one_decision(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    original = sitting.desk.decide
    lost: list[Decision] = []

    async def loses_the_first_answer(case: Case, proposal: Proposal) -> Decision:
        decision = await original(case, proposal)
        if not lost:
            lost.append(decision)
            raise RecordError("Het dossier is bezet.")
        return decision

    sitting.desk.decide = loses_the_first_answer  # type: ignore[method-assign]
    said = await sitting.types(*HEADER, "besluit", "1", "ja", "ja", call=call_id)
    assert "NIET BEWAARD: Het dossier is bezet." in said
    assert "Besluit vastgelegd." in said
    file = sitting.file(call_id)
    assert (len(file.decisions), len(file.deliveries)) == (1, 1)
