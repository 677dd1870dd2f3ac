"""The checklist on screen: what is clipped is said, what is asked is in sight, answers are cut with dots."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

import triage_rules
from console.texts.nl.terms import answer_in_words
from console.widgets.asking import Asking
from console.widgets.checklist import Checklist
from tests.widgets.stage import on_stage

if TYPE_CHECKING:
    from tests.widgets.stage import Stage

POLICY = triage_rules.load()
MOMENT = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)
ABOVE = "  (hierboven staan meer vragen)"
BELOW = "  (hieronder staan meer vragen)"
IDS = [question.id for question in POLICY.questions]


def checklist(cursor: str = "", **answers: str) -> Checklist:
    return Checklist(Asking(POLICY, POLICY.resume(answers), MOMENT, cursor))


def marked(app: Stage) -> list[str]:
    return [line for line in app.lines() if line.startswith(">")]


async def test_every_question_has_a_line_and_the_one_asked_is_open() -> None:
    async with on_stage(checklist(), size=(48, 30)) as (app, _pilot):
        lines = app.lines()
        assert marked(app) == [lines[0]]
        assert lines[0] == "> 1 ?         In gevaar, of dreigt iemand?"
        assert any("n nee" in line for line in lines)
        assert any(line.startswith("  2 .") for line in lines)
        assert ABOVE not in lines
        assert BELOW not in lines
        numbers = [line[1:3].strip() for line in lines if line[1:3].strip().isdigit()]
        assert numbers == [str(number) for number in range(1, len(IDS) + 1)]


@pytest.mark.parametrize(
    ("cursor", "said"),
    [("gaande", "(stel alleen ja/nee-vragen)"), ("vorm", "(stel alleen ja/nee-vragen: noem ze een voor een")],
)
async def test_to_who_cannot_speak_freely_open_questions_are_not_put_as_they_stand(cursor: str, said: str) -> None:
    widget = checklist(cursor)
    async with on_stage(widget, size=(80, 40)) as (app, pilot):
        assert not any("ja/nee" in line for line in app.lines())
        widget.yes_no_only = True
        widget.redraw()
        await pilot.pause()
        assert [line.strip()[: len(said)] for line in app.lines() if "ja/nee" in line] == [said]


async def test_a_clipped_list_says_so_below_and_above() -> None:
    widget = checklist()
    async with on_stage(widget, size=(48, 9)) as (app, pilot):
        assert app.lines()[0].startswith("> 1")
        assert app.lines()[-1] == BELOW
        seen: list[str] = []
        for _ in IDS[1:]:
            widget.asking.move(1)
            if widget.asking.typing:
                widget.asking.back()
            widget.redraw()
            await pilot.pause()
            seen += marked(app)
            assert len(app.lines()) == 9
        assert [line[1:3].strip() for line in seen] == [str(number) for number in range(2, len(IDS) + 1)]
        assert app.lines()[0] == ABOVE
        assert BELOW not in app.lines()


async def test_in_the_middle_of_a_clipped_list_both_ends_are_said() -> None:
    async with on_stage(checklist("minderjarig"), size=(48, 9)) as (app, _pilot):
        assert app.lines()[0] == ABOVE
        assert app.lines()[-1] == BELOW
        assert marked(app)[0].startswith("> 9 ")


async def test_an_answer_that_does_not_fit_ends_in_dots() -> None:
    async with on_stage(checklist("gaande", gevaar="bedreigd", verdachte="nee"), size=(48, 30)) as (app, _pilot):
        assert app.lines()[0] == "  1 bedreig.. In gevaar, of dreigt iemand?"
        assert app.lines()[1] == "  2 nee       Iemand bij u, of onderweg?"


@pytest.mark.parametrize(
    ("hours", "words"), [("0.3333", "20 min"), ("1.5", "1,5 uur"), ("30", "30 uur"), ("504", "21 dagen")]
)
def test_a_time_is_said_as_people_do(hours: str, words: str) -> None:
    assert answer_in_words(POLICY, "laatste_handeling", hours) == words
    assert answer_in_words(POLICY, "laatste_handeling", "onbekend") == "weet niet"


async def test_once_certain_the_list_rests_and_says_what_to_press() -> None:
    asking = Asking(POLICY, POLICY.resume({"gevaar": "nee", "verdachte": "nee"}), MOMENT)
    assert asking.cursor == "vorm"
    asking.follow(asking.state.answer("vorm", "geen_online_criminaliteit"))
    async with on_stage(Checklist(asking), size=(48, 30)) as (app, _pilot):
        assert "      Het voorstel is zeker: F5 besluit" in app.lines()
        assert any("vragen doen er niet meer toe)" in line for line in app.lines())


async def test_one_folded_question_is_not_called_questions() -> None:
    answers = {"gevaar": "nee", "verdachte": "nee", "vorm": "phishing", "gaande": "nee", "toegang_open": "nee"}
    widget = checklist(**answers)
    expected = "vraag doet" if widget.asking.folded == 1 else "vragen doen"
    async with on_stage(widget, size=(60, 40)) as (app, _pilot):
        told = [line for line in app.lines() if "er niet meer toe" in line]
        assert told == ([f"  ({widget.asking.folded} {expected} er niet meer toe)"] if widget.asking.folded else [])


async def test_while_a_form_is_typed_the_best_match_is_marked_in_text() -> None:
    widget = checklist("vorm", gevaar="nee", verdachte="nee")
    for letter in "ransom":
        widget.asking.press(letter)
    async with on_stage(widget, size=(48, 30)) as (app, _pilot):
        assert "      Typ of kies, dan enter: ransom_" in app.lines()
        assert "     >1 ransomware" in app.lines()
        assert "      0 onbekend" in app.lines()


async def test_a_jump_and_a_time_show_what_was_typed() -> None:
    widget = checklist("laatste_handeling", gevaar="nee", verdachte="nee", vorm="phishing")
    for letter in "3u":
        widget.asking.press(letter)
    async with on_stage(widget, size=(48, 30)) as (app, pilot):
        assert "      Typ: 3u_" in app.lines()
        widget.asking.back()
        widget.redraw()
        await pilot.pause()
        assert "      enter om te kiezen" in app.lines()
        widget.asking.press("g")
        widget.asking.press("1")
        widget.redraw()
        await pilot.pause()
        assert "      Ga naar vraag: 1_  (of enter)" in app.lines()


async def test_the_terminal_cursor_stands_on_the_question_that_is_asked_in_a_window_of_any_height() -> None:
    widget = checklist("minderjarig")

    def row(app: Stage) -> int:
        return next(number for number, line in enumerate(app.lines()) if line.startswith(">"))

    async with on_stage(widget, size=(48, 9)) as (app, pilot):
        assert widget.pointer == (0, row(app))
        await pilot.resize_terminal(48, 6)
        await pilot.pause()
        assert widget.pointer == (0, row(app))


async def test_letters_that_no_form_begins_with_are_said_before_enter() -> None:
    widget = checklist()
    widget.asking.go("vorm")
    async with on_stage(widget, size=(80, 40)) as (app, pilot):
        for typed, said in (("bank", False), ("nbank", True)):
            widget.asking.typed = typed
            widget.redraw()
            await pilot.pause()
            assert any("Geen vorm begint zo." in line for line in app.lines()) is said
