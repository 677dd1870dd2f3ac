"""What a check found: a status, what it saw, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class Status(StrEnum):
    """How it stands; the value is how a script reads it."""

    OK = "ok"
    ATTENTION = "let_op"
    WRONG = "fout"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor: `said` is what it saw, `remedy` the command or step that mends it, both Dutch.

    `name` is a fixed word of the check, for scripts; the runner fills it in.
    """

    name: str
    status: Status
    said: str
    remedy: str = ""


def ok(said: str) -> Finding:
    """All is well."""
    return Finding("", Status.OK, said)


def attention(said: str, remedy: str) -> Finding:
    """It works, and somebody should look at it."""
    return Finding("", Status.ATTENTION, said, remedy)


def wrong(said: str, remedy: str) -> Finding:
    """It does not work, or loses something."""
    return Finding("", Status.WRONG, said, remedy)


def at(moment: datetime) -> str:
    """Write a moment as it is told: by the Dutch clock."""
    from console.times import local  # noqa: PLC0415 - a machine without time zones must get as far as to hear so

    return f"{local(moment):%d-%m-%Y %H:%M}"


class NotLookedAtError(Exception):
    """A check that cannot be done because of another that says why; the text is Dutch."""
