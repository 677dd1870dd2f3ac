"""A whole call without a screen, in a real terminal, with real record, delivery and CAD; and nothing is ever lost."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from console.cad.child import DELIVERY
from console.model import CallFile, Choice, Delivery
from console.record import Home, Reader
from tests.cad.conftest import Simulator
from tests.terminal.pty_session import PtySession, in_terminal, wait_for

STEERS = re.compile(rb"\x1b|\x9b|\x08|\r(?!\n)")
"""What moves a cursor or colours; an echoing terminal writes a return before each newline."""


@pytest.fixture
def cad() -> Iterator[Simulator]:
    simulator = Simulator()
    yield simulator
    simulator.close()


@contextmanager
def sitting(home: Path, cad: Simulator, *arguments: str) -> Iterator[PtySession]:
    environment = {
        "MELDKAMER_HOME": str(home),
        "MELDKAMER_CAD_URL": cad.url,
        "MELDKAMER_OEFENING": "ja",
        "LANG": "C.UTF-8",
    }
    asked = ["console", "triage", "--lijn", "--als", "j.devries", *arguments]
    with in_terminal(asked, environment=environment) as session:
        yield session


def types(session: PtySession, *lines: tuple[str, str]) -> None:
    """Type each line once what it answers to stands last."""
    for prompt, line in lines:
        wait_for(partial(stands, session, f"{prompt}> "), f"{prompt}> after\n{session.shown[-800:]}")
        before = len(session.written)
        session.press(f"{line}\n")
        wait_for(partial(answers, session, before + len(line.encode()) + len("\r\n")), f"an answer to {line}")


def stands(session: PtySession, last: str) -> bool:
    return session.shown.endswith(last)


def answers(session: PtySession, echoed: int) -> bool:
    return len(session.written) > echoed or session.process.poll() is not None


def file(home: Path, call_id: str = "26-0001") -> CallFile:
    reader = Reader.open(Home.prepare(home))
    try:
        return reader.file(call_id)
    finally:
        reader.close()


HEADER = (("Tekst", "Brink 4, Gieten"), ("Tekst", "06-12345678"), ("Nummer", "1"), ("Ja of nee", "j"))
ANSWER = "Antwoord of opdracht"
DECIDE = ((ANSWER, "besluit"), ("Cijfer", "1"), ("Ja of nee", "ja"))


def test_a_suspect_on_the_way_a_unit_and_its_confirmation(tmp_path: Path, cad: Simulator) -> None:
    home = tmp_path / "huis"
    with sitting(home, cad, "--nieuw") as session:
        types(session, *HEADER, (ANSWER, "n"), (ANSWER, "onderweg"), (ANSWER, "+ man met zwarte jas"), *DECIDE)
        session.expect("bevestigd")
        types(session, ("Opdracht", "status"), ("Opdracht", "stop"))
        assert session.end() == 0
        assert not STEERS.search(bytes(session.written))
        assert "Controlewoord voor aan de deur: " in session.shown
        assert "Nummer in GMS: CAD-000001" in session.shown
        assert "Uw kenmerk is 26-0001." in session.shown
    ended = file(home)
    assert [each.choice for each in ended.decisions] == [Choice.PRIO1]
    assert ended.deliveries[0].state is Delivery.ACCEPTED
    assert (ended.note, ended.answers["verdachte"]) == ("man met zwarte jas", "onderweg")
    assert cad.effects() == {ended.deliveries[0].message_id: 1}


def test_a_cad_that_is_down_holds_nothing_up_and_gets_it_once_it_is_back(tmp_path: Path, cad: Simulator) -> None:
    home = tmp_path / "huis"
    cad.set_mode("uit")
    with sitting(home, cad, "--nieuw") as session:
        types(session, *HEADER, *DECIDE)
        session.expect("BEL NU de uitgifte")
        cad.set_mode("accepteert")
        session.expect("bevestigd")
        types(session, ("Opdracht", "stop"))
        assert session.end() == 0
    assert list(cad.effects().values()) == [1]


POINTS = {
    "header": HEADER[:2],
    "question": (*HEADER, (ANSWER, "n")),
    "note": (*HEADER, (ANSWER, "+ hond los"), (ANSWER, "notitie")),
    "choice": (*HEADER, (ANSWER, "besluit"), ("Cijfer", "2")),
    "decided": (*HEADER, *DECIDE),
}


def hang_up(session: PtySession) -> None:
    """Let the terminal go in the middle of a line; nobody may be reading it then, or it would stay open."""
    session.reading.clear()
    session.press("half een re")
    wait_for(partial(stands, session, "half een re"), "the echo")
    session.hang_up()


def end_of_file(session: PtySession) -> None:
    session.press("\x04")


def send(number: signal.Signals) -> Callable[[PtySession], None]:
    return lambda session: session.signal(number)


ENDINGS = {
    "the terminal goes": (hang_up, {0, 128 + signal.SIGHUP}),
    "end of file": (end_of_file, {0}),
    "SIGHUP": (send(signal.SIGHUP), {128 + signal.SIGHUP}),
    "SIGTERM": (send(signal.SIGTERM), {128 + signal.SIGTERM}),
    "ctrl+c": (lambda session: session.press("\x03"), {128 + signal.SIGINT}),
}


EVERY_DAY = {("note", ending) for ending in ENDINGS} | {(point, "the terminal goes") for point in POINTS}


@pytest.mark.parametrize(
    ("point", "ending"),
    [
        pytest.param(point, ending, marks=() if (point, ending) in EVERY_DAY else pytest.mark.slow)
        for point in POINTS
        for ending in ENDINGS
    ],
)
def test_wherever_it_ends_everything_said_so_far_is_on_disk(
    tmp_path: Path, cad: Simulator, point: str, ending: str
) -> None:
    home = tmp_path / "huis"
    end, codes = ENDINGS[ending]
    with sitting(home, cad, "--nieuw") as session:
        types(session, *POINTS[point])
        wait_for(partial(stands, session, "> "), "the next prompt")
        end(session)
        assert session.end() in codes
        if session.master >= 0 and ending != "ctrl+c":
            wait_for(lambda: "Alles wat u invoerde is bewaard" in session.shown, "the last words")
            assert "Traceback" not in session.shown
    kept = file(home)
    assert (kept.facts.address, kept.facts.callback, kept.owner) == ("Brink 4, Gieten", "06-12345678", "j.devries")
    assert kept.answers.get("gevaar") == ("nee" if point == "question" else None)
    assert kept.note == ("hond los" if point == "note" else "")
    assert kept.draft_choice == (Choice.PRIO2 if point == "choice" else None)
    assert [each.choice for each in kept.decisions] == ([Choice.PRIO1] if point == "decided" else [])
    wait_for(lambda: all(each.state is Delivery.ACCEPTED for each in file(home).deliveries), "it to be brought")
    wait_for(lambda: not Home.prepare(home).locked(DELIVERY), "the delivery to end by itself")


def test_a_real_call_needs_a_desk_and_says_so(tmp_path: Path, cad: Simulator) -> None:
    home = tmp_path / "huis"
    home.mkdir()
    os.chmod(home, 0o755)  # noqa: S103, PTH101 - a folder that others can read is what is tested
    with sitting(home, cad, "--nieuw") as session:
        assert session.end() == 78
        session.expect("chmod 0700")
