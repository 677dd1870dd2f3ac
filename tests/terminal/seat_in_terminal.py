"""The operator's console on the folder it is given; `python -m tests.terminal.seat_in_terminal HOME`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tests.seat import open_seat, ring

if __name__ == "__main__":
    from console.screens.app import ConsoleApp

    desk = open_seat(Path(sys.argv[1]))
    ring(desk, words="er staat een man aan mijn deur")
    code = ConsoleApp(desk).run_safely()
    asyncio.run(desk.close())
    sys.exit(code)
