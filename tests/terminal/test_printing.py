"""Programs that print: the raw bytes that a terminal gets hold nothing that acts, whatever was told to the program."""

from __future__ import annotations

import json
import re
import termios
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from console.model import (
    Appointment,
    AppointmentKind,
    Certainty,
    Channel,
    Choice,
    Clue,
    ClueKind,
    Device,
    Fact,
    Facts,
    IncomingCall,
    Location,
    Party,
    PassedOn,
    Payee,
    Payment,
    Person,
    PersonRole,
    Referred,
    Role,
    Source,
    Suspect,
    UnitStatus,
)
from console.printing import Guarded, as_json
from console.record import Calls, Outbox, Policies
from console.safe_text import UNSHOWABLE
from console.times import now
from tests.overview.room import POLICY
from tests.record.support import dispatch, draft
from tests.seat import open_seat
from tests.terminal.payloads import ACTING, BELIEVED
from tests.terminal.pty_session import in_terminal, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

ACTS: Final = re.compile(f"[{UNSHOWABLE}]")
SAID: Final = " ".join(text for name, text in {**ACTING, **BELIEVED}.items() if name != "lone surrogate")[:1_500]
HOW_FAR: Final = re.compile(r"\r\d+ van \d+ [a-zë ]+")
TYPED: Final = SAID.replace("\x00", "").replace("\r", "").replace("\x04", "").replace("\x1a", "")
SHORT: Final = "\x1b]0;t\x07\x1b[2J\x9b2J\u202e\x7f[b]"
"""Short enough for the name of a file, an argument or a variable."""


def a_hostile_record(home: Path) -> str:
    """A call in which every text is hostile, taken through all that can be noted of it; its number."""
    desk = open_seat(home)
    calls, outbox, policies = Calls(desk._writer), Outbox(desk._writer), Policies(desk._writer)
    call = IncomingCall("tel-1", Channel.EMERGENCY, SAID, SAID, Location(SAID), SAID, now() - timedelta(minutes=1))
    claim = calls.claim(calls.ring(call).call_id, SHORT)
    policies.begin(claim, POLICY.text_hash)
    calls.tell(claim, Facts(SAID, SAID, Role.VICTIM, speaks_freely=True))
    calls.note(claim, SAID)
    calls.impression(claim, SAID)
    calls.person(claim, Person(PersonRole.POSSIBLE_SUSPECT, SAID, SAID, SAID))
    calls.fact(claim, Fact(SAID, Source.SAID, Certainty.SURE))
    for detail in (
        Suspect(SAID, SAID, SAID, SAID),
        Clue(ClueKind.URL, SAID, SAID, valid=False),
        Payment(Payee.BANK, 100, SAID, SAID, SAID),
        Device(SAID, SAID),
        Appointment(AppointmentKind.PICKUP, Party.CALLER, SAID),
        Referred(SAID),
        PassedOn(SAID, SAID),
    ):
        calls.add(claim, detail)
    calls.reply(claim.call_id, calls.consult(claim, SAID), SAID, SHORT)
    sent = dispatch(claim.call_id, 2, briefing=(SAID, SAID), location=Location(SAID), caller_name=SAID, callback=SAID)
    calls.decide(claim, draft("besluit", Choice.PRIO2), sent)
    outbox.sending(sent.message_id)
    outbox.accepted(sent.message_id, SAID)
    outbox.unit(sent.message_id, SAID, UnitStatus.EN_ROUTE, now())
    outbox.link(reachable=False, error=SAID)
    desk._writer.close()
    return claim.call_id


