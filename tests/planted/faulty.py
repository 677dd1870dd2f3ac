"""`meldkamer` in which an inner function falls over as soon as a file is there.

`python -m tests.planted.faulty FAULT OWN_FOLDER PROGRAM ARGUMENTS...`. FAULT is `module:function`, or
`module:function=kind`, or `-` for none. The fault comes when OWN_FOLDER/fault exists. What it says, what it holds in
its variables and what it was called with are the data that may be seen nowhere.
"""

from __future__ import annotations

import ctypes
import sqlite3
import sys
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from console import accounts
from tests.planted.values import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS: dict[str, type[BaseException]] = {"value": ValueError, "sqlite": sqlite3.OperationalError, "system": OSError}


def fall(kind: str, given: tuple[Any, ...], named: dict[str, Any]) -> NoReturn:
    """Fall over with everything in hand."""
    held = [dict(EVERYTHING), repr(given), repr(named)]
    if kind == "hard":
        ctypes.string_at(0)
    cause = KeyError(f"{held}")
    raise KINDS[kind](28, f"{held}", f"/tmp/{EVERYTHING['name']}") from cause


def make_faulty(fault: str, trigger: Path) -> None:
    """Put the fault in the program."""
    where, _, kind = fault.partition("=")
    module, _, path = where.partition(":")
    owner: Any = import_module(module)
    *outer, name = path.split(".")
    for each in outer:
        owner = getattr(owner, each)
    whole: Callable[..., Any] = getattr(owner, name)

    @wraps(whole)
    def faulty(*given: Any, **named: Any) -> Any:
        if trigger.exists():
            fall(kind or "value", given, named)
        return whole(*given, **named)

    setattr(owner, name, faulty)


if __name__ == "__main__":
    own = Path(sys.argv[2])
    accounts.own_folder = lambda: own
    if sys.argv[1] != "-":
        make_faulty(sys.argv[1], own / "fault")
    sys.argv = ["meldkamer", *sys.argv[3:]]
    from console.cli import main

    main()
