"""The record: what a durable decision costs, whether a screen ever waits for it, whether it slows with the years."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benches import record_commit, record_loop, record_notice, record_scale
from benches.reporting import Sheet
from console.record import engine


def run() -> bool:
    """Print every figure; False when a goal was missed."""
    sheet = Sheet()
    print(f"The record: SQLite {engine.sqlite.sqlite_version}, on the disk of {tempfile.gettempdir()}")
    with tempfile.TemporaryDirectory() as folder:
        for bench in (record_commit, record_loop, record_notice, record_scale):
            bench.run(sheet, Path(folder))
    return sheet.met
