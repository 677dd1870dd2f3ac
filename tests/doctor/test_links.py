"""Secrets, CAD, intake, delivery, pack and services, each beside a world in which it is broken."""

from __future__ import annotations

import http.server
import os
import socket
import stat
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from console.doctor import services
from console.doctor.finding import Status
from console.record import Home, Outbox, Writer
from tests.cad.certificates import Office
from tests.cad.conftest import Simulator
from tests.cad.test_ticketscad import WHOLE_TABLE_TEXT
from tests.cad.ticketscad_standin import TOKEN, ticketscad
from tests.doctor.conftest import KEY, ROOT, digest, one, plain_environment, world

if TYPE_CHECKING:
    from collections.abc import Iterator

OK, ATTENTION, WRONG = Status.OK, Status.ATTENTION, Status.WRONG
GROUP = "daemon"
NOBODY = 65534


def keys(monkeypatch: pytest.MonkeyPatch, folder: Path, **secrets: str) -> Path:
    """Give this process secrets, as a service manager does."""
    made = folder / "keys"
    made.mkdir(mode=0o700)
    for name, secret in secrets.items():
        (made / name).write_text(secret)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(made))
    return made


# -- sleutels


def test_secrets_that_are_nowhere(home: Path, tmp_path: Path) -> None:
    where = world(home, cad_url="http://127.0.0.1:9", intake_url="http://127.0.0.1:9")
    where.sealed = tmp_path
    assert one("keys", "cad_token", where).status is ATTENTION
    intake = one("keys", "intake_token", where)
    assert (intake.status, "meldkamer geheim zet intake_token" in intake.remedy) == (WRONG, True)
    assert one("keys", "cad_token", world(home)).status is OK
    assert one("keys", "cad_token", world(home, cad_kind="bestand")).status is OK
    assert one("keys", "intake_token", world(home, intake_url="geen")).status is OK


