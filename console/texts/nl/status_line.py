"""The top line: how the CAD is doing."""

from __future__ import annotations


def no_delivery(cad_name: str) -> str:
    return f"{cad_name}: GEEN BEZORGING"


def connected(cad_name: str) -> str:
    return f"{cad_name}: verbonden"


def down(cad_name: str, since: str | None) -> str:
    return f"{cad_name}: UIT" + (f" sinds {since}" if since else "")
