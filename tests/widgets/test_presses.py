"""Which keys count: of the same key only presses that can have been meant, of different keys all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.widgets.presses import AGAIN_AFTER, HOLDING_BEGINS, RESTED_AFTER, Press, Presses

KEYS = st.sampled_from("jno12")
PAINT = 0.005


def typed(keys: list[tuple[str, float]]) -> list[tuple[str, Press]]:
    """Press keys, each so many seconds after the one before; every key that counts answers, and is painted at once."""
    presses, at, shown, worth = Presses(), 0.0, 0.0, []
    for number, (key, later) in enumerate(keys):
        at += later
        presses.hear(key, at)
        press = presses.judge(shown)
        if press is Press.COUNTS:
            presses.did(str(number))
            shown = at + PAINT
        worth.append((key, press))
    return worth


@given(st.lists(st.tuples(KEYS, st.floats(0, 2))))
def test_a_key_counts_after_any_other_key(keys: list[tuple[str, float]]) -> None:
    different = [each for each, before in zip(keys, [("", 0.0), *keys], strict=False) if each[0] != before[0]]
    alternating = [each for n, each in enumerate(different) if n == 0 or different[n - 1][0] != each[0]]
    assert all(press is Press.COUNTS for _key, press in typed(alternating))


@given(st.lists(st.tuples(KEYS, st.floats(max(AGAIN_AFTER, RESTED_AFTER), 5))))
def test_a_hand_that_reads_is_never_doubted(keys: list[tuple[str, float]]) -> None:
    assert all(press is Press.COUNTS for _key, press in typed(keys))


@given(KEYS, st.floats(0.2, HOLDING_BEGINS - 0.01), st.lists(st.floats(0, AGAIN_AFTER - 0.01), min_size=1, max_size=50))
def test_a_key_held_however_long_answers_once(key: str, waits: float, repetitions: list[float]) -> None:
    worth = [press for _key, press in typed([(key, 1.0), (key, waits), *((key, each) for each in repetitions)])]
    assert worth[:3] == [Press.COUNTS, Press.COUNTS, Press.HELD]
    assert set(worth[3:]) <= {Press.TOO_SOON}


@given(st.lists(st.tuples(KEYS, st.floats(0, 0.1)), min_size=2))
def test_what_follows_a_key_too_many_waits_for_a_rest(keys: list[tuple[str, float]]) -> None:
    worth = [press for _key, press in typed(keys)]
    if Press.TOO_SOON in worth:
        assert set(worth[worth.index(Press.TOO_SOON) :]) == {Press.TOO_SOON}


def test_a_question_that_is_not_painted_takes_the_same_key_at_no_time() -> None:
    presses = Presses()
    presses.hear("n", 1.0)
    assert presses.judge(0.0) is Press.COUNTS
    presses.did("gevaar")
    presses.hear("n", 3.0)
    assert presses.judge(None) is Press.TOO_SOON
    presses.hear("n", 5.0)
    assert presses.judge(5.1) is Press.TOO_SOON
    presses.hear("n", 7.0)
    assert presses.judge(5.1) is Press.COUNTS
