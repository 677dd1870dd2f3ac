"""What belongs to a decision: what is done besides, what was agreed, to whom it went, and what came later."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.model import Appointment, AppointmentKind, Choice, Delivery, Detail, Location, Party, PassedOn
from console.record import Outbox
from console.screens.call import CallScreen
from console.screens.decision import DecisionScreen
from console.screens.offer import OfferScreen
from console.times import now
from tests.screens.hand import burst, in_call, on_disk, troubled, until
from tests.seat import Seat, open_seat, ring, seated


def details(seat: Seat) -> list[Detail]:
    return [each.detail for each in on_disk(seat).details if not each.taken_back]


async def decided(seat: Seat, count: int = 1) -> None:
    await until(lambda: len(on_disk(seat).decisions) == count, "the decision")
    await seat.until(lambda: isinstance(seat.app.screen, CallScreen), "the call back on screen")


async def test_a_unit_now_and_an_online_report_later(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f5", "plus")
        await seat.see("Kies eerst")
        await seat.press("2", "plus")
        await seat.see("Wat daarnaast?")
        await seat.press("5")
        await seat.see(">2 Eenheid", "+5 Online aangifte")
        await seat.press("plus", "1")
        await seat.see("kan niet naast dit besluit")
        await seat.press("plus", "4", "plus", "5", "plus", "5", "plus", "4", "enter")
        await decided(seat)
        await seat.see("prio 2 +", "online (j.devries", "Daarnaast online")
        (decision,) = on_disk(seat).decisions
        assert (decision.choice, decision.also) == (Choice.PRIO2, (Choice.ONLINE,))
        assert len(on_disk(seat).deliveries) == 1


@pytest.mark.parametrize(("key", "to"), [("k", "andere meldkamer"), ("s", "RSC"), ("z", "zeden")])
async def test_passing_on_records_to_whom(tmp_path: Path, key: str, to: str) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f5", key)
        await seat.see("Deze letter hoort niet bij wat u koos.")
        await seat.press("8")
        await seat.see("Doorzetten aan wie?", f"[ ] {key} {to}")
        await seat.press(key)
        await seat.see(f"[x] {key} {to}", f"Doorgezet: {to}")
        assert details(seat) == []
        await seat.press("enter")
        await decided(seat)
        await until(lambda: details(seat) == [PassedOn(to)], "to whom")
        await seat.see(f"Doorgezet: {to}")


async def test_another_service_is_typed_and_digits_are_text_there(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        burst(seat, "f5", "8", "w", *"ggd 2 [/b]", "enter", "enter")
        await decided(seat)
        assert details(seat) == [PassedOn("ggd 2 [/b]")]
        assert [each.choice for each in on_disk(seat).decisions] == [Choice.PASSED_ON]


async def test_to_whom_can_be_said_later_without_another_decision(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f5", "8", "enter")
        await decided(seat)
        await seat.see("Naar wie doorgezet? F5 en")
        await seat.press("f5")
        await seat.see("Doorzetten aan wie?")
        await seat.press("e", "enter")
        await until(lambda: details(seat) == [PassedOn("recherche")], "to whom")
        await seat.until(lambda: "Naar wie doorgezet" not in seat.text, "no reminder any more")
        assert len(on_disk(seat).decisions) == 1


async def test_a_caller_who_was_cut_off_goes_on_in_the_earlier_call(tmp_path: Path) -> None:
    desk = open_seat(tmp_path / "huis")
    earlier = ring(desk, number="06-12345678", words="de lijn viel weg")
    ring(desk, number="06-12345678", words="ik werd verbroken")
    async with seated(desk) as seat:
        await seat.see("2 wachtend")
        await seat.press("down", "enter")
        await seat.see("Urgentiecheck")
        this = seat.call.case.file.call_id
        assert this != earlier
        await seat.see("Hangt samen met")
        await seat.press("f5", "8")
        await seat.see(f"v eerdere melding {earlier}")
        await seat.press("v")
        await seat.see(
            f"Gaat verder in eerdere melding {earlier}", f"Ga verder met melder in de eerdere melding {earlier}"
        )
        assert "Verbind warm door" not in seat.text
        await seat.press("enter")
        await seat.until(lambda: isinstance(seat.app.screen, OfferScreen), "the offer")
        await seat.see(f"DOORGEZET NAAR {earlier}")
        assert details(seat) == [PassedOn("eerdere melding", earlier)]
        await seat.press("enter")
        await seat.see(f"MELDING {earlier}")
        assert seat.call.case.file.owner == desk.operator


async def test_an_appointment_at_the_station_says_who_arranges_it(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f5", "4")
        await seat.see("Afspraak bureau: wie regelt het?", "m melder zelf")
        await seat.press("m")
        await seat.see("Wanneer, en op welk bureau?")
        await seat.type("di 10:00")
        await seat.press("escape")
        await seat.see("wie regelt het?")
        await seat.press("m")
        await seat.type("di 10:00")
        await seat.press("enter")
        await seat.see("di 10:00, regelt: melder", "enter legt dit vast")
        await seat.press("enter")
        await decided(seat)
        agreed = Appointment(AppointmentKind.STATION, Party.CALLER, "di 10:00")
        await until(lambda: details(seat) == [agreed], "the appointment")
        await seat.see("Afspraak bureau: di 10:00")
        await seat.press("f5", "c")
        await seat.type("wo 9:00")
        await seat.press("enter", "enter")
        moved = Appointment(AppointmentKind.STATION, Party.OPERATOR, "wo 9:00")
        await until(lambda: details(seat) == [moved], "the appointment as it was moved")
        assert len(on_disk(seat).decisions) == 1


async def test_a_window_with_prio_3_and_a_pickup_that_was_announced(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("n")
        keys = {value: key for key, value, _label in seat.call.asking.choices()}
        await seat.press(keys["later"], "f5", "3")
        await seat.see("eerst plan met OvD-OC, onopvallend", "Tijdvak eenheid")
        await seat.press("h")
        await seat.type("16:00")
        await seat.press("enter", "c")
        await seat.type("14-16 uur")
        await seat.press("enter", "enter")
        await decided(seat)
        await until(
            lambda: (
                details(seat)
                == [
                    Appointment(AppointmentKind.PICKUP, Party.OPERATOR, "16:00"),
                    Appointment(AppointmentKind.WINDOW, Party.OPERATOR, "14-16 uur"),
                ]
            ),
            "both appointments",
        )


async def test_a_detail_that_fails_is_tried_again_without_another_decision(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        desk.refused["add"] = 2
        await seat.press("f5", "8", "s", "enter")
        await seat.see("Het besluit is vastgelegd, de afspraak nog niet.")
        assert (len(on_disk(seat).decisions), details(seat)) == (1, [])
        await seat.press("1")
        await seat.see("Het besluit is al vastgelegd.")
        await seat.press("enter")
        await until(lambda: details(seat) == [PassedOn("RSC")], "to whom")
        assert [each.choice for each in on_disk(seat).decisions] == [Choice.PASSED_ON]


async def test_the_wish_is_asked_for_and_never_holds_up(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f5")
        await seat.see("Wens nog niet gevraagd")
        await seat.press("5")
        await seat.see("langskomt", "(escape, g 13)")
        await seat.press("enter")
        await decided(seat)
        await seat.press("g", "1", "3", "3", "f5")
        assert "Wens nog niet gevraagd" not in seat.text
        await seat.see("Anders dan bij het besluit van")


async def test_back_to_the_ordinary_protocol_by_one_key_and_enter(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("ctrl+g")
        await seat.see(">0 Gewone protocol")
        await seat.press("escape")
        await seat.see("Urgentiecheck")
        assert on_disk(seat).decisions == ()
        await seat.press("ctrl+g", "enter")
        await decided(seat)
        assert [each.choice for each in on_disk(seat).decisions] == [Choice.ORDINARY]


async def test_after_recorded_but_reported_failed_no_second_unit_goes_unseen(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        await seat.press("f5", "1")
        desk.lost["decide"] = 1
        await seat.press("enter")
        await seat.see("LET OP: er is al een eenheid gevraagd: prio 1", "enter probeert hetzelfde besluit")
        await seat.press("2")
        await seat.see("LET OP", "NOG EEN eenheid")
        await seat.press("escape")
        assert len(on_disk(seat).deliveries) == 1


async def test_a_decision_nobody_saw_is_shown_before_another_one(tmp_path: Path) -> None:
    desk = open_seat(tmp_path / "huis")
    async with in_call(desk) as seat:
        await seat.press("f5", "2")
        case = seat.call.case
        await desk.decide(case, desk.propose(case, Choice.PRIO1))
        burst(seat, "enter", "enter", "enter")
        await seat.see("LET OP: er is al een eenheid gevraagd: prio 1", "Kies eerst")
        assert isinstance(seat.app.screen, DecisionScreen)
        assert [each.choice for each in on_disk(seat).decisions] == [Choice.PRIO1]
        await seat.press("2")
        await seat.see("NOG EEN eenheid")


async def test_later_facts_go_as_an_addition_that_was_shown_first(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f5", "a")
        await seat.see("Er is nog geen inzet gevraagd.")
        await seat.press("1", "enter")
        await decided(seat)
        await seat.press("f5", "a")
        await seat.see("Er is niets nieuws")
        await seat.press("escape", "f4")
        await seat.type("blauwe bestelbus")
        await seat.press("f5")
        await seat.see("a: aanvulling")
        await seat.press("a")
        await seat.see("AANVULLING", "blauwe bestelbus", "enter verstuurt deze aanvulling")
        assert len(on_disk(seat).deliveries) == 1
        await seat.press("escape")
        assert len(on_disk(seat).deliveries) == 1
        await seat.press("f5", "a", "enter")
        await seat.see("GMS aanvulling: klaargezet")
        sent, added = on_disk(seat).deliveries
        assert added.adds_to == sent.message_id
        await seat.press("f5", "a")
        await seat.see("Er is niets nieuws")


async def test_an_addition_that_fails_can_be_sent_again_once(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        await seat.press("f5", "1", "enter")
        await decided(seat)
        await seat.press("f4")
        await seat.type("bus")
        await seat.press("f5", "a")
        desk.lost["add_to_dispatch"] = 1
        await seat.press("enter")
        await seat.see("enter probeert dezelfde aanvulling")
        await seat.press("enter")
        await seat.see("GMS aanvulling")
        assert len(on_disk(seat).deliveries) == 2


async def test_the_officers_can_be_checked_once_it_is_sure_that_they_come(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis"), size=(120, 40)) as seat:
        await seat.press("f5", "1", "enter")
        await decided(seat)
        assert "noemen “" not in seat.text
        outbox, message_id = Outbox(seat.app.desk._writer), on_disk(seat).deliveries[0].message_id
        outbox.sending(message_id)
        outbox.delivered(message_id, "CAD-7")
        outbox.accepted(message_id, "CAD-7")
        word = on_disk(seat).deliveries[0].control_word
        assert on_disk(seat).deliveries[0].state is Delivery.ACCEPTED
        assert len(word.split()) == 2
        await seat.see("De agenten noemen", "Bel 112 ter controle", "Uw kenmerk is")


async def test_a_report_by_phone_is_no_complaint_and_gives_a_reference(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f5", "6")
        await seat.see("nog geen aangifte")
        await seat.press("enter")
        await decided(seat)
        await seat.see("nog geen", f"Uw kenmerk is {seat.call.case.file.call_id}")
        assert details(seat) == []


async def test_the_crew_hears_the_window_with_the_dispatch_and_no_addition_is_needed(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f5", "3", "c", *"14-16 uur".replace(" ", ""), "enter", "enter")
        await decided(seat)
        (parcel,) = Outbox(seat.app.desk._writer).due(now(), 5)
        assert any("14-16uur" in line for line in parcel.dispatch.details)
        await seat.press("f5", "a")
        await seat.see("Er is niets nieuws")


async def test_what_the_crew_does_not_know_is_said_until_it_is_sent(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis"), Location("")) as seat:
        await seat.press("f5", "1", "enter")
        await decided(seat)
        await seat.see("--Besluit")
        assert "NOG NIET BIJ DE EENHEID" not in seat.text
        await seat.press("f2")
        await seat.type("Dorpsstraat 12, Rolde")
        await seat.press("f2")
        await seat.see("NOG NIET BIJ DE EENHEID", "Adres: Dorpsstraat 12, Rolde", "F5 en dan a stuurt het na")
        await seat.press("f5", "a", "enter")
        await seat.see("GMS aanvulling")
        await seat.until(lambda: "NOG NIET BIJ DE EENHEID" not in seat.text, "nothing left to tell")
        await seat.press("ctrl+l", "end")
        await seat.see("aanvulling: klaargezet")


async def test_a_form_that_is_not_known_is_no_name_of_the_call(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("g", "3", "0", "enter")
        await seat.see("3 weet niet Wat is er gebeurd?")
        assert "weet niet" not in seat.text.splitlines()[0]
