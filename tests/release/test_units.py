"""What a site lays down beside the program: units, users, folders and an example of the settings that is one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from console import roles, settings
from tests import machine
from tests.release.conftest import PROJECT

SITE = PROJECT / "console" / "release" / "site"
UNITS = sorted((SITE / "systemd").iterdir())
OF_A_PERSON = "meldkamer-scherm.service"
SERVICES = [unit for unit in UNITS if unit.suffix == ".service" and unit.name != OF_A_PERSON]
MOST_EXPOSED = 20
"""In tenths, of what `systemd-analyze security` counts from 0 to 10; it calls this OK. The network is what is left."""

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None or shutil.which("systemd-sysusers") is None,
    reason="NOT RUN, no systemd on this machine: that the units, users and folders are right is not proved here",
)


def run(*command: str | Path) -> str:
    """Run a tool of systemd; what it said."""
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@needs_systemd
def test_systemd_finds_nothing_wrong_in_the_units(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("meldkamer")
    for unit in UNITS:
        text = unit.read_text("utf-8").replace("/opt/meldkamer/current/bin", str(program.parent))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    assert run("systemd-analyze", "verify", "--man=no", *tmp_path.iterdir()) == ""


@needs_systemd
@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_may_do_little_else_than_its_work(unit: Path) -> None:
    run("systemd-analyze", "security", "--offline=yes", f"--threshold={MOST_EXPOSED}", unit)


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_runs_the_version_in_use_as_nobody_who_logs_in(unit: Path) -> None:
    lines = unit.read_text("utf-8").splitlines()
    assert {"User=meldkamer-dienst", "Group=meldkamer", "NoNewPrivileges=yes", "UMask=0007"} <= set(lines)
    assert [line for line in lines if line.startswith("ExecStart=") and "/opt/meldkamer/current/bin/meldkamer" in line]
    assert not [line for line in lines if line.startswith(("Environment", "RestrictSUIDSGID"))]


@needs_systemd
def test_users_and_folders_are_made_as_the_programs_demand_them(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    run("systemd-sysusers", f"--root={tmp_path}", SITE / "sysusers.d" / "meldkamer.conf")
    account = (tmp_path / "etc" / "passwd").read_text("utf-8").split(":")
    (group,) = (tmp_path / "etc" / "group").read_text("utf-8").splitlines()
    assert (account[0], account[3], account[6]) == ("meldkamer-dienst", group.split(":")[2], "/usr/sbin/nologin\n")
    assert group.startswith("meldkamer:")


def test_the_example_of_the_settings_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (SITE / "voorbeelden" / "instellingen.toml").read_text("utf-8")
    file = machine.here(monkeypatch, machine.write(tmp_path / "etc" / "instellingen.toml", text))
    read = settings.load({})
    assert (read.home, read.group, read.governed_by) == (Path("/var/lib/meldkamer"), "meldkamer", file)
    assert {name for name, _ in read.roles} < {each.value for each in roles.Role}
