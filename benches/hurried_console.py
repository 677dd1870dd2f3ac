"""The console with a hurried clock: ticks follow each other as they are drawn; `python -m benches.hurried_console`.

Each tick lets one second pass on the clock of the desk; each minute of that clock garbage is collected, as in a real
minute, and the number of the tick is said on the screen.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.desk import open_desk
from console.settings import Settings
from console.terminal import environment
from console.times import now

if TYPE_CHECKING:
    from datetime import datetime

EVERY: Final = 1 / 60


class HurriedClock:
    """The present, and one second more for every tick."""

    ticks = 0

    def __call__(self) -> datetime:
        """Give the moment."""
        return now() + timedelta(seconds=self.ticks)


def main(home: Path, ticks: int) -> int:
    """Run so many ticks, and stay until it is told to end."""
    environment.prepare()
    from console import screens  # noqa: PLC0415 - after the environment is clean
    from console.screens.app import ConsoleApp  # noqa: PLC0415
    from console.terminal.safe_app import TIDY_EVERY, tidy_up  # noqa: PLC0415

    clock = HurriedClock()

    class HurriedConsole(ConsoleApp):
        CSS_PATH = Path(screens.__file__).with_name("app.tcss")

        def on_mount(self) -> None:
            self.set_interval(EVERY, self._hurry)

        def _hurry(self) -> None:
            if clock.ticks < ticks:
                clock.ticks += 1
                self._tick()
                if clock.ticks % TIDY_EVERY == 0:
                    tidy_up()
                    self.refused(f"tik {clock.ticks:05}")

    settings = Settings(home=home, exercise=True)
    desk = open_desk(settings, operator="meting", terminal="bench", os_user="meting", clock=clock)
    try:
        return HurriedConsole(desk).run_safely()
    finally:
        asyncio.run(desk.close())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
