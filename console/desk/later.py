"""What the desk needs from the first call on: loaded while the operator looks at the queue, because start-up is felt.

Each is a module by its own name; asking for one that is not loaded yet loads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console import at_first_use

if TYPE_CHECKING:
    from console import case, classification, entering, heartbeat
    from console.domain import control_word, deviation, dispatching, linking
    from console.record import access, aged, ageing, calls, on_paper, policies, refusing, search, typed, values

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
    "refusing",
    "search",
    "typed",
    "values",
]

_WHERE: Final = {
    "access": "console.record.",
    "aged": "console.record.",
    "ageing": "console.record.",
    "calls": "console.record.",
    "case": "console.",
    "classification": "console.",
    "control_word": "console.domain.",
    "deviation": "console.domain.",
    "dispatching": "console.domain.",
    "entering": "console.",
    "heartbeat": "console.",
    "linking": "console.domain.",
    "on_paper": "console.record.",
    "policies": "console.record.",
    "refusing": "console.record.",
    "search": "console.record.",
    "typed": "console.record.",
    "values": "console.record.",
}
__getattr__ = at_first_use.names(__name__, _WHERE)


def load() -> None:
    """Load them all, and what recognises accounts and numbers; 100 ms, once."""
    for name in _WHERE:
        __getattr__(name)
    __getattr__("linking").load()
