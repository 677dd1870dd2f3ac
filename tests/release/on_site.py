"""A machine of a site, made up in a namespace without network: everything of the archive, put there as the papers say.

Run as root by `unshare`, as the first process of its own network, mounts and processes; what is mounted here nobody
else sees, and all of it ends with this program. It prints what it saw as JSON.
"""

from __future__ import annotations

import json
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAMESPACE: Final = ("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
PAPERS: Final = Path("/opt/meldkamer/current/levering")
PROGRAM: Final = "/usr/local/bin/meldkamer"
LOGIN_SHELL: Final = "/usr/local/bin/meldkamer-console"
OPERATOR: Final = "j.devries"
SERVICE: Final = "meldkamer-dienst"
KEYS: Final = Path("/run/sleutels")
PATIENCE: Final = 60.0
TOKENS: Final = {"intake_token": "sleutel-van-de-telefonie-0123456789", "cad_token": "sleutel-van-het-cad-0123456789"}
SIZE: Final = (120, 40)

COPY: Final = """
from pathlib import Path
from console.installing import Copying, home_of_machine
Copying(home_of_machine(), Path("/var/backups/meldkamer"), left_out=False).copy(Path("/opt/meldkamer/current"), "9.9.9")
"""
"""What `./installeer --reservekopie` does of a record before it takes another version into use."""

WITHOUT_CORE: Final = ("/usr/bin/prlimit", "--core=0")

_NOT_EMULATED: Final = re.compile(rb"\x1b\[[<>=?][0-9;]*[a-zA-Z]")
_OVERLAID: Final = ("/etc", "/home", "/opt", "/usr/local", "/var/lib", "/var/backups")


def main() -> int:
    """Lay the machine down, go through a call, and print what was seen."""
    release, work = Path(sys.argv[1]), Path(sys.argv[2])
    lay_machine(work)
    seen: dict[str, Any] = {"networks": networks()}
    seen["installed"] = run(release / "installeer", PYTHON=str(Path(sys.base_prefix, "bin", "python3")))
    set_up(work)
    with services(work) as ports:
        seen |= journey(ports)
        seen["doctor"] = examined(as_account(OPERATOR, TERM="xterm-256color"))
        seen["doctor_of_root"] = examined(as_account("root", TERM="xterm-256color"))
    seen["copied"] = run("/opt/meldkamer/current/bin/python", "-I", "-c", COPY)
    seen["copies"] = [(file.owner(), oct(file.stat().st_mode)) for file in Path("/var/backups/meldkamer").iterdir()]
    seen["verified"] = run(*as_account(SERVICE), PROGRAM, "dossier", "verifieer")
    print(json.dumps(seen))
    return 0


def lay_machine(work: Path) -> None:
    """Give this namespace its own copy of what will be changed, and let every account reach Python."""
    python = Path(sys.base_prefix)
    closed = [str(folder) for folder in python.parents if not folder.stat().st_mode & 0o001]
    for number, folder in enumerate((*_OVERLAID, *closed)):
        upper, scratch = work / f"boven{number}", work / f"werk{number}"
        upper.mkdir()
        upper.chmod(0o755)
        scratch.mkdir()
        Path(folder).mkdir(exist_ok=True)
        options = f"lowerdir={folder},upperdir={upper},workdir={scratch}"
        run("mount", "-t", "overlay", "overlay", "-o", options, folder)
    run("mount", "-t", "tmpfs", "tmpfs", "/run")
    run("ip", "link", "set", "lo", "up")


def documented(beginning: str) -> str:
    """The commands of docs/installatie.md that begin so."""
    text = (PAPERS / "docs" / "installatie.md").read_text("utf-8")
    return text[text.index(beginning) :].partition("```")[0]


def networks() -> list[str]:
    """What networks there are here."""
    return [line.partition(":")[0].strip() for line in Path("/proc/net/dev").read_text("ascii").splitlines()[2:]]


def set_up(work: Path) -> None:
    """Lay down what stands beside the program, as docs/installatie.md says; the data folder on a disk of its own."""
    disk = work / "schijf"
    disk.mkdir()
    Path("/var/lib/meldkamer").mkdir()
    run("mount", "--bind", str(disk), "/var/lib/meldkamer")
    for group in ("mk-centralisten", "mk-uitgifte", "mk-ovd"):
        run("groupadd", group)
    run("useradd", "--create-home", "--groups", "mk-centralisten", "--shell", LOGIN_SHELL, OPERATOR)
    run("chown", "root:", f"/home/{OPERATOR}")
    run("chmod", "0755", f"/home/{OPERATOR}")
    run("useradd", "--create-home", "m.beheer")
    run("/bin/sh", "-e", "-c", documented("cd /opt/meldkamer/current/levering"))
    run("install", "-m", "0755", PAPERS / "inlogschil" / "meldkamer-console", LOGIN_SHELL)


def keep_secrets() -> None:
    """Keep the secrets for the services, encrypted, and hand them over as systemd would."""
    KEYS.mkdir(mode=0o500)
    for name, token in TOKENS.items():
        run(PROGRAM, "geheim", "zet", name, "--dienst", "--van-invoer", given=token)
        run("systemd-creds", "decrypt", f"--name={name}", f"/etc/meldkamer/{name}.cred", KEYS / name)
        (KEYS / name).chmod(0o400)
        shutil.chown(KEYS / name, SERVICE)
    shutil.chown(KEYS, SERVICE)


@contextmanager
def services(work: Path) -> Iterator[dict[str, int]]:
    """Run a CAD, and the intake and the delivery as their units would: the account, the folder, the secrets."""
    ports = {name: free_port() for name in ("cad", "intake")}
    example = (PAPERS / "voorbeelden" / "instellingen.toml").read_text("utf-8")
    settings = example.replace("https://gms.example/koppeling", f"http://127.0.0.1:{ports['cad']}")
    settings = settings.replace("http://127.0.0.1:8111", f"http://127.0.0.1:{ports['intake']}")
    Path("/etc/meldkamer/instellingen.toml").write_text(settings, encoding="utf-8")
    keep_secrets()
    programs: tuple[tuple[str, ...], ...] = (
        ("cad-simulator", "--port", str(ports["cad"]), "--tempo", "0.2", "--sleutel"),
        ("intake", "--host", "127.0.0.1", "--port", str(ports["intake"])),
        ("deliver",),
    )
    running = []
    try:
        for arguments in programs:
            with (work / f"{arguments[0]}.log").open("w") as log:
                account = as_account(SERVICE, CREDENTIALS_DIRECTORY=str(KEYS))
                running.append(subprocess.Popen([*account, PROGRAM, *arguments], stdout=log, stderr=log, cwd="/"))
        wait_for(lambda: all(listens(port) for port in ports.values()), "the services to listen")
        yield ports
    finally:
        for program in running:
            program.terminate()
        codes = [program.wait(PATIENCE) for program in running]
        for arguments, code in zip(programs, codes, strict=True):
            print(arguments[0], code, (work / f"{arguments[0]}.log").read_text("utf-8")[-2000:], file=sys.stderr)


@dataclass
class Terminal:
    """A terminal at which the operator sits."""

    program: Any
    screen: pyte.Screen
    stream: pyte.ByteStream

    def see(self, *words: str) -> None:
        """Read until all of this is on the screen."""
        wait_for(lambda: self._read() and all(word in self.text for word in words), f"{words}", lambda: self.text)

    def press(self, keys: str) -> None:
        """Type."""
        self.program.send(keys.encode())

    def end(self) -> int:
        """Read to the end; the exit code."""
        wait_for(lambda: not (self._read() and self.program.isalive()), "the console to end", lambda: self.text)
        self.program.close()
        return int(self.program.exitstatus)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def _read(self) -> bool:
        try:
            self.stream.feed(_NOT_EMULATED.sub(b"", self.program.read_nonblocking(65_536, 0.1)))
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        return True


def journey(ports: dict[str, int]) -> dict[str, Any]:
    """One call: rung over HTTP, taken, answered, decided, confirmed by the CAD, and the console left."""
    seen: dict[str, Any] = {"refused": ring(ports["intake"], "een-verkeerde-sleutel")}
    screen = pyte.Screen(*SIZE)
    console = (*as_account(OPERATOR, TERM="xterm-256color"), LOGIN_SHELL)
    program = pexpect.spawn(console[0], list(console[1:]), dimensions=SIZE[::-1], cwd="/", timeout=60)
    terminal = Terminal(program, screen, pyte.ByteStream(screen))
    terminal.see("WACHTRIJ", OPERATOR)
    seen["rung"] = ring(ports["intake"], TOKENS["intake_token"])
    terminal.see("1 wachtend", "Gieten")
    terminal.press("\r")
    terminal.see("In gevaar")
    terminal.press("1")
    terminal.see("1 nu in g", "ten minste: prio 1")
    terminal.press("\x1b[15~")
    terminal.see("BESLUIT")
    terminal.press("1")
    terminal.press("\r")
    terminal.see("bevestigd")
    seen["decided"] = terminal.text
    terminal.press("\x1b")  # out of the list of forms, then out of the call
    terminal.see("enter om te kiezen")
    terminal.press("\x1b")
    terminal.see("WACHTRIJ", "enter aannemen", "0 zonder bevestiging")
    seen["queue"] = terminal.text
    terminal.press("\x11")
    seen["left"] = terminal.end()
    return seen


def examined(account: tuple[str, ...]) -> Any:
    """What `meldkamer doctor --json` says in a terminal of this account."""
    command = (*account, PROGRAM, "doctor", "--json")
    program: Any = pexpect.spawn(command[0], list(command[1:]), dimensions=SIZE[::-1], cwd="/", timeout=PATIENCE)
    program.expect(pexpect.EOF)
    said = program.before.decode("utf-8")
    program.close()
    return {"code": program.exitstatus, "said": json.loads(said[said.index("{") :])}


def ring(port: int, token: str) -> int:
    """Ring a call as telephony does; the status of the answer."""
    call = {
        "id": "tel-0001",
        "channel": "112",
        "number": "06-12345678",
        "location": {"address": "Brink 4, Gieten"},
        "first_words": "er staat een man aan mijn deur",
        "received_at": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime()),
    }
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/calls",
        data=json.dumps(call).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    )
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def as_account(account: str, **variables: str) -> tuple[str, ...]:
    """The start of a command that runs under an account, with hardly any variables."""
    found = pwd.getpwnam(account)
    given = {"HOME": found.pw_dir, "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "USER": account} | variables
    setpriv = ("/usr/bin/setpriv", f"--reuid={found.pw_uid}", f"--regid={found.pw_gid}", "--init-groups")
    return (*WITHOUT_CORE, *setpriv, "/usr/bin/env", "-i", *(f"{name}={value}" for name, value in given.items()))


def run(*command: str | Path, given: str = "", **variables: str) -> str:
    """Run it, with this as its input, and give what it said; end all when it fails."""
    variables = {**os.environ, **variables}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=variables, cwd="/", input=given)
    if done.returncode:
        raise SystemExit(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def free_port() -> int:
    """A port that nothing listens on here."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def listens(port: int) -> bool:
    """Whether something listens there."""
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def wait_for(predicate: Callable[[], object], what: str, shown: Callable[[], str] = str) -> None:
    """Look until it is so; end all with what was waited for."""
    deadline = time.monotonic() + PATIENCE
    while not predicate():
        if time.monotonic() > deadline:
            raise SystemExit(f"waited in vain for {what}; on screen:\n{shown()}")
        time.sleep(0.02)


if __name__ == "__main__":
    sys.exit(main())
