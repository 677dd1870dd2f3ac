"""Where the caller is, how to call back, for whom they call: always in sight during a call, never cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from console.domain.dispatching import address_of, callback_of
from console.safe_text import one_line
from console.texts import words
from console.widgets.reading_list import wrapped

if TYPE_CHECKING:
    from console.model import CallFile

_LEAST: Final = 20
"""Cells that a line has at least, also before its window was laid out."""


def facts_words(file: CallFile, width: int) -> str:
    """Give the facts in one line where they fit, else in two or more; what must be asked first stands first."""
    address, number = one_line(address_of(file)), one_line(callback_of(file))
    role, freely = file.facts.role, words.terms.SPEAKS_FREELY[file.facts.speaks_freely]
    known = [
        words.facts_line.call_back(number) if number else "",
        words.terms.ROLE[role] if role else "",
        freely if file.facts.speaks_freely is not False else "",
    ]
    first = words.facts_line.ask_first(_missing(file)) if _missing(file) else ""
    warning = freely if file.facts.speaks_freely is False else ""
    top = [each for each in (first, address) if each]
    rest = [each for each in (warning, *known) if each]
    together = " | ".join([*top, *rest])
    lines = [together] if cell_len(together) < width else [" | ".join(top), " | ".join(rest)]
    return "\n".join(f" {part}" for line in lines for part in wrapped(line, max(_LEAST, width - 1), hang=2))


def questions_first(file: CallFile) -> tuple[str, ...]:
    """Give what to ask before anything else, as it is asked aloud: where, on which number, for whom."""
    asked = {
        words.facts_line.NO_ADDRESS: words.facts.WHERE,
        words.facts_line.NO_CALL_BACK: words.facts.CALL_BACK,
        words.facts_line.NO_ROLE: words.facts.FOR_WHOM,
    }
    return tuple(asked[each] for each in _missing(file))


def _missing(file: CallFile) -> list[str]:
    """What a unit cannot do without and nobody knows yet."""
    known = {
        words.facts_line.NO_ADDRESS: bool(address_of(file).strip()),
        words.facts_line.NO_CALL_BACK: bool(callback_of(file).strip()),
        words.facts_line.NO_ROLE: file.facts.role is not None,
    }
    return [what for what, is_known in known.items() if not is_known]