def acting(written: str) -> list[str]:
    return ACTS.findall(HOW_FAR.sub("", written).replace("\r\n", "\n"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("vijandig") / "huis"
    number = a_hostile_record(home)
    (home.parent / SHORT).mkdir()
    (home.parent / "nummer").write_text(number)
    (home.parent / f"antwoorden{SHORT}").write_text(json.dumps({"vorm": SAID}) + "\n")
    (home.parent / f"beleid{SHORT}").write_text(SAID)
    return home  # type: ignore[return-value]


ASKED: Final = {
    "a call": (["dossier", "toon", "NUMMER", "--reden", SHORT, "--bijzonder"], "bureau"),
    "a call as JSON": (["dossier", "toon", "NUMMER", "--reden", "x", "--bijzonder", "--json"], "ZXZpbA=="),
    "a call that is not there": (["dossier", "toon", SHORT, "--reden", "x"], "meldkamer dossier"),
    "a search": (["dossier", "zoek", "jansen", "vals", "--reden", "x"], ""),
    "a search as JSON": (["dossier", "zoek", "gekaapt", "--reden", "x", "--json"], ""),
    "a folder": (["dossier", "exporteer", "NUMMER", "--naar", f"MAP/{SHORT}", "--reden", "x"], "meldingen staan"),
    "the proof": (["dossier", "verifieer"], "klopt"),
    "the pack": (["deliver", "--print"], "NOODPAKKET"),
    "the board": (["monitor", "--eenmaal"], "OEFENING"),
    "the board as JSON": (["monitor", "--eenmaal", "--json"], "{"),
    "the doctor": (["doctor"], "fout"),
    "the doctor as JSON": (["doctor", "--json"], "bevindingen"),
    "a report": (["rapport", "week"], "Week"),
    "no such command": ([SHORT], "kan niet; kies uit"),
    "no such argument": (["monitor", f"--{SHORT}"], "onbekende argumenten"),
    "answers": (["triage", "--answers", f"MAP/antwoorden{SHORT}"], "Regel 1"),
    "no such file": (["triage", "--answers", f"MAP/{SHORT}{SHORT}"], "niet te lezen"),
    "a policy": (["beleid", "controleer", f"MAP/beleid{SHORT}"], ""),
    "no such policy": (["beleid", "toon", "--beleid", f"MAP/{SHORT}{SHORT}"], ""),
}


@pytest.mark.parametrize("name", ASKED)
def test_nothing_that_a_program_prints_acts(name: str, home: Path) -> None:
    asked, says = ASKED[name]
    number = (home.parent / "nummer").read_text()
    arguments = [each.replace("NUMMER", number).replace("MAP", str(home.parent)) for each in asked]
    variables = {"MELDKAMER_HOME": str(home), "MELDKAMER_OEFENING": "ja", "COLORTERM": SHORT, "LANGUAGE": SHORT}
    with in_terminal(["console", *arguments], environment=variables) as session:
        written = session.all_written()
    assert says in written, written
    assert "Traceback" not in written
    assert acting(written) == []
    print(f"{name}: {len(written)} tekens")


@pytest.mark.parametrize(
    "variables",
    [
        {"MELDKAMER_HOME": f"/nergens/{SHORT}"},
        {"MELDKAMER_CAD_URL": SHORT},
        {"MELDKAMER_MELDKAMER": SHORT},
        {"TERM": SHORT},
    ],
    ids=lambda variables: next(iter(variables)),
)
@pytest.mark.parametrize(
    "asked", [["monitor"], ["deliver", "--print"], ["dossier", "verifieer"]], ids=lambda each: each[0]
)
def test_a_refusal_says_no_variable_as_it_is(asked: list[str], variables: dict[str, str], home: Path) -> None:
    with in_terminal(["console", *asked], environment={"MELDKAMER_HOME": str(home), **variables}) as session:
        if asked == ["monitor"]:
            wait_for(lambda: bool(session.written), "anything")
            session.press("\x11")
        written = session.all_written()
    if "\x1b[?1049h" not in written:  # it did not start
        assert acting(written) == []
    assert "Traceback" not in written


@pytest.mark.parametrize("asked", [["--lijn"], ["--lijn", "--melding", "NUMMER"]], ids=["practice", "a call"])
def test_what_is_typed_line_by_line_is_not_said_as_it_is(asked: list[str], home: Path) -> None:
    number = (home.parent / "nummer").read_text()
    variables = {"MELDKAMER_HOME": str(home), "MELDKAMER_OEFENING": "ja"}
    arguments = ["console", "triage", *(each.replace("NUMMER", number) for each in asked)]
    with in_terminal(arguments, environment=variables) as session:
        settings = termios.tcgetattr(session.slave)
        settings[3] &= ~(termios.ECHO | termios.ISIG)  # what the terminal itself shows of a key is not the program's
        termios.tcsetattr(session.slave, termios.TCSANOW, settings)
        for line in (TYPED[:900], f"n {TYPED[:300]}", "x" * 4_000, "??", "stand", "waarom", "stop"):
            session.expect("> ")
            session.written.clear() if not acting(session.shown) else None
            session.press(f"{line}\n")
        session.press("\x04")
        written = session.all_written()
    assert acting(written) == []
    assert "Traceback" not in written


def test_json_loses_nothing_and_shows_what_it_can() -> None:
    told = {"één": [*ACTING.values(), *BELIEVED.values(), "\U000e0041"]}
    written = as_json(told)
    assert json.loads(written) == told
    assert "één" in written
    assert not ACTS.search(written)


def test_a_terminal_that_cannot_write_a_letter_ends_no_program(tmp_path: Path) -> None:
    with (tmp_path / "uit").open("wb") as file:
        out = Guarded(file, encoding="ascii", errors="replace")
        assert out.write("één \x1b[2J \ud83d 漢\n") == 13
        out.write("einde\r\n")
        out.flush()
    assert (tmp_path / "uit").read_bytes() == b"??n ?[2J ? ?\neinde\r\n"
