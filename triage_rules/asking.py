"""Which question to ask next: the blocks in their order, and within the middle block the fewest expected questions.

The danger block and the wish keep the order of the file. In the middle block the choice is exact: the expected number
of questions until nothing can change any more, over everything that the answers can leave of the diagram, with the
shares of the policy (`priors`). What is left after some answers does not depend on their order, so a node has one cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from triage_rules.diagram import Diagram
    from triage_rules.model import Question

_LIVE_QUESTIONS = 10
_TIE = 1e-9


class Asker:
    """Chooses questions on one diagram; what it works out it remembers."""

    def __init__(
        self, diagram: Diagram, questions: Sequence[Question], chosen: Mapping[int, int] | None = None
    ) -> None:
        """`questions` in the order of the file; `chosen` says for some nodes the level to ask, worked out before."""
        self.diagram = diagram
        self.blocks = tuple(
            tuple(diagram.level_of[question.id] for question in questions if question.block == block)
            for block in ("gevaar", "gebeurtenis", "wens")
        )
        shares = {question.id: question.priors for question in questions}
        self.shares = tuple(
            tuple(shares[name][value] for value in values)
            for name, values in zip(diagram.questions, diagram.values, strict=True)
        )
        self.chosen = dict(chosen or {})
        self._cost: dict[int, float] = {}

    def next_level(self, node: int) -> int:
        """The level of the question to ask at a node that is not final."""
        found = self.chosen.get(node)
        if found is None:
            candidates = self.candidates(node)
            if len(candidates) == 1 or self.diagram.support[node].bit_count() > _LIVE_QUESTIONS:
                return candidates[0]
            self.expected(node)
            found = self.chosen[node]
        return found

    def candidates(self, node: int) -> tuple[int, ...]:
        """The levels among which the blocks leave a choice, in the order of the file."""
        support = self.diagram.support[node]
        danger, event, wish = self.blocks
        for level in danger:
            if support >> level & 1:
                return (level,)
        free = tuple(level for level in event if support >> level & 1)
        return free or tuple(level for level in wish if support >> level & 1)[:1]

    def expected(self, node: int) -> float:
        """How many more questions to expect until the outcome is final, asking the best one each time."""
        if node <= self.diagram.top:
            return 0.0
        found = self._cost.get(node)
        if found is None:
            found = float("inf")
            for level in self.candidates(node):
                cost = 1.0
                for code, share in enumerate(self.shares[level]):
                    cost += share * self.expected(self.diagram.restrict(node, level, code))
                if cost < found - _TIE:
                    found = cost
                    self.chosen[node] = level
            self._cost[node] = found
        return found

    def tabulate(self, roots: Iterable[int]) -> dict[int, int]:
        """Work out everything that can follow on these nodes; returns the level to ask for each node."""
        for root in roots:
            self.expected(root)
        return dict(self.chosen)
