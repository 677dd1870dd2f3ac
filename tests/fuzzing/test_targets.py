"""Each reader of what strangers write holds with known bytes and with bytes of chance, every day."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.crash.seeds import seed_of
from tests.fuzzing.targets import INTAKE, TARGETS

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY_DAY = 120


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    yield
    INTAKE.close()


@pytest.mark.parametrize("name", TARGETS)
def test_a_reader_holds(name: str) -> None:
    target, chance = TARGETS[name], random.Random(seed_of(20_261_122))
    for data in target.seeds:
        _hold(name, data)
    for _ in range(EVERY_DAY):
        data = chance.choice(target.seeds)
        for _ in range(chance.randrange(1, 4)):
            data = _changed(chance, data, target.seeds)
        _hold(name, data)


def _hold(name: str, data: bytes) -> None:
    try:
        TARGETS[name].hold(data)
    except BaseException as error:
        error.add_note(f"{name}: {data!r}")
        raise


def _changed(chance: random.Random, data: bytes, others: tuple[bytes, ...]) -> bytes:
    """Change something, as the fuzzer does without a guide."""
    at, size = chance.randrange(len(data) + 1), chance.randrange(1, 9)
    other = chance.choice(others)
    match chance.randrange(4):
        case 0:
            return data[:at] + data[at + size :]
        case 1:
            return data[:at] + chance.randbytes(size) + data[at:]
        case 2:
            return data[:at] + data[at : at + size] * 3 + data[at:]
        case _:
            return data[:at] + other[chance.randrange(len(other) + 1) :]
