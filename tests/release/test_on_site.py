"""From the archive to a confirmed dispatch on a machine of a site: no network, real accounts, a real terminal."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.release.conftest import PROJECT
from tests.release.on_site import NAMESPACE

TOOLS = (
    "unshare",
    "mount",
    "ip",
    "setpriv",
    "useradd",
    "groupadd",
    "systemd-sysusers",
    "systemd-tmpfiles",
    "systemd-creds",
)
PATH = "/usr/sbin:/sbin:/usr/bin:/bin"


def what_lacks(work: Path) -> str:
    """Why no machine can be made up here; empty when one can."""
    if os.geteuid() != 0:
        return "not root"
    missing = [tool for tool in TOOLS if shutil.which(tool, path=PATH) is None]
    if missing:
        return f"no {', '.join(missing)}"
    upper, scratch = work / "boven", work / "werk"
    upper.mkdir()
    scratch.mkdir()
    overlay = ("mount", "-t", "overlay", "overlay", "-o", f"lowerdir=/etc,upperdir={upper},workdir={scratch}", "/etc")
    tried = subprocess.run([*NAMESPACE, *overlay], check=False, capture_output=True, text=True)
    return tried.stderr.strip()


@pytest.fixture(scope="module")
def seen(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What was seen on that machine."""
    lack = what_lacks(tmp_path_factory.mktemp("proef"))
    if lack:
        pytest.skip(f"NOT RUN, no machine of a site can be made up here: {lack}")
    work = tmp_path_factory.mktemp("machine")
    homes = set(Path("/home").iterdir())
    command: list[str | Path] = [*NAMESPACE, sys.executable, "-m", "tests.release.on_site", unpacked, work]
    variables = {**os.environ, "PATH": f"{os.environ['PATH']}:{PATH}"}
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=PROJECT, env=variables, timeout=300)
    assert done.returncode == 0, done.stderr
    assert set(Path("/home").iterdir()) == homes, "a home was left behind on the machine that tests"
    saw: dict[str, Any] = json.loads(done.stdout)
    return saw


def test_it_is_placed_without_any_network(seen: dict[str, Any]) -> None:
    assert seen["networks"] == ["lo"]
    assert "is in gebruik: /opt/meldkamer/current/bin/meldkamer" in seen["installed"]


def test_a_call_goes_from_the_telephone_to_a_confirmed_dispatch(seen: dict[str, Any]) -> None:
    assert (seen["refused"], seen["rung"]) == (401, 201)
    assert "Eenheid ter plaatse, prio 1 (spoed) (j.devries" in seen["decided"]
    assert "Nummer in GMS: CAD-000001" in seen["decided"]
    assert "0 zonder bevestiging" in seen["queue"]
    assert seen["left"] == 0


OF_WHOEVER_TESTS = {"bestandssysteem", "schijfruimte"}
"""What the doctor sees of the disk that the tests run on, and not of what was placed there."""


@pytest.mark.parametrize("who", ["doctor", "doctor_of_root"])
def test_the_doctor_finds_all_in_order(seen: dict[str, Any], who: str) -> None:
    found = seen[who]["said"]["bevindingen"]
    assert [each for each in found if each["status"] != "ok" and each["naam"] not in OF_WHOEVER_TESTS] == []
    assert {"cad_token", "intake", "bezorging", "machinebestand", "rollen", "pakketten"} <= {
        each["naam"] for each in found
    }
    assert seen[who]["code"] == 0


def test_the_record_of_it_holds(seen: dict[str, Any]) -> None:
    assert "Het logboek klopt" in seen["verified"]
    assert "Het inzagelogboek klopt" in seen["verified"]


def test_root_copies_the_record_as_the_account_whose_it_is(seen: dict[str, Any]) -> None:
    assert "/var/backups/meldkamer/voor-9.9.9-" in seen["copied"]
    assert "1 meldingen" in seen["copied"]
    assert seen["copies"] == [["meldkamer-dienst", "0o100600"]]


def test_nothing_of_it_is_left_on_this_machine(seen: dict[str, Any]) -> None:
    assert seen["networks"]
    mounts = subprocess.run(["/usr/bin/env", "mount"], check=True, capture_output=True, text=True).stdout
    assert "/boven0" not in mounts
