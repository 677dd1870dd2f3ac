"""A secret is asked twice and unseen, kept where a program finds it, and shown nowhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pexpect
import pytest

from tests.machine import program, write
from tests.secret.conftest import SECRET

if TYPE_CHECKING:
    from tests.secret.conftest import Machine


def type_twice(machine: Machine, first: str, again: str, *arguments: str) -> tuple[int, str]:
    """Type a secret twice at the terminal; the exit code and all that was on the screen."""
    asking: Any = machine.at_terminal("zet", "cad_token", *arguments)
    shown = ""
    try:
        for prompt, typed in (("Typ of plak cad_token", first), ("Nog een keer", again)):
            asking.expect(prompt)
            asking.waitnoecho(30)
            asking.sendline(typed)
            shown += asking.before
        asking.expect(pexpect.EOF)
        shown += asking.before
    finally:
        asking.close()
    return asking.exitstatus, shown


def test_a_secret_typed_twice_stands_in_the_key_ring_and_in_the_audit(machine: Machine) -> None:
    machine.with_record()
    code, shown = type_twice(machine, SECRET, SECRET)
    assert code == 0, shown
    assert machine.ring() == {"meldkamer/cad_token": SECRET}
    assert "cad_token staat in de sleutelbos van" in shown
    assert SECRET not in shown
    [(_who, what, details)] = machine.audit()
    assert (what, details) == ("geheim gezet", '{"geheim":"cad_token","plaats":"sleutelbos"}')
    for file in machine.home.rglob("*"):
        assert not file.is_file() or SECRET.encode() not in file.read_bytes(), file


@pytest.mark.parametrize(
    ("first", "again", "said"),
    [
        (SECRET, f"{SECRET}x", "niet hetzelfde getypt"),
        ("", "", "geen bruikbare sleutel"),
        (f"{SECRET} twee", f"{SECRET} twee", "geen bruikbare sleutel"),
        (f"{SECRET}é", f"{SECRET}é", "geen bruikbare sleutel"),
        ("x" * 4095, "x" * 4095, "niet meer dan 4095 tekens"),
    ],
)
def test_what_cannot_be_the_secret_changes_nothing(machine: Machine, first: str, again: str, said: str) -> None:
    machine.with_record()
    code, shown = type_twice(machine, first, again)
    assert code == 1
    assert said in " ".join(shown.split())
    assert SECRET not in shown
    assert machine.ring() == {}
    assert machine.audit() == []


def test_ctrl_c_while_it_asks_changes_nothing(machine: Machine) -> None:
    asking: Any = machine.at_terminal("zet", "cad_token")
    asking.expect("Typ of plak cad_token")
    asking.waitnoecho(30)
    asking.sendintr()
    asking.expect("Afgebroken")
    asking.expect(pexpect.EOF)
    asking.close()
    assert asking.exitstatus == 1
    assert machine.ring() == {}


def test_a_secret_on_the_command_line_is_refused_and_not_said_back(machine: Machine) -> None:
    for arguments in (
        ("zet", "cad_token", SECRET),
        ("zet", "cad_token", f"--sleutel={SECRET}"),
        ("zet", SECRET),
        ("test", SECRET),
        ("wis", "cad_token", SECRET),
    ):
        done = machine.run(*arguments)
        assert done.returncode == 2
        assert SECRET not in done.stdout + done.stderr
        assert "sleutel" in done.stderr
    assert machine.ring() == {}


def test_a_pipe_is_read_only_when_asked_to(machine: Machine) -> None:
    refused = machine.run("zet", "cad_token", given=f"{SECRET}\n")
    assert (refused.returncode, machine.ring()) == (2, {})
    assert "--van-invoer" in refused.stderr
    kept = machine.run("zet", "cad_token", "--van-invoer", given=f"{SECRET}\n")
    assert (kept.returncode, machine.ring()) == (0, {"meldkamer/cad_token": SECRET}), kept.stderr
    assert "Niet vastgelegd wie dit deed" in kept.stdout
    assert not machine.home.exists()


@pytest.mark.parametrize("given", ["", "\n", "twee\nregels\n", "x" * 5000])
def test_a_pipe_with_something_else_is_refused(machine: Machine, given: str) -> None:
    done = machine.run("zet", "cad_token", "--van-invoer", given=given)
    assert done.returncode == 1
    assert "geen bruikbare sleutel" in done.stderr
    assert machine.ring() == {}


def test_without_a_key_ring_it_says_what_else_can_be_done(machine: Machine) -> None:
    done = machine.run("zet", "cad_token", "--van-invoer", given=SECRET, desktop=False)
    assert done.returncode == 78
    assert "geen sleutelbos die versleutelt" in done.stderr
    assert "geheim zet cad_token --dienst" in done.stderr


def test_a_record_that_takes_no_row_lets_nothing_change(machine: Machine) -> None:
    machine.with_record()
    machine.home.chmod(0o755)
    done = machine.run("zet", "cad_token", "--van-invoer", given=SECRET)
    assert done.returncode == 78
    assert machine.ring() == {}
    assert "0700" in done.stderr


def test_while_it_asks_nothing_of_the_process_holds_the_secret(machine: Machine) -> None:
    asking: Any = machine.at_terminal("zet", "cad_token")
    asking.expect("Typ of plak")
    asking.waitnoecho(30)
    asking.sendline(SECRET)
    asking.expect("Nog een keer")
    process = Path("/proc") / str(asking.pid)
    for name in ("cmdline", "environ", "comm"):
        assert SECRET.encode() not in (process / name).read_bytes()
    asking.close(force=True)


def test_wiping_asks_and_does_nothing_twice(machine: Machine) -> None:
    machine.with_record()
    machine.run("zet", "cad_token", "--van-invoer", given=SECRET)
    assert machine.run("wis", "cad_token").returncode == 2
    for answer, code in (("nee", 1), ("ja", 0)):
        asking: Any = machine.at_terminal("wis", "cad_token")
        asking.expect("Typ ja")
        asking.sendline(answer)
        asking.expect(pexpect.EOF)
        asking.close()
        assert asking.exitstatus == code
        assert bool(machine.ring()) == bool(code)
    again = machine.run("wis", "cad_token", "--ja")
    assert again.returncode == 0
    assert "stond niet in de sleutelbos" in again.stdout
    assert [what for _, what, _ in machine.audit()] == ["geheim gezet", "geheim gewist"]


def test_a_key_ring_that_keeps_nothing_is_found_at_once(machine: Machine) -> None:
    machine.desktop.write_text(machine.desktop.read_text().replace("FILE.write_text", "str"))
    done = machine.run("zet", "cad_token", "--van-invoer", given=SECRET)
    assert done.returncode == 78
    assert "gaf niet terug" in done.stderr


def test_another_account_cannot_pass_a_record_that_it_cannot_see(machine: Machine) -> None:
    if os.geteuid() != 0:
        pytest.skip("NOT RUN: needs root to be another account")
    machine.with_record()
    script = (
        "import os, sys\nfrom argparse import Namespace\nfrom pathlib import Path\n"
        "import console.secret.wiping, console.record.home, console.permits\nfrom console.settings import Settings\n"
        "os.setgid(65534)\nos.setuid(65534)\n"
        "asked = Namespace(action='wis', name='cad_token', more=[], map=Path('/etc'), dienst=False, ja=True)\n"
        "sys.exit(console.secret.run(asked, Settings(home=Path(os.environ['MELDKAMER_HOME']))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=machine.environment(MELDKAMER_HOME=str(machine.home)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 78
    assert "Er is niets veranderd" in " ".join(done.stderr.split()), done.stderr


def test_who_has_no_role_for_it_sets_no_secret(machine: Machine) -> None:
    machine.with_record()
    file = write(
        machine.folder / "etc" / "instellingen.toml", f'gegevensmap = "{machine.home}"\n[rollen]\novd = ["x"]\n'
    )
    for action in (("zet", "--van-invoer"), ("wis", "--ja")):
        name, *more = action
        done = subprocess.run(
            [*program(file), "geheim", name, "cad_token", *more],
            env=machine.environment(),
            input=SECRET,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 78
        assert "mag als beheer" in done.stderr
    assert machine.audit("geweigerd")[0][1] == "geweigerd"
    assert machine.audit() == []
