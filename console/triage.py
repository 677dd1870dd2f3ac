"""`meldkamer triage`: answers in as JSON lines, suggestions out as JSON lines; or `--lijn`, question by question.

With `--melding` or `--nieuw` the lines are those of a real call, on the record, from the first question to the unit.

One line out per line in, in the same order, each written as soon as it is known. The first line that is wrong ends the
run with exit 2 and one line on stderr; the lines before it have had their answer. An empty line is wrong too: skipping
it would put the answers out of step with the questions (`{}` is a call of which nothing is known).
"""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import triage_rules
from console.dutch_arguments import add_locked
from console.dutch_errors import in_dutch
from console.exit_codes import WRONG_USE
from console.line_mode import practice
from triage_rules import AnswerError, PolicyError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from console.settings import Settings
    from triage_rules import Policy, Rule, State
    from triage_rules.explaining import Change

MAX_LINE = 64 * 1024


class LineError(Exception):
    """A line that is not a set of answers, in a Dutch sentence without its number."""


def add_arguments(parser: ArgumentParser) -> None:
    """What `meldkamer triage` takes on the command line."""
    ways = parser.add_mutually_exclusive_group(required=True)
    ways.add_argument("--answers", metavar="BESTAND", help="antwoorden als JSON-regels; - is de standaardinvoer")
    ways.add_argument("--lijn", action="store_true", help="vraag na vraag als gewone regels")
    calls = parser.add_mutually_exclusive_group()
    calls.add_argument(
        "--melding",
        nargs="?",
        const="",
        metavar="NR",
        help="met --lijn: behandel deze melding; zonder nummer: de lijst",
    )
    calls.add_argument("--nieuw", action="store_true", help="met --lijn: open een nieuwe melding")
    parser.add_argument("--als", metavar="NAAM", help="met --lijn: werk onder deze naam (alleen in een oefening)")
    parser.add_argument("--beleid", type=Path, metavar="BESTAND", help="gecompileerd beleid in plaats van het actieve")
    add_locked(parser)


def run(arguments: Namespace, settings: Settings | None = None) -> int:
    """Answer every line under the policy of the settings, unless the command line names another; the exit status."""
    if arguments.melding is not None or arguments.nieuw:
        return _real_call(arguments, settings)
    if arguments.vergrendeld:
        return _wrong("--vergrendeld hoort bij --lijn --melding: een echte melding, en geen bestand.")
    return _practice(arguments, settings)


def _practice(arguments: Namespace, settings: Settings | None) -> int:
    try:
        policy = triage_rules.load(arguments.beleid or (settings.policy if settings else None))
        if arguments.lijn:
            return practice.run(policy)
        with _opened(arguments.answers) as lines:
            for number, line in enumerate(_lines(lines), start=1):
                try:
                    result = suggestion(state_of(policy, line))
                except (LineError, AnswerError) as fault:
                    return _wrong(f"Regel {number}: {fault}")
                sys.stdout.write(json.dumps(result) + "\n")
                sys.stdout.flush()
    except PolicyError as fault:
        return _wrong(str(fault))
    except OSError as fault:
        return _wrong(f"{arguments.answers} is niet te lezen: {in_dutch(fault)}.")
    return 0


def _wrong(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return WRONG_USE


def _real_call(arguments: Namespace, settings: Settings | None) -> int:
    if not arguments.lijn or settings is None:
        print("--melding en --nieuw horen bij --lijn.", file=sys.stderr)
        return WRONG_USE
    if arguments.beleid is not None:
        print("--beleid is er om te oefenen: een echte melding volgt het beleid dat actief is.", file=sys.stderr)
        return WRONG_USE
    from console import entrance  # noqa: PLC0415 - only a real call pays for loading the record
    from console.line_mode.seat import sit_down  # noqa: PLC0415
    from console.terminal import hardening  # noqa: PLC0415

    if arguments.vergrendeld:
        hardening.harden()
    tried = entrance.tried(arguments, needs_screen=False)
    return sit_down(
        settings,
        call=None if arguments.nieuw else arguments.melding,
        alias=arguments.als,
        tried=tried,
        locked=arguments.vergrendeld,
    )


def _opened(name: str) -> AbstractContextManager[IO[bytes]]:
    return nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb")


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of a stream; of one that is too long only so much that it is seen to be too long."""
    while line := stream.readline(MAX_LINE + 1):
        yield line


def state_of(policy: Policy, line: bytes) -> State:
    """The state that one line of answers describes. Raises LineError and AnswerError in Dutch."""
    if len(line) > MAX_LINE:
        raise LineError(f"de regel is langer dan {MAX_LINE} tekens.")
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        raise LineError("de regel is geen UTF-8.") from None
    if not text.strip():
        raise LineError("de regel is leeg. Schrijf {} als er niets bekend is.")
    try:
        answers = json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_number)
    except json.JSONDecodeError as fault:
        raise LineError(f"dit is geen JSON (teken {fault.colno}).") from None
    except RecursionError:
        raise LineError("dit is geen plat JSON-object.") from None
    except ValueError:
        raise LineError("er staat een getal in dat te lang is.") from None
    if not isinstance(answers, dict):
        raise LineError('dit is geen JSON-object als {"vorm": "phishing"}.')
    return policy.resume(answers)


def _once_each(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise LineError(f"vraag {name!a} staat er twee keer in.")
        found[name] = value
    return found


def _no_number(name: str) -> None:
    raise LineError(f"{name} is geen getal.")


def suggestion(state: State) -> dict[str, Any]:
    """What the policy says of a state, as plain data; ids are those of the policy."""
    policy = state.policy
    return {
        **_bounds(state),
        "rules": [_rule(rule) for rule in state.rules],
        "because": _because(state),
        "open_questions": list(state.open_questions),
        "next_question": state.next_question,
        "why_next": state.why_next,
        "could_become": [_change(change) for change in state.could_become],
        "urgency": _bounds(state.urgency),
        "policy": {"id": policy.id, "version": policy.version, "hash": policy.text_hash},
    }


def _bounds(state: State) -> dict[str, Any]:
    return {
        "outcome": None if state.outcome is None else state.outcome.id,
        "final": state.final,
        "at_least": state.at_least.id,
        "at_most": state.at_most.id,
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {"id": rule.id, "source": list(rule.sources)}


def _because(state: State) -> dict[str, Any]:
    """The smallest set of answers that forces `at_least`, with the rules that say so."""
    reason = state.because
    return {
        "answers": {question: state.answers[question] for question, _ in reason.answers},
        "rules": [_rule(rule) for rule in reason.rules],
        "text": reason.text,
    }


def _change(change: Change) -> dict[str, Any]:
    """What one more answer would make certain; `values` are those that do so, classes for hours."""
    return {
        "outcome": change.outcome.id,
        "final": change.final,
        "question": change.answers[0][0],
        "values": [value for _, value in change.answers],
        "text": change.text,
    }
