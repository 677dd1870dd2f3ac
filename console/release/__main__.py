"""`make dist`: one archive of the commit that is checked out, with all that a site without internet needs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from console.release import archive, sources, wheelhouse

PROJECT = Path(__file__).parents[2]


def main() -> int:
    """Build it and say what came of it; 1 when the tree is not what a commit says or a tool fails."""
    parser = argparse.ArgumentParser(prog="make dist", description=__doc__)
    parser.add_argument("--target", type=Path, default=PROJECT / "dist")
    target: Path = parser.parse_args().target
    changed = sources.changed(PROJECT)
    if changed:
        print(f"make dist: an archive is made of a commit, and these differ from it:\n{changed}", file=sys.stderr)
        return 1
    try:
        made = archive.build(sources.tracked(PROJECT), target)
    except wheelhouse.ToolError as error:
        print(f"make dist: {error}", file=sys.stderr)
        return 1
    print(f"{made.file}\n{made.file.stat().st_size / 1e6:.1f} MB, {made.wheels} wheels, SHA-256 {made.sha256}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
