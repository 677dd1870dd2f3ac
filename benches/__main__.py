"""Run the benches that were named, or all of them: each is a module here with `run() -> bool`."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Final

BENCHES: Final = ("engine", "record", "record_size", "delivery", "console", "monitor")


def main() -> int:
    """Run them in order; the exit status is 1 when one missed a goal."""
    asked = sys.argv[1:] or list(BENCHES)
    unknown = [name for name in asked if name not in BENCHES]
    if unknown:
        print(f"no such bench: {', '.join(unknown)}; there is {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    return 0 if all(import_module(f"benches.{name}").run() for name in asked) else 1


if __name__ == "__main__":
    sys.exit(main())
