"""What a site lays down beside the program: units, users, folders and an example of the settings that is one."""

from __future__ import annotations

import grp
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from console import roles, settings
from tests import machine
from tests.overview.over_ssh import SSHD, make_key
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


@pytest.mark.skipif(
    shutil.which("systemd-tmpfiles") is None, reason="NOT RUN, no systemd-tmpfiles here: what it takes away is not seen"
)
def test_what_was_set_aside_for_a_way_back_is_never_tidied_away(tmp_path: Path) -> None:
    (aside,) = {
        Path(each) for each in re.findall(r"OPZIJ=(\S+)", (PROJECT / "docs" / "installatie.md").read_text("utf-8"))
    }
    kept = tmp_path / aside.relative_to("/") / "anker" / "anker.jsonl"
    copy = kept.parents[2] / "dossier-20261101-040000.db"
    kept.parent.mkdir(parents=True)
    for each in (kept, kept.parents[1] / "van-nu.db", copy):
        each.touch()
    lines = (SITE / "tmpfiles.d" / "meldkamer.conf").read_text("utf-8").replace(" 14d", " 1us")
    lines = lines.replace("meldkamer-dienst", "root").replace("root meldkamer ", "root root ")
    (tmp_path / "regels.conf").write_text(lines, "utf-8")
    run("systemd-tmpfiles", f"--root={tmp_path}", "--clean", tmp_path / "regels.conf")
    assert not copy.exists(), "a copy goes: the test could have failed"
    assert kept.exists()
    assert (kept.parents[1] / "van-nu.db").exists()


@pytest.mark.skipif(
    SSHD is None or os.geteuid() != 0, reason="NOT RUN, no sshd or not root: which block counts for whom is not seen"
)
def test_the_account_of_the_board_gets_its_own_block_also_in_the_group_of_the_room(tmp_path: Path) -> None:
    assert SSHD is not None
    make_key(tmp_path / "server")
    group = grp.getgrgid(os.getegid()).gr_name  # sshd asks the system in which groups an account is
    blocks = "".join(
        (SITE / "ssh" / f"meldkamer-{which}.conf").read_text("utf-8") for which in ("console", "overzicht")
    ).replace("Match Group meldkamer", f"Match Group {group}")
    blocks = blocks.replace("ploegchef", "root")
    (tmp_path / "sshd_config").write_text(f"HostKey {tmp_path / 'server'}\n{blocks}", "utf-8")
    Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    said = run(SSHD, "-T", "-f", tmp_path / "sshd_config", "-C", "user=root,host=x,addr=10.1.2.3")
    assert "forcecommand /usr/local/bin/meldkamer monitor\n" in said
    assert "authorizedkeysfile /etc/ssh/meldkamer-overzicht.keys\n" in said
