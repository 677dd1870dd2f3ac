"""A dispatch on paper: the page that is carried to the dispatchers when no machine takes it there."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from console.cad.eido import EXERCISE_WORD, clean, told
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.model import Dispatch

WIDTH: Final = 78
LINES: Final = 60
"""What fits on A4 with any printer's own letter; a longer dispatch goes on a next sheet, after a form feed."""

_ZONE: Final = ZoneInfo("Europe/Amsterdam")


def page(dispatch: Dispatch) -> str:
    """Write a dispatch as plain text of at most `LINES` lines a sheet, what is enough to drive on first."""
    lines = [part for line in lines_of(dispatch) for part in _wrapped(line)]
    room = LINES - 2
    sheets = [lines[at : at + room] for at in range(0, len(lines), room)]
    return "\f".join(
        "\n".join((words.cad.sheet(clean(dispatch.incident_id), number, len(sheets)), "", *sheet, ""))
        for number, sheet in enumerate(sheets, 1)
    )


def lines_of(dispatch: Dispatch) -> Iterator[str]:
    """Give what is read out of a dispatch, not wrapped and not made safe for a screen or a printer."""
    said = words.cad
    if dispatch.exercise:
        yield f"*** {EXERCISE_WORD} *** {EXERCISE_WORD} *** {EXERCISE_WORD} ***"
    yield said.ADDITION_TITLE if dispatch.adds_to else said.dispatch_title(dispatch.priority)
    yield ""
    yield from dispatch.briefing
    yield ""
    if dispatch.control_word:
        yield said.at_the_door(dispatch.control_word)
    yield said.address(dispatch.location.address)
    if dispatch.location.lat is not None and dispatch.location.lon is not None:
        yield said.point(dispatch.location.lat, dispatch.location.lon)
    yield said.caller(dispatch.caller_name, dispatch.caller_role, dispatch.callback)
    yield said.kind(dispatch.classification, dispatch.classification_text, dispatch.form)
    yield ""
    yield from dispatch.told_once
    yield ""
    moment = dispatch.decided_at.astimezone(_ZONE)
    yield said.decided(dispatch.decided_by, f"{moment:%d-%m-%Y %H:%M:%S}")
    yield said.message(dispatch.message_id)
    if dispatch.adds_to:
        yield said.belongs_to(dispatch.adds_to)
    yield ""
    yield said.PASSED_ON_BY


def _wrapped(line: str) -> list[str]:
    return textwrap.wrap(told(line), WIDTH, subsequent_indent="  ") or [""]
