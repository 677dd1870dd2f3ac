"""`./installeer`: a version beside the others without network, switched in one step, and the way back."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

from console import installing
from console.installing import Copying, Refused, Release
from tests.release.conftest import BLOCKED, WITHOUT_NETWORK, can_go_without_network

NO_COPY = Copying(None, None, left_out=False)


class Usage(NamedTuple):
    """As much of `shutil.disk_usage` as is looked at."""

    free: int


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run it as somebody whose machine reaches nothing."""
    given = {**os.environ, **BLOCKED, **environment}
    return subprocess.run(command, check=False, capture_output=True, text=True, env=given, timeout=300)


def a_release(folder: Path, version: str, record: int = 9) -> Release:
    """The papers of a release, without its wheels."""
    folder.mkdir(parents=True)
    facts = {"versie": version, "python": "3.11", "glibc": "2.28", "dossier": record, "megabytes": 1}
    (folder / "levering.json").write_text(json.dumps(facts), encoding="ascii")
    return Release.read(folder)


def standing(folder: Path, version: str, record: int = 9) -> Release:
    """A version that stands there already, with nothing in it but its papers."""
    return a_release(folder / version / installing.PAPERS, version, record)


def test_it_is_placed_from_its_own_wheels_and_runs(placed: Path, unpacked: Path) -> None:
    version = Release.read(unpacked).version
    assert (placed / "current").readlink() == Path(version)
    done = run(placed / "current" / "bin" / "meldkamer", "--help")
    assert "opdrachten" in done.stdout
    assert (placed / "current" / "levering" / "sbom.cdx.json").exists()
    assert not (placed / "current" / "levering" / "wheels").exists()
    done = run(placed / "current" / "bin" / "python", "-m", "pip", "--isolated", "freeze", "--all")
    pinned = (unpacked / "requirements.txt").read_text("ascii").splitlines()
    assert sorted(plain(line) for line in done.stdout.splitlines()) == sorted(
        plain(line.split(" ")[0]) for line in pinned
    )


def plain(line: str) -> str:
    name, separator, version = line.partition("==")
    if not separator:
        name, _, file = line.partition(" @ ")
        version = file.rsplit("/", 1)[-1].split("-")[1]
    return f"{name.lower().replace('_', '-').replace('.', '-')} {version}"


@pytest.mark.skipif(not can_go_without_network(), reason="NOT RUN: this account cannot take a program's network away")
def test_there_was_no_network_to_place_it_with() -> None:
    reach = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    done = run(*WITHOUT_NETWORK, "python3", "-I", "-c", reach)
    assert "Network is unreachable" in done.stderr


def test_everybody_can_start_it_whatever_the_umask_was(placed: Path) -> None:
    wrong = [path for path in placed.rglob("*") if not path.is_symlink() and path.stat().st_mode & 0o044 != 0o044]
    assert wrong == []
    assert not [path for path in placed.rglob("*") if not path.is_symlink() and path.stat().st_mode & 0o022]


def test_the_same_version_again_changes_nothing(placed: Path, unpacked: Path) -> None:
    before = (placed / "current").lstat().st_mtime_ns
    done = run(unpacked / "installeer", "--map", placed)
    assert (done.returncode, done.stdout) == (78, "")
    assert "al in gebruik" in done.stderr
    assert (placed / "current").lstat().st_mtime_ns == before


def test_the_command_that_lies_with_a_placed_version_works_too(placed: Path) -> None:
    done = run(placed / "current" / "levering" / "installeer", "--map", placed, "--terug")
    assert (done.returncode, done.stdout) == (78, "")
    assert "geen vorige versie" in done.stderr


@pytest.mark.parametrize("spoilt", ["requirements.txt", "wheels", "levering.json"])
def test_a_release_that_was_altered_is_refused(own_copy: Path, tmp_path: Path, spoilt: str) -> None:
    file = next((own_copy / "wheels").glob("meldkamer*")) if spoilt == "wheels" else own_copy / spoilt
    text = file.read_bytes()
    file.unlink()
    file.write_bytes(text.replace(b"0", b"1", 1))
    done = run(own_copy / "installeer", "--map", tmp_path / "opt")
    assert done.returncode == 78
    assert "Haal de levering opnieuw op" in done.stderr
    assert not (tmp_path / "opt").exists()


