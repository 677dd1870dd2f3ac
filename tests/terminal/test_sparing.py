"""What is drawn sparingly is what Textual itself would have drawn, at every paint of a call and a dialog."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region

from console.terminal.sparing import SparingCompositor
from tests.screens.hand import in_call
from tests.seat import open_seat

KEYS = ("down", "n", "up", "o", "f4", "x", "[", "escape", "f2", "tab", "x", "escape", "question_mark", "down", "escape")
MORE = ("ctrl+l", "pagedown", "escape", "f5", "1", "down", "escape", "b", "a", "backspace", "escape", "pagedown")


async def test_every_paint_is_as_textual_would_have_painted_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sparingly = SparingCompositor.render_partial_update
    painted: list[int] = []

    async with in_call(open_seat(tmp_path / "huis"), size=(120, 40)) as seat:

        def both(self: SparingCompositor) -> ChopsUpdate | None:
            dirty = set(self._dirty_regions)
            update = sparingly(self)
            self._dirty_regions.update(dirty)
            with monkeypatch.context() as textual_itself:
                textual_itself.setattr(SparingCompositor, "_get_renders", Compositor._get_renders)
                whole = Compositor.render_partial_update(self)
            if update is not None and whole is not None:
                console = seat.app.console
                assert update.render_segments(console) == whole.render_segments(console)
                painted.append(len(update.spans))
            return update

        monkeypatch.setattr(SparingCompositor, "render_partial_update", both)
        await seat.press(*KEYS, *MORE)
        assert isinstance(seat.app.screen._compositor, SparingCompositor)
    assert len(painted) > len(KEYS + MORE) / 2


async def test_a_widget_is_asked_for_the_rows_that_changed_and_others_for_none(tmp_path: Path) -> None:
    async with in_call(open_seat(tmp_path / "huis"), size=(120, 40)) as seat:
        compositor = seat.call._compositor
        where = seat.call.checklist.region
        row = Region(where.x, where.y + 2, where.width, 1)
        asked = [strips for _region, _clip, strips in compositor._get_renders(row)]
        assert {len(strips) for strips in asked} == {1}
        assert seat.call.column.region.overlaps(seat.call.region)
        sides = [region for region, _clip, _strips in compositor._get_renders(row)]
        assert seat.call.column.region not in sides
