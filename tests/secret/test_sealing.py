"""A secret for a service: encrypted by the service manager of this machine, where it leaves nothing behind."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console import sealing
from tests.secret.conftest import ROOT, SECRET

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.secret.conftest import Machine

MELDKAMER = f"{sys.executable} -m console geheim"


def in_namespace(command: list[str], machine: Machine, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run it there."""
    return subprocess.run(
        command,
        env=machine.environment(M=str(folder), PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_what_is_sealed_opens_on_this_machine_only(
    machine: Machine, tmp_path: Path, apart: Callable[[str], list[str]]
) -> None:
    folder = tmp_path / "etc"
    machine.with_record()
    done = in_namespace(
        apart(
            f"printf '%s' {SECRET} | {MELDKAMER} zet cad_token --van-invoer --dienst --map $M\n"
            "echo; systemd-creds decrypt --name=cad_token $M/cad_token.cred - | sha256sum\n"
            f"{MELDKAMER} test cad_token --map $M\n"
        ),
        machine,
        folder,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    file = folder / "cad_token.cred"
    assert f"LoadCredentialEncrypted=cad_token:{file}" in done.stdout
    assert "systemctl restart meldkamer-bezorging" in done.stdout
    expected = hashlib.sha256(SECRET.encode()).hexdigest()
    assert expected in done.stdout
    assert f"{file} ligt klaar voor de dienst en gaat open" in done.stdout
    assert SECRET not in done.stdout + done.stderr
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert SECRET.encode() not in file.read_bytes()
    assert [each.name for each in folder.iterdir()] == ["cad_token.cred"]
    assert machine.audit()[0][1:] == ("geheim gezet", '{"geheim":"cad_token","plaats":"dienst"}')
    elsewhere = in_namespace(apart(f"{MELDKAMER} test cad_token --map $M"), machine, folder)
    assert elsewhere.returncode == 1
    assert "systemd-creds lukte niet" in elsewhere.stdout
    gone = in_namespace(apart(f"{MELDKAMER} wis cad_token --dienst --ja --map $M"), machine, folder)
    assert gone.returncode == 0
    assert not file.exists()


def test_a_folder_of_others_is_refused(machine: Machine, tmp_path: Path, apart: Callable[[str], list[str]]) -> None:
    folder = tmp_path / "etc"
    folder.mkdir()
    folder.chmod(0o777)
    done = in_namespace(
        apart(f"echo {SECRET} | {MELDKAMER} zet cad_token --van-invoer --dienst --map $M"), machine, folder
    )
    assert done.returncode == 78
    assert "chmod 0755" in done.stderr
    assert list(folder.iterdir()) == []


def test_the_program_that_encrypts_gets_the_secret_by_its_input_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told"
    fake = tmp_path / "creds"
    fake.write_text(
        "#!/bin/sh\n[ $1 = --version ] && echo 'systemd 255 (x)' && exit\n"
        f'(echo "$@"; env) >> {told}\ntr a-z n-za-m\n'
    )
    fake.chmod(0o755)
    monkeypatch.setattr(sealing, "PROGRAM", fake)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("SYSTEMD_CREDENTIAL_SECRET", "/elsewhere")
    file = sealing.seal("cad_token", SECRET, tmp_path)
    assert SECRET not in told.read_text()
    assert "SYSTEMD_CREDENTIAL_SECRET" not in told.read_text()
    assert SECRET.encode() not in file.read_bytes()
    assert sealing.unseal("cad_token", tmp_path) == SECRET.encode()


@pytest.mark.parametrize("version", ["systemd 249 (249.11)", "", "nonsense"])
def test_where_systemd_is_too_old_the_way_that_works_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    fake = tmp_path / "creds"
    fake.write_text(f"#!/bin/sh\necho '{version}'\n")
    fake.chmod(0o755)
    monkeypatch.setattr(sealing, "PROGRAM", fake)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(sealing.SealError, match="LoadCredential=cad_token:"):
        sealing.seal("cad_token", SECRET, tmp_path)
    monkeypatch.setattr(sealing, "PROGRAM", tmp_path / "nowhere")
    with pytest.raises(sealing.SealError, match="install -m 0600"):
        sealing.seal("cad_token", SECRET, tmp_path)


def test_only_root_seals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(sealing.SealError, match="sudo meldkamer geheim zet cad_token --dienst"):
        sealing.seal("cad_token", SECRET, tmp_path)


def test_what_the_program_says_when_it_fails_is_told_without_control_characters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "creds"
    fake.write_text(
        "#!/bin/sh\n[ $1 = --version ] && echo 'systemd 252' && exit\nprintf 'no \\033[2Jkey' >&2; exit 1\n"
    )
    fake.chmod(0o755)
    monkeypatch.setattr(sealing, "PROGRAM", fake)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(sealing.SealError) as failed:
        sealing.seal("cad_token", SECRET, tmp_path)
    assert "\x1b" not in str(failed.value)
    assert SECRET not in str(failed.value)
    assert list(tmp_path.glob("*.cred")) == []
