"""What can be done besides the outcome that was chosen: a unit now, and an online report later. Pure."""

from __future__ import annotations

from typing import Final

from console.model import Choice

BESIDES: Final = (Choice.STATION, Choice.ONLINE, Choice.PHONE_REPORT, Choice.PASSED_ON)
"""What can come on top of another outcome. A unit is never an extra, and neither is what leaves the decision open."""

_ALONE: Final = {Choice.CONSULT, Choice.ORDINARY}
"""Asking decides nothing yet, and what goes back to the ordinary protocol is handled there."""


def can_join(choice: Choice, besides: Choice) -> bool:
    """Tell whether `besides` can be done on top of `choice`."""
    return choice not in _ALONE and besides in BESIDES and besides is not choice


def toggled(choice: Choice, also: tuple[Choice, ...], besides: Choice) -> tuple[Choice, ...]:
    """Add `besides` to what is done on top of `choice`, or take it away again; in the order of the outcomes.

    Raises:
        ValueError: the two cannot go together.
    """
    if not can_join(choice, besides):
        raise ValueError(f"{besides} cannot join {choice}")
    wanted = set(also) ^ {besides}
    return tuple(each for each in BESIDES if each in wanted)


def kept(choice: Choice, also: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Give what of `also` still goes with another choice."""
    return tuple(each for each in also if can_join(choice, each))
