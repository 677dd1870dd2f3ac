"""Where a program stops for an account whose roles do not allow it; that it was refused stands in the register."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from console import permits
from console.accounts import terminal
from console.record.errors import NotAllowed, RecordError

if TYPE_CHECKING:
    from console.roles import Permit, Right
    from console.settings import Settings


def demand(settings: Settings, right: Right, what: str) -> None:
    """Let an account through that has this right; `what` is a word of our own for what it wanted.

    Raises:
        NotAllowed: it has not; that stands in the audit where this account can write in the record.
    """
    permit = permits.of_this_account(settings)
    if refusal := permit.refusal(right):
        with suppress(RecordError):
            _note(settings, permit, right, what)
        raise NotAllowed(refusal)


def _note(settings: Settings, permit: Permit, right: Right, what: str) -> None:
    try:
        there = (settings.home / "dossier.db").exists()
    except OSError:  # whoever is in no group of the room may not look there either
        return
    if not there:
        return  # to refuse somebody must never make a record
    from console.record import Home, Writer  # noqa: PLC0415 - only who is refused needs what writes
    from console.record.refusing import Refusals  # noqa: PLC0415

    home = Home.prepare(settings.home, settings.group, anchors=settings.anchors)
    with Writer.open(home, terminal=terminal(), os_user=permit.account) as writer:
        Refusals(writer).not_allowed(permit.account, what, right, permit.roles)
