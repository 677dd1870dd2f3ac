"""What a site gets besides our own code: each pinned by hash, each with its reason and licence on one page."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata

import pytest

from console.release import audit
from tests.release.conftest import PROJECT

PAGE = (PROJECT / "docs" / "afhankelijkheden.md").read_text("utf-8")
LISTS = ("runtime.txt", "development.txt")
ENTRY = re.compile(
    r"^([a-z0-9.-]+)==(\S+)(.*)\n((?:    --hash=sha256:\w{64}(?: \\)?\n)*)((?:    #.*\n)*)", re.MULTILINE
)
AS_SPDX = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Public Domain": "Public domain",
    "Apache License, Version 2.0": "Apache-2.0",
    "LGPL": "LGPL-2.1-or-later",
}
NOT_IN_METADATA = {"pysqlite3": "Zlib", "pywin32-ctypes": "BSD-3-Clause"}
"""The first names its licence only in a file of its own, the second is not installed on Linux."""


def pinned(name: str) -> dict[str, set[str]]:
    """Each package of a list, with what brought it; ours stands as pyproject.toml."""
    text = (PROJECT / "requirements" / name).read_text("utf-8")
    found = {}
    for package, _, _, _, comments in ENTRY.findall(text):
        words = set(re.sub(r"[#()]|\bvia\b|-c requirements/\S+", " ", comments).split())
        found[package] = words - {"meldkamer-console", "-r"}
    return found


def table(heading: str) -> dict[str, list[str]]:
    """The rows of the table under a heading, by the name in the first cell."""
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    return {cells[0]: cells[1:] for cells in rows[2:]}


@pytest.mark.parametrize("name", [*LISTS, "torture.txt"])
def test_every_line_of_a_list_is_a_version_with_its_hashes(name: str) -> None:
    text = (PROJECT / "requirements" / name).read_text("utf-8")
    assert ENTRY.sub("", text) == ""
    assert all(hashes for _, _, _, hashes, _ in ENTRY.findall(text))


@pytest.mark.parametrize("name", [*LISTS, "torture.txt"])
def test_no_key_ring_in_clear_text_is_in_a_list(name: str) -> None:
    assert not [package for package in pinned(name) if package.startswith("keyrings")]
    with pytest.raises(PackageNotFoundError):
        metadata("keyrings.alt")


def test_what_runs_is_among_what_is_tested() -> None:
    versions = [
        {
            (package, version)
            for package, version, *_ in ENTRY.findall((PROJECT / "requirements" / name).read_text("utf-8"))
        }
        for name in LISTS
    ]
    assert versions[0] < versions[1]


def test_each_package_stands_on_the_page_where_it_belongs() -> None:
    asked = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    ours = {re.split(r"[<>=~;]", each)[0] for each in asked}
    packages = pinned("runtime.txt")
    assert set(table("Asked for by us")) == ours
    assert set(table("Brought along")) == set(packages) - ours
    for name, (_, brought_by) in table("Brought along").items():
        assert set(brought_by.split(", ")) == packages[name], name


@pytest.mark.parametrize("heading", ["Asked for by us", "Brought along"])
def test_the_licence_on_the_page_is_the_one_that_the_package_names(heading: str) -> None:
    for name, (licence, *_) in table(heading).items():
        assert licence == NOT_IN_METADATA.get(name) or licence == licence_of(name), name


def licence_of(name: str) -> str:
    """What the installed package says of itself, in the short names of SPDX."""
    about = metadata(name)
    classifiers = [each.split(" :: ")[-1] for each in about.get_all("Classifier", []) if each.startswith("License ::")]
    fields = [*about.get_all("License-Expression", []), *about.get_all("License", []), *classifiers, ""]
    said = str(fields[0])
    return AS_SPDX.get(said, said)


def test_each_tool_for_checks_and_tests_has_its_reason() -> None:
    lines = (PROJECT / "requirements" / "development.in").read_text("utf-8").splitlines()
    asked = {re.split(r"[<>=~;]", line)[0].lower() for line in lines if line and not line.startswith("#")}
    assert set(table("For checks, tests and the archive")) == asked


def weak(name: str, *ids: str) -> dict[str, object]:
    return {"name": name, "version": "1.0", "vulns": [{"id": each} for each in ids]}


def unknown(name: str) -> dict[str, object]:
    return {"name": name, "skip_reason": "not found"}


def test_a_known_weakness_is_named_and_fails() -> None:
    code, said = audit.judge({"dependencies": [weak("een"), weak("twee", "CVE-1", "CVE-2")]})
    assert code == 1
    assert said.splitlines() == ["WEAK twee 1.0: CVE-1, CVE-2", "checked for known weaknesses: 2 packages, 1 with one"]


def test_what_the_service_does_not_know_is_not_called_good() -> None:
    code, said = audit.judge({"dependencies": [unknown("een"), unknown("twee")]})
    assert (code, said.startswith("NOT CHECKED for known weaknesses: 2 of 2 packages")) == (0, True)
    assert "checked for known weaknesses: " not in said.replace("NOT CHECKED", "")
    code, said = audit.judge({"dependencies": [unknown("een"), weak("twee")]})
    assert said.splitlines()[1] == "checked for known weaknesses: 1 packages, 0 with one"


def test_a_service_that_does_not_answer_is_no_good_news(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert audit.main() == 0
    assert "NOT CHECKED for known weaknesses: no advisory service is reachable" in capsys.readouterr().out
