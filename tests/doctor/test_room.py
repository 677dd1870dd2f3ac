"""Settings, data folder, record and policy, each beside a world in which it is broken, made real where that can be."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import triage_rules
from console import policy_shelf
from console.doctor import setup
from console.doctor.finding import Status
from console.record import Home, engine
from console.record.chain import Log
from tests.doctor.conftest import ROOT, examined, findings, one, plain_environment, world
from tests.machine import write
from tests.record import tampering

if TYPE_CHECKING:
    pass

OK, ATTENTION, WRONG = Status.OK, Status.ATTENTION, Status.WRONG
GROUP = "daemon"
NOBODY = 65534
UNSHARE = shutil.which("unshare")


# -- instellingen


def test_settings_that_cannot_be_read_are_a_finding(home: Path) -> None:
    (home / "instellingen.toml").write_text("cad_url = 3")
    (home / "instellingen.toml").chmod(0o600)
    done = examined(plain_environment(home), "--json")
    found = findings(done)
    assert done.returncode == 1
    assert found["instellingen"]["status"] == "fout"
    assert "cad_url" in found["instellingen"]["gezien"]
    assert found["dossier"] == found["dossier"] | {
        "status": "let_op",
        "gezien": "niet nagekeken: de instellingen zijn niet te lezen",
    }


def test_a_group_without_settings_of_the_machine_and_without_roles(home: Path) -> None:
    alone, shared = world(home), world(home, group=GROUP)
    for name in ("machinebestand", "rollen"):
        assert one("setup", name, alone).status is OK
        assert one("setup", name, shared).status is ATTENTION


@pytest.mark.parametrize(
    ("roles", "status"),
    [
        ((("centralist", ("root",)), ("beheer", ("root",))), OK),
        ((("centralist", ("root",)),), ATTENTION),
        ((("centralist", ("niemand-heet-zo", "@zo-heet-geen-groep")), ("beheer", ("root",))), ATTENTION),
    ],
)
def test_roles_of_nobody(home: Path, roles: Any, status: Status) -> None:
    assert one("setup", "rollen", world(home, group=GROUP, roles=roles)).status is status


def test_a_login_shell_that_is_not_there_can_be_changed_or_left(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid() != 0:
        pytest.skip("NOT RUN: needs root for files of root")
    shell, own = tmp_path / "meldkamer-console", tmp_path / "thuis"
    own.mkdir()
    account = pwd.struct_passwd(("j.devries", "x", NOBODY, NOBODY, "", str(own), str(shell)))
    monkeypatch.setattr(pwd, "getpwnam", lambda _name: account)
    monkeypatch.setattr(setup, "SHELLS", tmp_path / "shells")
    where = world(home, group=GROUP, roles=(("centralist", ("j.devries",)), ("beheer", ("j.devries",))))
    assert one("setup", "inlogschil", where).status is WRONG
    shell.write_text("#!/bin/sh\n")
    for mode, status in ((0o775, WRONG), (0o700, WRONG), (0o755, OK)):
        shell.chmod(mode)
        assert one("setup", "inlogschil", where).status is status
    os.chown(own, NOBODY, NOBODY)
    assert one("setup", "inlogschil", where).status is ATTENTION
    (tmp_path / "shells").write_text(f"/bin/sh\n{shell}\n")
    assert "/etc/shells" in one("setup", "inlogschil", where).said
    assert one("setup", "inlogschil", world(home)).status is OK


def test_variables_that_overrule_the_machine(home: Path, tmp_path: Path) -> None:
    where = world(home, group=GROUP, governed_by=write(tmp_path / "etc" / "x.toml", ""))
    where.environment = {"MELDKAMER_CAD_URL": "http://x", "MELDKAMER_HOME": "x"}
    found = one("setup", "eigen-variabelen", where)
    assert (found.status, found.remedy) == (ATTENTION, "unset MELDKAMER_CAD_URL")


# -- gegevensmap


def test_a_data_folder_that_is_not_there_or_is_a_file(tmp_path: Path) -> None:
    assert one("folder", "gegevensmap", world(tmp_path / "weg")).status is ATTENTION
    (tmp_path / "bestand").write_text("")
    assert one("folder", "gegevensmap", world(tmp_path / "bestand")).status is WRONG


@pytest.mark.parametrize(
    ("kind", "status"), [("ext4", OK), ("nfs4", WRONG), ("cifs", WRONG), ("tmpfs", ATTENTION), ("wonderfs", ATTENTION)]
)
def test_a_disk_that_cannot_keep_the_record(home: Path, tmp_path: Path, kind: str, status: Status) -> None:
    where = world(home)
    where.proc = tmp_path / "proc"
    (where.proc / "self").mkdir(parents=True)
    (where.proc / "self" / "mountinfo").write_text(f"1 0 0:1 / / rw - {kind} none rw\n")
    assert one("folder", "bestandssysteem", where).status is status


def test_rights_that_let_others_in(home: Path) -> None:
    assert one("folder", "rechten", world(home)).status is OK
    home.chmod(0o755)
    found = one("folder", "rechten", world(home))
    assert (found.status, found.remedy) == (WRONG, f"chmod 0700 '{home}'")
    assert one("folder", "rechten", world(home, group="zo-heet-geen-groep")).status is WRONG
    assert "chgrp" in one("folder", "rechten", world(home, group=GROUP)).remedy
    if os.geteuid() == 0:
        import grp  # noqa: PLC0415

        os.chown(home, -1, grp.getgrnam(GROUP).gr_gid)
        assert one("folder", "rechten", world(home, group=GROUP)).remedy == f"chmod 2770 '{home}'"
        home.chmod(0o2770)
        assert one("folder", "rechten", world(home, group=GROUP)).status is OK


def test_a_file_that_others_can_read_or_that_leads_elsewhere(home: Path) -> None:
    assert one("folder", "bestanden", world(home)).status is OK
    deep = home / "noodpakket"
    deep.mkdir(mode=0o700)
    (deep / "noodpakket.txt").write_text("")
    (deep / "noodpakket.txt").chmod(0o644)
    found = one("folder", "bestanden", world(home))
    assert (found.status, "noodpakket/noodpakket.txt" in found.said) == (WRONG, True)
    (deep / "noodpakket.txt").chmod(0o600)
    (home / "weg.txt").symlink_to("/etc/hostname")
    assert one("folder", "bestanden", world(home)).status is WRONG


@pytest.mark.parametrize(
    ("options", "fill", "said"),
    [
        ("size=40m", "true", "MB vrij"),
        ("size=200m,nr_inodes=60", "for n in $(seq 80); do touch $H/$n; done 2>/dev/null", "bestanden bij"),
    ],
)
def test_a_disk_that_is_nearly_full(tmp_path: Path, options: str, fill: str, said: str) -> None:
    if (
        os.geteuid() != 0
        or UNSHARE is None
        or subprocess.run([str(UNSHARE), "-m", "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("NOT RUN: no mount namespace can be made here")
    home = tmp_path / "data"
    home.mkdir(mode=0o700)
    script = f"mount -t tmpfs -o mode=700,{options} none $H; {fill}; exec {sys.executable} -m console doctor --json"
    done = subprocess.run(
        [str(UNSHARE), "-m", "sh", "-c", script],
        env=plain_environment(home, H=str(home)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    found = findings(done)["schijfruimte"]
    assert found["status"] in {"fout", "let_op"}
    assert said in found["gezien"]
    assert findings(done)["bestandssysteem"]["status"] == "let_op"


def test_crashes_of_late_ask_for_attention(home: Path) -> None:
    assert one("folder", "storingen", world(home)).status is OK
    (home / "storingen").mkdir(mode=0o700)
    report = home / "storingen" / "20261122-010203-abcd.txt"
    report.write_text("x")
    assert one("folder", "storingen", world(home)).status is ATTENTION
    os.utime(report, (1, 1))
    assert one("folder", "storingen", world(home)).status is OK


# -- dossier


def test_a_sqlite_that_loses_data(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.sqlite, "sqlite_version_info", (3, 40, 1))
    assert one("record", "sqlite", world(home)).status is WRONG


def test_a_record_that_is_damaged(home: Path) -> None:
    assert one("record", "dossier", world(home)).status is OK
    with (home / "dossier.db").open("r+b") as file:
        for page in range(2, 60):
            file.seek(4096 * page)
            file.write(b"\xff" * 200)
    assert one("record", "dossier", world(home)).status is WRONG
    (home / "dossier.db").write_bytes(b"geen dossier" * 1000)
    assert one("record", "dossier", world(home)).status is WRONG


@pytest.mark.parametrize(("steps", "status"), [(999, WRONG), (1, ATTENTION)])
def test_a_record_of_another_version(home: Path, steps: int, status: Status) -> None:
    connection = engine.sqlite.connect(home / "dossier.db")
    connection.execute(f"PRAGMA user_version = {steps}")
    connection.close()
    assert one("record", "dossier", world(home)).status is status


def test_a_log_that_was_altered_or_cut_off(home: Path) -> None:
    assert one("record", "logboeken", world(home)).status is OK
    anchor = (home / "anker" / "anker.txt").read_text()
    with tampering.opened(Home(home)) as connection:
        tampering.edit(connection, Log.AUDIT, 1)
    found = one("record", "logboeken", world(home))
    assert (found.status, found.remedy) == (WRONG, "meldkamer dossier verifieer")
    (home / "anker" / "anker.txt").write_text(anchor.replace(" 1:", " 9:"))
    assert one("record", "logboeken", world(home)).status is WRONG


def test_copies_that_were_never_made_or_long_ago(home: Path) -> None:
    assert one("record", "reservekopie", world(home)).status is OK
    later = world(home)
    later.wall = lambda: time.time() + 3 * 86_400
    assert one("record", "reservekopie", later).status is ATTENTION
    copy = [sys.executable, "-m", "console", "dossier", "reservekopie", str(home.parent / "kopie.db")]
    subprocess.run(copy, env=plain_environment(home), cwd=ROOT, capture_output=True, check=True)
    assert "de laatste is van" in one("record", "reservekopie", world(home)).said
    later = world(home)
    later.wall = lambda: time.time() + 3 * 86_400
    assert one("record", "reservekopie", later).status is ATTENTION


def test_a_log_of_sqlite_that_only_grows(home: Path) -> None:
    with (home / "dossier.db-wal").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    assert one("record", "wal", world(home)).status is ATTENTION


# -- beleid


def test_a_policy_that_is_not_whole_not_decided_or_not_sound(home: Path, tmp_path: Path) -> None:
    assert [one("policy", name, world(home)).status for name in ("beleid", "beleidstoets", "beleidsdatum")] == [OK] * 3
    shelf = home / policy_shelf.FOLDER
    shelf.mkdir(mode=0o700)
    (shelf / policy_shelf.ACTIVE).write_text("0" * 64)
    for name in ("beleid", "beleidstoets", "beleidsdatum"):
        assert one("policy", name, world(home)).status is WRONG
    (tmp_path / "kapot.json").write_text("{")
    (shelf / policy_shelf.ACTIVE).unlink()
    assert one("policy", "beleid", world(home, policy=tmp_path / "kapot.json")).status is WRONG
    old = world(home)
    old.wall = lambda: datetime(2031, 1, 1, tzinfo=UTC).timestamp()
    assert one("policy", "beleidsdatum", old).status is ATTENTION
    early = world(home)
    early.wall = lambda: 0.0
    assert one("policy", "beleidsdatum", early).status is WRONG


def test_a_policy_whose_examples_do_not_hold(home: Path, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(Path(triage_rules.__file__).parent / "policy" / "tpdc", pack)
    for file in pack.rglob("*.yaml"):
        text = file.read_text()
        if "verwacht: eenheid_prio1" in text:
            file.write_text(text.replace("verwacht: eenheid_prio1", "verwacht: advies", 1))
            break
    where = world(home)
    where.once("policy", lambda: triage_rules.read_pack(pack))
    assert one("policy", "beleidstoets", where).status is WRONG
    draft = world(home)
    for file in pack.rglob("*.yaml"):
        file.write_text(file.read_text().replace("status: vastgesteld", "status: concept"))
    draft.once("policy", lambda: triage_rules.read_pack(pack))
    assert one("policy", "beleid", draft).status is ATTENTION
