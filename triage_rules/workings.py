"""What a policy works with while calls run: its diagram, and which question to ask at which node."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from triage_rules.asking import Asker
from triage_rules.diagram import Diagram

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triage_rules.model import Question


@dataclass(frozen=True, slots=True)
class Graph:
    """A compiled diagram as plain data: questions with values, nodes (level, children), the root, what to ask where.

    Nodes are numbered after the gap and the outcomes, children before parents; `asked` maps a node to a level.
    """

    questions: tuple[tuple[str, tuple[str, ...]], ...]
    nodes: tuple[tuple[int, tuple[int, ...]], ...]
    root: int
    asked: Mapping[int, int]


class Workings(NamedTuple):
    """A diagram with its root, and the questions worked out on it; a state holds on to the one it came from."""

    diagram: Diagram
    root: int
    asker: Asker


def fresh(graph: Graph, questions: Sequence[Question], outcomes: int) -> Workings:
    """New workings from a compiled diagram, without a limit: a call may never run into one."""
    diagram = Diagram(graph.questions, outcomes, sys.maxsize)
    for level, children in graph.nodes:
        diagram.node(level, children)
    return Workings(diagram, graph.root, Asker(diagram, questions, graph.asked))
