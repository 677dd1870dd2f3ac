"""The tables of a report, counted from the calls of its period; no ranking of people, and no table about one. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from console.model import Channel, Choice, Delivery
from console.report.counting import LEAST, half_and_most, said, share, tellable, total
from console.safe_text import one_line
from console.texts import words
from console.times import elapsed, local

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from console.model.reports import HandledCall, MadeDecision
    from console.report.period import Period

K = TypeVar("K")

_MOMENT: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below a title; with `drawn`, the number that each row is drawn with (None for one that is hidden)."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    drawn: tuple[int | None, ...] = ()


def tables(calls: Sequence[HandledCall], period: Period, norm: timedelta | None) -> tuple[Table, ...]:
    """Count everything there is to tell."""
    decisions = [decision for call in calls for decision in call.decisions]
    return (
        _rhythm(calls, period),
        _counted(
            words.report.CHANNELS, Counter(call.channel for call in calls), {each: each.value for each in Channel}
        ),
        _times(calls, norm),
        _counted(words.report.OUTCOMES, _outcomes(calls), words.terms.CHOICE_SHORT),
        _forms(calls),
        _deviations(decisions),
        _quality(calls),
        _delivery(calls),
    )


def _rhythm(calls: Sequence[HandledCall], period: Period) -> Table:
    """How many came in per hour of a shift, per day of a week, by the Dutch clock."""
    say = words.report.day if period.whole_days else words.report.hour
    counts: dict[str, int] = {say(local(moment)): 0 for moment in period.parts()}
    for call in calls:
        counts[say(local(call.rang_at))] += 1
    return _of_counts(words.report.RHYTHM, tellable(counts))


def _counted(title: str, counts: Mapping[K, int], names: Mapping[K, str]) -> Table:
    told = tellable({key: counts[key] for key in names})
    return _of_counts(title, {names[key]: count for key, count in told.items()})


def _of_counts(title: str, counts: dict[str, int | None]) -> Table:
    rows = tuple((name, said(count)) for name, count in counts.items())
    return Table(title, (words.report.WHAT, words.report.NUMBER), rows, tuple(counts.values()))


def _times(calls: Sequence[HandledCall], norm: timedelta | None) -> Table:
    waited = [call.waited for call in calls if call.waited is not None]
    took = [call.took for call in calls if call.took is not None]
    confirmed = [each.confirmed_after for call in calls for each in call.dispatches if each.confirmed_after is not None]
    rows = [
        (name, *_half_and_most(seconds))
        for name, seconds in (
            (words.report.TAKING, waited),
            (words.report.DECIDING, took),
            (words.report.CONFIRMING, confirmed),
        )
    ]
    if norm is not None:
        within = sum(seconds <= norm.total_seconds() for seconds in waited)
        lasts = elapsed(_MOMENT, _MOMENT + norm)
        rows.append((words.report.within_norm(lasts), share(within, len(waited)), ""))
    return Table(words.report.TIMES, (words.report.WHAT, words.report.HALF, words.report.NINE_OF_TEN), tuple(rows))


def _half_and_most(seconds: Sequence[float]) -> tuple[str, str]:
    found = half_and_most(seconds)
    if found is None:
        return words.report.TOO_FEW, words.report.TOO_FEW
    half, most = (elapsed(_MOMENT, _MOMENT + timedelta(seconds=each)) for each in found)
    return half, most


def _forms(calls: Sequence[HandledCall]) -> Table:
    """Outcomes per crime form; forms that seldom came stand together, so that no row is about one caller.

    Of an outcome with a number that is too small, in a row or in all, no number is told: with its sum, or with those of
    the other outcomes, the rest would give it away.
    """
    seen = Counter(call.form or words.report.NO_FORM for call in calls)
    per_form: dict[str, Counter[Choice]] = {}
    for call in calls:
        form = call.form or words.report.NO_FORM
        name = one_line(form).replace("_", " ") if seen[form] >= LEAST else words.report.RARE_FORMS
        if call.decisions:
            per_form.setdefault(name, Counter())[call.decisions[-1].choice] += 1
    every = tellable(_outcomes(calls))
    kept = {
        choice
        for choice in Choice
        if every[choice] is None or any(0 < counts[choice] < LEAST for counts in per_form.values())
    }
    rows = tuple(
        (name, *(said(None if choice in kept and counts[choice] else counts[choice]) for choice in Choice))
        for name, counts in sorted(per_form.items())
    )
    columns = (words.report.FORM, *(words.terms.CHOICE_SHORT[choice] for choice in Choice))
    return Table(words.report.FORMS, columns, rows)


def _outcomes(calls: Sequence[HandledCall]) -> dict[Choice, int]:
    counts = Counter(decision.choice for call in calls for decision in call.decisions)
    return {choice: counts[choice] for choice in Choice}


def _deviations(decisions: Sequence[MadeDecision]) -> Table:
    """Why was deviated, by the short list; what was said in own words is counted and not repeated."""
    deviated = [decision for decision in decisions if decision.deviates]
    reasons = Counter(_reason(decision.reason) for decision in deviated)
    names = (*words.reason.GROUNDS, words.reason.OWN_WORDS, words.report.NO_REASON)
    return _of_counts(words.report.DEVIATIONS, tellable({name: reasons[name] for name in names}))


def _reason(given: str | None) -> str:
    if given is None:
        return words.report.NO_REASON
    return given if given in words.reason.GROUNDS else words.reason.OWN_WORDS


def _quality(calls: Sequence[HandledCall]) -> Table:
    decided = [call for call in calls if call.decisions]
    parts = (
        (words.report.VULNERABILITY, sum(call.vulnerability_asked for call in decided)),
        (words.report.PREVENTION, sum(call.prevention_given for call in decided)),
        (words.report.TRACES, sum(call.traces_advised for call in decided)),
        (words.report.REPEAT, sum(call.repeat_checked for call in decided)),
    )
    rows = tuple((name, share(count, len(decided))) for name, count in parts)
    return Table(words.report.QUALITY, (words.report.WHAT, words.report.SHARE), rows)


def _delivery(calls: Sequence[HandledCall]) -> Table:
    sent = [each for call in calls for each in call.dispatches]
    states = Counter(each.state for each in sent if not each.addition)
    told = tellable({words.terms.DELIVERY[state].lower(): states[state] for state in Delivery})
    additions = total(sum(each.addition for each in sent))
    table = _of_counts(words.report.DELIVERY, told)
    return Table(table.title, table.columns, (*table.rows, (words.report.ADDITIONS, additions)))
