"""Another CAD than before: what the former one was sent or holds is for a person, never sent to the next blindly.

Another kind of CAD, or another address or folder, is another CAD: only people know whether the same dispatchers sit
behind it. So is one that is now said to do something else with what is repeated: what was sent on the strength of the
former word may be there twice or not at all. Another table, key or certificate is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.texts import words

if TYPE_CHECKING:
    from datetime import datetime

    from console.record import Addressee, Outbox, Writer
    from console.settings import Settings

_AT_ONCE: Final = 200


def name_of(settings: Settings) -> str:
    """Name the CAD of these settings, for operators and to see it change; empty where there is none."""
    place = settings.cad_folder if settings.cad_kind == "bestand" else settings.cad_url
    if place is None:
        return ""
    lacks = words.cad.lacks(deduplicates=settings.cad_deduplicates, looks_up=settings.cad_looks_up)
    return f"{settings.cad_kind} {place}{lacks if settings.cad_kind == 'eido' else ''}"


async def take_over(cad: str, writer: Writer, addressee: Addressee, outbox: Outbox) -> datetime | None:
    """Carry to `cad` from now on, and leave to a person what a former CAD was sent or holds.

    Gives since when this CAD is carried to; None when there was none before it.

    Raises:
        RecordError: the record is busy or full; what was done stands, and this can be done again.
    """
    known = await writer.call(addressee.now)
    if known is not None and known.cad != cad:
        reason = words.cad.sent_elsewhere(known.cad)
        while left := await writer.call(addressee.underway, _AT_ONCE):
            for message_id in left:
                await writer.call(outbox.unclear, message_id, reason)
    if known is None or known.cad != cad:
        await writer.call(addressee.change, cad)
        known = await writer.call(addressee.now)
    return None if known is None else known.since
