"""Text from outside, where it is cut."""

from __future__ import annotations

from typing import Final

CUT: Final = "… (ingekort, "


def cut(length: int) -> str:
    return f"{CUT}{length} tekens)"


def real_name(name: str, *, mixed: bool) -> str:
    return f"{name}, gemengd schrift" if mixed else name
