"""A list of lines to tick."""

from __future__ import annotations

from typing import Final

MORE_ABOVE: Final = "  (hierboven staan meer regels)"
MORE_BELOW: Final = "  (hieronder staan meer regels)"
