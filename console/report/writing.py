"""A report as plain text, as a page with pictures, and as a table for a spreadsheet: the same words in all three."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.report.tables import Table

_WIDEST: Final = 240
_HEIGHT: Final = 14
_STYLE: Final = (
    "body{font-family:sans-serif;margin:2em;max-width:70em}table{border-collapse:collapse;margin:0 0 1.5em}"
    "td,th{border:1px solid #999;padding:.2em .6em;text-align:left}rect{fill:#1f4e79}"
)


@dataclass(frozen=True, slots=True)
class Report:
    """Lines at the top, and tables."""

    title: str
    lines: tuple[str, ...]
    tables: tuple[Table, ...]


def as_text(report: Report) -> str:
    """Write it for a terminal, a mail or a screen reader."""
    parts = [report.title, "=" * len(report.title), "", *report.lines]
    for table in report.tables:
        rows = [table.columns, *table.rows]
        sizes = [max(len(row[place]) for row in rows) for place in range(len(table.columns))]
        parts += ["", table.title, "-" * len(table.title)]
        parts += ["  ".join(f"{cell:<{size}}" for cell, size in zip(row, sizes, strict=True)).rstrip() for row in rows]
    return "\n".join(parts) + "\n"


def as_csv(report: Report) -> str:
    """Write every cell on a line of its own: table, row, column, value."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(words.report.CSV_COLUMNS)
    for table in report.tables:
        for row in table.rows:
            writer.writerows(
                (table.title, row[0], column, cell) for column, cell in zip(table.columns[1:], row[1:], strict=True)
            )
    return out.getvalue()


def as_page(report: Report) -> str:
    """Write a page that needs nothing beside it: no script, no font, no picture from elsewhere."""
    return "\n".join(_page(report)) + "\n"


def _page(report: Report) -> Iterator[str]:
    yield f'<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{escape(report.title)}</title>'
    yield f"<style>{_STYLE}</style></head><body><h1>{escape(report.title)}</h1>"
    yield from (f"<p>{escape(line)}</p>" for line in report.lines)
    for table in report.tables:
        yield f"<h2>{escape(table.title)}</h2><table>"
        yield _row("th", table.columns, "<th></th>" if any(table.drawn) else "")
        for place, row in enumerate(table.rows):
            yield _row("td", row, _picture(table, place))
        yield "</table>"
    yield "</body></html>"


def _row(cell: str, texts: tuple[str, ...], after: str) -> str:
    return "<tr>" + "".join(f"<{cell}>{escape(text)}</{cell}>" for text in texts) + after + "</tr>"


def _picture(table: Table, place: int) -> str:
    """A bar beside a number that is told; the number says the same."""
    if not any(table.drawn):
        return ""
    count = table.drawn[place] if place < len(table.drawn) else None
    if not count:
        return "<td></td>"
    most = max(each for each in table.drawn if each)
    width = max(1, count * _WIDEST // most)
    return (
        f'<td><svg width="{width}" height="{_HEIGHT}" role="presentation"><rect width="100%" height="100%"/></svg></td>'
    )
