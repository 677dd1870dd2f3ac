"""Every screen and dialog in a real terminal, hostile text in all that comes from outside and in every field.

Looked at are the bytes that reach the terminal: none of them acts but Textual's own. Nothing that acts passes the door
either, before any guard, but in a field, where what was typed stands. No program ends, nothing that can be clicked
stands on a screen, no action is done, and no hostile text is read as markup.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.terminal.pty_session import in_terminal
from tests.terminal.scenes_in_terminal import ALL, EVERY_SCREEN, MONITOR, PAYLOADS
from tests.terminal.test_guard import ACTS_OR_HIDES, leaks

if TYPE_CHECKING:
    from pathlib import Path

EACH_KIND_OF_SCREEN: Final = (
    ("queue", "take_over", "nothing_too_old", "found", "past_call"),
    ("overview", "queue_keys", "call", "facts", "decision"),
    ("by_hand", "reason", "hand_over", "saying", "referral"),
    ("help_of_a_question", "kept_traces", "payment", "suspect", "device"),
    ("consult", "answer", "answer_came", "call_back", "addition"),
    ("paper", "strange_call", "too_old_choice", "too_old_groups", "too_old_group"),
    ("refused", "on_their_way_in_queue", "called_before", "passed_to_earlier", MONITOR),
)
"""Scenes in which each screen and dialog is seen at least once, as many together as a process plays in seconds."""

IN_TIME: Final = 180.0
TAKES_ITS_TIME: Final = 1_200.0
QUIET: Final = {"failed": False, "links": 0, "code": 0, "actions": [], "parsed": 0}


def played(folder: Path, payload: str, scenes: tuple[str, ...], seconds: float, without: str = "none") -> list[Any]:
    """Play the scenes in one terminal; what each did to it (`leaks`) and to the app."""
    folder.mkdir()
    program = ["tests.terminal.scenes_in_terminal", str(folder), payload, without, *scenes]
    with in_terminal(program, size=(120, 40)) as session:
        written = session.all_written(seconds)
        assert session.restored
    seen = [json.loads(line) for line in (folder / "seen.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [each["scene"] for each in seen] == list(scenes), written[-3_000:]
    screens = written.split("\x1b[?1049h")[1:]
    for each, text in zip(seen, screens, strict=True):
        each["leaks"] = leaks(text)
        each["past the door"] = ACTS_OR_HIDES.findall(each.pop("shows", ""))
        each["bytes"] = len(text.encode("utf-8", "surrogateescape"))
    return seen


def what_happened(seen: list[Any]) -> dict[str, Any]:
    """Of each scene in which something happened, what."""
    wanted = {**QUIET, "leaks": [], "past the door": []}
    happened = {each["scene"]: {name: each.get(name) for name in wanted} for each in seen}
    return {scene: what for scene, what in happened.items() if what != wanted}


@pytest.mark.parametrize("scenes", EACH_KIND_OF_SCREEN, ids=lambda scenes: scenes[0])
def test_no_text_acts_on_the_terminal_from_any_screen(scenes: tuple[str, ...], tmp_path: Path) -> None:
    seen = played(tmp_path / "alles", ALL, scenes, IN_TIME)
    assert what_happened(seen) == {}
    print(f"{len(scenes)} schermen, {len(PAYLOADS) - 1} teksten, {sum(each['bytes'] for each in seen)} bytes")


def test_without_the_guards_it_would(tmp_path: Path) -> None:
    """What stands in a field is what was typed: behind the door, so that only the guards keep it from acting."""
    seen = played(tmp_path / "zonder", ALL, ("facts",), IN_TIME, "both")
    assert seen[0]["leaks"]


@pytest.mark.slow
def test_everyday_scenes_show_every_kind_of_screen(tmp_path: Path) -> None:
    seen = played(tmp_path / "alles", ALL, EVERY_SCREEN, TAKES_ITS_TIME)
    assert what_happened(seen) == {}
    everyday = {scene for some in EACH_KIND_OF_SCREEN for scene in some}
    assert kinds_of(seen) == kinds_of([each for each in seen if each["scene"] in everyday])
    print(f"{told(seen)} met elk {len(PAYLOADS) - 1} teksten")


@pytest.mark.slow
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_alone_acts_from_any_kind_of_screen(payload: str, tmp_path: Path) -> None:
    seen = played(tmp_path / "een", payload, sum(EACH_KIND_OF_SCREEN, ()), TAKES_ITS_TIME)
    assert what_happened(seen) == {}
    print(f"{payload}: {told(seen)}")


def kinds_of(seen: list[Any]) -> set[str]:
    return {screen for each in seen for screen in each["screens"]}


def told(seen: list[Any]) -> str:
    written = sum(each["bytes"] for each in seen)
    seen_of = f"{len(seen)} beelden van {len(kinds_of(seen))} soorten schermen"
    return f"{seen_of}, {written} bytes: 0 reeksen, 0 crashes, 0 daden"
