"""Cleaning, backing up and putting back, as programs of their own on a real record."""

from __future__ import annotations

import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from console.model import Choice
from console.record import Calls, Reader, UnknownCall, Writer
from tests.dossier.conftest import reads
from tests.record.support import Clock, draft, home_in, incoming, rows, sent_out

if TYPE_CHECKING:
    from pathlib import Path

    from console.record import Home
    from tests.dossier.conftest import Manager

TERMS = {"MELDKAMER_BEWAREN_DAGEN": "30", "MELDKAMER_BEWAREN_LEESLOG_DAGEN": "365"}


@pytest.fixture
def old_and_new(home: Home, writer: Writer) -> None:
    """Three calls of 40 days ago, of which one is not decided, and one of now."""
    with Writer.open(home, clock=Clock(datetime.now(UTC) - timedelta(days=40))) as earlier:
        calls = Calls(earlier)
        for name in ("a", "b"):
            claim = calls.claim(calls.ring(incoming(name, first_words="appeltaart")).call_id, "jan")
            calls.decide(claim, draft(name, Choice.ADVICE), None)
        calls.ring(incoming("c"))
    claim = Calls(writer).claim(Calls(writer).ring(incoming("d")).call_id, "jan")
    Calls(writer).decide(claim, draft("d", Choice.ADVICE), None)


@pytest.mark.usefixtures("old_and_new")
def test_without_terms_nothing_is_destroyed_and_it_says_what_to_set(dossier: Manager, writer: Writer) -> None:
    for given in ({}, {"MELDKAMER_BEWAREN_DAGEN": "30"}):
        done = dossier("opschonen", "--uitvoeren", **given)
        assert done.returncode == 78
        assert "bewaren_leeslog_dagen" in done.stderr
        assert ("bewaren_dagen" in done.stderr) == (not given)
    assert len(rows(writer, "SELECT * FROM call")) == 4


@pytest.mark.parametrize("days", ["0", "-1", "1827", "een", "1.5", "٣", ""])
def test_a_term_that_cannot_be_is_refused(dossier: Manager, days: str) -> None:
    given = TERMS | {"MELDKAMER_BEWAREN_DAGEN": days}
    done = dossier("opschonen", **given)
    assert done.returncode == 78
    assert "bewaren_dagen" in done.stderr


@pytest.mark.usefixtures("old_and_new")
def test_first_it_only_looks_then_it_does_what_it_said(dossier: Manager, writer: Writer, home: Home) -> None:
    said = dossier.done("opschonen", **TERMS)
    assert "2 te vernietigen (26-0001 tot en met 26-0002)" in said
    assert "niet afgerond, dus niet vernietigd: 26-0003." in said
    assert "Er is niets vernietigd" in said
    assert len(rows(writer, "SELECT * FROM call")) == 4
    done = dossier.done("opschonen", "--uitvoeren", **TERMS)
    assert "Vernietigd: 2 meldingen en 0 regels van het inzagelogboek." in done
    assert [row["id"] for row in rows(writer, "SELECT id FROM call")] == ["26-0003", "26-0004"]
    assert rows(writer, "SELECT count(DISTINCT segid) AS parts FROM words_idx") == [{"parts": 1}]
    (proof,) = rows(writer, "SELECT details FROM audit WHERE what = 'opschonen afgerond'")
    assert '"meldingen":2' in proof["details"]
    for file in home.path.glob("dossier.db*"):
        assert b"appeltaart" not in file.read_bytes()
    assert "klopt" in dossier.done("verifieer")
    assert "0 te vernietigen." in dossier.done("opschonen", "--uitvoeren", **TERMS)
    with Reader.open(home) as reader, pytest.raises(UnknownCall):
        reader.file("26-0001")


@pytest.mark.usefixtures("old_and_new")
def test_terms_may_stand_in_the_settings_file(dossier: Manager, home: Home) -> None:
    (home.path / "instellingen.toml").write_text("bewaren_dagen = 30\nbewaren_leeslog_dagen = 365\n", encoding="utf-8")
    assert "2 te vernietigen" in dossier.done("opschonen")


