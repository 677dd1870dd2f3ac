"""Where the focus is stands in text."""

from __future__ import annotations

from textual.containers import Vertical

from console.widgets.key_choice import KeyChoice
from console.widgets.line_input import LineInput
from console.widgets.marked import Marked
from tests.widgets.stage import on_stage

CHOICES = {"1": ("een", "eerste"), "2": ("twee", "tweede"), "3": ("drie", "derde")}


async def test_only_the_line_with_the_focus_is_marked() -> None:
    def fields() -> Vertical:
        lines = [Marked(LineInput(text, max_length=50)) for text in ("straat", "nummer")]
        return Vertical(*lines, KeyChoice(CHOICES, None, id="keuze"))

    async with on_stage(fields) as (app, pilot):
        for marked in ("> straat", "> nummer", "> [ ] 1 eerste"):
            assert [line for line in app.lines() if line.startswith(">")] == [marked]
            app.screen.focus_next()
            await pilot.pause()
        app.query_one(KeyChoice).focus()
        await pilot.press("3")
        await pilot.pause()
        assert [line for line in app.lines() if line.startswith(">")] == ["> [x] 3 derde"]
