"""A real Secret Service over a real D-Bus, in folders of its own; and one that never answers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.secret.conftest import ROOT, SECRET

DBUS = shutil.which("dbus-run-session")
DAEMON = shutil.which("gnome-keyring-daemon")

STUCK = """
from jeepney import DBusAddress, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
import subprocess, sys, threading
connection = open_dbus_connection()
connection.send_and_get_reply(message_bus.RequestName("org.freedesktop.secrets"))
print("stuck", flush=True)
while True:
    connection.receive()
"""

JOURNEY = """
set -eu
printf 'wachtwoord' | gnome-keyring-daemon --unlock --components=secrets --foreground &
for _ in $(seq 200); do
    dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
        string:org.freedesktop.secrets 2>/dev/null | grep -q true && break
    sleep 0.05
done
printf '%s' "$GIVEN" | "$PYTHON" -m console geheim zet cad_token --van-invoer
"$PYTHON" -m console geheim test cad_token
"$PYTHON" -m console geheim wis cad_token --ja
"$PYTHON" -m console geheim wis cad_token --ja
kill %1
"""


def environment(folder: Path) -> dict[str, str]:
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(runtime),
        "GSETTINGS_BACKEND": "memory",
        "MELDKAMER_HOME": str(folder / "data"),
        "PYTHONPATH": str(ROOT),
        "PYTHON": sys.executable,
        "GIVEN": SECRET,
    }


@pytest.mark.skipif(DBUS is None or DAEMON is None, reason="NOT RUN: needs dbus-run-session and gnome-keyring-daemon")
def test_a_real_secret_service_keeps_gives_and_loses_a_secret(tmp_path: Path) -> None:
    done = subprocess.run(
        [str(DBUS), "--", "bash", "-c", JOURNEY],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said = done.stdout
    assert "cad_token staat in de sleutelbos van" in said
    assert "de sleutelbos heeft cad_token" in said
    assert "cad_token staat niet meer in de sleutelbos" in said
    assert "cad_token stond niet in de sleutelbos" in said
    assert SECRET not in said + done.stderr
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or SECRET.encode() not in file.read_bytes(), file


@pytest.mark.skipif(DBUS is None, reason="NOT RUN: needs dbus-run-session")
@pytest.mark.parametrize("action", [("zet", "--van-invoer"), ("wis", "--ja"), ("test",)])
def test_a_secret_service_that_never_answers_is_not_waited_for(tmp_path: Path, action: tuple[str, ...]) -> None:
    (tmp_path / "stuck.py").write_text(STUCK)
    name, *more = action
    script = (
        f'coproc "$PYTHON" {tmp_path}/stuck.py; read -r _ <&"${{COPROC[0]}}"; '
        f'printf %s "$GIVEN" | "$PYTHON" -m console geheim {name} cad_token {" ".join(more)}; code=$?; '
        "kill $COPROC_PID; exit $code"
    )
    done = subprocess.run(
        [str(DBUS), "--", "bash", "-c", script],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == (1 if name == "test" else 78), done.stdout + done.stderr
    assert "de sleutelbos antwoordde niet binnen 3 seconden" in done.stdout + done.stderr
    assert SECRET not in done.stdout + done.stderr
