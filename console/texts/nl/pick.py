"""What the dialogs say in which lines are ticked."""

from __future__ import annotations

from typing import Final

TICK: Final = "afvinken, of toch niet"
UP: Final = "regel omhoog"
DOWN: Final = "regel omlaag"
POINT: Final = "wijs aan"
TAKEN_BACK: Final = "Teruggenomen: het vinkje is weg, en dat staat vastgelegd."


def no_such_line(digit: int) -> str:
    return f"Regel {digit} is er niet."
