"""The audit of who gave or took away a secret: opened before anything changes, so that nothing goes unrecorded."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from console.accounts import os_user
from console.dutch_errors import in_dutch
from console.record import Home, RecordError
from console.texts import words
from console.times import now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from console.settings import Settings

    Note = Callable[[str, str, str], None]


@contextmanager
def audited(settings: Settings) -> Iterator[Note]:
    """Give how to record what was done: verb, name of the secret, place. Without a record on this machine that is said.

    Raises:
        RecordError: there is a record and nothing can be written in it; then nothing may be changed.
    """
    try:
        there = (settings.home / "dossier.db").exists()
    except OSError as error:
        raise RecordError(words.secret.record_unseen(settings.home, in_dutch(error))) from None
    if not there:
        yield lambda _what, _name, _place: print(words.secret.no_record(settings.home))
        return
    from console.record import Writer  # noqa: PLC0415 - a machine without a record pays for no writer
    from console.record.keeping import SecretsLog  # noqa: PLC0415

    who = os_user()
    home = Home.prepare(settings.home, settings.group, anchors=settings.anchors)
    with Writer.open(home, clock=now, os_user=who) as writer:
        log = SecretsLog(writer)

        def note(what: str, name: str, place: str) -> None:
            log.note(who, what, name, place)
            print(words.secret.noted(what, who))

        yield note
