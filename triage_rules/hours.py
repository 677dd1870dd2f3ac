"""Hours before the start of the call: numbers that the rules only ever compare with a few constants.

The constants cut the line of hours into classes; within a class no rule can tell two numbers apart. The cuts are
derived from the comparisons that the rules make, never edited.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from triage_rules import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

UNKNOWN = "onbekend"
_COMPARISON = re.compile(r"(<=|>=|<|>)\s*([A-Za-z_][A-Za-z_0-9]*|\d+(?:\.\d+)?)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def written(hours: float) -> str:
    """The shortest decimal that means these hours: "0.5", "504"."""
    plain = format(Decimal(repr(hours)), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def parsed(answer: object) -> float | None:
    """The hours an answer means, or None when it is not a number of hours (negative, endless, a truth value, words)."""
    if isinstance(answer, str):
        if _NUMBER.fullmatch(answer) is None:
            return None
    elif isinstance(answer, bool) or not isinstance(answer, int | float):
        return None
    try:
        hours = float(answer)
    except OverflowError:
        return None
    return abs(hours) if math.isfinite(hours) and hours >= 0 else None


@dataclass(frozen=True, slots=True)
class Span:
    """The hours from `low` up to `high`; each end belongs to it or not, `high` may be endless."""

    low: float = 0.0
    low_included: bool = True
    high: float = math.inf
    high_included: bool = False

    @property
    def empty(self) -> bool:
        """True when no number of hours lies in it."""
        return self.low > self.high or (self.low == self.high and not (self.low_included and self.high_included))

    def met(self, other: Span) -> Span:
        """The hours that lie in both."""
        low = max((self.low, not self.low_included), (other.low, not other.low_included))
        high = min((self.high, self.high_included), (other.high, other.high_included))
        return Span(low[0], not low[1], high[0], high[1])

    def holds(self, other: Span) -> bool:
        """True when all of `other` lies in this span."""
        return self.met(other) == other

    @property
    def cuts(self) -> tuple[float, ...]:
        """The smallest numbers that lie past each end: where the line of hours has to be cut."""
        low = self.low if self.low_included else math.nextafter(self.low, math.inf)
        high = math.nextafter(self.high, math.inf) if self.high_included else self.high
        return tuple(cut for cut in (low, high) if 0 < cut < math.inf)

    @property
    def name(self) -> str:
        """The span as a comparison, which is also the id of its class: ">12 <48"."""
        ends = []
        if self.low > 0 or not self.low_included:
            ends.append(f">{'=' if self.low_included else ''}{written(self.low)}")
        if self.high < math.inf:
            ends.append(f"<{'=' if self.high_included else ''}{written(self.high)}")
        return " ".join(ends) or ">=0"

    @property
    def words(self) -> str:
        """The span in Dutch, to stand in "het laatste … geleden was"."""
        ends = []
        if self.low > 0 or not self.low_included:
            ends.append(f"{words.AT_LEAST if self.low_included else words.MORE_THAN} {spoken(self.low)}")
        if self.high < math.inf:
            ends.append(f"{words.AT_MOST if self.high_included else words.LESS_THAN} {spoken(self.high)}")
        return f" {words.AND} ".join(ends) or words.ONCE

    @property
    def middle(self) -> float:
        """Some number of hours in it, a whole one where there is one, for examples."""
        top = self.high if self.high < math.inf else max(2 * self.low, 1.0)
        guess = float(math.floor((self.low + top) / 2))
        if Span(guess, True, guess, True).met(self).empty:
            guess = (self.low + top) / 2
        return guess if not Span(guess, True, guess, True).met(self).empty else self.low


def spoken(hours: float) -> str:
    """Hours as a person says them: "2 uur", "3 dagen", "3 weken"."""
    for size, singular, plural in ((168.0, *words.WEEK), (24.0, *words.DAY)):
        if hours >= 2 * size and hours % size == 0:
            count = hours / size
            return f"{written(count)} {singular if count == 1 else plural}"
    return words.hours(written(hours))


def comparison(text: str, parameters: Mapping[str, float]) -> Span:
    """The span that a comparison means: "<= te_stoppen_uur", "> 12, < 48". Raises ValueError in Dutch."""
    span = Span()
    for part in text.split(","):
        found = _COMPARISON.fullmatch(part.strip())
        if found is None:
            raise ValueError(
                f'\'{text}\' is geen vergelijking. Schrijf bijvoorbeeld "<= te_stoppen_uur" of "> 12, < 48".'
            )
        sign, operand = found.groups()
        if operand in parameters:
            number = parameters[operand]
        elif _NUMBER.fullmatch(operand):
            number = float(operand)
        else:
            known = ", ".join(parameters)
            raise ValueError(f"'{operand}' is geen parameter van dit beleid. Bekend zijn: {known}.")
        if sign.startswith("<"):
            span = span.met(Span(high=number, high_included=sign == "<="))
        else:
            span = span.met(Span(low=number, low_included=sign == ">="))
    if span.empty:
        raise ValueError(f"'{text}' kan nooit waar zijn: geen enkel aantal uren voldoet eraan.")
    return span


@dataclass(frozen=True, slots=True)
class HourLine:
    """The line of hours cut into classes, from recent to long ago."""

    spans: tuple[Span, ...]
    cuts: tuple[float, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Remember where each class after the first begins."""
        object.__setattr__(self, "cuts", tuple(span.cuts[0] for span in self.spans[1:]))

    @classmethod
    def cut_at(cls, spans: Iterable[Span]) -> HourLine:
        """The classes that tell apart everything that these spans tell apart."""
        ends: dict[float, tuple[float, bool]] = {}
        for span in spans:
            if span.low > 0 or not span.low_included:
                ends[Span(span.low, span.low_included).cuts[0]] = (span.low, span.low_included)
            if span.high < math.inf:
                ends[Span(high=span.high, high_included=span.high_included).cuts[-1]] = (
                    span.high,
                    not span.high_included,
                )
        classes = []
        low, included = 0.0, True
        for number, belongs_to_next in (ends[cut] for cut in sorted(ends)):
            classes.append(Span(low, included, number, not belongs_to_next))
            low, included = number, belongs_to_next
        classes.append(Span(low, included))
        return cls(tuple(classes))

    def words_of(self, values: frozenset[str]) -> str:
        """A set of classes in Dutch: "hoogstens 12 uur", "minder dan 2 dagen of onbekend"."""
        runs: list[Span] = []
        before: Span | None = None
        for span in self.spans:
            if span.name in values:
                first = runs.pop() if before is not None else span
                runs.append(Span(first.low, first.low_included, span.high, span.high_included))
                before = span
            else:
                before = None
        parts = [run.words for run in runs] + ([UNKNOWN] if UNKNOWN in values else [])
        return f" {words.OR} ".join(parts) if parts else words.NEVER

    def class_of(self, hours: float) -> str:
        """The id of the class in which a number of hours lies."""
        return self.spans[bisect_right(self.cuts, hours)].name

    def classes_in(self, span: Span) -> frozenset[str]:
        """The ids of the classes that lie in a span."""
        return frozenset(each.name for each in self.spans if span.holds(each))
