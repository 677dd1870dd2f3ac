"""F1: what the question, the form or the field in hand is for; `?` goes on to the keys of the same place."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from textual.screen import Screen

import console.screens
import triage_rules
from console.desk import Desk
from console.screens.dialog import Dialog
from console.screens.room import RoomScreen
from console.texts import words
from console.widgets.explaining import form_lines, picker_lines, question_lines
from tests.screens.hand import in_call
from tests.seat import ring, seated

POLICY = triage_rules.load()


async def test_a_question_says_what_its_values_mean_and_why_it_is_asked(desk: Desk) -> None:
    async with in_call(desk, size=(120, 40)) as seat:
        await seat.press("n", "f1")
        await seat.see(
            "VRAAG 2 (escape: terug", "Is er iemand bij u", "hoogstens 30 minuten weg", "Onderweg: binnen 1 uur"
        )
        await seat.see("net weg: als de verdachte net weg is", "prio 1: P1b, P1c", "S1.05:")
        await seat.press("f1")
        await seat.until(lambda: "VRAAG 2 (" not in seat.text, "the call")


async def test_the_numbers_in_the_help_are_the_parameters_of_the_policy() -> None:
    said = " ".join(question_lines(POLICY, POLICY.question("verdachte"), None))
    for parameter in POLICY.parameters:
        if parameter.id.startswith("verdachte"):
            assert f"{parameter.number:.0f} " in said, parameter.id


async def test_in_the_picker_the_highlighted_form_is_explained(desk: Desk) -> None:
    async with in_call(desk) as seat:
        await seat.press("n", "n", "f1")
        await seat.see("VRAAG 3", "bankhelpdeskfraude: Nepmedewerker")
        await seat.press("f1", *"ddos", "f1")
        await seat.see("DDOS-AANVAL (escape", "Doe nu", "hoster of internetprovider", "Vraag ook")
        await seat.press("pagedown", "pagedown", "pagedown")
        await seat.see("indicatie (controleren)", "Sporen om te bewaren")
        await seat.press("f1")
        await seat.see("Typ of kies, dan enter: ddos_")


async def test_an_answered_form_is_explained_from_its_question(desk: Desk) -> None:
    async with in_call(desk) as seat:
        await seat.press("n", "n", "1", "enter", "g", "3", "f1")
        await seat.see("BANKHELPDESKFRAUDE (escape")


async def test_in_a_text_field_it_tells_what_the_field_takes_and_types_nothing(desk: Desk) -> None:
    async with in_call(desk) as seat:
        await seat.press("f4", "a", "question_mark", "f1")
        await seat.see("NOTITIE (escape: terug, ?: toetsen)", "Tot 10.000 tekens")
        await seat.press("question_mark")
        await seat.see("TOETSEN")
        await seat.press("f1")
        await seat.see("Tot 10.000 tekens")
        await seat.press("escape", "escape")
        await seat.see("MELDING")
        assert seat.call.case.file.note == "a?"


@pytest.mark.parametrize("keys", [("f2",), ("f5",), ("f6",), ("ctrl+t",)])
async def test_every_dialog_of_a_call_has_both_helps(desk: Desk, keys: tuple[str, ...]) -> None:
    async with in_call(desk) as seat:
        await seat.press("n", *keys, "f1")
        await seat.see("escape: terug, ?: toetsen")
        assert words.field_help.NOTHING_HERE[1] not in seat.text
        await seat.press("question_mark")
        await seat.see("TOETSEN (escape: terug")
        await seat.press("escape", "escape")
        await seat.see("Urgentiecheck")


async def test_the_queue_has_help(desk: Desk) -> None:
    ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press("f1")
        await seat.see("Alle meldingen die wachten of lopen.")
        await seat.press("escape", "slash", "f1")
        await seat.see("ZOEKEN IN DE WACHTRIJ")


@pytest.mark.parametrize("form", [None, *(form.id for form in POLICY.forms)])
def test_every_question_can_be_explained_for_every_form(form: str | None) -> None:
    for question in POLICY.questions:
        lines = question_lines(POLICY, question, form)
        for value in question.values:
            assert any(value.label in line for line in lines), (question.id, value.id)
        assert lines[0].strip("“”").endswith("?")


@pytest.mark.parametrize("form", [form.id for form in POLICY.forms])
def test_every_form_says_what_to_do_and_whether_it_can_be_reported_online(form: str) -> None:
    chosen = next(each for each in POLICY.forms if each.id == form)
    text = "\n".join(form_lines(chosen))
    assert text.startswith(chosen.definition)
    assert "Doe nu\n" in text
    assert "Het bureau kan altijd." in text


def test_the_picker_lists_every_form_with_its_definition() -> None:
    lines = picker_lines(POLICY)
    assert len(lines) == len(POLICY.forms) + 1


def leaves(kind: type[Screen[Any]]) -> Iterator[type[Screen[Any]]]:
    """The screens of ours that are shown themselves."""
    below = [each for each in kind.__subclasses__() if each.__module__.startswith("console.")]
    if not below and kind.__module__.startswith("console."):
        yield kind
    for each in below:
        yield from leaves(each)


def test_every_screen_and_dialog_has_help() -> None:
    for found in pkgutil.iter_modules(console.screens.__path__):
        import_module(f"{console.screens.__name__}.{found.name}")
    shown = {kind.__name__ for base in (Dialog, RoomScreen) for kind in leaves(base)} - {"KeysScreen", "HelpScreen"}
    assert shown <= set(words.field_help.PLACES), "give it an entry in PLACES of texts/nl/field_help.py"


def test_every_entry_says_where_and_something() -> None:
    for text in (*words.field_help.FIELDS.values(), *words.field_help.PLACES.values(), words.field_help.NOTHING_HERE):
        heading, *lines = text
        assert heading == heading.upper(), heading
        assert lines, heading
