"""What is noted beside the answers: said, referred, promised, described, recognised; all of it in lines and on disk."""

from __future__ import annotations

from datetime import timedelta

from console.model import Advised, CallBack, Clue, ClueKind, Detail, Referred, Suspect
from tests.line_mode.conftest import Sitting
from tests.line_mode.test_call import HEADER, NASTY
from tests.seat import MARCH_2, ring


def details(sitting: Sitting, call_id: str) -> list[Detail]:
    return [each.detail for each in sitting.file(call_id).details]


async def test_what_was_said_is_ticked_by_number_and_once(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(*HEADER, "gezegd", "", "n", "onderweg", "gezegd", "9", "1", "gezegd", "", call=call_id)
    assert details(sitting, call_id) == [Advised("deur")]
    assert "Typ de nummers" in said
    assert said.rindex("Doe de deur dicht") < said.index("Vastgelegd: dit is gezegd.")


async def test_a_referral_is_read_out_and_recorded(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(*HEADER, "n", "n", "nepbank", "verwijs", "x", "1 2 2", call=call_id)
    found = details(sitting, call_id)
    assert len(found) == 2
    assert all(isinstance(each, Referred) for each in found)
    assert said.count("Vastgelegd: ") == 2
    assert f"Kenmerk voor de melder: {call_id}" in said


async def test_a_promise_to_call_back_is_read_back(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(*HEADER, "terugbel", "straks", "30m", "terugbel", "", call=call_id)
    at = MARCH_2.replace(second=0) + timedelta(minutes=30)
    assert details(sitting, call_id) == [CallBack(at, "06-12345678")]
    assert "14:35" in said
    assert "Er is niets veranderd." in said


async def test_a_description_is_asked_field_by_field(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    fields = ("man, 30", "", "witte Golf", "XX-123-X")
    await sitting.types(*HEADER, "signalement", *fields, "signalement", "", "", "", "", call=call_id)
    assert details(sitting, call_id) == [Suspect("man, 30", "", "witte Golf", "XX-123-X")]


async def test_what_is_recognised_in_the_note_is_offered_and_kept_on_a_word(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    said = await sitting.types(
        *HEADER, "neem", "+ geld naar NL91ABNA0417164300 en NL00ABNA0417164300", "neem", "neem", call=call_id
    )
    kept = [each for each in details(sitting, call_id) if isinstance(each, Clue)]
    assert [(each.kind, each.value, each.valid) for each in kept][:1] == [(ClueKind.IBAN, "NL91ABNA0417164300", True)]
    assert "Herkend: IBAN NL91ABNA0417164300\n" in said
    assert "CONTROLECIJFER KLOPT NIET: vraag het na" in said
    assert "Typ neem om dit als spoor te bewaren." in said
    assert said.count("In de notitie is niets herkend") == 2


async def test_nothing_that_is_typed_breaks_any_of_it(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    for text in NASTY:
        said = await sitting.types(
            *HEADER, "signalement", text, text, text, text, "terugbel", text, "", "gezegd", text, "", call=call_id
        )
        assert not [character for character in said if ord(character) < 32 and character != "\n"]
