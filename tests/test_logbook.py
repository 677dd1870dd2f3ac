"""What the delivery tells: each line once a minute at most, few lines, and nobody waits for it."""

from __future__ import annotations

import logging
import os
import time
from typing import TYPE_CHECKING

import pytest

from console import crash, logbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOG = logging.getLogger("meldkamer.proef")


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Callable[[], list[str]]]:
    """A journal on a file; what it told, once it is closed."""
    path = tmp_path / "log"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    handler = logbook.Journal(descriptor)
    LOG.addHandler(handler)

    def close_and_read() -> list[str]:
        handler.close()
        return path.read_text().splitlines()

    yield close_and_read
    LOG.removeHandler(handler)
    os.close(descriptor)


def test_a_line_is_told_once_a_minute(told: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    for seconds in (0, 1, 59, 2, 57):
        clock[0] += seconds
        LOG.warning("verbinding: %s", "weg")
    assert [line.partition(" verbinding: ")[2] for line in told()] == ["weg", "weg"]


def test_a_flood_of_lines_is_cut(told: Callable[[], list[str]]) -> None:
    for number in range(1000):
        LOG.warning("%d: fout", number)
    assert len(told()) == 30


def test_a_reader_that_is_stuck_or_gone_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logbook, "_LAST_WORDS", 0.05)
    reading, writing = os.pipe()
    handler = logbook.Journal(writing)
    LOG.addHandler(handler)
    for number in range(20):
        LOG.warning("%d: %s", number, "x" * 10_000)
    handler.close()
    os.close(reading)
    LOG.warning("na afloop")
    LOG.removeHandler(handler)
    os.close(writing)


def test_an_exception_leaves_its_place_in_the_report_and_its_message_nowhere(
    told: Callable[[], list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crash, "_installed", [crash.CrashReporter([tmp_path], "intake")])
    for logger in ("asyncio", "uvicorn.error", "meldkamer.proef"):
        try:
            int("Truus Plantsoen 06-00000001")
        except ValueError:
            logging.getLogger(logger).addHandler(LOG.handlers[0])
            logging.getLogger(logger).exception("fout bij iemand", stack_info=True)
            logging.getLogger(logger).removeHandler(LOG.handlers[0])
    (report,) = tmp_path.glob("storingen/*")
    assert report.read_text().count("builtins.ValueError") == 3
    lines = told()
    assert all("(storing " in line and "\n" not in line for line in lines)
    assert not [line for line in lines if "Truus" in line]


@pytest.mark.parametrize("logger", ["httpx", "uvicorn.error", "asyncio", "py.warnings", "root"])
def test_of_what_a_library_says_only_its_name_and_place_are_written(logger: str, told: Callable[[], list[str]]) -> None:
    logging.getLogger(logger).addHandler(LOG.handlers[0])
    logging.getLogger(logger).warning("HTTP Request: POST %s", "https://gms.example/Truus")
    logging.getLogger(logger).removeHandler(LOG.handlers[0])
    (line,) = told()
    assert "Truus" not in line
    assert f"{logger} meldt iets (WARNING, test_logbook:" in line


def test_values_that_do_not_fit_their_words_are_not_shown(
    told: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LOG, "propagate", False)  # what listens for the tests themselves would fall over it
    LOG.warning("%d keer", "Truus Plantsoen")
    (line,) = told()
    assert "Truus" not in line
    assert "storing" in line


def test_a_line_is_one_line_and_not_endless(told: Callable[[], list[str]]) -> None:
    LOG.warning("een\nnieuwe regel %s", "x" * 10_000)
    (line,) = told()
    assert len(line) < 2100


def test_trouble_is_told_also_when_much_else_is(told: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LOG, "level", logging.INFO)
    for number in range(1000):
        LOG.info("melding %d aangenomen", number)
    LOG.warning("de schijf is vol")
    lines = told()
    assert len(lines) == 31
    assert lines[-1].endswith("de schijf is vol [970 regels niet geschreven: te veel in een minuut]")


def test_a_disk_that_was_full_is_written_to_again(tmp_path: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    handler = logbook.Journal(full)
    LOG.addHandler(handler)
    LOG.warning("eerste")
    while not handler._lines.empty():
        time.sleep(0.001)
    room_again = os.open(tmp_path / "log", os.O_WRONLY | os.O_CREAT, 0o600)
    os.dup2(room_again, full)
    LOG.warning("tweede")
    handler.close()
    LOG.removeHandler(handler)
    os.close(full)
    os.close(room_again)
    assert (tmp_path / "log").read_text().endswith(" tweede\n")
