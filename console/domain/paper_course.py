"""How a call went that was handled on paper: its own moments beside when it was entered, wherever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.safe_text import one_line
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from console.model import CallFile, Decision, EnteredLater


def course(entered: EnteredLater | None, say: Callable[[datetime], str]) -> list[str]:
    """Give the lines, in the order in which it happened and at last the entry; none for a call that was handled here.

    `say` tells a moment as the place where it is shown does.
    """
    if entered is None:
        return []
    paper = entered.paper
    said = words.paper
    lines = [said.course_called(say(paper.called_at), one_line(paper.number))]
    if paper.handled_by:
        lines.append(said.course_handled(one_line(paper.handled_by)))
    if paper.decided_at is not None:
        lines.append(said.course_decided(say(paper.decided_at)))
    if paper.passed_on_at is not None or paper.passed_to or paper.unit:
        at = "" if paper.passed_on_at is None else say(paper.passed_on_at)
        lines.append(said.passed_on(at, one_line(paper.passed_to), one_line(paper.unit)))
    return [*lines, said.course_entered(say(entered.at), one_line(entered.by))]


def decided_by(file: CallFile, decision: Decision) -> str:
    """Say who decided: who had the caller on the line then, with the mark that somebody else entered it later."""
    if decision.made_at is None or file.entered is None:
        return one_line(decision.by)
    return words.paper.who(one_line(decision.by), one_line(file.entered.paper.handled_by))
