"""Run the benches that were named, or all of them: each is a module here with `run() -> bool`.

Of the bench of the console one part can be run: `console:ready`, `console:keys`, `console:idle`, `console:hour`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Final

BENCHES: Final = ("engine", "record", "record_size", "delivery", "console", "monitor")
PARTS_OF_CONSOLE: Final = ("ready", "keys", "idle", "hour")


def main() -> int:
    """Run them in order; the exit status is 1 when one missed a goal."""
    asked = sys.argv[1:] or list(BENCHES)
    there_is = [*BENCHES, *(f"console:{part}" for part in PARTS_OF_CONSOLE)]
    unknown = [name for name in asked if name not in there_is]
    if unknown:
        print(f"no such bench: {', '.join(unknown)}; there is {', '.join(there_is)}", file=sys.stderr)
        return 2
    return 0 if all(_run(*name.split(":")) for name in asked) else 1


def _run(name: str, *parts: str) -> bool:
    met: bool = import_module(f"benches.{name}").run(*parts)
    return met


if __name__ == "__main__":
    sys.exit(main())
