"""What was noted and asked of a call besides its answers, as lines of its page: every field that holds something."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Final

from console.record.details import word_of
from console.safe_text import one_line, visible
from console.times import local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.model import CallFile, Detail

_LONGEST: Final = 100_000
_AMOUNT: Final = "cents"
_YES_OR_NO: Final = {
    ("valid", True): "",
    ("valid", False): "klopt niet volgens zijn eigen controle",
    ("done", True): "gebeld",
    ("done", False): "nog niet gebeld",
}


def details(file: CallFile) -> Iterator[str]:
    """Give a line per detail, with who noted it and when; one that was taken back says so."""
    for known in file.details:
        gone = " TERUGGENOMEN" if known.taken_back else ""
        said = "; ".join(_said(known.detail))
        yield f"{known.number}. [{word_of(known.detail)}{gone}] {said} ({_by(known.at, known.by)})"


def consultations(file: CallFile) -> Iterator[str]:
    """Give each question to the shift lead with who took it up and what was answered."""
    for asked in file.consultations:
        yield f"{asked.number}. {visible(asked.question, _LONGEST)} ({_by(asked.asked_at, asked.asked_by)})"
        if asked.seen_at is not None:
            yield f"  opgepakt ({_by(asked.seen_at, asked.seen_by)})"
        if asked.answered_at is None or asked.answer is None:
            yield "  nog niet beantwoord"
        else:
            yield f"  antwoord: {visible(asked.answer, _LONGEST)} ({_by(asked.answered_at, asked.answered_by)})"


def _by(at: datetime, who: str | None) -> str:
    return f"{local(at):%d-%m-%Y %H:%M:%S}, {one_line(who or '')}"


def _said(detail: Detail) -> Iterator[str]:
    seen = set()
    for field in fields(detail):
        text = _words(field.name, getattr(detail, field.name))
        if text and text not in seen:
            seen.add(text)
            yield text


def _words(name: str, value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _YES_OR_NO[name, value]
        case int() if name == _AMOUNT:
            return f"€ {value // 100},{value % 100:02}"
        case datetime():
            return f"{local(value):%d-%m-%Y %H:%M}"
        case _:
            return one_line(str(value), _LONGEST)
