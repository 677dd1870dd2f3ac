"""Looking at the desk: into other calls and into what was said before, never without a line in the log of reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from console.desk.seat import Seat
from console.record import access
from console.texts import words

if TYPE_CHECKING:
    from console.case import Case
    from console.model import Assessment, Related


class Looking(Seat):
    """What an operator reads beside the call in hand."""

    async def related(self, case: Case) -> tuple[Related, ...]:
        """Read which other calls share an account, a number, a domain or an address; never an input of a rule.

        Each of them is logged as read before it is shown for the first time (Wpg 32a: combining).
        """
        window = timedelta(days=self.settings.link_days)
        found = await self._read(lambda reader: reader.related(case.file.call_id, window))
        fresh = {each.call_id for each in found} - self._linked.get(case.file.call_id, set())
        if fresh:
            reason = words.desk.related_to(case.file.call_id)
            await self._write(self._reads.read, self.operator, access.LINKED, sorted(fresh), reason)
            self._linked.setdefault(case.file.call_id, set()).update(fresh)
        return found

    async def versions(self, case: Case) -> tuple[Assessment, ...]:
        """Read every assessment of a call, the first one first; of an undecided one the policy says what it says now.

        `console.difference.difference` tells what changed between two of them.
        """
        found = await self._read(lambda reader: reader.versions(case.file.call_id))
        if found[-1].suggestion is None:
            found = (*found[:-1], replace(found[-1], suggestion=case.suggestion))
        return found
