"""Keys as they are printed on a keyboard; those without an entry are called what the framework calls them."""

from __future__ import annotations

from typing import Final

NAMES: Final = {
    "escape": "esc",
    "question_mark": "?",
    "slash": "/",
    "plus": "+",
    "space": "spatie",
    "up": "pijl omhoog",
    "down": "pijl omlaag",
    "pageup": "page up",
    "pagedown": "page down",
}
