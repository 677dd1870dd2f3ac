"""The board as lines: nothing too long, every section there, what was not confirmed before all else."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from console.model import Choice
from console.overview import signals
from console.overview.page import bar, page, rhythm
from console.texts import words
from tests.overview.room import Room
from tests.record.support import ADVERSARIAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.overview.page import Line

SECTIONS = (
    *("onbevestigd", "prio 1 mogelijk", "overleg", "terugbellen", "tijdvakken", "wacht", "in behandeling"),
    *("zonder eenheid", "ophalingen", "patronen", "laatste uur", "aangenomen", "norm", "besloten", "uitkomsten"),
)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    room = Room(tmp_path_factory.mktemp("druk"), taking_norm=20)
    chance = Random(11)
    for _ in range(250):
        room.anything(chance)
    yield room
    room.close()


def laid_out(room: Room, width: int, height: int | None) -> list[Line]:
    figures, now = room.look(), room.clock.now
    found = signals.of(figures, signals.thresholds(room.settings), now, "GMS")
    return page(figures, found, now, width, height)


@settings(max_examples=40)
@given(st.integers(60, 220), st.one_of(st.none(), st.integers(19, 70)))
def test_every_line_fits_and_every_section_is_there(room: Room, width: int, height: int | None) -> None:
    lines = laid_out(room, width, height)
    assert height is None or len(lines) <= height
    assert all(cell_len(line.text) <= width for line in lines)
    text = "\n".join(line.text for line in lines)
    assert all(f" {section}" in text for section in SECTIONS)


@settings(max_examples=5)
@given(st.integers(0, 2**32))
def test_what_was_not_confirmed_is_shown_before_all_else(seed: int) -> None:
    chance = Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        room = Room(Path(folder))
        try:
            for _ in range(40):
                room.anything(chance)
            for _ in range(3):
                room.take(call_id := room.ring())
                room.decide(call_id, Choice.PRIO1)
            room.clock.forward(seconds=45)
            glance = room.look().glance
            lines = laid_out(room, 80, 21)
            shown = [line for line in lines if line.text.startswith("   prio ")]
            assert len(shown) >= min(5, glance.dispatches_count)
            assert all(line.alarm for line in shown)
        finally:
            room.close()


def test_what_does_not_fit_is_counted(room: Room) -> None:
    lines = laid_out(room, 80, 21)
    cut = [line.text for line in lines if "(+" in line.text]
    assert cut
    assert "(+" not in "".join(line.text for line in laid_out(room, 80, None) if line.text.startswith(" overleg"))


@pytest.mark.parametrize("text", ADVERSARIAL[:-1])
def test_words_of_people_stay_one_harmless_line(tmp_path: Path, text: str) -> None:
    room = Room(tmp_path)
    claim = room.take(room.ring(), text[:100].strip() or "jan")
    room.calls.consult(claim, text)
    room.clock.forward(hours=1)
    lines = laid_out(room, 100, None)
    room.close()
    assert all(line.text.isprintable() for line in lines)
    assert all(cell_len(line.text) <= 100 for line in lines)


def test_without_anything_it_says_so(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.outbox.link(reachable=True)
    lines = laid_out(room, 80, 21)
    room.close()
    assert lines[0].text == f" {words.overview.NO_SIGNALS}"
    assert sum(line.text.endswith(words.overview.NONE) for line in lines) >= 9
    assert not any(line.alarm for line in lines)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_bar_is_empty_only_for_nothing_and_full_only_for_all(part: int, whole: int) -> None:
    drawn = bar(part, whole)
    assert (drawn == "") == (part == 0 or whole == 0)
    assert (len(drawn) == 20) == (0 < whole <= part)


@given(st.lists(st.integers(0, 500), min_size=12, max_size=12))
def test_the_rhythm_is_as_high_as_its_counts(counts: list[int]) -> None:
    drawn = rhythm(counts)
    heights = ["_.:-=+*#".index(each) for each in drawn]
    assert len(drawn) == 12
    for one, height in zip(counts, heights, strict=True):
        assert (one == 0) == (height == 0)
        for other, high in zip(counts, heights, strict=True):
            assert one > other or height <= high


def test_the_page_of_a_busy_room(tmp_path: Path) -> None:
    room = Room(tmp_path, taking_norm=20)
    room.outbox.link(reachable=True)
    room.ring(ago=timedelta(seconds=5))
    claim = room.take(room.ring(ago=timedelta(seconds=12)), "a.bakker")
    room.calls.consult(claim, "mag het? bel 06-12345678")
    room.take(call_id := room.ring(ago=timedelta(seconds=30)))
    room.decide(call_id, Choice.PRIO1, deviates=True)
    room.clock.forward(seconds=31)
    text = "\n".join(line.text for line in laid_out(room, 80, None))
    room.close()
    assert text == BUSY


BUSY = """\
 3 SEINEN
 !    0:31  Er gaat niets naar GMS: de bezorging draait niet
 !    0:31  GMS bevestigt de inzet prio 1 van 26-0003 niet
 !    0:31  De console van a.bakker geeft geen teken van leven: 26-0002
 onbevestigd      1  oudste 0:31
   prio 1  26-0003  klaargezet  0:31
 prio 1 mogelijk  1  0 zeker, 1 mogelijk  oudste 0:31
   26-0002  0:31  a.bakker  STIL  Gieten
 overleg          1  oudste 0:31
   26-0002  0:31  a.bakker, antwoordt: nog niemand  "mag het? bel [verborgen]"
 terugbellen      geen
 tijdvakken       geen
 wacht            1  112: 1 (0:36)
   26-0001  0:36  112  Gieten
 in behandeling   1  oudste 0:31
   26-0002  0:31  a.bakker  STIL  Gieten
 zonder eenheid   geen
 ophalingen       geen
 patronen         2
   zelfde adres: 3 meldingen, 1 plaats, sinds 02:20
   zelfde telefoonnummer: 3 meldingen, 1 plaats, sinds 02:20
 laatste uur      3 meldingen    [___________#] per 5 minuten, rechts is nu
 aangenomen       2, helft binnen 0:12, langste 0:30
 norm             binnen 0:20: 1 van 3 (33 %) [######--------------]
 besloten         1 besluit  1 afwijking  helft binnen 0:30, langste 0:30
 uitkomsten       prio 1: 1
   prio 1             1  ####################"""
