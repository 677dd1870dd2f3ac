"""What staff can do with each crime form: what to do and ask, whom to consult, which traces to keep.

The policy says what a form is and what follows from it; this says how to handle it. Staff know the forms, and less what
to do with them (S4.11), so there is most to read where fewest know (S4.12).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Mapping

READ_BACK: Final = "b"
"""The mark of what was read back in a public source; anything else is for checking first and says so."""


@dataclass(frozen=True, slots=True)
class ToKeep:
    """One line of the checklist of traces; `id` is what is recorded when it was asked for or secured."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Law:
    """What it may be punishable as, never a charge; `established` is False where no source was read."""

    text: str
    established: bool
    source: str


@dataclass(frozen=True, slots=True)
class FormHelp:
    """How to handle one crime form.

    `unsure` is the percentage of staff who do not know how (S4.12), None where nobody asked. `online_source` is where
    it says whether it can be reported online, empty where no source does. `prevention` is read out at the close.
    """

    id: str
    unsure: float | None
    doing: tuple[str, ...]
    asking: tuple[str, ...]
    consult: str
    law: tuple[Law, ...]
    traces: tuple[ToKeep, ...]
    online_source: str
    prevention: str


def help_for(form: str | None) -> FormHelp | None:
    """Give the help of a form; None where the form is not known yet, or has none under this program."""
    return _read()[1].get(form or "")


def traces_of(form: str | None) -> tuple[ToKeep, ...]:
    """Give the traces to keep: those of the form first, then those of every crime (S0.43, S1.19)."""
    always, _ = _read()
    known = help_for(form)
    return (*(known.traces if known else ()), *always)


def all_help() -> tuple[FormHelp, ...]:
    """Give the help of every form, in the order of the file."""
    return tuple(_read()[1].values())


@lru_cache(maxsize=1)
def _read() -> tuple[tuple[ToKeep, ...], Mapping[str, FormHelp]]:
    data = tomllib.loads(files(words.__name__).joinpath("vormen.toml").read_text(encoding="utf-8"))
    always = tuple(ToKeep(each["id"], each["tekst"]) for each in data["spoor"])
    return always, {each["id"]: _help(each) for each in data["vorm"]}


def _help(entry: dict[str, object]) -> FormHelp:
    match entry:
        case {
            "id": str(form),
            "doe": list(doing),
            "vraag": list(asking),
            "overleg": str(consult),
            "strafbaar": list(law),
            "sporen": list(traces),
            "voorkom": str(prevention),
        }:
            unsure, source = entry.get("weet_niet_hoe"), entry.get("online_bron", "")
            return FormHelp(
                id=form,
                unsure=float(str(unsure)) if unsure is not None else None,
                doing=tuple(doing),
                asking=tuple(asking),
                consult=consult,
                law=tuple(Law(each["als"], each["merk"] == READ_BACK, each.get("bron", "")) for each in law),
                traces=tuple(ToKeep(each["id"], each["tekst"]) for each in traces),
                online_source=str(source),
                prevention=prevention,
            )
        case _:
            raise ValueError(f"vormen.toml: bij {entry.get('id', 'een vorm zonder id')} ontbreekt een onderdeel.")
