"""The screens that come after the first: loaded while the operator looks at the queue, because start-up is felt.

Each is a name of this module; asking for one that is not loaded yet loads it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from console import at_first_use

if TYPE_CHECKING:
    from console.screens.call import CallScreen
    from console.screens.consult import AnswerScreen
    from console.screens.help import HelpScreen, help_of
    from console.screens.history import HistoryScreen
    from console.screens.keys import KeysScreen
    from console.screens.overview import OverviewScreen
    from console.screens.paper import PaperScreen
    from console.screens.past_call import PastCallScreen
    from console.screens.take_over import TakeOverScreen
    from console.screens.too_old import TooOldScreen

__all__ = [
    "AnswerScreen",
    "CallScreen",
    "HelpScreen",
    "HistoryScreen",
    "KeysScreen",
    "OverviewScreen",
    "PaperScreen",
    "PastCallScreen",
    "TakeOverScreen",
    "TooOldScreen",
    "help_of",
    "load",
]

_WHERE: Final = {
    "CallScreen": "console.screens.call",
    "AnswerScreen": "console.screens.consult",
    "HelpScreen": "console.screens.help",
    "help_of": "console.screens.help",
    "HistoryScreen": "console.screens.history",
    "KeysScreen": "console.screens.keys",
    "OverviewScreen": "console.screens.overview",
    "PaperScreen": "console.screens.paper",
    "PastCallScreen": "console.screens.past_call",
    "TakeOverScreen": "console.screens.take_over",
    "TooOldScreen": "console.screens.too_old",
}
__getattr__ = at_first_use.names(__name__, _WHERE)


def load() -> None:
    """Load them all, and the lists they read; 100 ms, once."""
    from console.domain.advice import all_lines  # noqa: PLC0415 - with the screens that use them
    from console.domain.form_help import all_help  # noqa: PLC0415
    from console.domain.referral import ReferralError, directory  # noqa: PLC0415

    for name in _WHERE:
        __getattr__(name)
    all_lines()
    all_help()
    with suppress(ReferralError):  # said by the key that needs the list
        directory()
