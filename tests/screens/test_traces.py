"""What an investigator can go on with: all by keyboard, each thing on disk as it is typed, nothing lost on escape."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.domain import leads
from console.model import Clue, ClueKind, Detail, Device, Payee, Payment, Securing, Suspect
from console.record import Reader
from console.screens import keeper
from console.screens.details import PaymentScreen
from console.screens.traces import TracesScreen
from tests.record.support import ADVERSARIAL
from tests.screens.hand import burst, field, in_call, on_disk, paste, troubled
from tests.seat import Seat, open_seat

ACCOUNT = "NL91ABNA0417164300"


@pytest.fixture(autouse=True)
def soon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed is tried again at once."""
    monkeypatch.setattr(keeper, "RETRY_SECONDS", 0.2)


def kept(seat: Seat) -> list[tuple[ClueKind, str, bool]]:
    return [(clue.kind, clue.value, clue.valid) for _number, clue in leads.clues(on_disk(seat))]


async def test_a_trace_is_read_while_it_is_typed_and_kept_with_enter(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f3")
        await seat.type("nl91abna0417164300 van jansen")
        await seat.see("enter legt vast: IBAN NL91ABNA0417164300")
        await seat.press("enter")
        await seat.see(f"IBAN {ACCOUNT} (“nl91abna0417164300 van jansen”)")
        assert kept(seat) == [(ClueKind.IBAN, ACCOUNT, True)]
        await seat.type("nl91abna0417164301")
        await seat.press("enter")
        await seat.see("IBAN NL91ABNA0417164301 - CONTROLECIJFER KLOPT NIET")
        assert kept(seat)[1] == (ClueKind.IBAN, "NL91ABNA0417164301", False)
        await seat.type("nl91abna0417164300")
        await seat.press("enter")
        await seat.see("Dit stond al vast.")
        assert len(kept(seat)) == 2


async def test_leaving_with_a_trace_half_typed_records_it(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        burst(seat, "f3", *"codewoord appeltaart", "escape", "n")
        await seat.until(lambda: on_disk(seat).answers.get("gevaar") == "nee", "the key after it answered")
        assert kept(seat) == [(ClueKind.OTHER, "codewoord appeltaart", True)]


async def test_a_console_that_is_told_to_end_records_what_was_typed(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f3")
        await seat.type("code rood")
        call_id = seat.call.case.file.call_id
        home = seat.app.desk._writer.home
        seat.app.exit()
    reader = Reader.open(home)
    assert [clue.value for _number, clue in leads.clues(reader.file(call_id))] == ["code rood"]
    reader.close()


async def test_a_trace_that_a_full_disk_refuses_waits_for_the_next_time(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        await seat.press("f3")
        await seat.type("code rood")
        desk.refused["add"] = 1_000
        await seat.press("enter")
        await seat.see("De schijf is vol", "code rood")
        await seat.press("escape", "f3")
        assert field(seat, "nieuw").value == "code rood"
        desk.refused["add"] = 0
        await seat.press("enter")
        await seat.until(lambda: kept(seat) == [(ClueKind.OTHER, "code rood", True)], "on disk at last")
        assert field(seat, "nieuw").value == ""


async def test_a_trace_is_taken_back_with_backspace_and_enter_and_counts_again_when_typed_again(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f3")
        await seat.type("code rood")
        await seat.press("enter")
        await seat.see("Vastgelegd: overig code rood.")
        await seat.press("down", "backspace")
        await seat.see("Terugnemen: overig code rood?")
        await seat.press("escape")
        assert isinstance(seat.app.screen, TracesScreen)
        assert kept(seat)
        await seat.press("backspace", "enter")
        await seat.see("Teruggenomen: overig code rood.")
        assert kept(seat) == []
        assert [each.taken_back for each in on_disk(seat).details] == [True]
        await seat.press("tab")
        await seat.type("code rood")
        await seat.press("enter")
        await seat.see("Vastgelegd: overig code rood.")
        assert [(each.number, each.taken_back) for each in on_disk(seat).details] == [(1, False)]


async def test_each_trace_to_keep_is_asked_secured_or_absent(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f3", "down", "g")
        await seat.see("Dit kan alleen bij een regel van de sporenlijst.")
        await seat.press("down", "down", "down", "g", "v", "n")
        await seat.see("[gevraagd] Telefoonnummers", "[veiliggesteld] IBAN", "[niet aanwezig] Hele chats")
        assert list(leads.secured(on_disk(seat)).values()) == [Securing.ASKED, Securing.SECURED, Securing.ABSENT]
        await seat.press("up", "o")
        await seat.see("[ ] Hele chats")
        assert len(leads.secured(on_disk(seat))) == 2
        await seat.press("up", "v")
        await seat.see("[veiliggesteld] Hele chats")
        assert len(on_disk(seat).details) == 3


async def test_a_payment_is_kept_while_it_is_typed_and_says_what_a_bank_still_needs(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f3", "tab", "b")
        await seat.see("BETALING")
        await seat.type("1250,50")
        await seat.until(lambda: leads.payments(on_disk(seat)), "the amount on disk while the dialog is open")
        await seat.press("enter")
        await seat.type("nl91 abna 0417 1643 00")
        await seat.see("voor terughalen nog nodig: naam, tijd")
        burst(seat, "enter", *"j jansen", "enter", *"13.40", "escape")
        payment = Payment(Payee.BANK, 125_050, "nl91 abna 0417 1643 00", "j jansen", "13.40")
        await seat.until(lambda: leads.payments(on_disk(seat)) == ((1, payment),), "all of it, once")
        await seat.see("€ 1.250,50, naar bankrekening, nl91 abna", "Alles wat een bank of winkel nodig heeft")
        await seat.press("up", "enter")
        await seat.see("BETALING", "13.40")
        await seat.press("up", "2", "f1", "escape", "escape")
        await seat.until(lambda: leads.payments(on_disk(seat))[0][1].payee is Payee.SHOP, "the shop on disk")


async def test_an_amount_that_cannot_be_read_is_kept_as_a_trace(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f3", "tab", "b")
        await seat.type("iets van 3 ton")
        await seat.see("Dit is geen bedrag in euro")
        await seat.press("escape")
        await seat.until(lambda: kept(seat) == [(ClueKind.AMOUNT, "iets van 3 ton", False)], "kept as it was typed")
        await seat.see("bedrag iets van 3 ton - NIET DUIDELIJK")


async def test_a_device_and_the_suspect_are_kept_while_they_are_typed(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        burst(seat, "f3", "tab", "a", *"laptop", "enter", *"aan", "escape")
        await seat.until(lambda: leads.devices(on_disk(seat)) == ((1, Device("laptop", "aan")),), "the device")
        burst(seat, "s", *"man 30", "enter", *"noord", "enter", *"grijze bus", "enter", *"ab-12-c", "escape")
        suspect = Suspect("man 30", "noord", "grijze bus", "ab-12-c")
        await seat.until(lambda: leads.suspects(on_disk(seat)) == ((2, suspect),), "the suspect")
        await seat.see("man 30, noord, grijze bus, ab-12-c", "laptop, aan")
        burst(seat, "s", "backspace", "1", "escape")
        await seat.until(lambda: leads.suspects(on_disk(seat))[0][1].description == "man 31", "the same one, changed")
        burst(seat, "s", *["ctrl+u", "enter"] * 4, "escape")
        await seat.until(lambda: leads.suspects(on_disk(seat)) == (), "emptied is taken back")


async def test_on_a_slow_disk_a_detail_is_added_once_with_its_last_words(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        await seat.press("f3", "tab", "a")
        desk.hold("add")
        await seat.type("laptop")
        await seat.press("escape", "escape")
        desk.let_go("add")
        await seat.until(lambda: leads.devices(on_disk(seat)) == ((1, Device("laptop")),), "one device")
        await seat.press("escape")
        await seat.see("WACHTRIJ")


async def test_nothing_to_go_on_is_an_answer_that_ends_when_there_is_something(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f3", "tab", "k")
        await seat.until(lambda: leads.none_known(on_disk(seat)), "asked, and none")
        await seat.press("k")
        await seat.until(lambda: not leads.none_known(on_disk(seat)), "taken back")
        await seat.press("k", "tab")
        await seat.type("code rood")
        await seat.press("enter", "tab", "k")
        await seat.see("Er staan aanknopingspunten vast")
        assert not leads.none_known(on_disk(seat))


async def test_what_is_recognised_in_the_note_is_offered_and_kept_with_one_key(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f4")
        await seat.type("belde met 06-87654321, 500,- naar nl91abna0417164300, zelf 06-12345678")
        await seat.see("telefoon +31687654321 herkend: ctrl+o legt vast (daarna nog 2)")
        await seat.press("ctrl+o")
        await seat.see(f"IBAN {ACCOUNT} herkend: ctrl+o legt vast (daarna nog 1)")
        await seat.press("ctrl+o", "ctrl+o", "ctrl+o")
        await seat.see("niets dat herkend is")
        assert [value for _kind, value, _valid in kept(seat)] == ["+31687654321", ACCOUNT, "€ 500,00"]
        await seat.press("x", "escape")
        await seat.until(lambda: on_disk(seat).note.endswith("12345678x"), "the note goes on being kept")


async def test_what_was_taken_back_is_not_offered_again(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        burst(seat, "f4", *"code nl91abna0417164300", "ctrl+o", "f3", "down", "backspace", "enter")
        await seat.until(lambda: [each.taken_back for each in on_disk(seat).details] == [True], "taken back")
        await seat.press("escape", "f4", "ctrl+o")
        await seat.see("niets dat herkend is")


@pytest.mark.parametrize("text", [each for each in ADVERSARIAL if each])
async def test_any_text_in_any_field_stays_text(tmp_path: Path, text: str) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f3")
        paste(seat, text)
        await seat.press("enter", "tab", "s")
        for _ in range(4):
            paste(seat, text)
            await seat.press("enter")
        await seat.press("escape", "b")
        for _ in range(4):
            paste(seat, text)
            await seat.press("enter")
        await seat.press("escape", "a")
        paste(seat, text)
        await seat.press("escape")
        await seat.until(lambda: leads.devices(on_disk(seat)), "the last one on disk")
        assert seat.app.is_running
        assert not any(character in seat.text for character in "\x1b\u202e\x9b\x07\u200b")
        await seat.press("escape", "escape")
        await seat.see("WACHTRIJ")


async def test_the_cursor_stands_on_the_row(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f3", "down")
        for key in ("down", "down", "down", "down", "down", "down", "down", "up"):
            await seat.press(key)
            await seat.pilot.pause()
            row = seat.text.splitlines()[seat.app.cursor_position.y]
            assert ">" in row, seat.text


async def test_a_clue_of_another_console_is_seen(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f3")
        case = seat.call.case
        await seat.app.desk.add(case, Clue(ClueKind.OTHER, "code", "code"))
        await seat.see("overig code")


@pytest.mark.parametrize("payee", Payee)
async def test_looking_at_a_payment_never_changes_to_whom_it_went(tmp_path: Path, payee: Payee) -> None:
    payment = Payment(payee, 5_000, "NL91ABNA0417164300", "", "")
    kept: list[Detail | None] = []
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.app.push_screen(PaymentScreen(payment, kept.append, kept.append))
        await seat.see("BETALING")
        await seat.press("escape")
        await seat.until(lambda: not isinstance(seat.app.screen, PaymentScreen), "the call")
    assert kept == []


async def test_what_was_recorded_while_its_answer_got_lost_is_recorded_once(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        desk.lost["add"] = 1
        await seat.press("f3", *"code appel", "enter")
        await seat.see("De schijf is vol")
        await seat.press("enter")
        await seat.see("Vastgelegd")
        assert len(on_disk(seat).details) == 1
        await seat.press("tab", "a")
        desk.lost["add"] = 1
        await seat.type("laptop")
        await seat.until(
            lambda: [each.detail for each in on_disk(seat).details[1:]] == [Device("laptop")], "one device, newest text"
        )


async def test_what_was_emptied_while_its_answer_got_lost_is_taken_back(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        await seat.press("f3", "tab", "a")
        desk.hold("add")
        await seat.press("x")
        await seat.until(lambda: "add" in desk.begun, "the device on its way")
        desk.lost["add"] = 1
        await seat.press("backspace")
        desk.let_go("add")
        await seat.until(lambda: [each.taken_back for each in on_disk(seat).details] == [True], "taken back")


async def test_fields_that_are_opened_again_go_on_from_what_still_waits(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        await seat.press("f3", "tab", "s", *"lang")
        await seat.until(lambda: [each.detail for each in on_disk(seat).details] == [Suspect("lang")], "first letters")
        desk.refused["change"] = 1_000
        await seat.press(*"er", "escape", "s")
        assert field(seat, "signalement").value == "langer"
        await seat.press("e")
        desk.refused["change"] = 0
        await seat.until(lambda: [each.detail for each in on_disk(seat).details] == [Suspect("langere")], "the newest")
