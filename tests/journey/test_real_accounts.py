"""Roles as a site has them: a real `/etc/meldkamer`, real accounts in real groups, each program as the account itself.

Everything stands in a mount namespace of its own, so that nothing of it is left on the machine.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[2]
APART = ("unshare", "-m")
ACCOUNTS = {
    "d.centralist": (61001, ["mk", "mk-centralisten"]),
    "u.uitgifte": (61002, ["mk", "mk-uitgifte"]),
    "b.beheer": (61003, ["mk"]),
    "n.niemand": (61004, ["mk"]),
    "dienst": (61005, ["mk"]),
}
GROUPS = {"mk": 61100, "mk-centralisten": 61101, "mk-uitgifte": 61102}
MACHINE_FILE = """
gegevensmap = "/srv/data"
groep = "mk"

[rollen]
centralist = ["@mk-centralisten"]
uitgifte = ["@mk-uitgifte", "@mk-vertrokken"]
beheer = ["b.beheer"]
"""
ASK = """
as() { account="$1"; shift; echo "== $account $*"; code=0
  env -i HOME=/tmp PATH="$PATH" LANG=C.UTF-8 PYTHONPATH="$LIBRARIES" $GIVEN \\
    setpriv --reuid="$account" --regid=mk --init-groups "$PYTHON" -P -m console "$@" \\
    </dev/null 2>&1 || code=$?; echo "-> $code"; }
"""
"""Runs a program as an account, with the groups that it would get at login, and says what it said and its exit code."""


def _reachable(path: Path) -> bool:
    """Whether every account can get there."""
    return path.exists() and all(folder.stat().st_mode & 0o001 for folder in path.resolve().parents)


def _python() -> Path | None:
    """The Python of this test, or where that is in somebody's own folder another of its version."""
    version = f"python3.{sys.version_info.minor}"
    places = [sys.executable, *(f"{folder}/{version}" for folder in ("/usr/bin", "/usr/local/bin"))]
    return next((Path(place) for place in places if _reachable(Path(place))), None)


