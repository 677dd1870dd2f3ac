"""Runs the checks: each apart, none for longer than it may, all together within `WHOLE`; none can end the doctor."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Final

from console.doctor.finding import Finding, NotLookedAtError, attention, wrong
from console.safe_text import one_line
from console.texts import words

if TYPE_CHECKING:
    from console.doctor.world import World

EACH: Final = 7.0
"""Seconds for one check: a key ring that hangs, and then a CAD that is silent."""

WHOLE: Final = 13.0
"""Seconds for all of them."""

SUBJECTS: Final = (
    "account",
    "terminal",
    "clock",
    "setup",
    "folder",
    "record",
    "policy",
    "keys",
    "links",
    "downtime",
    "services",
)
"""The modules of this room that hold checks, in the order in which they are told."""

Check = Callable[["World"], Finding]
Checks = Mapping[str, Check]

_LONGEST: Final = 600


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one subject."""

    subject: str
    findings: tuple[Finding, ...]


def examine(world: World) -> tuple[Group, ...]:
    """Do every check and give what each found."""
    until = time.monotonic() + WHOLE
    found: dict[str, tuple[Finding, ...]] = {}

    def work(subject: str) -> None:
        found[subject] = _subject(subject, world, until)

    threads = [threading.Thread(target=work, args=(subject,), daemon=True) for subject in SUBJECTS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()  # each of them ends by itself: it waits for no check longer than it may
    return tuple(Group(subject, found[subject]) for subject in SUBJECTS)


def _subject(subject: str, world: World, until: float) -> tuple[Finding, ...]:
    try:
        checks: Checks = import_module(f"console.doctor.{subject}").CHECKS
    except Exception as error:  # noqa: BLE001 - a package that is broken is what the doctor is asked about
        return (replace(_broken(error), name=subject),)
    return tuple(replace(look(check, world, until), name=name) for name, check in checks.items())


def look(check: Check, world: World, until: float) -> Finding:
    """Do one check, apart: what it raises is what it found, and one that hangs is left behind."""
    found: list[Finding] = []

    def try_it() -> None:
        try:
            found.append(check(world))
        except NotLookedAtError as why:
            found.append(attention(words.doctor.not_looked_at(str(why)), ""))
        except BaseException as error:  # noqa: BLE001 - whatever is broken, the doctor goes on
            found.append(_broken(error))

    seconds = max(0.0, min(EACH, until - time.monotonic()))
    trying = threading.Thread(target=try_it, daemon=True)
    trying.start()
    trying.join(seconds)
    finding = found[0] if found else wrong(words.doctor.hung(seconds), words.doctor.HUNG_REMEDY)
    return replace(finding, said=one_line(finding.said, _LONGEST), remedy=one_line(finding.remedy, _LONGEST))


def _broken(error: BaseException) -> Finding:
    """Told by its kind and place: the message of an exception can hold anything."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
    return wrong(words.doctor.broke(type(error).__name__, place), words.doctor.BROKE_REMEDY)
