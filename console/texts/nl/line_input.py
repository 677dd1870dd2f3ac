"""A line of text."""

from __future__ import annotations


def full(limit: int) -> str:
    return f"De regel is vol ({limit} tekens): wat te veel was, is niet overgenomen."
