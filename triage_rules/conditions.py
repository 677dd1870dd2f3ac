"""Conditions of rules: tests of one question each, joined by all-of and any-of, and their three-valued truth.

There is no negation: `negated` pushes it down to the tests, whose complement is again a set of values. A test on hours
is a test on classes of hours (see `hours`), so every test here is membership of a finite set.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Test:
    """True when the answer to `question` is one of `values`."""

    __test__ = False

    question: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class AllOf:
    """True when every part is; without parts always true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when some part is; without parts never true."""

    parts: tuple[Condition, ...]


Condition = Test | AllOf | AnyOf
ALWAYS = AllOf(())
NEVER = AnyOf(())


def negated(condition: Condition, domain: Mapping[str, tuple[str, ...]]) -> Condition:
    """The opposite of `condition`; `domain` holds all values of each question."""
    match condition:
        case Test(question, values):
            return Test(question, frozenset(domain[question]) - values)
        case AllOf(parts):
            return AnyOf(tuple(negated(part, domain) for part in parts))
        case AnyOf(parts):
            return AllOf(tuple(negated(part, domain) for part in parts))


def simplified(condition: Condition, domain: Mapping[str, tuple[str, ...]]) -> Condition:
    """The same condition, flat, with the tests of one question merged and constants folded away."""
    if isinstance(condition, Test):
        if not condition.values:
            return NEVER
        return ALWAYS if len(condition.values) == len(domain[condition.question]) else condition
    kind = type(condition)
    merged: dict[str, frozenset[str]] = {}
    others: dict[Condition, None] = {}
    for part in condition.parts:
        small = simplified(part, domain)
        for piece in small.parts if isinstance(small, kind) else (small,):
            if not isinstance(piece, Test):
                others[piece] = None
            elif piece.question not in merged:
                merged[piece.question] = piece.values
            elif kind is AllOf:
                merged[piece.question] &= piece.values
            else:
                merged[piece.question] |= piece.values
    absorbing, neutral = (NEVER, ALWAYS) if kind is AllOf else (ALWAYS, NEVER)
    tests = [simplified(Test(question, values), domain) for question, values in merged.items()]
    parts = tuple(part for part in (*tests, *others) if part != neutral)
    if absorbing in parts:
        return absorbing
    return parts[0] if len(parts) == 1 else kind(parts)


def truth(condition: Condition, values: Mapping[str, str]) -> bool | None:
    """Kleene's truth under the answers so far: True, False, or None while an open question decides it.

    `values` holds classes, not hours, for questions of hours; a question that is not in it is open.
    """
    if isinstance(condition, Test):
        value = values.get(condition.question)
        return None if value is None else value in condition.values
    decisive = isinstance(condition, AnyOf)
    result: bool | None = not decisive
    for part in condition.parts:
        found = truth(part, values)
        if found is decisive:
            return decisive
        if found is None:
            result = None
    return result


@cache
def questions_of(condition: Condition) -> frozenset[str]:
    """The questions that a condition looks at."""
    if isinstance(condition, Test):
        return frozenset({condition.question})
    return frozenset().union(*(questions_of(part) for part in condition.parts))
