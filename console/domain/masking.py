"""Leaves special data (Wpg 5) out of what is shown, unless it was asked for and logged as such."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Mapping

_QUESTIONS: Final = {"seksueel_beeld"}
_DANGER: Final = "gevaar"
_DANGERS: Final = {"bedreigd", "zelf", "nu"}

_RECOGNISABLE: Final = re.compile(r"\S*@\S*|\S*\d(?:[ .()/-]{0,2}\d){3,}\S*")
"""A mail address, or four figures that belong together: a number, an account, a postcode, a date of birth."""


def answers(given: Mapping[str, Any]) -> dict[str, Any]:
    """Give the answers without what they tell of sexual images or of a wish to die.

    Every kind of danger looks the same, so that hiding one kind does not tell which it was.
    """
    return {question: answer(question, value) for question, value in given.items()}


def content(tables: Mapping[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Give all that is recorded of a call without its special data; a message to the CAD may repeat it, so it goes."""
    shown = {table: [dict(row) for row in rows] for table, rows in tables.items()}
    for row in shown.get("special", ()):
        row["value"] = words.terms.HIDDEN
    for row in shown.get("answer", ()):
        row["value"] = answer(row["question"], row["value"])
    for row in shown.get("decision", ()):
        row["answers"] = json.dumps(answers(json.loads(row["answers"])), ensure_ascii=False, sort_keys=True)
    for row in shown.get("dispatch", ()):
        row["body"] = words.terms.HIDDEN
    return shown


def answer(question: str, value: Any) -> Any:
    """Give one answer as it may be shown."""
    if question in _QUESTIONS:
        return words.terms.HIDDEN
    if question == _DANGER and value in _DANGERS:
        return words.terms.SOME_DANGER
    return value


def place(text: str) -> str:
    """Give the name of a town; nothing of an address that was written without a comma before its town."""
    return "" if any(character.isdigit() for character in text) else text


def without_numbers(text: str) -> str:
    """Give a text of an operator without what can be recognised in it as a number or an address of somebody."""
    return _RECOGNISABLE.sub(f"[{words.terms.HIDDEN}]", text)
