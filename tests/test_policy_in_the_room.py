"""Another policy comes into use: it is in the audit, new calls are asked under it, running calls keep theirs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import triage_rules
from console import cli
from console.model import Choice
from console.record import Home
from console.record.engine import sqlite
from tests.seat import open_seat, ring


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MELDKAMER_HOME", str(tmp_path / "huis"))
    monkeypatch.setenv("MELDKAMER_OEFENING", "ja")
    return tmp_path / "huis"


def edited(tmp_path: Path, old: str, new: str) -> Path:
    """A copy of the packaged pack with one change in its head."""
    pack = tmp_path / "pak"
    shutil.copytree(triage_rules.PACK, pack)
    head = pack / "beleid.yaml"
    text = head.read_text(encoding="utf-8")
    assert old in text
    head.write_text(text.replace(old, new, 1), encoding="utf-8")
    return pack


async def test_new_calls_get_the_new_policy_and_running_calls_keep_theirs(home: Path, tmp_path: Path) -> None:
    desk = open_seat(home)
    before = await desk.take(ring(desk))
    pack = edited(tmp_path, 'versie: "1.0"', 'versie: "1.1"')
    assert cli.run(["beleid", "activeer", str(pack)]) == 0

    after = await desk.take(ring(desk))
    assert (before.policy.version, after.policy.version) == ("1.0", "1.1")
    assert (await desk.take(before.file.call_id)).policy.version == "1.0"
    await desk.close()

    again = open_seat(home)
    assert (await again.take(before.file.call_id)).policy.version == "1.0"
    case = await again.take(after.file.call_id)
    decision = await again.decide(case, again.propose(case, Choice.ADVICE))
    assert decision.policy.version == "1.1"
    assert case.policy.text_hash == decision.policy.text_hash
    await again.close()
    assert activations(home) == ["beleid geactiveerd"]


def activations(home: Path) -> list[str]:
    connection = sqlite.connect(Home.prepare(home).database)
    try:
        rows = connection.execute("SELECT what FROM audit WHERE what = 'beleid geactiveerd'").fetchall()
    finally:
        connection.close()
    return [row[0] for row in rows]


def test_a_policy_that_fails_its_checks_is_refused_and_nothing_changes(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = edited(tmp_path, "status: vastgesteld", "status: concept")
    assert cli.run(["beleid", "activeer", str(pack)]) == 1
    assert "vastgesteld" in capsys.readouterr().err
    assert not (home / "beleid" / "actief").exists()


async def test_recorded_decisions_are_replayed_under_another_version(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = open_seat(home)
    case = await desk.take(ring(desk))
    case = await desk.answer(case, "gevaar", "nu")
    await desk.decide(case, desk.propose(case, Choice.PRIO1))
    await desk.close()
    assert cli.run(["beleid", "naspelen", str(triage_rules.PACK)]) == 0
    assert "1 besluiten nagespeeld" in capsys.readouterr().out


def test_activating_before_anything_else_makes_a_data_folder_for_one_user(home: Path, tmp_path: Path) -> None:
    assert cli.run(["beleid", "activeer", str(edited(tmp_path, 'versie: "1.0"', 'versie: "1.1"'))]) == 0
    assert home.stat().st_mode & 0o777 == 0o700
