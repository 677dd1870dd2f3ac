"""A hand that takes a second from key to key, which nobody waits for: keys and paints go by a clock of its own."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from textual.events import Key

from console.screens.app import ConsoleApp
from console.screens.open_call import OpenCall
from console.terminal.safe_app import SafeApp
from tests.at_rest import press_and_rest

if TYPE_CHECKING:
    from textual.app import App
    from textual.message import Message
    from textual.pilot import Pilot

PAINT_AFTER: Final = 0.001


class CalmHand:
    """Presses keys in an app in a test; a paint comes just after the last key that was sent."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self._pilot = pilot
        self._now = 0.0
        driver = pilot.app._driver
        assert driver is not None
        self._send = driver.send_message
        driver.send_message = self._read  # type: ignore[method-assign]
        if isinstance(pilot.app, SafeApp):
            pilot.app.painting_at = lambda: self._now + PAINT_AFTER  # type: ignore[method-assign]

    def rest(self, seconds: float = 1.0) -> None:
        """Do nothing for so long."""
        self._now += seconds

    async def press(self, *keys: str, apart: float = 1.0) -> None:
        """Press these keys, `apart` seconds from what was pressed before; by then a machine has long painted."""
        for key in keys:
            await self._painted()
            self.rest(apart)
            await press_and_rest(self._pilot, key)

    async def hold(self, key: str, repetitions: int, apart: float = 0.03) -> None:
        """Press a key and keep it down: it comes again after half a second, and from then on each `apart` seconds."""
        await self.press(key)
        await self.press(key, apart=0.5)
        for _ in range(repetitions - 1):
            await self.press(key, apart=apart)

    async def _painted(self) -> None:
        app = self._pilot.app
        while isinstance(app, ConsoleApp) and not app._exit:
            uncovered, screen = app._uncovered, app.screen
            asked = isinstance(screen, OpenCall) and screen.checklist.shown_at is None
            if not asked and (uncovered._screen is not screen or uncovered._seen_at < inf):
                return
            await self._pilot.pause(0.01)

    def _read(self, message: Message) -> None:
        if isinstance(message, Key):
            message.time = self._now
        self._send(message)


_HANDS: WeakKeyDictionary[App[Any], CalmHand] = WeakKeyDictionary()


def hand_at(pilot: Pilot[Any]) -> CalmHand:
    """The one hand at this app."""
    if pilot.app not in _HANDS:
        _HANDS[pilot.app] = CalmHand(pilot)
    return _HANDS[pilot.app]
