"""What the desk needs from the first call on: loaded while the operator looks at the queue, because start-up is felt.

Each is a module by its own name; asking for one that is not loaded yet loads it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from console import case, classification, control_word, deviation, dispatching, entering, heartbeat, linking
    from console.record import access, aged, ageing, calls, on_paper, policies, search, typed, values

__all__ = [
    "access",
    "aged",
    "ageing",
    "calls",
    "case",
    "classification",
    "control_word",
    "deviation",
    "dispatching",
    "entering",
    "heartbeat",
    "linking",
    "on_paper",
    "policies",
    "search",
    "typed",
    "values",
]

_OF_THE_RECORD: Final = {"access", "aged", "ageing", "calls", "on_paper", "policies", "search", "typed", "values"}


def load() -> None:
    """Load them all, and what recognises accounts and numbers; 100 ms, once."""
    for name in __all__:
        __getattr__(name)
    __getattr__("linking").load()


def __getattr__(name: str) -> Any:
    """Give a module, loading it when nobody did before."""
    if name not in __all__:
        raise AttributeError(name)
    return import_module(f"console.record.{name}" if name in _OF_THE_RECORD else f"console.{name}")