def test_a_wheel_that_the_sums_do_not_know_is_not_used(own_copy: Path) -> None:
    with zipfile.ZipFile(own_copy / "wheels" / "meldkamer_console-0.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("console/__init__.py", "")
        wheel.writestr("console/installing.py", "raise SystemExit('van een ander')")
    done = run(own_copy / "installeer", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "--reservekopie" in done.stdout


def test_without_its_python_it_says_which_one_and_how(unpacked: Path, tmp_path: Path) -> None:
    for tool in ("dirname", "sha256sum", "sed"):
        (tmp_path / tool).symlink_to(str(shutil.which(tool)))
    (tmp_path / "python3").symlink_to("/bin/false")
    done = run(unpacked / "installeer", "--map", tmp_path / "opt", PATH=str(tmp_path), PYTHON="/er/is/niets")
    assert done.returncode == 78
    assert "PYTHON=" in done.stderr


def test_wrong_use_is_said_in_dutch(unpacked: Path) -> None:
    done = run(unpacked / "installeer", "--mop", "x")
    assert done.returncode == 2
    assert "onbekende argumenten" in done.stderr


def test_a_machine_on_which_it_cannot_run_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release = a_release(tmp_path / "levering", "0.2.0")
    installing.check_machine(release, tmp_path / "opt" / "meldkamer")
    cases = {
        "is 1 MB vrij": ("shutil.disk_usage", Usage(1_999_999)),
        "dit is linux op aarch64": ("platform.machine", "aarch64"),
        "hier is 2.17": ("console.installing._glibc", "2.17"),
        "hier is geen glibc": ("console.installing._glibc", ""),
        "mag dit account niets maken": ("os.access", False),
    }
    for said, (name, answer) in cases.items():
        with monkeypatch.context() as changed:
            changed.setattr(name, lambda *_, answer=answer: answer)
            with pytest.raises(Refused, match=said):
                installing.check_machine(release, tmp_path / "opt")
    monkeypatch.setattr("sys.version_info", (3, 12, 1))
    with pytest.raises(Refused, match=r"is voor Python 3\.11; dit is 3\.12"):
        installing.check_machine(release, tmp_path / "opt")


def test_what_fails_half_way_leaves_the_version_in_use(tmp_path: Path) -> None:
    standing(tmp_path, "0.1.0")
    installing.install(Release.read(tmp_path / "0.1.0" / "levering"), tmp_path, NO_COPY)
    broken = a_release(tmp_path / "uitgepakt", "0.2.0")
    (broken.folder / "wheels").mkdir()
    with pytest.raises((Refused, ValueError)):
        installing.install(broken, tmp_path, NO_COPY)
    assert installing.current(tmp_path) == tmp_path / "0.1.0"
    assert not (tmp_path / "0.2.0").exists()


def test_a_newer_version_takes_over_and_the_former_one_comes_back(tmp_path: Path) -> None:
    for version in ("0.1.0", "0.2.0"):
        installing.install(standing(tmp_path, version), tmp_path, NO_COPY)
    assert installing.current(tmp_path) == tmp_path / "0.2.0"
    installing.back(tmp_path, None)
    assert installing.current(tmp_path) == tmp_path / "0.1.0"
    with pytest.raises(Refused, match="geen vorige versie"):
        installing.back(tmp_path, None)
    installing.install(Release.read(tmp_path / "0.2.0" / "levering"), tmp_path, NO_COPY)
    assert installing.current(tmp_path) == tmp_path / "0.2.0"


def test_two_at_once_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    standing(tmp_path, "1.0")
    newer = standing(tmp_path, "1.1")
    installing.install(Release.read(tmp_path / "1.0" / installing.PAPERS), tmp_path, NO_COPY)
    held = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(Refused, match="Iemand anders installeert nu"):
            installing.install(newer, tmp_path, Copying(None, None, left_out=True))
        with pytest.raises(Refused, match="Iemand anders installeert nu"):
            installing.back(tmp_path, None)
    finally:
        os.close(held)
    assert installing.current(tmp_path) == tmp_path / "1.0"
    installing.install(newer, tmp_path, Copying(None, None, left_out=True))
    assert installing.current(tmp_path) == tmp_path / "1.1"


def test_with_a_record_it_asks_for_a_copy_first(tmp_path: Path) -> None:
    home = tmp_path / "gegevens"
    home.mkdir()
    (home / "dossier.db").touch()
    installing.install(standing(tmp_path, "0.1.0"), tmp_path, Copying(home, None, left_out=False))
    with pytest.raises(Refused, match="--reservekopie MAP"):
        installing.install(standing(tmp_path, "0.2.0"), tmp_path, Copying(home, None, left_out=False))
    assert installing.current(tmp_path) == tmp_path / "0.1.0"
    installing.install(Release.read(tmp_path / "0.2.0" / "levering"), tmp_path, Copying(home, None, left_out=True))
    assert installing.current(tmp_path) == tmp_path / "0.2.0"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('gegevensmap = "/srv/mk"', ""),
        ("gegevensmap = 3", "--gegevensmap"),
        ("[", "--gegevensmap"),
        ("", "--gegevensmap"),
    ],
)
def test_the_settings_of_the_machine_say_where_the_record_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    monkeypatch.setattr(installing, "MACHINE_FILE", tmp_path / "instellingen.toml")
    assert installing.home_of_machine() is None
    (tmp_path / "instellingen.toml").write_text(text, encoding="ascii")
    if said:
        with pytest.raises(Refused, match=said):
            installing.home_of_machine()
    else:
        assert installing.home_of_machine() == Path("/srv/mk")


def test_over_a_version_that_is_gone_it_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / installing.CURRENT).symlink_to("0.1.0")
    installing.install(standing(tmp_path, "0.2.0"), tmp_path, NO_COPY)
    assert installing.current(tmp_path) == tmp_path / "0.2.0"
    assert "0.2.0 is in gebruik" in capsys.readouterr().out
    with pytest.raises(Refused, match="geen vorige versie"):
        installing.back(tmp_path, None)
