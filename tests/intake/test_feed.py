"""The feed: twenty invented calls, each of which a real intake takes."""

from __future__ import annotations

import re
import socket
import threading
from typing import TYPE_CHECKING

from console.intake.feed import examples, ring_examples
from console.model import Channel
from console.safe_text import one_line
from tests.intake.conftest import TOKEN, Intake, environment, running, wait_for

if TYPE_CHECKING:
    from pathlib import Path


def test_every_example_rings_in_its_order(intake: Intake) -> None:
    assert ring_examples(intake.url, TOKEN, 0, threading.Event()) == len(examples())
    stored = [file.incoming for file in intake.files()]
    assert [call.first_words for call in stored] == [example["first_words"] for example in examples()]
    assert {call.channel for call in stored} == set(Channel)
    assert ring_examples(intake.url, TOKEN, 0, threading.Event()) == len(examples()), "another exercise, other calls"
    assert len(intake.files()) == 2 * len(examples())


def test_nobody_in_the_examples_can_be_called() -> None:
    assert len(examples()) == 20
    for example in examples():
        assert re.fullmatch(r"|06-0\d{7}|0\d{2}-0\d{6}|0\d{3}-0\d{5}|088-0\d{6}", example["number"])
        assert one_line(example["first_words"], 300) == example["first_words"]


def test_the_first_call_rings_at_once_and_stop_stops(intake: Intake) -> None:
    stop = threading.Event()
    taken: list[int] = []
    feed = threading.Thread(target=lambda: taken.append(ring_examples(intake.url, TOKEN, 3_600, stop)))
    feed.start()
    wait_for(lambda: len(intake.files()) == 1, "the first call")
    stop.set()
    feed.join(20)
    assert taken == [1]


def test_an_intake_that_comes_later_still_gets_the_first_call(tmp_path: Path, credentials: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = str(found.getsockname()[1])
    stop = threading.Event()
    feed = threading.Thread(target=ring_examples, args=(f"http://127.0.0.1:{port}", TOKEN, 3_600, stop))
    feed.start()
    home = tmp_path / "data"
    with running(home, environment(home, credentials), "--port", port) as intake:
        wait_for(lambda: len(intake.files()) == 1, "the first call")
        stop.set()
        feed.join(20)
    assert intake.files()[0].incoming.name == examples()[0]["name"]


def test_an_intake_that_refuses_is_not_asked_for_ever(shared_intake: Intake) -> None:
    assert ring_examples(shared_intake.url, "verkeerde sleutel", 0, threading.Event()) == 0
