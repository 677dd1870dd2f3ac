"""The screens that come after the first: loaded while the operator looks at the queue, because start-up is felt.

Each is a name of this module; asking for one that is not loaded yet loads it.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

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
    "CallScreen": "call",
    "AnswerScreen": "consult",
    "HelpScreen": "help",
    "help_of": "help",
    "HistoryScreen": "history",
    "KeysScreen": "keys",
    "OverviewScreen": "overview",
    "PaperScreen": "paper",
    "PastCallScreen": "past_call",
    "TakeOverScreen": "take_over",
    "TooOldScreen": "too_old",
}


def load() -> None:
    """Load them all, and the lists they read; 100 ms, once."""
    from console.advice import all_lines  # noqa: PLC0415 - with the screens that use them
    from console.form_help import all_help  # noqa: PLC0415
    from console.referral import ReferralError, directory  # noqa: PLC0415

    for name in _WHERE:
        __getattr__(name)
    all_lines()
    all_help()
    with suppress(ReferralError):  # said by the key that needs the list
        directory()


def __getattr__(name: str) -> Any:
    """Give a screen of another module, loading it when nobody did before."""
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"console.screens.{_WHERE[name]}"), name)
