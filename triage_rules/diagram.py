"""The decision diagram: one reduced, ordered, multi-valued graph that says for every set of answers what follows.

Node 0 is the gap (no rule fires), nodes 1..n are the outcomes from least to most urgent; every further node asks one
question (`level`) and has a child per value. Two nodes with the same question and children are one node, and a node
whose children are all the same does not exist. So equal meaning is equal node, a terminal is a final suggestion, and
the questions that occur below a node are exactly those that can still matter. Restricting makes new nodes in the same
store; nodes never change.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from triage_rules.conditions import AllOf, Condition, Test

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GAP = 0


class TooLargeError(Exception):
    """The diagram passed its limit of nodes."""


class Diagram:
    """A store of nodes over `questions`, each with its values, ordered from the root downwards."""

    def __init__(self, questions: Sequence[tuple[str, tuple[str, ...]]], outcomes: int, limit: int) -> None:
        """Begin with the gap and the terminals only; `limit` is how many nodes may ever be made."""
        self.questions = tuple(name for name, _ in questions)
        self.values = tuple(values for _, values in questions)
        self.level_of = {name: level for level, name in enumerate(self.questions)}
        self.code_of = tuple({value: code for code, value in enumerate(values)} for values in self.values)
        self.top = outcomes
        self.limit = limit
        self.level = [len(self.questions)] * (outcomes + 1)
        self.children: list[tuple[int, ...]] = [()] * (outcomes + 1)
        self.reach = [1 << terminal for terminal in range(outcomes + 1)]
        self.support = [0] * (outcomes + 1)
        self._unique: dict[tuple[int, tuple[int, ...]], int] = {}
        self._restricted: dict[tuple[int, int, int], int] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        """How many nodes were made so far, terminals included."""
        return len(self.level)

    def node(self, level: int, children: tuple[int, ...]) -> int:
        """The node that asks the question at `level` and goes on at `children`. Raises TooLargeError past the limit."""
        first = children[0]
        if children.count(first) == len(children):
            return first
        key = (level, children)
        found = self._unique.get(key)
        if found is not None:
            return found
        with self._lock:
            return self._made(key)

    def _made(self, key: tuple[int, tuple[int, ...]]) -> int:
        """The node with this key, made when another thread has not just done so."""
        found = self._unique.get(key)
        if found is not None:
            return found
        made = len(self.level)
        if made >= self.limit:
            raise TooLargeError
        level, children = key
        reach, support = 0, 1 << level
        for child in children:
            reach |= self.reach[child]
            support |= self.support[child]
        self.reach.append(reach)
        self.support.append(support)
        self.children.append(children)
        self.level.append(level)
        self._unique[key] = made
        return made

    def restrict(self, node: int, level: int, code: int) -> int:
        """What is left of `node` when the question at `level` is answered with its value number `code`."""
        if not self.support[node] >> level & 1:
            return node
        if self.level[node] == level:
            return self.children[node][code]
        key = (node, level, code)
        found = self._restricted.get(key)
        if found is None:
            found = self.node(
                self.level[node], tuple(self.restrict(child, level, code) for child in self.children[node])
            )
            self._restricted[key] = found
        return found

    def least(self, node: int) -> int:
        """The least urgent terminal that `node` can still end in."""
        reach = self.reach[node]
        return (reach & -reach).bit_length() - 1

    def most(self, node: int) -> int:
        """The most urgent terminal that `node` can still end in."""
        return self.reach[node].bit_length() - 1

    def reachable(self, root: int) -> list[int]:
        """All nodes under and including `root` that ask a question, children before parents."""
        seen: dict[int, None] = {}

        def visit(node: int) -> None:
            if node > self.top and node not in seen:
                for child in self.children[node]:
                    visit(child)
                seen[node] = None

        visit(root)
        return list(seen)


class Builder:
    """Builds conditions and rules into a diagram; a condition is a node that ends in the gap (false) or top (true)."""

    def __init__(self, diagram: Diagram) -> None:
        """Build into `diagram`."""
        self.diagram = diagram
        self._most: dict[tuple[int, int], int] = {}
        self._least: dict[tuple[int, int], int] = {}
        self._built: dict[Condition, int] = {}

    def most(self, one: int, other: int) -> int:
        """The node that gives the more urgent of two outcomes; for conditions: either."""
        diagram = self.diagram
        if other in (one, GAP) or one == diagram.top:
            return one
        if one == GAP or other == diagram.top:
            return other
        if one <= diagram.top and other <= diagram.top:
            return max(one, other)
        return self._combined(one, other, self._most, self.most)

    def least(self, one: int, other: int) -> int:
        """The node that gives the less urgent of two outcomes; for conditions: both."""
        diagram = self.diagram
        if other in (one, diagram.top) or one == GAP:
            return one
        if one == diagram.top or other == GAP:
            return other
        if one <= diagram.top and other <= diagram.top:
            return min(one, other)
        return self._combined(one, other, self._least, self.least)

    def _combined(self, one: int, other: int, known: dict[tuple[int, int], int], combine: Combine) -> int:
        """Combine two nodes value by value of the question that comes first in either."""
        key = (one, other) if one < other else (other, one)
        found = known.get(key)
        if found is None:
            diagram = self.diagram
            level = min(diagram.level[one], diagram.level[other])
            size = len(diagram.values[level])
            ones = diagram.children[one] if diagram.level[one] == level else (one,) * size
            others = diagram.children[other] if diagram.level[other] == level else (other,) * size
            found = known[key] = diagram.node(level, tuple(map(combine, ones, others)))
        return found

    def condition(self, condition: Condition) -> int:
        """The node that is the top where `condition` holds and the gap elsewhere."""
        found = self._built.get(condition)
        if found is None:
            found = self._built[condition] = self._condition(condition)
        return found

    def _condition(self, condition: Condition) -> int:
        diagram = self.diagram
        if isinstance(condition, Test):
            level = diagram.level_of[condition.question]
            children = tuple(diagram.top if value in condition.values else GAP for value in diagram.values[level])
            return diagram.node(level, children)
        if isinstance(condition, AllOf):
            result = diagram.top
            for part in condition.parts:
                result = self.least(result, self.condition(part))
            return result
        result = GAP
        for part in condition.parts:
            result = self.most(result, self.condition(part))
        return result

    def rule(self, condition: Condition, outcome: int) -> int:
        """The node that gives `outcome` where `condition` holds and the gap elsewhere."""
        return self.least(self.condition(condition), outcome)


if TYPE_CHECKING:
    from collections.abc import Callable

    Combine = Callable[[int, int], int]


def restricted(diagram: Diagram, root: int, values: Mapping[str, str]) -> int:
    """What is left of `root` under these answers (classes for hours)."""
    for question, value in values.items():
        level = diagram.level_of[question]
        root = diagram.restrict(root, level, diagram.code_of[level][value])
    return root
