"""The list of organisations, where it cannot be read."""

from __future__ import annotations

from typing import Final

FILE: Final = "verwijzing.toml"


def unknown_form(name: str, form: str) -> str:
    return f"{FILE}: {name} noemt een vorm die het beleid niet heeft: {form}."


def unknown_answer(name: str, question: str) -> str:
    return f"{FILE}: {name} noemt een antwoord dat niet bestaat: {question}."


def incomplete(name: str) -> str:
    return f"{FILE}: bij {name} ontbreekt een onderdeel."


def no_hours(name: str) -> str:
    return f"{FILE}: de openingstijden van {name} zijn niet te lezen."
