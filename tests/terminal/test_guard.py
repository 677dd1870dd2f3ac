"""No widget lets a control character through: raw bytes of a real terminal, every kind with every payload."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest
import textual
import textual.widgets
from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

from console.safe_text import MARK, UNSHOWABLE
from console.terminal import guard
from tests.terminal.gallery import KINDS, PAYLOADS, SHOWS, Gallery
from tests.terminal.payloads import ACTING, MEGABYTE
from tests.terminal.pty_session import in_terminal, wait_for

if TYPE_CHECKING:
    from pathlib import Path

TEXTUALS_OWN = re.compile(
    r"\x1b\[[0-9;]*m"  # colours and attributes
    r"|\x1b\[\d+;\d+H"  # the place of a line, and of the cursor after a frame
    r"|\x1b\[\?(?:25|7|1004|1049|2004|2026|2048)[hl]"  # cursor, wrap, focus, screen, paste, synchronised frames
    r"|\x1b\[\?(?:2026|2048)\$p|\x1b\[<u"  # what it asks and resets
    r"|\x1b\]22;[a-z-]*\x07"  # the shape of the mouse pointer
    r"|(?<=\x1b\[\?25h)\x07"  # the bell, between two paints
)
A_MEGABYTE_TAKES = 120.0
ACTS_OR_HIDES = re.compile(f"[{UNSHOWABLE}]")


def written_by(kind: str, home: Path, *more: str) -> str:
    with in_terminal(["tests.terminal.gallery", kind, str(home), *more], size=(160, 110)) as session:
        session.expect("alles getoond")
        session.expect(SHOWS.get(kind, "]52;c;ZXZpbA=="))
        session.press("\x11")
        session.end()
        wait_for(lambda: session.restored, "a restored terminal")
        assert session.process.returncode == 0, session.shown
        return session.shown


def leaks(written: str) -> list[str]:
    """What is left of the output when Textual's own sequences are taken out: nothing that acts, nothing that hides."""
    acting = [text for text in ACTING.values() if text.startswith("\x1b") and text in written]
    return acting + ACTS_OR_HIDES.findall(TEXTUALS_OWN.sub("", written).replace("\r\n", "\n"))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_what_a_stranger_wrote_acts_on_the_terminal(kind: str, tmp_path: Path) -> None:
    written = written_by(kind, tmp_path)
    print(len(written))
    assert leaks(written) == []
    assert "\x1b]8;" not in written, "no link to open"


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_line_of_a_million_characters_ends_no_program(kind: str, tmp_path: Path) -> None:
    with in_terminal(["tests.terminal.gallery", kind, str(tmp_path), "megabyte"], size=(160, 110)) as session:
        wait_for(lambda: "alles getoond" in session.shown, "the end of the page", A_MEGABYTE_TAKES)
        session.press("\x11")
        written = session.all_written(A_MEGABYTE_TAKES)
        assert session.process.returncode == 0, written[-2_000:]
        assert session.restored
    assert leaks(written) == []
    print(f"{kind}: {len(MEGABYTE)} tekens, {len(written)} geschreven, 0 reeksen")


def test_the_marks_show_that_something_was_there(tmp_path: Path) -> None:
    assert "\ufffd]52;c;ZXZpbA==" in written_by("static", tmp_path)


@pytest.mark.parametrize("kind", ["static", "table", "input"])
def test_without_the_guards_it_would(kind: str, tmp_path: Path) -> None:
    found = leaks(written_by(kind, tmp_path, "both"))
    assert set(found) >= {ACTING["clipboard"], ACTING["clear screen"], ACTING["one-byte control sequence"][0]}


@pytest.mark.parametrize("kind", ["static", "toast"])
def test_what_the_renderer_would_let_through_the_driver_stops_but_for_colour_and_place(
    kind: str, tmp_path: Path
) -> None:
    assert set(leaks(written_by(kind, tmp_path, "renderer"))) <= {ACTING["colours"], ACTING["cursor home"]}


async def test_every_kind_of_widget_stands_in_the_gallery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["gallery", "", str(tmp_path)])
    seen = set[str]()
    for kind in KINDS:
        async with Gallery(kind, tmp_path).run_test(size=(160, 110)) as pilot:
            await pilot.pause()
            seen |= {each.__name__ for widget in pilot.app.screen.walk_children() for each in type(widget).__mro__}
    kinds = set(vars(textual.widgets)["__all__"])
    assert kinds - seen == set()
    print(f"{len(KINDS)} soorten, alle {len(kinds)} van Textual {textual.__version__}, met elk {len(PAYLOADS)} teksten")


def test_the_line_stays_as_wide_as_it_was_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Strip, "render", Strip.render)  # taken off again after this test
    guard.install()
    strip = Strip([Segment("a\u200bb"), Segment("c\td\ne\x1b"), Segment("f")])
    assert strip.render(Console()) == f"a{MARK}bc d"


def test_another_textual_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(textual, "__version__", "9.0.0")
    with pytest.raises(RuntimeError, match=r"made for Textual 8\.2\.8, this is 9\.0\.0"):
        guard.install()
