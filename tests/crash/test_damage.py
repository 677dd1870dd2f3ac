"""A damaged file: what is shown is what was recorded, or words say that it is not."""

from __future__ import annotations

import random
import re
from functools import partial
from typing import TYPE_CHECKING

import pytest

from console.model import CallFile
from console.record import Calls, Home, Reader, RecordError, Writer
from console.record.verifying import verify
from tests.crash.seeds import seed_of
from tests.crash.words import assert_words
from tests.record.support import Clock, dispatch, draft, home_in, incoming

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def full_record(folder: Path) -> tuple[Home, list[str]]:
    home = home_in(folder)
    with Writer.open(home, clock=Clock()) as writer:
        calls = Calls(writer)
        numbers = [calls.ring(incoming(str(number))).call_id for number in range(12)]
        for number in numbers:
            claim = calls.claim(number, "jan")
            calls.answer(claim, "gaande", "ja")
            calls.decide(claim, draft(number), dispatch(number))
    return home, numbers


@pytest.mark.parametrize("content", [b"\xff", b"\x00"])
def test_whichever_page_is_damaged_nothing_false_is_shown(tmp_path: Path, content: bytes) -> None:
    """Each page in turn: what can still be read is what was recorded, else words say that the file is damaged."""
    home, numbers = full_record(tmp_path)
    whole = home.database.read_bytes()
    size = int.from_bytes(whole[16:18], "big")
    true = looked_at(home, numbers)
    noticed = 0
    for page in range(len(whole) // size):
        home.database.write_bytes(whole[: page * size] + content * size + whole[(page + 1) * size :])
        found = looked_at(home, numbers)
        for name, seen in found.items():
            assert seen == true[name] or isinstance(seen, str), f"page {page + 1}: {name}"
        noticed += found != true
    home.database.write_bytes(whole)
    assert looked_at(home, numbers) == true
    assert noticed > 5, "the pages of calls, answers, decisions and dispatches, and of the indexes that find them"


@pytest.mark.parametrize("seed", range(4))
def test_a_few_damaged_bytes_are_never_taken_for_what_was_recorded(tmp_path: Path, seed: int) -> None:
    """Letters that changed anywhere: a file reads as recorded, or words say it does not, or the check finds it."""
    home, numbers = full_record(tmp_path)
    whole = home.database.read_bytes()
    true = looked_at(home, numbers)
    chance = random.Random(seed_of(seed))
    told = [match.start() for match in re.finditer(b"mevr|man aan de deur|gaande|eenheid_prio1|Brink", whole)]
    false = 0
    for _ in range(40):
        damaged = bytearray(whole)
        at = chance.choice([chance.randrange(100, len(whole) - 64), chance.choice(told)])
        piece = bytes(chance.choices(b"abcdefxyz0123456789", k=chance.randint(1, 32)))
        damaged[at : at + len(piece)] = piece
        home.database.write_bytes(damaged)
        seen = looked_at(home, numbers)
        false += any(not isinstance(each, str) and each != true[name] for name, each in seen.items())
        try:
            whole_still = verify(home).whole
        except RecordError as error:
            assert_words(error, ".")
            continue
        if whole_still:
            for name, each in seen.items():
                assert isinstance(each, str) or said(each) == said(true[name]), name
    assert false, "none of these damages changed what a file says"


def said(file: object) -> object:
    """What somebody said or decided in a file, apart from what programs keep of its course."""
    if not isinstance(file, CallFile):
        return None
    return file.incoming, file.facts, file.answers, file.note, file.decisions


def looked_at(home: Home, numbers: list[str]) -> dict[str, object]:
    """What a reader sees of the board and of each file, or the sentence it gets instead."""
    found: dict[str, object] = {}
    looks: dict[str, Callable[[Reader], object]] = {"board": lambda reader: reader.board().rows}
    looks |= {number: partial(Reader.file, call_id=number) for number in numbers}
    for name, look in looks.items():
        try:
            with Reader.open(home, clock=Clock()) as reader:
                found[name] = look(reader)
        except RecordError as error:
            assert_words(error, "beschadigd|geen dossier|niet in het dossier|onverwachte fout")
            found[name] = str(error)
    return found
