"""`meldkamer PROGRAM` with a fault of our own in it; `python -m tests.falling WAY OWN_FOLDER PROGRAM ARGUMENTS...`.

The fault stands where the program does its work. What it says and holds is what no terminal, log or report may show.
"""

from __future__ import annotations

import asyncio
import atexit
import ctypes
import logging
import sqlite3
import sys
import threading
import warnings
from importlib import import_module
from pathlib import Path
from typing import Any

from console import accounts

PLANTED = "Truus Plantsoen 06-00001234"
"""A caller's name and number."""


def raised(caller: str = PLANTED) -> int:
    told = {"melder": caller}
    raise ValueError(f"kan {told['melder']} niet lezen")


def chained() -> int:
    try:
        return raised()
    except ValueError as error:
        error.add_note(PLANTED)
        raise KeyError(PLANTED) from error


def grouped() -> int:
    raise ExceptionGroup(PLANTED, [ValueError(PLANTED), OSError(28, PLANTED, f"/tmp/{PLANTED}")])


def deep(caller: str = PLANTED) -> int:
    return deep(f"{caller}.")


def in_sql() -> int:
    with sqlite3.connect(":memory:") as connection:
        connection.execute(f"SELECT '{PLANTED}' FROM [{PLANTED}]")  # noqa: S608
    return 0


def of_no_ordinary_kind() -> int:
    raise asyncio.CancelledError(PLANTED)


def in_a_thread() -> int:
    thread = threading.Thread(target=raised, name="proef")
    thread.start()
    thread.join()
    return 0


def in_a_task() -> int:
    async def fail() -> None:
        raised()

    async def forget() -> None:
        asyncio.create_task(fail())  # noqa: RUF006 - forgotten is what it is for
        await asyncio.sleep(0.01)

    asyncio.run(forget())
    return 0


def while_it_ends() -> int:
    atexit.register(raised)
    return 0


def while_it_is_removed() -> int:
    class Held:
        def __del__(self) -> None:
            raised()

    Held()
    return 0


def at_the_very_end() -> int:
    class Held:
        def __del__(self) -> None:
            raised()

    sys.kept = Held()  # type: ignore[attr-defined]
    return 0


def logged() -> int:
    logging.getLogger("httpx").warning("GET https://gms.example/%s", PLANTED)
    warnings.warn(PLANTED, stacklevel=1)
    try:
        return raised()
    except ValueError:
        logging.getLogger("asyncio").exception("Task %s", PLANTED)
    return 0


def interrupted() -> int:
    raise KeyboardInterrupt(PLANTED)


def hard() -> int:
    caller = PLANTED
    ctypes.string_at(0)
    return len(caller)


if __name__ == "__main__":
    way, own, program = globals()[sys.argv[1]], Path(sys.argv[2]), sys.argv[3]
    accounts.own_folder = lambda: own
    from console import cli

    def run(*_given: Any) -> int:
        code: int = way()
        return code

    import_module(cli.PROGRAMS[program][0]).run = run  # type: ignore[attr-defined]
    sys.argv = ["meldkamer", *sys.argv[3:]]
    cli.main()
