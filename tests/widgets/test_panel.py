"""The column beside the checklist: blocks in order, wrapped, and what does not fit is said and can be read."""

from __future__ import annotations

from console.widgets.panel import Block, Column, Words
from tests.widgets.stage import on_stage

LONG = Block("Lang", tuple(Words(f"regel {number}") for number in range(1, 21)))


async def test_blocks_stand_in_order_under_their_titles_and_an_empty_one_is_left_out() -> None:
    column = Column(id="rechts")
    async with on_stage(column, size=(30, 6)) as (app, pilot):
        column.show((Block("Een", (Words("eerste"),)), Block("Leeg", ()), Block("Twee", (Words("[/b] tweede"),))))
        await pilot.pause()
        assert app.lines() == [
            "--Een-------------------------",
            "eerste",
            "",
            "--Twee------------------------",
            "[/b] tweede",
            "",
        ]


async def test_blocks_stand_close_where_a_blank_line_between_them_would_hide_the_last_of_them() -> None:
    column = Column(id="rechts")
    async with on_stage(column, size=(30, 4)) as (app, pilot):
        column.show((Block("Een", (Words("eerste"),)), Block("Twee", (Words("tweede"),))))
        await pilot.pause()
        assert app.lines() == [
            "--Een-------------------------",
            "eerste",
            "--Twee------------------------",
            "tweede",
        ]


async def test_long_lines_wrap_and_hang() -> None:
    column = Column(id="rechts")
    async with on_stage(column, size=(20, 6)) as (app, pilot):
        column.show((Block("Zeg", (Words("Blijf bij mij aan de lijn a.u.b.", hang=3),)),))
        await pilot.pause()
        assert app.lines()[1:4] == ["Blijf bij mij aan", "   de lijn a.u.b.", ""]


async def test_what_does_not_fit_is_said_and_every_line_can_be_read() -> None:
    column = Column(id="rechts")
    async with on_stage(column, size=(30, 8)) as (app, pilot):
        column.show((LONG,))
        await pilot.pause()
        assert app.lines()[-1] == "  (meer: page down)"
        read = set(app.lines())
        for _ in range(10):
            column.page(1)
            await pilot.pause()
            read |= set(app.lines())
        assert {words.text for words in LONG.words} <= read
        assert app.lines()[-1] == "regel 20"
        column.page(-1)
        await pilot.pause()
        assert app.lines()[0] == "regel 7"
        for _ in range(10):
            column.page(-1)
        await pilot.pause()
        assert app.lines()[0].startswith("--Lang")


async def test_a_shorter_story_is_shown_from_where_it_fits() -> None:
    column = Column(id="rechts")
    async with on_stage(column, size=(30, 8)) as (app, pilot):
        column.show((LONG,))
        column.page(2)
        column.show((Block("Kort", (Words("enig"),)),))
        await pilot.pause()
        assert app.lines()[:2] == ["--Kort------------------------", "enig"]


async def test_news_on_top_brings_the_top_back_and_a_running_time_does_not() -> None:
    column = Column(id="rechts")
    async with on_stage(column, size=(30, 8)) as (app, pilot):
        waiting = (Words("verzonden", style="bold"), Words("0:01"))
        column.show((Block("Vraag", ()), Block("Besluit", waiting), LONG))
        column.page(1)
        await pilot.pause()
        scrolled = app.lines()[0]
        column.show((Block("Vraag", ()), Block("Besluit", (waiting[0], Words("0:02"))), LONG))
        await pilot.pause()
        assert app.lines()[0] == scrolled != "--Besluit---------------------"
        column.show((Block("Vraag", ()), Block("Besluit", (Words("GEWEIGERD", style="bold"),)), LONG))
        await pilot.pause()
        assert app.lines()[0].startswith("--Besluit")
