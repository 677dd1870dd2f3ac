"""The archive for a site without internet: what is in it, that all of it is named by its hash, that it repeats."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from console.record import schema
from console.release import archive, sources, wheelhouse
from tests.release.conftest import PROJECT

ENTRIES = {"CHANGELOG.md", "bedienkaart.md", "beheer.md", "beleidseigenaar.md", "cad-contract.md", "installatie.md"}

SAYS_NO_LICENCE = {"pysqlite3", "sqlite-fts4"}
"""Packages whose metadata name none; docs/afhankelijkheden.md says where theirs stands."""


def wheels(release: Path) -> list[Path]:
    return sorted((release / "wheels").iterdir())


def test_every_file_is_in_the_sums_and_is_what_they_say(unpacked: Path) -> None:
    lines = (unpacked / "SHA256SUMS").read_text("utf-8").splitlines()
    named = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    files = {str(file.relative_to(unpacked)) for file in unpacked.rglob("*") if file.is_file()}
    assert set(named) == files - {"SHA256SUMS"}
    assert all(hashlib.sha256((unpacked / name).read_bytes()).hexdigest() == named[name] for name in named)


def test_every_wheel_is_pinned_by_its_hash_and_no_other(unpacked: Path) -> None:
    lines = (unpacked / "requirements.txt").read_text("ascii").splitlines()
    pinned = {match[1]: match[0] for line in lines if (match := re.fullmatch(r"\S+==\S+ --hash=sha256:(\w{64})", line))}
    assert len(pinned) == len(lines)
    assert set(pinned) == {hashlib.sha256(wheel.read_bytes()).hexdigest() for wheel in wheels(unpacked)}
    assert any(line.startswith("meldkamer-console==") for line in lines)


def test_its_wheels_run_on_one_python_and_on_an_old_glibc(unpacked: Path) -> None:
    facts = json.loads((unpacked / "levering.json").read_text("ascii"))
    assert facts["python"] == wheelhouse.PYTHON
    assert facts["dossier"] == schema.VERSION
    asked = [int(minor) for wheel in wheels(unpacked) for minor in re.findall(r"manylinux_2_(\d+)", wheel.name)[-1:]]
    assert f"2.{max(asked)}" == facts["glibc"]


def test_the_program_is_in_it_and_what_only_makes_it_is_not(unpacked: Path) -> None:
    (ours,) = (unpacked / "wheels").glob("meldkamer_console-*.whl")
    names = zipfile.ZipFile(ours).namelist()
    assert {"console/cli.py", "console/installing.py", "console/screens/queue.tcss"} <= set(names)
    assert [name for name in names if name.startswith("triage_rules/policy/")]
    assert not [name for name in names if name.startswith(("tests/", "benches/", "console/release"))]


def test_the_papers_for_the_site_are_in_it(unpacked: Path) -> None:
    assert {paper.name for paper in (unpacked / "docs").iterdir()} >= ENTRIES


def test_the_bill_of_materials_is_valid_and_names_every_wheel_with_its_licence(unpacked: Path) -> None:
    text = (unpacked / "sbom.cdx.json").read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bill = json.loads(text)
    assert bill["metadata"]["component"]["name"] == "meldkamer-console"
    named = {(plain(each["name"]), each["version"]) for each in bill["components"]}
    houses = {tuple(wheel.name.split("-")[:2]) for wheel in wheels(unpacked)}
    assert named == {(plain(name), version) for name, version in houses if name != "meldkamer_console"}
    assert {each["name"] for each in bill["components"] if not each.get("licenses")} == SAYS_NO_LICENCE
    assert "/tmp" not in text


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_the_tape_says_of_its_files_depends_on_no_checkout(made: Path, unpacked: Path) -> None:
    with tarfile.open(made) as tape:
        entries = tape.getmembers()
    assert [entry.name for entry in entries] == sorted((entry.name for entry in entries), key=lambda n: n.split("/"))
    assert {(entry.uid, entry.gid, entry.uname, entry.gname) for entry in entries} == {(0, 0, "root", "root")}
    assert {entry.mtime for entry in entries} == {sources.tracked(PROJECT).epoch}
    assert {oct(entry.mode) for entry in entries} == {"0o755", "0o644"}
    assert (unpacked / "installeer").stat().st_mode & 0o111


def test_our_wheel_is_the_same_when_it_is_made_twice(unpacked: Path, tmp_path: Path) -> None:
    found = sources.tracked(PROJECT)
    found.lay_down(tmp_path / "bron")
    for file in (tmp_path / "bron").rglob("*"):
        file.touch()
    house = tmp_path / "wielen"
    house.mkdir()
    wheelhouse.build(house, tmp_path / "bron", found.epoch)
    (again,) = house.iterdir()
    assert again.read_bytes() == (unpacked / "wheels" / again.name).read_bytes()


@pytest.mark.slow
def test_the_archive_is_the_same_when_it_is_made_twice(made: Path, tmp_path: Path) -> None:
    again = archive.build(sources.tracked(PROJECT), tmp_path)
    assert again.file.name == made.name
    assert again.file.read_bytes() == made.read_bytes()


def test_nothing_is_made_of_a_tree_that_differs_from_its_commit(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        subprocess.run(["/usr/bin/env", "git", "-C", tmp_path, *who, *words], check=True, capture_output=True)

    git("init")
    (tmp_path / "a.txt").write_text("een\n", encoding="ascii")
    git("add", "-A")
    git("commit", "--message", "Begin")
    assert sources.changed(tmp_path) == ""
    (tmp_path / "a.txt").write_text("twee\n", encoding="ascii")
    (tmp_path / "b.txt").touch()
    assert sources.changed(tmp_path).split() == ["M", "a.txt", "??", "b.txt"]
    assert sources.tracked(tmp_path).files == (Path("a.txt"),)