class Site:
    """A machine of which only this test knows."""

    def __init__(self, folder: Path) -> None:
        self._etc = folder / "etc"
        self._etc.mkdir()
        for name in ("nsswitch.conf", "ld.so.cache", "localtime", "passwd", "group"):
            if Path("/etc", name).exists():
                shutil.copy(Path("/etc", name), self._etc / name)
        with (self._etc / "group").open("a") as groups:
            for group, number in GROUPS.items():
                members = ",".join(account for account, (_, member_of) in ACCOUNTS.items() if group in member_of)
                groups.write(f"{group}:x:{number}:{members}\n")
        with (self._etc / "passwd").open("a") as accounts:
            for account, (number, _) in ACCOUNTS.items():
                accounts.write(f"{account}:x:{number}:{GROUPS['mk']}::/tmp:/bin/sh\n")
        (self._etc / "meldkamer").mkdir(mode=0o755)
        self.file = self._etc / "meldkamer" / "instellingen.toml"
        self.file.write_text(MACHINE_FILE)
        self._data = folder / "srv"
        self._data.mkdir()
        for each in (folder, self._etc, self._data, self.file.parent):
            each.chmod(0o755)
        self.file.chmod(0o644)
        self.outcome({"": ["install -d -o dienst -g mk -m 2770 /srv/data"]})

    def outcome(self, lines: dict[str, list[str]]) -> list[tuple[str, str, int]]:
        """Run lines of a shell, those of each key with its variables set; what each program said, and its code."""
        script = [f"mount --bind {self._etc} /etc", f"mount --bind {self._data} /srv", ASK]
        script += [f"GIVEN='{given}'\n{line}" for given, each in lines.items() for line in each]
        done = subprocess.run(
            [*APART, "sh", "-ec", "\n".join(script)],
            env={**os.environ, "PYTHON": str(_python()), "LIBRARIES": f"{sysconfig.get_path('purelib')}:{PROJECT}"},
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        found = []
        for part in done.stdout.split("== ")[1:]:
            asked, _, said = part.partition("\n")
            said, _, code = said.rpartition("-> ")
            found.append((asked, said, int(code)))
        return found

    def refusals(self) -> list[dict[str, Any]]:
        """The rows of the register about what was refused."""
        from console.record.engine import sqlite  # noqa: PLC0415 - only where there is a site

        connection = sqlite.connect(self._data / "data" / "dossier.db")
        rows = connection.execute("SELECT os_user, details FROM audit WHERE what = 'geweigerd' ORDER BY seq").fetchall()
        connection.close()
        return [{"os_user": os_user, **json.loads(details)} for os_user, details in rows]


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A machine with accounts, on which every account can reach the program."""
    if os.geteuid() != 0 or not shutil.which("unshare") or not shutil.which("setpriv"):
        pytest.skip("NOT RUN: real accounts need root, unshare and setpriv")
    if subprocess.run([*APART, "mount", "--bind", "/tmp", "/srv"], check=False).returncode:
        pytest.skip("NOT RUN: nothing can be mounted apart here")
    if _python() is None or not _reachable(PROJECT / "console") or not _reachable(Path(sysconfig.get_path("purelib"))):
        pytest.skip("NOT RUN: other accounts cannot reach the program, its libraries or a Python of this version")
    return Site(tmp_path_factory.mktemp("machine"))


def test_each_account_may_what_its_groups_say_and_cannot_say_otherwise(site: Site) -> None:
    first = site.outcome({"": ["as b.beheer dossier zoek --nummer 26-0001 --reden proef", "as dienst console"]})
    assert [code for _, _, code in first] == [1, 78]
    assert "staat geen dossier" in first[0][1]
    assert "dienst heeft geen rol" in first[1][1]
    begun = site.outcome({"": ["as d.centralist triage --lijn --melding"]})
    assert begun[0][2] == 0, begun
    ask = [
        *(f"as {account} triage --lijn --melding" for account in ACCOUNTS),
        *(f"as {account} monitor --eenmaal" for account in ACCOUNTS),
        *(f"as {account} dossier verifieer" for account in ACCOUNTS),
    ]
    found = {asked: (said, code) for asked, said, code in site.outcome({"": ask})}
    allowed = {asked for asked, (_, code) in found.items() if code == 0}
    assert allowed == {
        "d.centralist triage --lijn --melding",
        "u.uitgifte triage --lijn --melding",
        "d.centralist monitor --eenmaal",
        "u.uitgifte monitor --eenmaal",
        "b.beheer monitor --eenmaal",
        "b.beheer dossier verifieer",
    }
    for asked, (said, code) in found.items():
        if asked not in allowed:
            assert code == 78, (asked, said)
            assert said.count("\n") == 1
            assert said.endswith("De functioneel beheerder geeft rollen.\n")
    tried = len(site.refusals())
    assert {row["os_user"] for row in site.refusals()} == {
        "dienst",
        "u.uitgifte",
        "d.centralist",
        "b.beheer",
        "n.niemand",
    }
    # What an account can do about it: name the folder by another name, say it in a variable, write it in the folder.
    again = site.outcome(
        {
            "": [
                "ln -s /srv/data /tmp/omweg.$$ && GIVEN=MELDKAMER_HOME=/tmp/omweg.$$",
                "as n.niemand triage --lijn --melding; rm /tmp/omweg.$$",
                """echo '[rollen]\ncentralist = ["n.niemand"]' > /srv/data/instellingen.toml""",
                "chown n.niemand:mk /srv/data/instellingen.toml",
                "as n.niemand triage --lijn --melding",
                "rm /srv/data/instellingen.toml",
            ],
            "MELDKAMER_OEFENING=ja": ["as d.centralist triage --lijn --melding"],
            "MELDKAMER_ROLLEN=centralist": ["as n.niemand triage --lijn --melding"],
            "MELDKAMER_HOME=/srv/../srv/data": ["as n.niemand triage --lijn --melding"],
        }
    )
    assert [code for _, _, code in again] == [78] * 5
    assert "oefening" in again[2][1]
    assert "rollen" in again[3][1]
    assert len(site.refusals()) == tried + 3


@pytest.mark.parametrize(
    ("spoil", "mend"),
    [
        ("chmod 0666 /etc/meldkamer/instellingen.toml", "chmod go-w /etc/meldkamer/instellingen.toml"),
        ("chown b.beheer /etc/meldkamer/instellingen.toml", "chown root /etc/meldkamer/instellingen.toml"),
        ("chmod 0777 /etc/meldkamer", "chmod go-w /etc/meldkamer"),
        ("chown b.beheer /etc/meldkamer", "chown root /etc/meldkamer"),
    ],
)
def test_a_file_that_root_alone_did_not_write_stops_everybody_and_the_sentence_mends_it(
    site: Site, spoil: str, mend: str
) -> None:
    ask = ["as d.centralist triage --lijn --melding", "as b.beheer dossier verifieer", "as n.niemand demo"]
    site.outcome({"": ["as d.centralist triage --lijn --melding"]})
    for _, said, code in site.outcome({"": [spoil, *ask]}):
        assert code == 78
        assert said.endswith(f": {mend}\n")
    assert [code for _, _, code in site.outcome({"": [mend, *ask[:2]]})] == [0, 0]
