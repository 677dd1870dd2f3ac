"""The intake as a program: when it starts, when it does not and says why, how it ends."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.intake.conftest import Intake, environment, message, running, wait_for

if TYPE_CHECKING:
    from pathlib import Path


def refused(environ: dict[str, str], *arguments: str) -> tuple[int, str]:
    """Run it where it may not start; its exit code and its sentence."""
    run = subprocess.run(
        [sys.executable, "-m", "console", "intake", *arguments],
        env=environ,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert run.stdout == "" or run.returncode == 2
    return run.returncode, run.stderr


def test_without_a_key_it_does_not_start_and_says_how_to_give_one(tmp_path: Path) -> None:
    code, said = refused(environment(tmp_path / "data", None), "--port", "0")
    assert code == 78
    assert "er is geen sleutel intake_token" in said
    assert "LoadCredentialEncrypted=intake_token" in said
    assert not (tmp_path / "data").exists()


def test_an_exercise_without_a_key_does_not_start_for_others(tmp_path: Path) -> None:
    code, said = refused(environment(tmp_path / "data", None, exercise=True), "--host", "0.0.0.0", "--port", "0")  # noqa: S104
    assert code == 78
    assert "alleen op 127.0.0.1" in said


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_an_exercise_on_this_machine_runs_open_and_says_so(host: str, tmp_path: Path) -> None:
    home = tmp_path / "data"
    with running(home, environment(home, None, exercise=True), "--host", host, "--port", "0") as intake:
        assert "OEFENING; zonder sleutel, alleen vanaf deze computer." in intake.said
        assert httpx.post(f"{intake.url}/v1/calls", json=message(), trust_env=False).status_code == 201


def test_an_exercise_with_a_key_asks_for_it(tmp_path: Path, credentials: Path) -> None:
    home = tmp_path / "data"
    with running(home, environment(home, credentials, exercise=True)) as intake:
        assert httpx.post(f"{intake.url}/v1/calls", json=message(), trust_env=False).status_code == 401


def test_listening_beyond_this_machine_warns_that_tls_is_missing(tmp_path: Path, credentials: Path) -> None:
    home = tmp_path / "data"
    with running(home, environment(home, credentials), "--host", "0.0.0.0", "--port", "0") as intake:  # noqa: S104
        assert "zonder TLS" in intake.said


def test_a_key_that_cannot_be_one_is_not_taken_for_no_key(tmp_path: Path) -> None:
    (tmp_path / "sleutels").mkdir()
    (tmp_path / "sleutels" / "intake_token").write_text("twee\nregels")
    code, said = refused(environment(tmp_path / "data", tmp_path / "sleutels", exercise=True), "--port", "0")
    assert code == 78
    assert "intake_token" in said
    assert "regels" not in said


def test_a_port_that_is_taken_is_said(tmp_path: Path, credentials: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        code, said = refused(environment(tmp_path / "data", credentials), "--port", port)
    assert code == 69
    assert f"kan niet luisteren op 127.0.0.1 poort {port}: daar luistert al een programma" in said


@pytest.mark.parametrize("host", ["geen adres", "twee..punten", "a" * 64, "192.0.2.1"])
def test_an_address_that_does_not_exist_is_said(tmp_path: Path, credentials: Path, host: str) -> None:
    code, said = refused(environment(tmp_path / "data", credentials), "--host", host, "--port", "0")
    assert code == 69
    assert host in said
    assert said.count("\n") == 1
    assert "Kies een ander adres" in said


@pytest.mark.parametrize("port", ["-1", "65536", "acht", "９", "9" * 5000])
def test_a_port_that_cannot_be_is_wrong_use(port: str, tmp_path: Path, credentials: Path) -> None:
    code, said = refused(environment(tmp_path / "data", credentials), f"--port={port}")
    assert code == 2
    assert "een poort is een getal van 0 tot en met 65535" in said


def test_a_data_folder_that_cannot_be_used_is_said(tmp_path: Path, credentials: Path) -> None:
    (tmp_path / "data").write_text("in de weg")
    code, said = refused(environment(tmp_path / "data", credentials), "--port", "0")
    assert code == 78
    assert str(tmp_path / "data") in said
    assert "Traceback" not in said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_ends_as_asked_with_a_line_still_open(number: signal.Signals, intake: Intake) -> None:
    with intake.line as line:
        assert line.get("/health").json() == {"dossier": "ok"}
        intake.process.send_signal(number)
        wait_for(lambda: intake.process.poll() is not None, "the end")
    assert intake.process.returncode == 0
    assert "Traceback" not in intake.log.read_text()


def test_the_command_line_loads_no_web_server() -> None:
    code = (
        "import sys, console.intake.serve, console.intake.feed;"
        "print([name for name in ('starlette', 'uvicorn', 'pydantic', 'httpx', 'keyring') if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"
