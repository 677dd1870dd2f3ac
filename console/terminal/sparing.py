"""Draws of the screen what changed, and asks no widget for lines that did not.

Textual 8.2.8 has every widget in sight give all its lines at each paint, and then sends those that changed: on a screen
of a dozen widgets that is half of the time from a key to its paint. Like the guard it replaces what Textual does not
promise to keep, and the guard refuses another version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual._compositor import Compositor
from textual.geometry import Region

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.strip import Strip


class SparingCompositor(Compositor):
    """Has a widget draw the rows that are about to be sent, and only where it is in sight there."""

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if crop is None:
            yield from super()._get_renders()
            return
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if seen.overlaps(crop):
                top, bottom = max(seen.y, crop.y), min(seen.bottom, crop.bottom)
                # As wide as it is in sight: a line is cut where widgets begin and end, also beside what is sent.
                rows = Region(seen.x, top, seen.width, bottom - top)
                yield region, rows, widget.render_lines(rows.translate((-region.x, -region.y)))
