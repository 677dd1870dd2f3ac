"""Single wrong edits of a pack, as a person might make them: what the gate has to stop."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

Content = dict[str, Any]


class Mutant(NamedTuple):
    kind: str
    name: str
    content: Content


def mutants(content: Content) -> Iterator[Mutant]:
    """Every single edit of these kinds."""
    yield from _rules(content)
    yield from _terms(content)
    yield from _limits(content)


def _edited(content: Content) -> Content:
    return copy.deepcopy(content)


def _rules(content: Content) -> Iterator[Mutant]:
    outcomes = [outcome["id"] for outcome in content["uitkomsten"]]
    for at, rule in enumerate(content["regels"]):
        name = rule["id"]
        gone = _edited(content)
        del gone["regels"][at]
        yield Mutant("rule deleted", name, gone)
        place = outcomes.index(rule["uitkomst"])
        for other in {max(place - 1, 0), min(place + 1, len(outcomes) - 1)} - {place}:
            changed = _edited(content)
            changed["regels"][at]["uitkomst"] = outcomes[other]
            yield Mutant("outcome changed", f"{name} {outcomes[other]}", changed)
        if "tenzij" in rule:
            dropped = _edited(content)
            del dropped["regels"][at]["tenzij"]
            yield Mutant("exception dropped", name, dropped)
        if isinstance(rule["als"], list):
            yield from _conditions(content, ("regels", at, "als"), name)


def _at(content: Content, path: tuple[Any, ...]) -> Any:
    found: Any = content
    for step in path:
        found = found[step]
    return found


def _conditions(content: Content, path: tuple[Any, ...], name: str) -> Iterator[Mutant]:
    """Drop and invert every condition of a list, and of the lists in it."""
    parts = _at(content, path)
    for place, part in enumerate(parts):
        said = f"{name} {path[2:]} {part}"
        dropped = _edited(content)
        if len(parts) > 1:
            del _at(dropped, path)[place]
            yield Mutant("condition dropped", said, dropped)
        inverted = _edited(content)
        _at(inverted, path)[place] = {"niet": part}
        yield Mutant("condition inverted", said, inverted)
        if isinstance(part, dict):
            for word in ("een_van", "alle"):
                if word in part:
                    yield from _conditions(content, (*path, place, word), name)


def _terms(content: Content) -> Iterator[Mutant]:
    for name, term in content["begrippen"].items():
        for word in ("een_van", "alle"):
            if isinstance(term, dict) and word in term:
                yield from _conditions(content, ("begrippen", name, word), name)
        inverted = _edited(content)
        inverted["begrippen"][name] = term["niet"] if isinstance(term, dict) and "niet" in term else {"niet": term}
        yield Mutant("condition inverted", name, inverted)
        if isinstance(term, dict) and isinstance(term.get("laatste_handeling"), str):
            text = term["laatste_handeling"]
            for old, new in (("<=", "<"), (">=", ">"), ("> ", ">= "), ("< ", "<= ")):
                if old in text:
                    moved = _edited(content)
                    moved["begrippen"][name] = {"laatste_handeling": text.replace(old, new, 1)}
                    yield Mutant("threshold moved", f"{name} {new}", moved)


def _limits(content: Content) -> Iterator[Mutant]:
    for at, parameter in enumerate(content["parameters"]):
        number = float(parameter["waarde"])
        for factor in (0.5, 0.9, 0.98, 1.02, 1.1, 1.5, 2):
            moved = _edited(content)
            moved["parameters"][at]["waarde"] = f"{number * factor:g}"
            yield Mutant("threshold moved", f"{parameter['id']} {number * factor:g}", moved)


def narrower_lists(content: Content) -> Iterator[Mutant]:
    """One value or form taken out of a list: a finer kind of edit, measured apart."""
    for at, rule in enumerate(content["regels"]):
        for place, part in enumerate(rule["als"] if isinstance(rule["als"], list) else []):
            for question, values in part.items() if isinstance(part, dict) else []:
                if isinstance(values, list) and all(isinstance(value, str) for value in values):
                    for gone, value in enumerate(values):
                        smaller = _edited(content)
                        del smaller["regels"][at]["als"][place][question][gone]
                        yield Mutant("value taken out", f"{rule['id']} {value}", smaller)
    for name, members in content["groepen"].items():
        for gone, member in enumerate(members):
            smaller = _edited(content)
            del smaller["groepen"][name][gone]
            yield Mutant("form taken out", f"{name} {member}", smaller)
