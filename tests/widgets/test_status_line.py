"""The top line at 80 columns: the clock stays in sight however long the title gets."""

from __future__ import annotations

from datetime import UTC, datetime

from console.widgets.status_line import StatusLine
from tests.widgets.stage import on_stage

MOMENT = datetime(2026, 3, 2, 13, 5, 13, tzinfo=UTC)


async def test_a_long_form_is_shortened_and_the_clock_stays() -> None:
    line = StatusLine("MELDING 26-0001  0:48", "beleid tpdc 1.0", exercise=True, moment=MOMENT)
    async with on_stage(line) as (app, pilot):
        line.show(link="GMS: verbonden", about="aan- en verkoopfraude")
        await pilot.pause()
        said = app.lines()[0]
        assert "14:05:13  GMS: verbonden" in said
        assert "MELDING 26-0001  0:48  aan- en verkoop" in said
        assert ".. " in said
        line.show(about="phishing")
        await pilot.pause()
        assert "0:48  phishing  " in app.lines()[0]