@pytest.mark.usefixtures("old_and_new")
def test_a_copy_put_back_is_the_same_record(dossier: Manager, writer: Writer, tmp_path: Path) -> None:
    sent_out(Calls(writer), "e")
    target = tmp_path / "kopie.db"
    said = dossier.done("reservekopie", target)
    assert "5 meldingen" in said
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [what for _, what, _, _ in reads(writer)] == ["reservekopie gemaakt"]
    back = tmp_path / "terug"
    back.mkdir(mode=0o700)
    (back / "instellingen.toml").write_text("oefening = true\n", encoding="utf-8")
    why = ("--reden", "schijf stuk")
    said = dossier.done("terugzetten", target, *why, "--verder-na", "26-0777", MELDKAMER_HOME=str(back))
    assert "5 meldingen" in said
    assert "na 26-0777" in said
    assert "1 berichten staan nu op ONDUIDELIJK" in said
    shown = [dossier.done("toon", "26-0001", *why, "--json", MELDKAMER_HOME=str(home)) for home in (dossier.home, back)]
    assert shown[0] == shown[1]
    assert "klopt" in dossier.done("verifieer", MELDKAMER_HOME=str(back))
    page = dossier.done("zoek", "--tekst", "appeltaart", *why, MELDKAMER_HOME=str(back))
    assert [line.split()[0] for line in page.splitlines()] == ["26-0002", "26-0001"]


@pytest.mark.usefixtures("old_and_new")
def test_what_a_copy_lacks_is_named_and_that_was_logged(dossier: Manager, writer: Writer, tmp_path: Path) -> None:
    target = tmp_path / "kopie.db"
    dossier.done("reservekopie", target)
    why = ("--reden", "terug naar de vorige versie")
    assert dossier.done("verschil", target, *why) == ""
    new = Calls(writer).ring(incoming("tel-na-de-kopie")).call_id
    Calls(writer).claim("26-0003", "a")
    done = dossier("verschil", target, *why)
    assert (done.returncode, done.stdout.split()) == (0, [new, "26-0003"])
    assert (
        f"1 meldingen staan niet in de kopie en 1 zijn daarna veranderd. Het laatste nummer dat is uitgegeven is {new}"
        in (" ".join(done.stderr.split()))
    )
    assert [(what, call_id) for _, what, call_id, _ in reads(writer)][-2:] == [
        ("naast een reservekopie gelegd", new),
        ("naast een reservekopie gelegd", "26-0003"),
    ]


def test_a_copy_of_another_record_is_not_held_beside_this_one(dossier: Manager, writer: Writer, tmp_path: Path) -> None:
    Calls(writer).ring(incoming())
    other = tmp_path / "ander"
    with Writer.open(home_in(other)) as elsewhere:
        Calls(elsewhere).ring(incoming("tel-elders"))
        dossier.done("reservekopie", tmp_path / "ander.db", MELDKAMER_HOME=str(elsewhere.home.path))
    done = dossier("verschil", tmp_path / "ander.db", "--reden", "x")
    assert (done.returncode, done.stdout) == (1, "")
    assert "van een ander dossier" in done.stderr
    done = dossier("verschil", tmp_path / "niets.db", "--reden", "x")
    assert (done.returncode, "geen bestand" in done.stderr) == (1, True)


@pytest.mark.usefixtures("old_and_new")
def test_nothing_is_overwritten_and_nothing_is_half_done(dossier: Manager, tmp_path: Path, writer: Writer) -> None:
    target = tmp_path / "kopie.db"
    target.write_text("van iemand", encoding="utf-8")
    done = dossier("reservekopie", target)
    assert (done.returncode, target.read_text(encoding="utf-8")) == (1, "van iemand")
    assert reads(writer) == []
    done = dossier("terugzetten", target, "--reden", "x")
    assert done.returncode == 1
    assert "staat al een dossier" in done.stderr
    done = dossier("terugzetten", target, "--reden", "x", MELDKAMER_HOME=str(tmp_path / "leeg"))
    assert done.returncode == 1
    assert "geen reservekopie" in done.stderr
    assert {file.name for file in (tmp_path / "leeg").iterdir()} <= {"anker"}


def test_a_copy_needs_nothing_beside_it(dossier: Manager, tmp_path: Path, writer: Writer) -> None:
    """Any SQLite can read it, without a log and without writing."""
    Calls(writer).ring(incoming())
    target = tmp_path / "kopie.db"
    dossier.done("reservekopie", target)
    connection = sqlite3.connect(f"{target.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        assert connection.execute("SELECT id FROM call").fetchall() == [("26-0001",)]
    finally:
        connection.close()
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith((".", "kopie"))] == ["kopie.db"]
