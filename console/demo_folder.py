"""Removes the folder of a demo when the demo and all that it started have ended, however they ended.

    python -m console.demo_folder FOLDER

A program of its own, because nothing can tidy up after itself when it is killed. Its standard input is a pipe that
nobody writes to; the demo and its programs hold the other end, and the kernel lets go of it when the last one ends.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path


def main() -> None:
    """Wait for the end of standard input, then remove the folder that the command line names."""
    sys.stdin.buffer.read()
    shutil.rmtree(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
