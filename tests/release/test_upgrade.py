"""From a real older version with an older record to this one and back, by the documented commands: the data stays."""

from __future__ import annotations

import io
import os
import re
import subprocess
import tarfile
from pathlib import Path

import pytest

from console.record import schema
from console.release import archive
from console.release.sources import Sources
from tests.release.conftest import BLOCKED, PROJECT, once
from tests.release.on_site import free_port, listens, wait_for

OLDER = "0.0.9"
TODAYS = ("console/installing.py", "console/release/site/installeer")
"""What an archive of then did not have yet: the install command."""

pytestmark = pytest.mark.slow


def git(*arguments: str) -> bytes:
    return subprocess.run(
        ["/usr/bin/env", "git", "-c", f"safe.directory={PROJECT}", "-C", PROJECT, *arguments],
        check=True,
        capture_output=True,
    ).stdout


def steps_at(commit: str) -> int:
    text = git("show", f"{commit}:console/record/schema.py").decode("utf-8")
    steps = re.search(r"^_STEPS: Final = \((.*?)^\)", text, re.DOTALL | re.MULTILINE)
    return len(steps[1].split()) if steps else 0


def commit_with_older_record() -> str:
    """The newest commit whose record has fewer steps than ours."""
    commits = git("log", "--format=%H", "--", "console/record/schema.py").decode("ascii").split()
    older = [commit for commit in commits if 3 <= steps_at(commit) < schema.VERSION]
    if not older:
        pytest.skip("NOT RUN: the history that is here has no version with an older record (a shallow clone?)")
    return older[0]


@pytest.fixture(scope="module")
def older(shared: Path) -> Path:
    """What comes out of an archive of that commit, under a number of its own."""

    def make(draft: Path) -> None:
        sources = draft / "bron"
        with tarfile.open(fileobj=io.BytesIO(git("archive", commit_with_older_record()))) as tape:
            tape.extractall(sources, filter="data")
        for name in TODAYS:
            (sources / name).parent.mkdir(parents=True, exist_ok=True)
            (sources / name).write_bytes((PROJECT / name).read_bytes())
            (sources / name).chmod((PROJECT / name).stat().st_mode)
        about = sources / "pyproject.toml"
        about.write_text(about.read_text("utf-8").replace('version = "0.1.0"', f'version = "{OLDER}"'), "utf-8")
        files = tuple(sorted(file.relative_to(sources) for file in sources.rglob("*") if file.is_file()))
        made = archive.build(Sources(sources, files, 1_764_000_000), draft)
        with tarfile.open(made.file) as tape:
            tape.extractall(draft / "uit", filter="data")

    (release,) = (once(shared / "ouder", make) / "uit").iterdir()
    return release


