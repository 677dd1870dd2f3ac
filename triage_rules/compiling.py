"""From the content of a pack to a policy: the diagram, its hashes, and the compiled file that holds all of it.

The compiled file is canonical JSON: the same content always gives the same bytes. The console reads it without the
libraries that read and check YAML.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from triage_rules import words
from triage_rules.asking import Asker
from triage_rules.content import Parts, parts_of
from triage_rules.diagram import GAP, Builder, Diagram, TooLargeError
from triage_rules.errors import ContentError, PolicyError
from triage_rules.hours import Span
from triage_rules.policy import Policy
from triage_rules.workings import Graph

if TYPE_CHECKING:
    from triage_rules.names import Content

FORMAT = 1
NODE_LIMIT = 100_000
TABLE_LIMIT = 20_000
_COSTLY_RULES = 3


def canonical(thing: object) -> bytes:
    """The one way in which a value is written as JSON."""
    return json.dumps(thing, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(thing: object) -> str:
    """SHA-256 of the canonical JSON of a value, in hexadecimal."""
    return hashlib.sha256(canonical(thing)).hexdigest()


def compiled(content: Content, node_limit: int = NODE_LIMIT) -> Policy:
    """Check a content and compile it. Raises ContentError at the first fault."""
    parts = parts_of(content)
    diagram, root = diagram_of(parts, question_order(parts), node_limit)
    if diagram.reach[root] >> GAP & 1:
        raise ContentError(("regels",), f"Bij deze antwoorden gaat geen enkele regel op: {_gap_in(diagram, root)}.")
    return Policy(content, parts, _graph(parts, diagram, root), digest(content), meaning_hash(parts, node_limit))


def question_order(parts: Parts) -> list[str]:
    """The order of questions in the diagram: the form first, which keeps it small, then as in the file."""
    form = next(question.id for question in parts.questions if question.kind == "vorm")
    return [form, *(question.id for question in parts.questions if question.id != form)]


def diagram_of(parts: Parts, order: list[str], node_limit: int) -> tuple[Diagram, int]:
    """The diagram of all rules, the most urgent one that fires wins. Raises ContentError when it grows too large."""
    domain = parts.domain
    diagram = Diagram([(name, domain[name]) for name in order], len(parts.outcomes), node_limit)
    builder = Builder(diagram)
    rank = {outcome.id: outcome.rank + 1 for outcome in parts.outcomes}
    root = GAP
    cost: dict[str, int] = {}
    for rule in sorted(parts.rules, key=lambda each: rank[each.outcome]):
        before = len(diagram)
        try:
            root = builder.most(root, builder.rule(rule.condition, rank[rule.outcome]))
        except TooLargeError:
            cost[rule.id] = len(diagram) - before
            costly = sorted(cost, key=lambda each: -cost[each])[:_COSTLY_RULES]
            listed = ", ".join(f"{each} ({cost[each]} knopen)" for each in costly)
            at = [each.id for each in parts.rules].index(costly[0])
            message = (
                f"Dit beleid is te ingewikkeld om te bewijzen: meer dan {node_limit} knopen. Duurste regels: {listed}."
            )
            raise ContentError(("regels", at), message) from None
        cost[rule.id] = len(diagram) - before
    return diagram, root


def _graph(parts: Parts, diagram: Diagram, root: int) -> Graph:
    """What is reached from the root, and everything that the best questions can leave of it, in a fixed numbering."""
    small = Diagram(list(zip(diagram.questions, diagram.values, strict=True)), diagram.top, len(diagram) + TABLE_LIMIT)
    number = {terminal: terminal for terminal in range(diagram.top + 1)}
    for node in diagram.reachable(root):
        number[node] = small.node(diagram.level[node], tuple(number[child] for child in diagram.children[node]))
    root = number[root]
    kept = len(small)
    try:
        asked = Asker(small, parts.questions).tabulate(small.children[root])
    except TooLargeError:
        asked = {}
    used = len(small) if asked else kept
    return Graph(
        tuple(zip(small.questions, small.values, strict=True)),
        tuple((small.level[node], small.children[node]) for node in range(small.top + 1, used)),
        root,
        asked,
    )


def _gap_in(diagram: Diagram, root: int) -> str:
    """Answers under which no rule fires, as "vraag = waarde" pairs."""
    answers = []
    while root > diagram.top:
        code = next(code for code, child in enumerate(diagram.children[root]) if diagram.reach[child] >> GAP & 1)
        answers.append(f"{diagram.questions[diagram.level[root]]} = {diagram.values[diagram.level[root]][code]}")
        root = diagram.children[root][code]
    return ", ".join(answers) or "alle antwoorden"


def meaning_hash(parts: Parts, node_limit: int = NODE_LIMIT) -> str:
    """A hash that two policies share exactly when they give every set of answers the same outcome.

    The diagram is built again with the questions in alphabetical order and with cuts that no outcome depends on taken
    out, so that neither the order on screen nor an unused constant shows in it.
    """
    diagram, root = diagram_of(parts, sorted(question.id for question in parts.questions), node_limit)
    kept = diagram.reachable(root)
    names = [_distinct_names(parts, diagram, level, kept) for level in range(len(diagram.questions))]
    number = {0: "geen", **{outcome.rank + 1: outcome.id for outcome in parts.outcomes}}
    meaning: list[object] = []
    for node in kept:
        level = diagram.level[node]
        number[node] = str(len(meaning))
        children = {name: number[child] for name, child in zip(names[level], diagram.children[node], strict=True)}
        meaning.append([diagram.questions[level], children])
    return digest([[outcome.id for outcome in parts.outcomes], meaning, number[root]])


def _distinct_names(parts: Parts, diagram: Diagram, level: int, kept: list[int]) -> list[str]:
    """The values of a question by name, where neighbouring classes of hours that nothing tells apart share one name."""
    question = next(each for each in parts.questions if each.id == diagram.questions[level])
    values = list(diagram.values[level])
    if question.line is None:
        return values
    nodes = [diagram.children[node] for node in kept if diagram.level[node] == level]
    code = diagram.code_of[level]
    merged: list[list[Span]] = []
    for span in question.line.spans:
        if merged and all(node[code[merged[-1][-1].name]] == node[code[span.name]] for node in nodes):
            merged[-1].append(span)
        else:
            merged.append([span])
    name_of: dict[str, str] = {}
    for spans in merged:
        whole = Span(spans[0].low, spans[0].low_included, spans[-1].high, spans[-1].high_included)
        name_of |= {span.name: whole.name for span in spans}
    return [name_of.get(value, value) for value in values]


def written_out(policy: Policy) -> bytes:
    """The compiled file of a policy, ending in a newline."""
    graph = policy.graph
    body: dict[str, Any] = {
        "formaat": FORMAT,
        "inhoud": policy.content,
        "diagram": {
            "vragen": graph.questions,
            "knopen": graph.nodes,
            "wortel": graph.root,
            "volgende": sorted(graph.asked.items()),
        },
        "tekst": policy.text_hash,
        "betekenis": policy.meaning_hash,
    }
    return canonical({**body, "som": digest(body)}) + b"\n"


def read_compiled(data: bytes, name: str) -> Policy:
    """The policy in a compiled file; `name` is what to call the file. Raises PolicyError when it is not whole.

    The diagram is taken as it stands: the checksum says that this program wrote it. `confirmed` compiles it again.
    """
    try:
        body = json.loads(data)
        claimed = body.pop("som")
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        raise PolicyError(words.NO_POLICY, name) from None
    if claimed != digest(body):
        raise PolicyError(words.WRONG_CHECKSUM, name)
    if body.get("formaat") != FORMAT:
        raise PolicyError(words.OTHER_VERSION, name)
    try:
        parts = parts_of(body["inhoud"])
        stored = body["diagram"]
        graph = Graph(
            tuple((question, tuple(values)) for question, values in stored["vragen"]),
            tuple((level, tuple(children)) for level, children in stored["knopen"]),
            stored["wortel"],
            dict(stored["volgende"]),
        )
        return Policy(body["inhoud"], parts, graph, body["tekst"], body["betekenis"])
    except ContentError as fault:
        raise PolicyError(fault.message, name) from None
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        raise PolicyError(words.PART_MISSING, name) from None


def confirmed(policy: Policy, name: str) -> Policy:
    """The policy compiled again from its own content. Raises PolicyError when that gives anything else."""
    fresh = compiled(policy.content)
    if written_out(fresh) != written_out(policy):
        raise PolicyError(words.NOT_ITS_DIAGRAM, name)
    return fresh
