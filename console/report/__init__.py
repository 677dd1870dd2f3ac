"""`meldkamer rapport dienst | week`: what a shift or a week was like, without anything about a person.

    meldkamer rapport dienst --van 07:00 --tot 15:00
    meldkamer rapport week --datum 2026-11-16 --uit /srv/rapporten

It only reads. Exit codes: 0 done; 2 wrong use; 78 there is no record, the files cannot be made, or no role allows it.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from console import permits
from console.dutch_errors import in_dutch
from console.exit_codes import ENDED, UNUSABLE, WRONG_USE
from console.record import chain, reporting
from console.record.errors import RecordError
from console.record.home import Home
from console.record.reader import Reader
from console.report import period as periods
from console.report.counting import total
from console.report.tables import tables
from console.report.writing import Report, as_csv, as_page, as_text
from console.roles import Right
from console.safe_text import one_line
from console.texts import words
from console.times import local, now

if TYPE_CHECKING:
    import argparse

    from console.report.period import Period
    from console.settings import Settings

_HASH_SHOWN = 16


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar=words.report.KIND, title=words.report.KINDS)
    shift = kinds.add_parser("dienst", help=words.report.SHIFT_HELP, description=words.report.SHIFT_HELP)
    shift.add_argument("--van", metavar=words.report.MOMENT, help=words.report.FROM_HELP)
    shift.add_argument("--tot", metavar=words.report.MOMENT, help=words.report.TO_HELP)
    week = kinds.add_parser("week", help=words.report.WEEK_HELP, description=words.report.WEEK_HELP)
    week.add_argument("--datum", metavar=words.report.DATE, help=words.report.DATE_HELP)
    for each in (shift, week):
        each.add_argument("--uit", metavar=words.report.FOLDER, type=Path, help=words.report.OUT_HELP)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make the report; the exit code."""
    if refusal := permits.of_this_account(settings).refusal(Right.REPORT):
        return _refuse(refusal, UNUSABLE)
    try:
        week = arguments.kind == "week"
        period = periods.week(arguments.datum, now()) if week else periods.shift(arguments.van, arguments.tot, now())
        report = make(settings, period)
        if arguments.uit is None:
            print(as_text(report), end="")
        else:
            _write(arguments.uit, f"rapport-{arguments.kind}-{local(period.start):%Y-%m-%d-%H%M}", report)
    except periods.PeriodError as error:
        return _refuse(str(error), WRONG_USE)
    except RecordError as error:
        return _refuse(str(error), UNUSABLE)
    except OSError as error:
        return _refuse(words.report.not_written(str(arguments.uit), in_dutch(error)), UNUSABLE)
    return ENDED


def make(settings: Settings, period: Period) -> Report:
    """Read the record and count. Raises RecordError."""
    with Reader.open(Home(settings.home)) as reader:
        calls = reader.ask(lambda connection: reporting.handled(connection, period.start, period.end))
        head = reader.head(chain.Log.AUDIT)
    norm = None if settings.taking_norm is None else timedelta(seconds=settings.taking_norm)
    start, end = (f"{local(each):%d-%m-%Y %H:%M}" for each in (period.start, period.end))
    room = one_line(settings.room)
    title = words.report.week_title(room) if period.whole_days else words.report.shift_title(room)
    return Report(
        f"{words.terms.EXERCISE} {title}" if settings.exercise else title,
        (
            words.report.covers(start, end),
            words.report.volume(total(len(calls))),
            words.report.ABOUT,
            words.report.audit_head(head.seq, head.hash.hex()[:_HASH_SHOWN]),
        ),
        tables(calls, period, norm),
    )


def _write(folder: Path, name: str, report: Report) -> None:
    """Write the three files for their owner alone, never over another one."""
    for ending, text in (("html", as_page(report)), ("txt", as_text(report)), ("csv", as_csv(report))):
        target = folder / f"{name}.{ending}"
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        print(target)


def _refuse(sentence: str, code: int) -> int:
    print(words.launch.refused(sentence), file=sys.stderr)
    return code
