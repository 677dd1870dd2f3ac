"""The message: complete, well-formed, all its references resolved, and the same bytes for the same dispatch."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from console.cad import eido, names
from console.classification import classifications
from console.model import Dispatch, Location
from tests.cad.dispatches import NASTY, additions, dispatch, dispatches, news
from tests.cad.eido_messages import ROOM, built, check_whole, everything, note


@settings(max_examples=200, deadline=None)
@given(dispatches() | additions)
@example(dispatch())
@example(dispatch(location=Location(), callback="", caller_name="", caller_role=""))
def test_every_message_is_whole(made: Dispatch) -> None:
    check_whole(built(made))


@given(dispatches() | additions)
def test_the_same_dispatch_gives_the_same_bytes_in_pure_ascii(made: Dispatch) -> None:
    first = eido.encode(eido.build(made, ROOM))
    assert first == eido.encode(eido.build(made, ROOM))
    assert not re.search(rb"[^\x20-\x7e]", first)


@given(dispatches() | additions)
def test_nothing_that_acts_or_hides_leaves(made: Dispatch) -> None:
    for _, value in everything(built(made)):
        if isinstance(value, str):
            assert eido.clean(value) == value.strip()


@pytest.mark.parametrize(("priority", "number"), [(1, 9), (2, 7), (3, 5)])
def test_priority_and_classification_are_always_ours(priority: int, number: int) -> None:
    incident = built(dispatch(priority=priority))["incidentComponent"]
    assert incident["incidentCommonPriorityNumber"] == number
    assert incident["incidentPriorityInternalText"] == str(priority)
    assert incident["incidentTypeInternalCode"] == "vodgdc"
    assert incident["incidentTypeInternalText"].endswith("/ Digitale criminaliteit (bankhelpdeskfraude)")
    assert incident["incidentTypeCommonRegistryText"] == "FRAUD"
    assert incident["internalIncidentId"] == "26-0412"


def test_the_three_lines_come_first_and_nothing_is_lost_or_becomes_markup() -> None:
    lines = ("PRIO 1 - <b>X</b> & co", "Brink 4", "dader \x1b[1mhier")
    message = built(dispatch(briefing=lines, details=("een", "", "x" * 10_000)))
    assert note(message, "note-1") == ["PRIO 1 - <b>X</b> & co", "Brink 4", "dader �[1mhier", "een", "x" * 10_000]


def test_the_words_for_the_door_follow_the_three_lines() -> None:
    message = built(dispatch(control_word="rode tulp", details=("een",)))
    assert note(message, "note-1")[3:] == ["Controlewoord, zeg het aan de deur: rode tulp", "een"]
    assert note(built(dispatch(details=("een",))), "note-1")[3:] == ["een"]


@given(dispatches(), st.data())
def test_an_addition_is_about_the_same_incident_and_asks_for_nobody(base: Dispatch, data: st.DataObject) -> None:
    """What the CAD has stays: parts with the same id are newer states of the same thing, and the note is one more."""
    details = tuple(data.draw(st.lists(st.text(min_size=1), min_size=1, max_size=3)))
    before, after = built(base), built(news(base, details=details))
    assert after["$id"] == before["$id"]
    assert after["lastUpdateTimeStamp"] > before["lastUpdateTimeStamp"]
    assert "dispatchComponent" in before
    assert "dispatchComponent" not in after
    priority = ("incidentCommonPriorityNumber", "incidentTypeInternalCode", "internalIncidentId")
    assert [before["incidentComponent"][key] for key in priority] == [
        after["incidentComponent"][key] for key in priority
    ]
    notes = {each["$id"] for each in before["notesComponent"]}
    (refers,) = after["incidentComponent"]["notesReference"]
    assert refers["$ref"] not in notes
    assert "note-1" not in {each["$id"] for each in after["notesComponent"]}


def test_each_addition_has_a_note_of_its_own() -> None:
    base = dispatch()
    notes = {
        each["$id"]: note(message, each["$id"])
        for message in (built(base), built(news(base, details=("een",))), built(news(base, details=("twee",))))
        for each in message["notesComponent"]
    }
    assert sorted(lines[-1] for lines in notes.values()) == ["Eerste woorden: er staat een man", "een", "twee"]


def test_the_caller_is_told_with_name_number_and_role() -> None:
    message = built(dispatch())
    person = message["personComponent"][0]
    assert person["ncPersonComponent"] == {"name": [{"personFullName": [{"value": "mevr. De Vries"}]}]}
    assert person["personIncidentRoleRegistryText"] == ["Caller", "Victim"]
    assert person["callBackReference"] == {"$ref": "callback-1"}
    assert message["callbackComponent"][0]["callBackInformationUri"] == ["tel:+31612345678"]


def test_what_has_no_field_of_its_own_is_said_in_a_note() -> None:
    message = built(dispatch(callback="anoniem", caller_role="ouder"))
    assert "callbackComponent" not in message
    assert message["personComponent"][0]["personIncidentRoleRegistryText"] == ["Caller"]
    assert note(message, "note-2") == ["Melder: ouder", "Terugbellen: anoniem"]


def test_a_form_the_table_does_not_name_still_goes() -> None:
    incident = built(dispatch(form="vorm_van_morgen"))["incidentComponent"]
    assert incident["incidentTypeCommonRegistryText"] == names.tables().forms["onbekend"]


def test_every_form_with_a_classification_has_a_common_type() -> None:
    assert classifications().forms.keys() <= names.tables().forms.keys()
    assert classifications().exercise.code in names.tables().exercise_classes


@pytest.mark.parametrize(
    ("number", "uri"),
    [
        ("06-12345678", "tel:+31612345678"),
        ("0031 6 1234 5678", "tel:+31612345678"),
        ("+31 (0)6 12345678", "tel:+31612345678"),
        ("(050) 551 23 45", "tel:+31505512345"),
        ("+49 30 901820", "tel:+4930901820"),
        ("0900-8844", None),
        ("112", None),
        ("anoniem", None),
        ("06-12345678 of 0687654321", None),
        ("٠٦١٢٣٤٥٦٧٨", None),
        ("", None),
    ],
)
def test_a_number_is_dialled_only_when_it_is_certain(number: str, uri: str | None) -> None:
    assert eido.telephone_uri(number) == uri


def civic(address: str) -> dict[str, str]:
    place = built(dispatch(location=Location(address)))["locationComponent"][0]
    assert place["locationDescriptionText"] == address
    return {
        element.tag.rpartition("}")[2]: element.text or ""
        for element in ET.fromstring(place["locationByValue"]).iter()  # noqa: S314 - we wrote it
        if "civicAddr" in element.tag and element.text
    }


def test_an_address_is_split_only_where_its_postcode_leaves_no_doubt() -> None:
    whole = "Lange Leidsedwarsstraat 12 B, 1017 NH Amsterdam"
    assert civic(whole) == {
        "country": "NL",
        "A3": "Amsterdam",
        "RD": "Lange Leidsedwarsstraat",
        "HNO": "12",
        "HNS": "B",
        "LOC": whole,
        "PC": "1017NH",
    }
    for doubtful in ("Brink 4, achterom", "bij de kerk in Gieten", 'Brink 4 <&"> ]]>'):
        assert civic(doubtful) == {"country": "NL", "LOC": doubtful}


def test_a_position_is_told_also_without_an_address_and_nothing_where_nothing_is_known() -> None:
    point = built(dispatch(location=Location("", 53.0, 6.75)))["locationComponent"][0]
    assert "<gml:pos>53.000000 6.750000</gml:pos>" in point["locationByValue"]
    nowhere = built(dispatch(location=Location("", None, 6.75)))
    assert "locationComponent" not in nowhere
    assert "locationReference" not in nowhere["incidentComponent"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"exercise": True, "briefing": ("OEFENING", "", "")}, "echte classificatie vodgdc"),
        ({"exercise": True, "classification": "dvpooe"}, "OEFENING in de eerste regel"),
        ({"classification": "dvpooe"}, "oefenclassificatie dvpooe"),
        ({"classification": "dvpltm"}, "oefenclassificatie dvpltm"),
        ({"priority": 4}, "prioriteit 4"),
    ],
)
def test_practice_and_reality_never_mix(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(eido.UnsendableError, match=reason):
        eido.build(dispatch(**changes), ROOM)


def test_a_practice_message_cannot_send_a_unit() -> None:
    made = dispatch(exercise=True, classification="dvpooe", briefing=("OEFENING - PRIO 1", "", ""))
    incident = built(made)["incidentComponent"]
    assert incident["incidentTypeCommonRegistryText"] == "NCRNDE"
    assert incident["incidentTypeInternalCode"] == "dvpooe"
    assert note(built(made), "note-1")[0].startswith("OEFENING")


def test_two_incidents_with_one_number_are_two_and_one_incident_keeps_its_id() -> None:
    first = built(dispatch())["$id"]
    assert re.fullmatch(rf"urn:emergency:uid:incidentid:[0-9a-f]{{24}}:{re.escape(ROOM)}", first)
    assert built(dispatch(message_id="another", priority=3))["$id"] == first
    assert built(dispatch(received_at=dispatch().decided_at))["$id"] != first


TABLE = (Path(names.__file__).with_name("eido.toml")).read_text(encoding="utf-8")


def line_with(text: str) -> int:
    return next(number for number, line in enumerate(TABLE.splitlines(), 1) if line.startswith(text))


@pytest.mark.parametrize(
    ("was", "becomes", "line", "said"),
    [
        ("1 = 9", "1 = 5", "[prioriteiten]", "prio 1 het hoogst"),
        ("1 = 9", "1 = 11", "1 = ", "van 0 tot en met 10"),
        ("1 = 9", "1 = true", "1 = ", "van 0 tot en met 10"),
        ("3 = 5", "4 = 5", "[prioriteiten]", "precies dit te noemen: 1, 2, 3"),
        ('onbekend = "TROUBLE"', "", "[vormen]", "noemt deze vormen niet: onbekend"),
        ('doxing = "HARR"', 'doxing = "harr"', "doxing", "vormen.doxing"),
        ('doxing = "HARR"', "doxing = 3", "doxing", "vormen.doxing"),
        ('classificaties = ["dvpooe", "dvpltm"]', "classificaties = []", "classificaties", "oefening.classificaties"),
        ('uitgifte = "uitgifte"', "", "[instanties]", "[instanties] hoort precies dit te noemen: uitgifte"),
        ('["Caller", "Victim"]', '["Caller", "Victem"]', "slachtoffer", "van deze rollen te geven: Caller, Victim"),
        ("[rollen]", "[rol]", "", "precies deze delen"),
        ("[rollen]", "[rollen", "", "geen geldig TOML"),
    ],
)
def test_a_table_that_cannot_be_right_is_refused_by_file_and_line(was: str, becomes: str, line: str, said: str) -> None:
    assert was in TABLE
    with pytest.raises(names.TableError, match=re.escape(said)) as refused:
        names.read_tables(TABLE.replace(was, becomes, 1), "t.toml")
    assert f"(t.toml, regel {line_with(line)})" in str(refused.value) if line else "(t.toml)" in str(refused.value)


@given(st.text(st.characters(codec=None)) | st.sampled_from(NASTY))
def test_cleaning_leaves_text_that_any_xml_parser_takes(text: str) -> None:
    cleaned = eido.clean(text)
    assert eido.clean(cleaned) == cleaned
    read = ET.fromstring(f"<a>{html.escape(cleaned)}</a>")  # noqa: S314 - a parser is what is tested
    assert read.text == (cleaned or None)
