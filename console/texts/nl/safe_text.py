"""Text from outside, where it is cut."""

from __future__ import annotations


def cut(length: int) -> str:
    return f"… (ingekort, {length} tekens)"
