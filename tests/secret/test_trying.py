"""A secret is tried where that changes nothing, and being refused is told apart from not being heard."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest

from tests.cad.certificates import OPENING_WORDS, Office
from tests.cad.conftest import Simulator
from tests.intake.conftest import TOKEN, environment, running
from tests.secret.conftest import SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.secret.conftest import Machine


@pytest.fixture
def keys(machine: Machine) -> Path:
    folder = machine.folder / "keys"
    folder.mkdir(mode=0o700)
    (folder / "cad_token").write_text(SECRET)
    (folder / "intake_token").write_text(TOKEN)
    return folder


@pytest.fixture
def cad(machine: Machine, keys: Path) -> Iterator[Simulator]:
    simulator = Simulator("--port", "0", "--sleutel", environment=machine.environment(CREDENTIALS_DIRECTORY=str(keys)))
    yield simulator
    simulator.close()


def tried(machine: Machine, name: str, keys: Path, **settings: str) -> Any:
    return machine.run("test", name, desktop=False, CREDENTIALS_DIRECTORY=str(keys), **settings)


def test_the_cad_takes_it_or_refuses_it_or_is_not_there(machine: Machine, keys: Path, cad: Simulator) -> None:
    taken = tried(machine, "cad_token", keys, MELDKAMER_CAD_URL=cad.url)
    assert taken.returncode == 0, taken.stdout + taken.stderr
    assert "$CREDENTIALS_DIRECTORY heeft cad_token" in taken.stdout
    assert "Geprobeerd: GMS neemt hem aan." in taken.stdout
    assert cad.effects() == {}
    (keys / "cad_token").write_text("een-andere")
    refused = tried(machine, "cad_token", keys, MELDKAMER_CAD_URL=cad.url)
    assert (refused.returncode, "weigert de sleutel cad_token (401)" in refused.stdout) == (1, True)
    cad.close()
    gone = tried(machine, "cad_token", keys, MELDKAMER_CAD_URL=cad.url)
    assert gone.returncode == 69
    assert "GMS is niet bereikbaar" in gone.stdout
    for said in (taken, refused, gone):
        assert SECRET not in said.stdout + said.stderr
        assert "een-andere" not in said.stdout + said.stderr
    assert not machine.home.exists()


def test_a_cad_that_never_answers_is_not_waited_for(machine: Machine, keys: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        said = tried(machine, "cad_token", keys, MELDKAMER_CAD_URL=url)
    assert said.returncode == 69
    assert "antwoordt niet" in said.stdout


def test_the_intake_takes_it_or_refuses_it_or_is_not_there(machine: Machine, keys: Path, tmp_path: Path) -> None:
    with running(tmp_path / "intake", environment(tmp_path / "intake", keys)) as intake:
        taken = tried(machine, "intake_token", keys, MELDKAMER_INTAKE_ADRES=intake.url)
        assert taken.returncode == 0, taken.stdout + taken.stderr
        assert "neemt hem aan" in taken.stdout
        (keys / "intake_token").write_text(SECRET)
        refused = tried(machine, "intake_token", keys, MELDKAMER_INTAKE_ADRES=intake.url)
        assert refused.returncode == 1
        assert "weigert hem" in refused.stdout
        assert intake.files() == []
    gone = tried(machine, "intake_token", keys, MELDKAMER_INTAKE_ADRES=intake.url)
    assert gone.returncode == 69
    assert "niet bereikbaar" in gone.stdout


def test_the_password_of_the_private_key_is_tried_on_it(machine: Machine, keys: Path, tmp_path: Path) -> None:
    paper = Office(tmp_path).issue(encrypted=True)
    settings = {
        "MELDKAMER_CAD_URL": "https://localhost",
        "MELDKAMER_CAD_CERTIFICAAT": str(paper.path),
        "MELDKAMER_CAD_CERTIFICAAT_SLEUTEL": str(paper.key),
    }
    (keys / "cad_sleutel_wachtwoord").write_bytes(OPENING_WORDS)
    opened = tried(machine, "cad_sleutel_wachtwoord", keys, **settings)
    assert (opened.returncode, "gaat ermee open" in opened.stdout) == (0, True), opened.stdout
    (keys / "cad_sleutel_wachtwoord").write_text(SECRET)
    closed = tried(machine, "cad_sleutel_wachtwoord", keys, **settings)
    assert closed.returncode == 1
    assert SECRET not in closed.stdout + closed.stderr


def test_where_nothing_is_found_each_place_and_the_way_to_set_it_are_said(machine: Machine) -> None:
    done = machine.run("test", "cad_token", desktop=False)
    assert done.returncode == 1
    for said in (
        "$CREDENTIALS_DIRECTORY is niet gezet",
        "geen sleutelbos",
        "is er niet",
        "meldkamer geheim zet cad_token",
    ):
        assert said in done.stdout


def test_what_cannot_be_a_key_is_said_and_not_told(machine: Machine, keys: Path) -> None:
    (keys / "cad_token").write_text(f"{SECRET}\nnog een regel")
    done = tried(machine, "cad_token", keys)
    assert done.returncode == 1
    assert "geen bruikbare sleutel" in done.stderr
    assert SECRET not in done.stderr + done.stdout
