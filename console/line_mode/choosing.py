"""Choosing from a list in lines, and keeping what was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.safe_text import DISPLAY_LIMIT, one_line
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.line_mode.call import CallInLines
    from console.model import Detail


async def add(call: CallInLines, detail: Detail) -> bool:
    """Record a detail under a number of its own; False, after saying why, when the record did not take it."""
    return await call.step(lambda case: call.desk.add(case, detail))


async def some_of(call: CallInLines, shown: Sequence[str], nothing: str, how: str) -> list[int]:
    """Say a list and hear which of it are meant, as places in it; empty when none is."""
    if not shown:
        call.talk.say(nothing)
        return []
    call.talk.say("", *_numbered(shown), how)
    while typed := await call.ask(words.line_mode.PROMPT_NUMBER):
        numbers = [int(each) for each in typed.split()[:100] if each.isascii() and each.isdigit() and len(each) < 4]
        if len(numbers) == len(typed.split()) and all(1 <= number <= len(shown) for number in numbers):
            return [number - 1 for number in dict.fromkeys(numbers)]
        call.talk.say(how)
    return []


async def one_of(call: CallInLines, shown: Sequence[str]) -> int | None:
    """Say a list and hear which one is meant, as its place; None for an empty line."""
    said = await one_or_words(call, shown, words.line_mode.ONE_NUMBER, in_words=False)
    return said if isinstance(said, int) else None


async def one_or_words(call: CallInLines, shown: Sequence[str], how: str, *, in_words: bool) -> int | str | None:
    """Say a list and hear which one is meant, or with `in_words` something else; None for an empty line."""
    call.talk.say(*_numbered(shown), how)
    while typed := await call.ask(words.line_mode.PROMPT_NUMBER):
        number = typed.strip()
        if number.isascii() and number.isdigit():
            if len(number) < 4 and 1 <= int(number) <= len(shown):
                return int(number) - 1
        elif in_words:
            return typed.strip()
        call.talk.say(how)
    return None


def _numbered(shown: Sequence[str]) -> list[str]:
    return [words.line_mode.choice(number, one_line(text, DISPLAY_LIMIT)) for number, text in enumerate(shown, 1)]
