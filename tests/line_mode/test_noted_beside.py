"""What is noted, agreed and read back beside the answers, in lines: the same details as on the screen."""

from __future__ import annotations

import pytest

from console.model import (
    Appointment,
    AppointmentKind,
    CallFile,
    Clue,
    ClueKind,
    Detail,
    Device,
    Known,
    Party,
    PassedOn,
    Payee,
    Payment,
    Secured,
    Securing,
    Special,
)
from console.record import Calls, access
from tests.line_mode.conftest import Sitting
from tests.line_mode.test_call import HEADER
from tests.seat import ring

ACCOUNT = "NL91ABNA0417164300"


def details(file: CallFile) -> list[Detail]:
    return [each.detail for each in file.details if not each.taken_back]


async def test_a_payment_is_asked_part_by_part_and_says_what_is_still_needed(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(*HEADER, "betaling", "1250,50", ACCOUNT, "", "13.40", "2", call=call_id)
    assert details(sitting.file(call_id)) == [Payment(Payee.SHOP, 125_050, ACCOUNT, "", "13.40")]
    assert "“Hoeveel?”" in said
    assert "Vastgelegd: € 1.250,50" in said
    assert "naam" in said[said.index("Vastgelegd:") :]
    assert "NIET BEWAARD" not in said


async def test_an_amount_that_cannot_be_read_is_kept_as_a_trace_and_an_account_makes_it_a_bank(
    sitting: Sitting,
) -> None:
    call_id = ring(sitting.desk)
    await sitting.types(*HEADER, "betaling", "veel", ACCOUNT, "", "", "", call=call_id)
    assert details(sitting.file(call_id)) == [
        Clue(ClueKind.AMOUNT, "veel", "veel", valid=False),
        Payment(Payee.BANK, None, ACCOUNT),
    ]


@pytest.mark.parametrize("command", ["betaling", "apparaat", "afspraak", "doorgezet"])
async def test_with_only_enter_nothing_is_recorded(command: str, sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(*HEADER, command, "", "", "", "", "", call=call_id)
    assert details(sitting.file(call_id)) == []
    assert "Er is niets veranderd." in said


async def test_a_data_carrier(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    await sitting.types(*HEADER, "apparaat", "laptop", "staat aan", call=call_id)
    assert details(sitting.file(call_id)) == [Device("laptop", "staat aan")]


async def test_the_traces_of_the_form_are_marked_by_number_and_letter(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(
        *HEADER, "n", "n", "bankhelpdeskfraude", "sporen", "1x", "99g", "1g 2v", "1n 2o", "", call=call_id
    )
    (asked,) = details(sitting.file(call_id))
    assert isinstance(asked, Secured)
    assert asked.how is Securing.ABSENT
    assert [each.taken_back for each in sitting.file(call_id).details] == [False, True]
    assert said.count("g gevraagd te bewaren, v veiliggesteld") == 3
    assert "veiliggesteld\n" in said


async def test_asked_and_nothing_to_go_on(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(*HEADER, "sporen", "geen", "", call=call_id)
    assert details(sitting.file(call_id)) == [Secured("aanknopingspunten", Securing.ABSENT)]
    assert "ernaar gevraagd" in said
    said = await sitting.types("betaling", "10", "", "", "", "", "sporen", "geen", "", call=call_id)
    assert "Er staan aanknopingspunten vast" in said


async def test_an_appointment_says_who_arranges_it_and_a_later_one_takes_its_place(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(*HEADER, "afspraak", "1", "2", "di 10:00 Assen", call=call_id)
    assert details(sitting.file(call_id)) == [Appointment(AppointmentKind.STATION, Party.CALLER, "di 10:00 Assen")]
    assert "Afspraak bureau: di 10:00 Assen, regelt: melder" in said
    await sitting.types("afspraak", "1", "1", "wo 9:00", call=call_id)
    assert details(sitting.file(call_id)) == [Appointment(AppointmentKind.STATION, Party.OPERATOR, "wo 9:00")]
    assert len(sitting.file(call_id).details) == 1


@pytest.mark.parametrize(("typed", "to"), [("1", PassedOn("andere meldkamer")), ("ggd [/b]", PassedOn("ggd [/b]"))])
async def test_to_whom_a_call_goes_is_asked_for_after_the_decision(typed: str, to: PassedOn, sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(*HEADER, "besluit", "8", "ja", "doorgezet", "99", typed, call=call_id)
    assert "Typ doorgezet om vast te leggen naar wie." in said
    assert details(sitting.file(call_id)) == [to]
    said = await sitting.types("stand", call=call_id)
    assert to.to in said


async def test_a_caller_who_was_cut_off_goes_on_in_the_earlier_call(sitting: Sitting) -> None:
    earlier = ring(sitting.desk)
    call_id = ring(sitting.desk)
    said = await sitting.types(*HEADER, "doorgezet", "6", call=call_id)
    assert f"de eerdere melding {earlier}" in said
    assert details(sitting.file(call_id)) == [PassedOn("eerdere melding", earlier)]


async def test_everything_of_the_call_in_hand_is_said(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(*HEADER, "n", "+ hond los", "alles", call=call_id)
    page = said[said.rindex("Genoteerd") :]
    assert "hond los" in page
    assert "In gevaar, of dreigt iemand? nee" in page


async def test_searching_and_reading_is_logged_and_special_data_is_said_only_when_asked_for(sitting: Sitting) -> None:
    call_id = ring(sitting.desk, words="zwarte golf")
    calls = Calls(sitting.desk._writer)
    claim = calls.claim(call_id, "a.bakker")
    calls.special(claim, Special.SUICIDALITY, Known.YES)
    said = await sitting.types("zoek golf", "7", "1", "1 bijzonder", "", "zoek niemand", "zoek", "stop")
    assert said.count("Typ een nummer om die melding te lezen") >= 3
    assert "typ het nummer met bijzonder erachter" in said
    assert f"{Special.SUICIDALITY.value}" in said[said.index("typ het nummer met bijzonder erachter") :]
    assert "Geen melding gevonden" in said
    assert "Er wacht geen" not in said
    logged = await sitting.desk._read(
        lambda reader: reader.ask(lambda line: line.execute("SELECT what FROM access_log ORDER BY seq").fetchall())
    )
    looks = [row["what"] for row in logged if row["what"] in {access.SEEN, access.SEEN_SPECIAL}]
    assert looks == [access.SEEN, access.SEEN_SPECIAL]
