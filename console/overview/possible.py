"""Which calls in hand may be prio 1, by the policy each of them is asked under.

A call is weighed again only when something was answered in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from console import policy_shelf
from console.model import Choice
from console.overview.figures import Possible
from console.record import glance
from triage_rules import AnswerError, PolicyError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from console.model.overview import HeldCall
    from console.record.engine import Connection
    from triage_rules import Policy


class PrioOne:
    """Remembers how each call in hand stands."""

    def __init__(self, shelf: Path) -> None:
        """Find policies on this shelf."""
        self._shelf = shelf
        self._known: dict[str, Policy | None] = {}
        self._stands: dict[str, tuple[bool, bool] | None] = {}

    def weigh(self, connection: Connection, held: Iterable[str], answered: Iterable[str]) -> None:
        """Weigh the calls that are in hand now, those in which something was answered anew."""
        stood = {call_id: stands for call_id, stands in self._stands.items() if call_id not in set(answered)}
        self._stands = {
            call_id: stood[call_id] if call_id in stood else self._weighed(connection, call_id) for call_id in held
        }

    def among(self, held: tuple[HeldCall, ...]) -> Possible:
        """Sort these calls."""
        stands = [(call, self._stands.get(call.call_id)) for call in held]
        return Possible(
            certain=tuple(call for call, found in stands if found is not None and found[0]),
            possible=tuple(call for call, found in stands if found == (False, True)),
            unknown=sum(found is None for _, found in stands),
        )

    def _weighed(self, connection: Connection, call_id: str) -> tuple[bool, bool] | None:
        """Whether prio 1 is certain, and whether it is possible; None where that cannot be told here."""
        text_hash = glance.policy_of(connection, call_id)
        policy = None if text_hash is None else self._policy(text_hash)
        if policy is None:
            return None
        try:
            state = policy.resume(glance.answers(connection, call_id))
        except AnswerError:
            return None
        possible = {outcome.id for outcome in state.possible}
        return state.at_least.id == Choice.PRIO1, Choice.PRIO1 in possible

    def _policy(self, text_hash: str) -> Policy | None:
        if text_hash not in self._known:
            try:
                self._known[text_hash] = policy_shelf.version(self._shelf, text_hash)
            except PolicyError:
                self._known[text_hash] = None
        return self._known[text_hash]
