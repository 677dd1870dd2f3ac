"""What stands beside the checklist: decision, suggestion, what changed, what to say, who called."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from textwrap import shorten
from typing import TYPE_CHECKING, Final

from console.domain.advice import banks_called, lines_said, to_say
from console.domain.closing import closing_words
from console.domain.dispatching import name_of
from console.domain.paper_course import course
from console.model import Delivery, Stage
from console.safe_text import DISPLAY_LIMIT, one_line
from console.texts import words
from console.times import ago, clock_time, said_time
from console.widgets.changes import changes
from console.widgets.facts_line import questions_first
from console.widgets.follow_up import still_to_whom
from console.widgets.outcome import outcome_words
from console.widgets.panel import Block, Words
from console.widgets.suggestion import suggestion_words
from console.widgets.together import agreed_words, consultation_words
from console.widgets.trace_rows import summary_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from console.model import Assessment, CallFile, Link, Related, Shared
    from triage_rules import Policy, State

_SHOWN_RELATED: Final = 3
_SHOWN_LINES: Final = 3
_TICKED_ROOM: Final = 26
_SHOWN_NEWS: Final = 2
_NEWS_ROOM: Final = 60


def call_blocks(
    file: CallFile,
    state: State,
    versions: Sequence[Assessment],
    related: Sequence[Related],
    news: Sequence[str],
    *,
    link: Link,
    cad_name: str,
    moment: datetime,
) -> tuple[Block, ...]:
    """Give the blocks of a call, the most important first; `news` is what the crew was not told."""
    outcome = outcome_words(file, link=link, cad_name=cad_name, moment=moment)
    live = bool(file.decisions) and file.decisions[-1].made_at is None
    close = tuple(Words(f"“{line}”", hang=1) for line in closing_words(file)) if live else ()
    on_paper = tuple(Words(line, hang=2) for line in course(file.entered, lambda at: said_time(at, moment)))
    if still_to_whom(file):
        outcome = (*outcome, Words(words.follow_up.STILL_TO_WHOM, style="bold"))
    if file.stage is Stage.DECIDED:
        outcome = (*outcome, Words(words.call_column.NEW_FACTS))
    first = tuple(Words(question, hang=1, style="bold") for question in questions_first(file))
    suggestion = Block(words.call_column.SUGGESTION, suggestion_words(state))
    saying = Block(words.call_column.SAY, _to_say(file, state))
    closing = Block(words.together.CLOSE, close)
    # Until the unit is there the caller needs what helps now; without one the call is about to end.
    then = (saying, suggestion, closing) if file.deliveries else (closing, suggestion, saying)
    return (
        Block(words.call_column.ASK_FIRST, first),
        Block(words.together.ASKED, consultation_words(file, moment)),
        Block(words.call_column.NOT_TOLD, _not_told(file, news)),
        Block(words.paper.MARK, on_paper),
        Block(words.call_column.DECISION, outcome),
        Block(words.together.AGREED, agreed_words(file, moment)),
        Block(words.call_column.TAKEN_OVER, _hands(file)),
        Block(words.call_column.CHANGED, _changes(versions, state.policy)),
        *then,
        Block(words.traces.COLUMN, (Words(summary_words(file), hang=2),) if summary_words(file) else ()),
        Block(words.call_column.RELATED, _related(related, moment)),
        Block(words.call_column.CALLER, _caller(file)),
    )


def _to_say(file: CallFile, state: State) -> tuple[Words, ...]:
    """Whether the bank knows and how much was said; what helps now, the most urgent whole; what was said, cut short."""
    said, banks = lines_said(file), banks_called(file)
    wanted = to_say(file, state.answers)
    if not wanted and not banks:
        return ()
    waiting = [each for each in wanted if each.id not in said]
    lines = [Words(words.saying.ticks(len(said), bank=bool(banks)))]
    lines += [Words(f"[ ] {words.saying.quoted(each.text)}", hang=4) for each in waiting[:_SHOWN_LINES]]
    lines += [Words(f"    {each.note}", hang=4) for each in waiting[:1] if each.note]
    lines += [Words(_ticked(words.saying.by_whom(words.saying.PARTY[each.by]))) for each in banks.values()]
    lines += [Words(_ticked(each.text)) for each in wanted if each.id in said]
    hidden = len(waiting) - _SHOWN_LINES
    lines.append(Words(words.saying.more(hidden) if hidden > 0 else words.saying.HOW_TO_TICK))
    return tuple(lines)


def _not_told(file: CallFile, news: Sequence[str]) -> tuple[Words, ...]:
    """What the crew would drive without, an address that changed first, and how it gets there.

    What is called out must be read whole; what is sent is shown whole before it goes.
    """
    if not news:
        return ()
    by_telephone = [each for each in file.deliveries if not each.adds_to][-1].state is Delivery.BY_HAND
    if by_telephone:
        shown = [Words(one_line(each, DISPLAY_LIMIT)) for each in news]
    else:
        shown = [Words(shorten(one_line(each), _NEWS_ROOM, placeholder="..")) for each in news[:_SHOWN_NEWS]]
    how = words.call_column.how_to_tell(len(news) - len(shown), by_telephone=by_telephone)
    lines = [*shown, Words(how, style="bold")]
    return tuple(replace(each, hang=2) for each in lines)


def _ticked(text: str) -> str:
    return f"[x] {shorten(text, _TICKED_ROOM, placeholder='..')}"


def _hands(file: CallFile) -> tuple[Words, ...]:
    return tuple(
        Words(
            f"{clock_time(each.at)} {one_line(each.from_owner)} -> "
            f"{one_line(each.to_owner or words.call_column.THE_QUEUE)}: "
            f"{one_line(each.reason)}",
            hang=2,
        )
        for each in file.transfers
    )


def _related(related: Sequence[Related], moment: datetime) -> tuple[Words, ...]:
    """Say which other calls share something, the closest first."""
    return tuple(
        Words(
            words.call_column.also_in(
                each.call_id,
                ago(each.received_at, moment),
                one_line(each.place) or words.call_column.NO_PLACE,
                one_line(each.words),
                ", ".join(dict.fromkeys(_kind(shared) for shared in each.shared)),
            ),
            hang=2,
        )
        for each in related[:_SHOWN_RELATED]
    )


def _kind(shared: Shared) -> str:
    kind = words.terms.TRACE[shared.kind]
    return kind if shared.valid else words.call_column.fails_its_check(kind)


def _changes(versions: Sequence[Assessment], policy: Policy) -> tuple[Words, ...]:
    """What the latest assessment says otherwise than the one before it; empty for a call assessed once."""
    if len(versions) < 2:
        return ()
    before, after = versions[-2:]
    found = changes(before, after, partial(words.terms.answer_in_words, policy), policy)
    lines = tuple(Words(line, hang=2) for line in found)
    return lines or (Words(words.call_column.nothing_changed(after.number)),)


def _caller(file: CallFile) -> tuple[Words, ...]:
    incoming = file.incoming
    name = one_line(name_of(file)) or words.call_column.NO_NAME
    number = one_line(incoming.number) or words.call_column.NO_NUMBER
    return (Words(f"{name}, {number}"), Words(one_line(incoming.first_words)))
