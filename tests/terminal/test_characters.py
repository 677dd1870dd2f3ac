"""Every terminal shows every letter: a plain one where its font or its encoding has no other, in the same cells."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from console.terminal.characters import ASCII, AUTO, UNICODE, drawing
from console.terminal.scroll_bar import PlainScrollBar, in_sight
from tests.terminal.test_keys import console

QUOTED = "“Blijf aan de lijn” – Zoë…"


@pytest.mark.parametrize(
    ("setting", "term", "encoding", "drawn"),
    [
        (AUTO, "xterm-256color", "utf-8", QUOTED),
        (AUTO, "linux", "utf-8", '"Blijf aan de lijn" - Zoë.'),
        (ASCII, "xterm", "UTF-8", '"Blijf aan de lijn" - Zoë.'),
        (UNICODE, "linux", "utf-8", QUOTED),
        (AUTO, "xterm", "iso8859-1", '"Blijf aan de lijn" - Zoë.'),
        (UNICODE, "xterm", "iso8859-1", "?Blijf aan de lijn? ? Zoë?"),
        (AUTO, "xterm", "ascii", '"Blijf aan de lijn" - Zo?.'),
    ],
)
def test_draws_what_the_terminal_has(setting: str, term: str, encoding: str, drawn: str) -> None:
    assert drawing(setting, {"TERM": term}, encoding)(QUOTED) == drawn


@given(st.text(), st.sampled_from(["utf-8", "iso8859-1", "ascii"]), st.sampled_from([AUTO, ASCII, UNICODE]))
def test_what_is_drawn_takes_the_same_cells_and_can_be_written(text: str, encoding: str, setting: str) -> None:
    drawn = drawing(setting, {"TERM": "linux"}, encoding)(text)
    assert sum(map(cell_len, drawn)) == sum(map(cell_len, text))
    drawn.encode(encoding, "surrogatepass" if encoding == "utf-8" else "strict")


@pytest.mark.parametrize(
    ("environment", "quoted"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "linux"}, False),
        ({"TERM": "xterm", "PYTHONIOENCODING": "iso8859-1"}, False),
        ({"TERM": "xterm", "PYTHONIOENCODING": "ascii"}, False),
    ],
)
def test_spoken_lines_stand_in_quotes_that_the_terminal_has(
    environment: dict[str, str], quoted: bool, tmp_path: Path
) -> None:
    with console(tmp_path / "huis", **environment) as seat:
        seat.see("1 wachtend")
        seat.press("\r")
        seat.see("“Bent u nu in gevaar" if quoted else '"Bent u nu in gevaar')
        assert quoted or all(ord(letter) < 256 for letter in "".join(seat.screen.display))


@given(st.integers(3, 60), st.integers(1, 5000), st.integers(1, 100), st.integers(0, 5000))
def test_the_scroll_bar_says_whether_there_is_more(size: int, virtual: int, window: int, position: int) -> None:
    position = min(position, max(0, virtual - window))
    begin, end = in_sight(size, virtual, window, position)
    assert 0 <= begin < end <= size
    assert (begin == 0) == (position == 0)
    assert (end == size) == (position >= virtual - window)


def test_the_scroll_bar_is_drawn_in_letters() -> None:
    bar = PlainScrollBar.render_bar(size=6, virtual_size=60, window_size=20, position=20)
    assert [segment.text for segment in bar.segments] == list("||##||")
