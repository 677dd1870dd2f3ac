"""What every screen and window looks like on the terminals there are: small without colour, small with 16, large.

All three are drawn in the terminal's own 16 colours or none, so that nothing is lost on the way to any of them; what
a screen says is the same with and without colour; and its own words need no letters that a plain font lacks.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.snapshots.conftest import LOOKS, Look
from tests.snapshots.scenes import SCENES


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("scene", SCENES)
def test_looks(scene: str, look: Look, shown: Callable[[str, Look], None]) -> None:
    shown(scene, look)