def test_a_secret_that_all_can_read_or_that_is_none(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = keys(monkeypatch, tmp_path, cad_token=KEY)
    where = {"cad_url": "http://127.0.0.1:9"}
    assert one("keys", "cad_token", world(home, **where)).status is OK
    made.chmod(0o755)
    (made / "cad_token").chmod(0o644)
    found = one("keys", "cad_token", world(home, **where))
    assert (found.status, KEY in found.said + found.remedy) == (WRONG, False)
    made.chmod(0o700)
    (made / "cad_token").write_text(f"{KEY} twee")
    assert one("keys", "cad_token", world(home, **where)).status is WRONG


def test_a_secret_that_lies_ready_for_a_service_is_well_for_who_is_not_root(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cad_token.cred").write_text("x")
    where = world(home, cad_url="http://127.0.0.1:9")
    where.sealed, where.user_id = tmp_path, 1000
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert one("keys", "cad_token", where).status is OK


def test_a_private_key_that_nothing_opens(home: Path, tmp_path: Path) -> None:
    paper = Office(tmp_path).issue(encrypted=True)
    where = world(home, cad_certificate_key=paper.key)
    where.sealed = tmp_path
    assert one("keys", "cad_sleutel_wachtwoord", where).status is WRONG
    assert one("keys", "cad_sleutel_wachtwoord", world(home, cad_certificate_key=tmp_path / "weg")).status is WRONG
    assert one("keys", "cad_sleutel_wachtwoord", world(home)).status is OK


# -- CAD, intake en bezorging


def closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as other:
        return f"http://127.0.0.1:{other.getsockname()[1]}"


def test_a_cad_that_is_not_there_refuses_or_is_silent(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert one("links", "cad", world(home)).status is ATTENTION
    assert one("links", "cad", world(home, cad_url=closed_port())).status is WRONG
    made = keys(monkeypatch, tmp_path, cad_token=KEY)
    simulator = Simulator("--sleutel", environment={"CREDENTIALS_DIRECTORY": str(made)})
    try:
        assert one("links", "cad", world(home, cad_url=simulator.url)).status is OK
        (made / "cad_token").write_text("een-andere")
        refused = one("links", "cad", world(home, cad_url=simulator.url))
        assert (refused.status, "401" in refused.said) == (WRONG, True)
        (made / "cad_token").unlink()
        nobody = one("links", "cad", world(home, cad_url=simulator.url))
        assert (nobody.status, nobody.remedy) == (ATTENTION, "sudo meldkamer doctor")
    finally:
        simulator.close()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert one("links", "cad", world(home, cad_url=address)).status is WRONG
    assert (
        one("links", "cad", world(home, cad_url="http://127.0.0.1:9", cad_table=tmp_path / "weg.toml")).status is WRONG
    )
    assert one("links", "cad", world(home, cad_kind="bestand", cad_folder=tmp_path / "weg")).status is WRONG
    assert one("links", "cad", world(home, cad_kind="bestand", cad_folder=tmp_path)).status is OK


class Quiet(http.server.BaseHTTPRequestHandler):
    """Answers nothing that an intake answers."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_ticketscad_that_takes_our_key_or_refuses_it(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "tabel.toml"
    table.write_text(WHOLE_TABLE_TEXT)
    made = keys(monkeypatch, tmp_path, cad_token=TOKEN)
    with ticketscad() as peer:
        where = {"cad_kind": "ticketscad", "cad_url": peer.url, "cad_table": table}
        assert one("links", "cad", world(home, **where)).status is OK
        (made / "cad_token").write_text("een-andere")
        refused = one("links", "cad", world(home, **where))
        assert (refused.status, refused.remedy) == (WRONG, "meldkamer geheim test cad_token")


@contextmanager
def https(paper: Any) -> Iterator[str]:
    """A server that shows this certificate."""
    import ssl  # noqa: PLC0415

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(paper.path, paper.key)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield f"https://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(("days", "status"), [(300, OK), (10, ATTENTION), (-1, WRONG)])
def test_a_certificate_that_ends_soon_or_has_ended(home: Path, tmp_path: Path, days: int, status: Status) -> None:
    office = Office(tmp_path)
    with https(office.issue(start=timedelta(days=-5), end=timedelta(days=days))) as address:
        where = world(home, cad_url=address, cad_authority=office.own.path)
        assert one("links", "certificaat", where).status is status
        if days == 300:
            assert one("links", "certificaat", world(home, cad_url=address)).status is WRONG


def test_a_link_that_can_be_read_on_the_way(home: Path) -> None:
    assert one("links", "certificaat", world(home, cad_url="http://gms.example")).status is ATTENTION
    assert one("links", "certificaat", world(home, cad_url="http://127.0.0.1:9")).status is OK


def test_an_intake_that_is_not_there_or_is_something_else(home: Path) -> None:
    assert one("links", "intake", world(home)).status is ATTENTION
    assert one("links", "intake", world(home, intake_url="geen")).status is OK
    assert one("links", "intake", world(home, intake_url=closed_port())).status is WRONG
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_address[1]}"
        assert one("links", "intake", world(home, intake_url=address)).status is WRONG
    finally:
        server.shutdown()
        server.server_close()


def test_a_delivery_that_does_not_run_or_does_not_get_through(home: Path) -> None:
    assert one("links", "bezorging", world(home)).status is OK
    assert one("links", "bezorging", world(home, group=GROUP)).status is WRONG
    settings = {"cad_url": closed_port()}
    with Home(home).lock("bezorging") as mine:
        assert mine
        assert one("links", "bezorging", world(home, group=GROUP)).status is OK
        assert one("links", "bezorgd", world(home, **settings)).said.startswith("nog niet")
        with Writer.open(Home.prepare(home)) as writer:
            Outbox(writer).link(reachable=True, error="")
        assert one("links", "bezorgd", world(home, **settings)).status is OK
        later = world(home, **settings)
        later.wall = lambda: time.time() + 600
        assert one("links", "bezorgd", later).status is ATTENTION
        with Writer.open(Home.prepare(home)) as writer:
            Outbox(writer).link(reachable=False, error="GMS is niet bereikbaar")
        failing = one("links", "bezorgd", world(home, **settings))
        assert (failing.status, "niet bereikbaar" in failing.said) == (WRONG, True)


# -- noodpakket


def test_a_pack_that_is_missing_old_or_has_nowhere_to_go(home: Path, tmp_path: Path) -> None:
    assert one("downtime", "noodpakket", world(home)).status is OK
    assert one("downtime", "noodpakket", world(home, group=GROUP)).status is ATTENTION
    folder = tmp_path / "pakket"
    assert one("downtime", "noodpakketmap", world(home, downtime_folder=folder)).status is WRONG
    folder.mkdir()
    assert one("downtime", "noodpakketmap", world(home, downtime_folder=folder)).status is OK
    (folder / "noodpakket.txt").write_text("")
    where = world(home, group=GROUP, downtime_folder=folder)
    assert one("downtime", "noodpakket", where).status is OK
    os.utime(folder / "noodpakket.txt", (1, 1))
    assert one("downtime", "noodpakket", where).status is ATTENTION
    assert one("downtime", "telefoonlijst", world(home)).status is ATTENTION
    assert one("downtime", "telefoonlijst", world(home, phone_list=(("Uitgifte", "5512"),))).status is OK


# -- diensten


@pytest.mark.parametrize(
    ("told", "name", "status"),
    [
        ("LoadState=loaded\nActiveState=active", "diensten", OK),
        ("LoadState=loaded\nActiveState=failed", "diensten", WRONG),
        ("LoadState=loaded\nActiveState=inactive", "timers", WRONG),
        ("LoadState=not-found\nActiveState=inactive", "diensten", ATTENTION),
        ("LoadState=loaded\nResult=success\nExecMainExitTimestamp=@{now}", "nagegaan", OK),
        ("LoadState=loaded\nResult=success\nExecMainExitTimestamp=@{then}", "nagegaan", ATTENTION),
        ("LoadState=loaded\nResult=exit-code\nExecMainExitTimestamp=@{now}", "nagegaan", WRONG),
        ("", "nagegaan", OK),
    ],
)
def test_services_that_do_not_run(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str, name: str, status: Status
) -> None:
    now = int(time.time())
    fake = tmp_path / "systemctl"
    fake.write_text(f"#!/bin/sh\ncat <<'X'\n{told.format(now=now, then=now - 10 * 86_400)}\nX\n")
    fake.chmod(0o755)
    monkeypatch.setattr(services, "SYSTEMCTL", str(fake))
    where = world(home, group=GROUP)
    where.systemd = tmp_path
    assert one("services", name, where).status is status
    assert one("services", name, world(home, group=GROUP)).said.startswith("niet nagekeken")


def test_another_account_than_that_of_the_folder(home: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("NOT RUN: needs root to be another account")
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    before = digest(home)
    script = (
        "import os, sys\nfrom importlib import import_module\n"
        "import console.settings, console.doctor.world, console.policy_tool, console.cad.probing\n"
        "import console.intake.probing\n"
        "import console.record.checkup, console.cad.packing, zoneinfo\n"
        "from console.doctor.running import SUBJECTS, examine\n"
        "[import_module(f'console.doctor.{each}') for each in SUBJECTS]\n"
        f"os.setgroups([])\nos.setgid({NOBODY})\nos.setuid({NOBODY})\n"
        "from console.doctor.world import World\nfrom console.settings import Settings\nfrom pathlib import Path\n"
        "for group in examine(World(Settings(home=Path(sys.argv[1])))):\n"
        "    for each in group.findings:\n        print(each.name, each.status, each.said)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(home)],
        env=plain_environment(home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "gegevensmap fout" in done.stdout
    assert "ging zelf stuk" not in done.stdout
    assert digest(home) == before
