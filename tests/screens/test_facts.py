"""The facts of a caller: every change on disk while the dialog is open, in the right field, however fast or slow."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.domain.address_check import check
from console.domain.topics import Topic, said_about
from console.model import Dispatch, Facts, Known, Location, Person, PersonRole, Role, Source, Special
from console.record import Outbox
from console.screens import keeper
from console.screens.facts import FactsScreen
from console.times import now
from console.widgets.facts_line import facts_words
from tests.record.support import ADVERSARIAL
from tests.screens.hand import TO_ADDRESS, burst, field, in_call, on_disk, paste, troubled
from tests.seat import Seat, open_seat

HOSTILE = "Brink [/b] 4\x1b]0;x\x07 \u202eneteiG\u202c é 👩‍👩‍👧  Gieten"


@pytest.fixture(autouse=True)
def soon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed is tried again at once."""
    monkeypatch.setattr(keeper, "RETRY_SECONDS", 0.2)


def focused(seat: Seat) -> str | None:
    return seat.app.focused.id if seat.app.focused else None


async def test_what_is_typed_is_on_disk_while_the_dialog_is_open(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press(*TO_ADDRESS)
        await seat.type(" a")
        await seat.until(lambda: on_disk(seat).facts.address == "Brink 4, Gieten a", "the address on disk")
        await seat.press("enter", "backspace", "9")
        await seat.until(lambda: on_disk(seat).facts.callback == "06-12345679", "the number on disk")
        await seat.press("enter", "3", "enter", "j")
        told = Facts("Brink 4, Gieten a", "06-12345679", Role.PARENT, speaks_freely=True)
        await seat.until(lambda: on_disk(seat).facts == told, "all of it on disk")
        await seat.see("GEGEVENS", "[x] 3 ouder van slachtoffer", "[x] j praat vrij")
        await seat.press("escape")
        await seat.see("terug: 06-12345679", "ouder van slachtoffer", "praat vrij")
        await seat.press("f2")
        await seat.see("[x] 3 ouder van slachtoffer", "[x] j praat vrij")


async def test_who_cannot_speak_freely_is_recorded_so_and_danger_is_at_least_unknown(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("n")
        await seat.press("f2", "enter", "n", "f2")
        await seat.see("KAN NIET VRIJ PRATEN")
        await seat.until(lambda: on_disk(seat).facts.speaks_freely is False, "on disk")
        file = on_disk(seat)
        assert file.answers["gevaar"] == "onbekend"
        assert (file.facts.address, file.facts.callback) == ("Brink 4, Gieten", "06-12345678")
        await seat.press("f2")
        await seat.see("[x] n kan niet vrij praten")
        await seat.press("enter", "j", "escape")
        await seat.see("praat vrij")
        assert on_disk(seat).facts.speaks_freely is True


async def test_the_fields_come_in_the_order_in_which_they_are_asked_both_ways(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press(*TO_ADDRESS)
        order = ["adres", "terug", "rol", "vrij", "herhaald", "melder", "eerder", "taal"]
        order += ["suicidaliteit", "beelden", "indruk", "adres"]
        for key in ("enter", "tab", "down"):
            passed = [focused(seat)]
            for _ in order[1:]:
                await seat.press(key)
                passed.append(focused(seat))
            assert passed == order, key
        for key in ("up", "shift+tab"):
            passed = [focused(seat)]
            for _ in order[1:]:
                await seat.press(key)
                passed.append(focused(seat))
            assert passed == order[::-1], key
        assert on_disk(seat).facts == Facts()


async def test_a_burst_lands_in_the_right_fields(tmp_path: Path) -> None:
    desk = open_seat(tmp_path / "huis")
    async with in_call(desk, Location(""), number="") as seat:
        burst(seat, "f2", *"Markt 1", "enter", *"050 1", "enter", "2", "enter", "n", "f2", "n", "o")
        told = Facts("Markt 1", "050 1", Role.THIRD_PARTY, speaks_freely=False)
        await seat.until(lambda: on_disk(seat).facts == told, "the facts on disk")
        await seat.until(
            lambda: on_disk(seat).answers.get("verdachte") == "onbekend", "the keys after the dialog answered"
        )
        assert on_disk(seat).answers["gevaar"] == "onbekend"
        assert on_disk(seat).note == ""
        burst(seat, "f2", *"bis", "backspace", "f2")
        await seat.until(lambda: on_disk(seat).facts.address == "Markt 1bi", "what was typed just before leaving")


async def test_who_leaves_the_fields_while_the_console_ends_crashes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f2")
        screen = seat.app.screen
        assert isinstance(screen, FactsScreen)
        await screen.remove_children()
        with monkeypatch.context() as ending:
            ending.setattr(seat.app, "_running", False)
            await screen.action_leave()
        assert seat.app.screen is screen


async def test_leaving_and_reopening_on_a_slow_disk_loses_nothing(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        desk.hold("tell")
        await seat.press(*TO_ADDRESS)
        await seat.type("a")
        await seat.press("enter", "1", "enter", "2", "escape")
        await seat.press("f2")
        assert field(seat, "adres").value == "Brink 4, Gietena"
        assert field(seat, "terug").value == "06-123456781"
        await seat.see("[x] 2 belt voor een ander")
        await seat.press("up", "up", "2", "escape")
        desk.let_go("tell")
        told = Facts("Brink 4, Gietena", "06-1234567812", Role.THIRD_PARTY)
        await seat.until(lambda: on_disk(seat).facts == told, "every change on disk")


async def test_a_disk_that_refuses_is_said_and_tried_again(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        desk.refused["tell"] = 1
        await seat.press(*TO_ADDRESS, "a", "escape")
        await seat.see("NOG NIET BEWAARD", "De schijf is vol")
        await seat.until(lambda: on_disk(seat).facts.address == "Brink 4, Gietena", "the second attempt on disk")


async def test_looking_at_the_facts_changes_none_of_them(tmp_path: Path) -> None:
    place = Location(HOSTILE, 53.003, 6.762)
    async with in_call(open_seat(tmp_path / "huis"), place, number=" 06-1\x00") as seat:
        await seat.press("f2", "enter", "enter", "enter", "escape")
        assert on_disk(seat).facts == Facts()
        await seat.press("f2", "enter", "j", "escape")
        await seat.until(lambda: on_disk(seat).facts.speaks_freely, "the answer on disk")
        assert on_disk(seat).facts.address == HOSTILE
        await seat.press("f5", "1", "enter")
        await seat.see("Besluit vastgelegd")
        assert sent(seat).location == place


async def test_an_emptied_address_stays_empty_and_the_crew_is_told(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press(*TO_ADDRESS, "ctrl+u", "escape")
        await seat.see("ADRES ONBEKEND", "terug: 06-12345678")
        await seat.press("f5", "1")
        await seat.see("Adres: ONBEKEND", "ADRES ONBEKEND - vraag na bij melder")
        await seat.press("enter")
        await seat.see("Besluit vastgelegd")
        assert sent(seat).location == Location("")


async def test_an_address_and_a_number_that_were_both_emptied_stay_empty(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press(*TO_ADDRESS, "ctrl+u", "enter", "ctrl+u", "escape")
        await seat.see("ADRES ONBEKEND", "terug: ONBEKEND")
        await seat.press("f5", "1", "enter")
        await seat.see("Besluit vastgelegd")
        assert (sent(seat).location, sent(seat).callback) == (Location(""), "")


async def test_more_than_a_field_holds_is_said(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press(*TO_ADDRESS)
        paste(seat, "straat\nlaan " * 1000)
        await seat.see("De regel is vol (200 tekens)")
        await seat.until(lambda: len(on_disk(seat).facts.address) >= 199, "as much as fits on disk")
        await seat.press("enter")
        paste(seat, "\x1b[2J[/b]" + "0" * 100)
        await seat.see("De regel is vol (40 tekens)")
        assert seat.app.is_running
        assert "\x1b" not in facts_words(on_disk(seat), 80)


def sent(seat: Seat) -> Dispatch:
    """The dispatch as it lies in the outbox."""
    (parcel,) = Outbox(seat.app.desk._writer).due(now(), 5)
    return parcel.dispatch


async def test_one_key_says_that_the_caller_cannot_speak_freely_and_takes_it_back(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("n", "ctrl+p")
        await seat.see("KAN NIET VRIJ PRATEN", "alleen ja/nee-vragen. ctrl+p", "(stel alleen ja/nee-vragen")
        await seat.until(lambda: on_disk(seat).facts.speaks_freely is False, "on disk")
        file = on_disk(seat)
        assert file.answers["gevaar"] == "onbekend"
        assert (file.facts.address, file.facts.callback) == ("Brink 4, Gieten", "06-12345678")
        await seat.press("ctrl+p")
        await seat.see("vrij praten?")
        await seat.until(lambda: "(stel alleen ja/nee" not in seat.text, "any question may be asked again")
        await seat.until(lambda: on_disk(seat).facts.speaks_freely is None, "taken back on disk")


async def test_while_typing_a_note_the_same_key_does_the_same(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        burst(seat, "f4", "a", "ctrl+p", "b", "escape")
        await seat.until(lambda: on_disk(seat).facts.speaks_freely is False, "on disk")
        await seat.until(lambda: on_disk(seat).note == "ab", "the note is what was typed")


async def test_what_to_ask_first_stands_on_top_until_it_is_known(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis"), Location(""), number="") as seat:
        await seat.see("VRAAG EERST (F2): ADRES ONBEKEND, terug: ONBEKEND, voor wie?", "--Vraag eerst (F2)")
        await seat.press("n")
        await seat.until(lambda: on_disk(seat).answers, "nothing is blocked")
        burst(seat, "f2", *"Markt 1, Assen", "enter", *"050 1", "enter", "1", "f2")
        await seat.until(lambda: on_disk(seat).facts.role is Role.VICTIM, "all of it on disk")
        await seat.until(lambda: seat.app.screen is seat.call, "the dialog is left")
        await seat.until(lambda: "raag eerst" not in seat.text.casefold(), "nothing to ask first")


async def test_the_facts_open_at_the_first_question_without_an_answer(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f2", "1")
        await seat.see("> [x] 1 belt voor zichzelf", "(meer: enter of pijl omlaag)")
        await seat.until(lambda: on_disk(seat).facts == Facts("Brink 4, Gieten", "06-12345678", Role.VICTIM), "who")
        await seat.press("f2", "f2")
        await seat.see("> [ ] j praat vrij")
        await seat.press("j", "f2", "f2")
        await seat.see("> Brink 4, Gieten")
        marked = [line for line in seat.text.splitlines() if line.startswith("| >")]
        assert len(marked) == 1
        await seat.press("ctrl+u", "enter", "f2", "f2")
        await seat.until(lambda: focused(seat) == "adres", "the address is asked again")


async def test_below_the_last_of_the_fields_there_are_no_more(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f2")
        await seat.see("(meer: enter of pijl omlaag)")
        await to_field(seat, "indruk")
        await seat.until(lambda: "(meer: enter" not in seat.text, "the last field is in sight")


async def to_field(seat: Seat, name: str) -> None:
    """Go on with enter until this field has the focus."""
    for _ in range(20):
        if focused(seat) == name:
            return
        await seat.press("enter")
    pytest.fail(f"{name} is not among the fields; on screen:\n{seat.text}")


async def test_who_else_there_is_is_asked_when_somebody_calls_for_another(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f2", "2")
        await to_field(seat, "melder")
        await seat.press("ctrl+u")
        await seat.type("dochter eva")
        await to_field(seat, "slachtoffer")
        await seat.type("mevr bos")
        await to_field(seat, "slachtoffer-nummer")
        await seat.type("050-5512345")
        await to_field(seat, "waar")
        await seat.type("thuis, alleen")
        await to_field(seat, "weet")
        await seat.press("n", "escape")
        people = (
            Person(PersonRole.CALLER, "dochter eva"),
            Person(PersonRole.VICTIM, "mevr bos", "050-5512345"),
        )
        await seat.until(lambda: tuple(each.person for each in on_disk(seat).persons) == people, "both persons")
        await seat.until(lambda: said_about(on_disk(seat), Topic.KNOWS) == "nee", "that they do not know")
        await seat.until(lambda: said_about(on_disk(seat), Topic.WHERE_NOW) == "thuis, alleen", "where they are")
        await seat.press("f2")
        await to_field(seat, "weet")
        await seat.see("thuis, alleen", "mevr bos", "[x] n nee")


async def test_of_a_company_is_asked_who_may_speak_for_it(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f2", "4")
        await to_field(seat, "bedrijf")
        burst(seat, *"bakker bv", "enter", *"j bakker", "enter", *"06 1", "escape")
        people = {
            Person(PersonRole.VICTIM, "bakker bv", "", "bedrijf"),
            Person(PersonRole.THIRD_PARTY, "j bakker", "06 1", "mag namens het bedrijf spreken"),
        }
        await seat.until(
            lambda: {each.person for each in on_disk(seat).persons} == people, "the company and who speaks"
        )


@pytest.mark.parametrize("again", [("f2", "f2"), ()])
async def test_a_company_that_turns_out_to_be_a_person_keeps_its_name_and_is_no_company(
    again: tuple[str, ...], tmp_path: Path
) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f2", "4")
        await to_field(seat, "bedrijf")
        await seat.type("bakker")
        await to_field(seat, "contact")
        await seat.type("eva")
        await seat.press(*again)
        await to_field(seat, "rol")
        await seat.press("2")
        people = {Person(PersonRole.VICTIM, "bakker"), Person(PersonRole.THIRD_PARTY, "eva")}
        await seat.until(lambda: {each.person for each in on_disk(seat).persons} == people, "a person")
        assert field(seat, "slachtoffer").value == "bakker"
        await to_field(seat, "rol")
        await seat.press("4")
        people = {
            Person(PersonRole.VICTIM, "bakker", "", "bedrijf"),
            Person(PersonRole.THIRD_PARTY, "eva", "", "mag namens het bedrijf spreken"),
        }
        await seat.until(lambda: {each.person for each in on_disk(seat).persons} == people, "a company")


async def test_what_law_keeps_apart_is_kept_apart(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f2")
        await to_field(seat, "eerder")
        await seat.press("j")
        await to_field(seat, "taal")
        await seat.type("arabisch, tolk nodig")
        await to_field(seat, "suicidaliteit")
        await seat.press("o", "enter", "n", "enter")
        await seat.type("erg geschrokken")
        await seat.press("escape")
        await seat.until(lambda: on_disk(seat).impression == "erg geschrokken", "the impression on disk")
        file = on_disk(seat)
        assert dict(file.special) == {Special.SUICIDALITY: Known.UNKNOWN, Special.SEXUAL_IMAGES: Known.NO}
        assert [each.fact.text for each in file.told_facts] == [
            "eerder overkomen: ja",
            "taal of tolk: arabisch, tolk nodig",
        ]
        assert {each.fact.source for each in file.told_facts} == {Source.SAID}
        assert "suicid" not in seat.text.casefold()
        await seat.press("f2")
        await to_field(seat, "indruk")
        assert field(seat, "indruk").value == "erg geschrokken"


async def test_an_address_that_was_repeated_is_not_so_any_more_when_it_changes(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f2")
        await to_field(seat, "herhaald")
        await seat.press("j")
        await seat.until(lambda: said_about(on_disk(seat), Topic.ADDRESS) == "Brink 4, Gieten", "confirmed on disk")
        assert not [each for each in check(on_disk(seat)) if "nagevraagd" in each]
        await seat.press("escape", "f2")
        await to_field(seat, "herhaald")
        await seat.see("[x] j herhaald")
        await seat.press("up", "up", "up", "up", "6")
        await to_field(seat, "herhaald")
        await seat.see("[ ] j herhaald")
        await seat.press("escape")
        await seat.until(lambda: "toen was het Brink 4, Gieten" in " ".join(check(on_disk(seat))), "it is said")


@pytest.mark.parametrize("text", [each for each in ADVERSARIAL if each])
async def test_any_text_in_any_of_these_fields_stays_text(tmp_path: Path, text: str) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f2", "2")
        for name in ("melder", "slachtoffer", "slachtoffer-nummer", "waar", "taal", "indruk"):
            await to_field(seat, name)
            paste(seat, text)
        await seat.press("escape")
        shown = " ".join(text.split())
        await seat.until(lambda: on_disk(seat).impression == shown[:10_000].strip(), "the impression on disk")
        await seat.press("f2")
        assert seat.app.is_running
        assert not any(character in seat.text for character in "\x1b\u202e\x9b\x07\u200b")
        assert await seat.call._all_kept()
        before = on_disk(seat)
        await seat.press("escape")
        assert await seat.call._all_kept()
        assert on_disk(seat) == before


async def test_who_looks_while_it_is_being_written_changes_nothing_of_it(tmp_path: Path) -> None:
    desk = troubled(tmp_path / "huis")
    async with in_call(desk) as seat:
        await seat.press("f2", "2")
        await to_field(seat, "slachtoffer-nummer")
        desk.hold("person")
        paste(seat, "\U0001f469\u200d\U0001f467")
        await seat.press("escape", "f2")
        desk.let_go("person")
        assert await seat.call._all_kept()
        await seat.press("escape")
        assert await seat.call._all_kept()
        (victim,) = (each.person for each in on_disk(seat).persons if each.person.role is PersonRole.VICTIM)
        assert victim.phone == "\U0001f469\u200d\U0001f467"


async def test_danger_to_oneself_is_said_to_belong_to_the_question_that_the_crew_hears(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis")) as seat:
        await seat.press("f2")
        await to_field(seat, "suicidaliteit")
        await seat.press("j")
        await seat.see("Kies bij vraag 1 ook 'zelf'")
        await seat.press("n")
        await seat.until(lambda: "Kies bij vraag 1" not in seat.text, "nothing to add")
        await seat.press("escape", "2")
        await seat.until(lambda: on_disk(seat).answers.get("gevaar") == "zelf", "the danger")
        await seat.press("f2")
        await to_field(seat, "suicidaliteit")
        await seat.press("j")
        await seat.until(lambda: dict(on_disk(seat).special).get(Special.SUICIDALITY) is Known.YES, "the code")
        assert "Kies bij vraag 1" not in seat.text
