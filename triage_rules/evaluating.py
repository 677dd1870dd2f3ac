"""Many sets of answers at once: the outcome of full sets and what is left of partial ones, without a state for each.

For replaying a year of decisions, comparing policies and measuring. Answers are recorded strings, or numbers for hours.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, TypeVar

from triage_rules.hours import UNKNOWN, parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from triage_rules.hours import HourLine
    from triage_rules.model import Outcome
    from triage_rules.policy import Policy

_Found = TypeVar("_Found")


class _ByHours(dict[object, _Found]):
    """What belongs to the class in which a number of hours lies; `onbekend` is an ordinary key."""

    __slots__ = ("_at", "_cuts")

    def __init__(self, line: HourLine, of_class: Callable[[str], _Found]) -> None:
        super().__init__({UNKNOWN: of_class(UNKNOWN)})
        self._cuts = line.cuts
        self._at = [of_class(span.name) for span in line.spans]

    def __missing__(self, answer: object) -> _Found:
        hours = answer if type(answer) is float and answer >= 0 else parsed(answer)
        if hours is None:
            raise KeyError(answer)
        return self._at[bisect_right(self._cuts, hours)]


class Evaluator:
    """One policy, laid out for speed: every node of its diagram as a question with a table of what follows."""

    def __init__(self, policy: Policy) -> None:
        """Lay out the diagram of `policy`."""
        self._policy = policy
        questions = [policy.question(name) for name, _ in policy.graph.questions]
        values = [values for _, values in policy.graph.questions]
        laid: list[object] = [None, *policy.outcomes]
        for level, children in policy.graph.nodes:
            follows: dict[object, object] = {
                value: laid[child] for value, child in zip(values[level], children, strict=True)
            }
            line = questions[level].line
            table = follows if line is None else _ByHours(line, follows.__getitem__)
            below = tuple(laid[child] for child in dict.fromkeys(children))
            laid.append((questions[level].id, table, below, len(laid)))
        self._root = laid[policy.graph.root]
        self._codes: list[tuple[int, str, Mapping[object, int]]] = []
        for level, question in enumerate(questions):
            codes: dict[object, int] = {value: code for code, value in enumerate(values[level])}
            line = question.line
            self._codes.append((level, question.id, codes if line is None else _ByHours(line, codes.__getitem__)))

    def outcome(self, answers: Mapping[str, str | float]) -> Outcome:
        """The outcome under a full set of answers; only those that decide it are looked at. Raises AnswerError."""
        node: object = self._root
        try:
            while type(node) is tuple:
                node = node[1][answers[node[0]]]
        except (KeyError, TypeError):
            raise self._fault(node, answers) from None
        return node  # type: ignore[return-value]  # every branch ends in an outcome: a policy has no gap

    def final(self, answers: Mapping[str, str | float]) -> bool:
        """True when a partial set of answers leaves one outcome only. Stops at the second outcome that it meets."""
        waiting: list[object] = [self._root]
        met: object = None
        opened: set[int] = set()
        while waiting:
            node = waiting.pop()
            while type(node) is tuple:
                value = answers.get(node[0])
                if value is not None:
                    node = node[1][value]
                    continue
                if node[3] not in opened:
                    opened.add(node[3])
                    waiting += node[2]
                break
            else:
                if met is None:
                    met = node
                elif node is not met:
                    return False
        return True

    def left(self, answers: Mapping[str, str | float]) -> tuple[int, int]:
        """The least and most urgent rank that a partial set of answers leaves possible; equal when it is final."""
        diagram, node, _ = self._policy.workings
        support = diagram.support
        for level, name, codes in self._codes:
            if support[node] >> level & 1 and name in answers:
                node = diagram.restrict(node, level, codes[answers[name]])
        reach = diagram.reach[node]
        return (reach & -reach).bit_length() - 2, reach.bit_length() - 2

    def _fault(self, node: object, answers: Mapping[str, str | float]) -> Exception:
        """What was wrong at this node: an answer that does not exist, or none where one was needed."""
        name = node[0] if isinstance(node, tuple) else ""
        if name in answers:
            self._policy.recorded(name, answers[name])
        return self._policy.missing(name)
