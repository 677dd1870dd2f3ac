"""A room with a real CAD simulator and a real delivery process beside the console."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.record import Home
from tests.cad.conftest import Process, Simulator


class CadRoom:
    """A data folder, a simulator and a delivery."""

    def __init__(self, home: Path) -> None:
        self.home = home
        Home.prepare(home)
        self.simulator = Simulator()
        self._delivery = self._deliver()

    def effects(self) -> dict[str, int]:
        """How often each message put something on a dispatcher's screen."""
        return self.simulator.effects()

    def close(self) -> None:
        self._delivery.close()
        self.simulator.close()

    def _deliver(self) -> Process:
        return Process(
            ["deliver"],
            {"MELDKAMER_HOME": str(self.home), "MELDKAMER_CAD_URL": self.simulator.url, "MELDKAMER_OEFENING": "ja"},
        )


@pytest.fixture
def cad_room(tmp_path: Path) -> Iterator[CadRoom]:
    """A room whose dispatches arrive."""
    room = CadRoom(tmp_path / "huis")
    yield room
    room.close()
