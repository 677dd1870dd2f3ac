"""A line of text: pasted lines become one, what does not fit is said, and keys on their way are waited for."""

from __future__ import annotations

import pytest
from textual import events

from console.widgets.line_input import LineInput, keys_taken
from tests.widgets.stage import on_stage


async def test_pasted_lines_become_one_at_the_cursor() -> None:
    async with on_stage(lambda: LineInput("voor na", max_length=100)) as (app, pilot):
        line = app.query_one(LineInput)
        line.focus()
        line.cursor_position = 5
        app.paste(" een\r\ntwee\n\n\tdrie \n")
        await pilot.pause()
        assert line.value == "voor een twee driena"
        assert not app.told(LineInput.Full)


async def test_a_paste_replaces_what_is_selected() -> None:
    async with on_stage(lambda: LineInput("weg ermee", max_length=10)) as (app, pilot):
        line = app.query_one(LineInput)
        line.focus()
        line.select_all()
        app.paste("0123456789")
        await pilot.pause()
        assert line.value == "0123456789"
        assert not app.told(LineInput.Full)


async def test_a_paste_that_does_not_fit_fills_the_line_and_says_so() -> None:
    async with on_stage(lambda: LineInput("abc", max_length=5)) as (app, pilot):
        line = app.query_one(LineInput)
        line.focus()
        app.paste("defgh")
        await pilot.pause()
        assert line.value == "abcde"
        assert [message.limit for message in app.told(LineInput.Full) if isinstance(message, LineInput.Full)] == [5]


async def test_a_letter_too_many_is_said_and_not_taken() -> None:
    async with on_stage(lambda: LineInput("abcde", max_length=5)) as (app, pilot):
        line = app.query_one(LineInput)
        line.focus()
        await pilot.press("f")
        assert line.value == "abcde"
        assert len(app.told(LineInput.Full)) == 1


async def test_focus_selects_nothing_so_that_a_letter_wipes_nothing() -> None:
    async with on_stage(lambda: LineInput("Brink 4", max_length=50)) as (app, pilot):
        line = app.query_one(LineInput)
        line.focus()
        await pilot.press("a")
        assert line.value == "Brink 4a"
        assert not line.cursor_blink


async def test_letters_on_their_way_are_waited_for() -> None:
    async with on_stage(lambda: LineInput(max_length=50)) as (app, pilot):
        line = app.query_one(LineInput)
        line.focus()
        await pilot.pause()
        for letter in "mes":
            line.post_message(events.Key(letter, letter))
        assert line.value == ""
        await keys_taken(line)
        assert line.value == "mes"


@pytest.mark.parametrize(
    "text",
    ["[/b][@click=app.quit]x", "a\x1b]52;c;YQ==\x07b\x00", "\u202eom\u2066 \ufeff", "👩\u200d👧 e\u0301", "x" * 10_000],
)
async def test_whatever_is_pasted_is_kept_as_it_is(text: str) -> None:
    async with on_stage(lambda: LineInput(max_length=10_000)) as (app, pilot):
        line = app.query_one(LineInput)
        line.focus()
        app.paste(text)
        await pilot.pause()
        assert line.value == " ".join(text.split())
        assert app.is_running


async def test_a_letter_taken_back_is_waited_for_too() -> None:
    async with on_stage(lambda: LineInput("mes", max_length=50)) as (app, pilot):
        line = app.query_one(LineInput)
        line.focus()
        await pilot.pause()
        line.post_message(events.Key("backspace", None))
        line.post_message(events.Key("n", "n"))
        await keys_taken(line)
        assert line.value == "men"
