"""Runs one program of this room as its own process: `program.py deliver --tot-leeg`, `program.py cad-simulator ...`."""

from __future__ import annotations

import argparse
import sys

from console import settings
from console.cad import deliver, simulator

PROGRAMS = {"deliver": deliver, "cad-simulator": simulator}


def main() -> int:
    program = PROGRAMS[sys.argv[1]]
    parser = argparse.ArgumentParser()
    program.add_arguments(parser)
    return int(program.run(parser.parse_args(sys.argv[2:]), settings.load()))


if __name__ == "__main__":
    sys.exit(main())
