"""A text is laid out again only when it needs other lines, and drawn again only where it says something else."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Region

from console.widgets.lines import Line, Lines
from console.widgets.said import Said
from tests.widgets.stage import on_stage


class Listening(Said):
    """Remembers of each refresh whether it laid out."""

    def __init__(self) -> None:
        self.laid_out: list[bool] = []
        super().__init__()

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Listening:
        self.laid_out.append(layout)
        super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self


class ListeningLines(Lines):
    """Remembers which lines were drawn again, each run of them as one."""

    def __init__(self) -> None:
        self.drawn: list[list[int]] = []
        super().__init__(id="regels")

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> ListeningLines:
        self.drawn += [list(region.line_range) for region in regions]
        super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self


async def test_only_another_number_of_lines_lays_out() -> None:
    said = Listening()
    async with on_stage(said, size=(20, 6)) as (app, pilot):
        said.update(Content("een"))
        await pilot.pause()
        said.laid_out.clear()
        said.update(Content("een"))
        assert said.laid_out == []
        said.update(Content.styled("een", "bold"))
        assert said.laid_out == [False]
        said.update(Content("een zin die niet op een regel past"))
        assert said.laid_out == [False, True]
        await pilot.pause()
        assert app.lines()[:2] == ["een zin die niet op", "een regel past"]


async def test_only_lines_that_changed_are_drawn_again() -> None:
    lines = ListeningLines()
    async with on_stage(lines, size=(20, 6)) as (app, pilot):
        lines.put([Line("een"), Line("twee"), Line("drie")])
        await pilot.pause()
        lines.drawn.clear()
        lines.put([Line("een"), Line("twee", "bold"), Line("vier"), Line("[/b] te lang voor deze regel")])
        assert lines.drawn == [[1, 2, 3]]
        await pilot.pause()
        assert app.lines()[:4] == ["een", "twee", "vier", "[/b] te lang voor de"]
        lines.drawn.clear()
        lines.put([Line("een"), Line("twee", "bold"), Line(""), Line("vier")])
        assert lines.drawn == [[2, 3]]
        lines.drawn.clear()
        lines.put([Line("1"), Line("twee", "bold"), Line("3")])
        assert lines.drawn == [[0], [2, 3]]
        await pilot.pause()
        assert app.lines()[:4] == ["1", "twee", "3", ""]
