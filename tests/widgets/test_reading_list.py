"""A page to read: every letter of it can be reached with the keyboard, at any width."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some
from rich.cells import cell_len

from console.widgets.reading_list import Line, ReadingList, wrapped
from tests.widgets.stage import on_stage


@given(some.text(max_size=400), some.integers(20, 100), some.integers(0, 6))
def test_no_letter_is_lost_and_no_line_is_too_wide(text: str, width: int, hang: int) -> None:
    lines = wrapped(text, width, hang)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


def test_columns_and_indents_stay() -> None:
    assert wrapped("tijd           14:05", 40) == ["tijd           14:05"]
    assert wrapped("  beleid tpdc 1.0", 40) == ["  beleid tpdc 1.0"]
    assert wrapped("1. een lange regel die niet past", 20, 3) == ["1. een lange regel", "   die niet past"]


def shown(page: ReadingList) -> list[str]:
    return [page.render_line(y).text.rstrip() for y in range(page.size.height)]


async def test_a_long_page_is_read_with_the_keys_and_the_cursor_is_real() -> None:
    async with on_stage(lambda: ReadingList(id="blad"), size=(40, 10)) as (app, pilot):
        page = app.query_one(ReadingList)
        page.focus()
        page.show([Line(f"regel {number}") for number in range(50)])
        await pilot.pause()
        assert shown(page)[:2] == ["> regel 0", "  regel 1"]
        await pilot.press("pagedown")
        await pilot.pause()
        assert shown(page)[0] == "> regel 9", "each press shows something new"
        await pilot.press(*["down"] * 10)
        await pilot.pause()
        assert shown(page)[page.pointer.y] == "> regel 19"
        await pilot.press("end")
        assert shown(page)[-1] == "> regel 49"
        await pilot.press("home")
        assert shown(page)[0] == "> regel 0"


async def test_the_cursor_stays_on_its_paragraph_when_the_window_changes() -> None:
    async with on_stage(lambda: ReadingList(id="blad"), size=(80, 10)) as (app, pilot):
        page = app.query_one(ReadingList)
        page.focus()
        page.show([Line(f"{number} " + "woord " * 20, hang=2, leads_to=f"26-{number:04}") for number in range(20)])
        await pilot.press(*["down"] * 9)
        assert page.current is not None
        before = page.current.line
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        assert page.current is not None
        assert page.current.line == before