class Site:
    """A site of one user: its versions, its data folder, its back-ups."""

    def __init__(self, folder: Path) -> None:
        self.versions, self.home, self.backups = folder / "opt", folder / "gegevens", folder / "reserve"
        self.backups.mkdir()

    def install(self, release: Path, *options: str | Path) -> subprocess.CompletedProcess[str]:
        given = ("--map", self.versions, "--gegevensmap", self.home, *options)
        return self._run(release / "installeer", *given)

    def meldkamer(self, *arguments: str | Path) -> str:
        done = self._run(self.versions / "current" / "bin" / "meldkamer", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    def documented(self, copy: Path, last: str) -> str:
        """Walk the way back as docs/installatie.md writes it down, with the folders of this site."""
        text = (PROJECT / "docs" / "installatie.md").read_text("utf-8")
        block = text[text.index("export MELDKAMER_HOME=/var/lib/meldkamer OPZIJ") :].partition("```")[0]
        block = re.sub(r"KOPIE=\S+", f"KOPIE={copy}", block).replace("NUMMER", last)
        block = block.replace("/var/lib/meldkamer", str(self.home)).replace("/var/backups/meldkamer", str(self.backups))
        block = block.replace("/opt/meldkamer", str(self.versions)).replace(
            "--terug\n", f"--terug --map {self.versions} --gegevensmap {self.home}\n"
        )
        done = self._run("/bin/sh", "-e", "-c", f"PATH={self.versions}/current/bin:$PATH\n{block}")
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def ring(self, number: str) -> str:
        """Ring a call at the intake of the version in use; its number."""
        port = free_port()
        program = self.versions / "current" / "bin" / "meldkamer"
        variables = {**os.environ, "MELDKAMER_HOME": str(self.home), "MELDKAMER_OEFENING": "ja"}
        intake = subprocess.Popen([program, "intake", "--port", str(port)], env=variables)
        try:
            wait_for(lambda: listens(port), "the intake")
            call = (
                f'{{"id": "{number}", "channel": "112", "number": "06-12345678", "first_words": "hallo {number}", '
                '"received_at": "2026-11-22T05:00:00+01:00"}'
            )
            sent = self._run(
                "curl", "-sS", "--noproxy", "*", f"http://127.0.0.1:{port}/v1/calls", "-H",
                "Content-Type: application/json", "-d", call,
            )  # fmt: skip
        finally:
            intake.terminate()
            intake.wait(30)
        found = re.search(r"26-\d{4}", sent.stdout)
        assert found, sent.stdout + sent.stderr
        return found[0]

    def _run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        variables = {**os.environ, **BLOCKED, "MELDKAMER_HOME": str(self.home)}
        return subprocess.run(command, check=False, capture_output=True, text=True, env=variables, timeout=300)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


WHY = ("--reden", "terug naar de vorige versie")


def test_data_stays_over_an_upgrade_and_over_the_way_back(site: Site, older: Path, unpacked: Path) -> None:
    assert site.install(older).returncode == 0
    before = site.ring("tel-voor")
    refused = site.install(unpacked)
    assert (refused.returncode, "--reservekopie MAP" in refused.stderr) == (78, True)

    done = site.install(unpacked, "--reservekopie", site.backups)
    assert done.returncode == 0, done.stderr
    assert "kan het daarna niet meer openen" in done.stdout
    (copy,) = site.backups.glob("voor-*.db")
    assert "hallo tel-voor" in site.meldkamer("dossier", "toon", before, *WHY)
    after = site.ring("tel-na")
    assert "klopt" in site.meldkamer("dossier", "verifieer")

    current = site.versions / "current"
    refused = site.install(current / "levering", "--terug")
    assert (refused.returncode, "Er is niets veranderd" in refused.stderr) == (78, True), refused.stdout
    assert current.readlink() != Path(OLDER)

    aside = site.backups / "opzij"
    said = site.documented(copy, after)
    assert "1 meldingen staan niet in de kopie en 0 zijn daarna veranderd. Het laatste nummer" in said
    assert "Teruggezet in" in said
    assert current.readlink() == Path(OLDER)
    assert (aside / "nummers").read_text("ascii") == f"{after}\n"
    assert "hallo tel-voor" in site.meldkamer("dossier", "toon", before, *WHY)
    assert "klopt" in site.meldkamer("dossier", "verifieer")
    assert site.ring("tel-terug") > after
    assert "hallo tel-na" in (aside / f"{after}.txt").read_text("utf-8")


def test_a_version_that_changed_nothing_in_the_record_goes_back_at_once(
    site: Site, older: Path, unpacked: Path
) -> None:
    assert site.install(older).returncode == 0
    before = site.ring("tel-voor")
    done = site.install(unpacked, "--zonder-reservekopie")
    assert done.returncode == 0, done.stderr
    done = site.install(site.versions / "current" / "levering", "--terug")
    assert done.returncode == 0, done.stderr
    assert (site.versions / "current").readlink() == Path(OLDER)
    assert "hallo tel-voor" in site.meldkamer("dossier", "toon", before, *WHY)
