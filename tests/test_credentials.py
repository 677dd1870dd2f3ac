"""Where a secret comes from, and that it is never told."""

from __future__ import annotations

import os
import sys
import threading
from getpass import GetPassWarning
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import keyring
import pexpect
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import SecretService, kwallet
from keyring.errors import KeyringLocked

from console import credentials, key_ring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECRET = "geheim-123"


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(credentials.DIRECTORY_VARIABLE, str(tmp_path))
    return tmp_path


def has_none(_name: str) -> None:
    return None


def test_the_service_manager_comes_first(directory: Path) -> None:
    (directory / "cad_token").write_text(f"{SECRET}\n")
    found = credentials.search("cad_token", lambda _: "another")
    assert found.secret == SECRET
    assert SECRET not in repr(found)
    assert credentials.find("cad_token") == SECRET


def test_the_key_ring_comes_next(directory: Path) -> None:
    found = credentials.search("cad_token", lambda name: f"{SECRET}-{name}")
    assert found.secret == f"{SECRET}-cad_token"
    assert found.tried == ("$CREDENTIALS_DIRECTORY heeft geen cad_token", "de sleutelbos heeft cad_token")
    assert directory.is_dir()


def test_where_nothing_is_found_each_place_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(credentials.DIRECTORY_VARIABLE, raising=False)
    found = credentials.search("cad_token", has_none)
    assert found.secret is None
    assert found.tried == (
        "$CREDENTIALS_DIRECTORY is niet gezet",
        "de sleutelbos heeft geen cad_token",
        "er is geen terminal waarin iemand het kan intypen",
    )


def test_a_key_ring_that_hangs_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_ring, "SECONDS", 0.05)
    let_go = threading.Event()

    def hang(_name: str) -> None:
        let_go.wait(30)

    found = credentials.search("cad_token", hang)
    assert found.secret is None
    assert "antwoordde niet binnen" in found.tried[1]
    assert not let_go.is_set()
    let_go.set()


def test_a_key_ring_that_breaks_is_named_by_its_fault_only() -> None:
    def breaks(_name: str) -> str:
        raise RuntimeError(SECRET)

    found = credentials.search("cad_token", breaks)
    assert found.tried[1] == "de sleutelbos is niet te gebruiken (RuntimeError)"


@pytest.mark.parametrize("content", [b"", b"\n", b"a b", b"a\nX-Header: b", b"\xff\xfe", b"a\x00b", b"x" * 5000])
def test_what_cannot_be_a_key_is_refused_without_telling_it(directory: Path, content: bytes) -> None:
    (directory / "cad_token").write_bytes(content)
    with pytest.raises(credentials.CredentialError) as refused:
        credentials.find("cad_token")
    assert str(directory) in str(refused.value)
    assert "X-Header" not in str(refused.value)
    with pytest.raises(credentials.CredentialError, match="sleutelbos"):
        credentials.search("andere", lambda _: content.decode("latin-1") + "\n\n")


def test_a_place_that_cannot_be_read_is_said(directory: Path) -> None:
    (directory / "cad_token").mkdir()
    with pytest.raises(credentials.CredentialError, match="kan niet worden gelezen"):
        credentials.find("cad_token")


def test_a_name_cannot_lead_elsewhere(directory: Path) -> None:
    (directory.parent / "buiten").write_text(SECRET)
    with pytest.raises(ValueError, match="not the name"):
        credentials.find("../buiten")


def test_the_environment_cannot_choose_the_key_ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A configured back end is code of whoever configured it: neither the variable nor the file is looked at."""
    ran = tmp_path / "ran"
    (tmp_path / "evil_ring.py").write_text(
        "from pathlib import Path\n"
        "from keyring.backend import KeyringBackend\n"
        f"Path({str(ran)!r}).touch()\n"
        "class Ring(KeyringBackend):\n"
        "    priority = 99\n"
        "    def get_password(self, service, username): return 'van-de-aanvaller'\n"
        "    def set_password(self, service, username, password): pass\n"
    )
    (tmp_path / "python_keyring").mkdir()
    (tmp_path / "python_keyring" / "keyringrc.cfg").write_text(
        f"[backend]\ndefault-keyring=evil_ring.Ring\nkeyring-path={tmp_path}\n"
    )
    monkeypatch.delenv(credentials.DIRECTORY_VARIABLE, raising=False)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "evil_ring.Ring")
    monkeypatch.syspath_prepend(str(tmp_path))
    found = credentials.search("cad_token")
    assert found.secret is None
    assert found.tried[1] == "er is hier geen sleutelbos die versleutelt (SecretService of KWallet)"
    assert not ran.exists()


class Ring(KeyringBackend):
    """A key ring of a desktop, as a test wants it."""

    priority = 5.0
    asked: ClassVar[list[str]] = []

    def get_password(self, service: str, username: str) -> str | None:
        return self.answer(f"{service}-{username}")

    def answer(self, entry: str) -> str | None:
        return entry

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


class LockedRing(Ring):
    def answer(self, entry: str) -> str | None:
        raise KeyringLocked(f"{entry}: {SECRET}")


class StuckRing(Ring):
    let_go = threading.Event()

    def answer(self, entry: str) -> str | None:
        self.let_go.wait(30)
        return entry


class PlainRing(Ring):
    """What writes secrets in clear text, as some that are installed do."""

    priority = 99.0

    def answer(self, entry: str) -> str | None:
        self.asked.append(entry)
        return entry


class Unusable(Ring):
    priority = 0.0


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[type[Ring]], None]]:
    """Give this desktop a key ring; whatever was chosen in this process before comes back."""
    before = keyring.core._keyring_backend
    monkeypatch.delenv(credentials.DIRECTORY_VARIABLE, raising=False)
    yield lambda ring: monkeypatch.setattr(SecretService, "Keyring", ring)
    keyring.core._keyring_backend = before


def test_a_key_ring_on_lock_says_so(desktop: Callable[[type[Ring]], None]) -> None:
    desktop(LockedRing)
    found = credentials.search("cad_token")
    assert found.tried[1] == "de sleutelbos zit op slot; ontgrendel hem op de desktop"
    assert SECRET not in repr(found)


def test_a_real_back_end_that_hangs_is_not_waited_for(
    desktop: Callable[[type[Ring]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_ring, "SECONDS", 0.3)
    desktop(StuckRing)
    assert "antwoordde niet binnen" in credentials.search("cad_token").tried[1]
    StuckRing.let_go.set()


def test_a_key_ring_that_writes_clear_text_is_never_asked(desktop: Callable[[type[Ring]], None]) -> None:
    keyring.set_keyring(PlainRing())  # type: ignore[no-untyped-call]
    desktop(Unusable)
    found = credentials.search("cad_token")
    assert found.secret is None
    assert found.tried[1] == "er is hier geen sleutelbos die versleutelt (SecretService of KWallet)"
    assert PlainRing.asked == []


def test_a_file_that_everybody_can_read_is_refused(directory: Path) -> None:
    (directory / "cad_token").write_text(SECRET)
    (directory / "cad_token").chmod(0o604)
    directory.chmod(0o711)
    with pytest.raises(credentials.CredentialError, match="doe chmod 0400") as refused:
        credentials.find("cad_token")
    assert SECRET not in str(refused.value)
    directory.chmod(0o700)
    assert credentials.find("cad_token") == SECRET


def test_a_person_is_asked_last_and_once(directory: Path) -> None:
    asked: list[str] = []

    def ask(name: str) -> str:
        asked.append(name)
        return SECRET

    keys = credentials.Keys(ask)
    first, second = keys.search("cad_token"), keys.search("cad_token")
    assert first.secret == second.secret == SECRET
    assert SECRET not in repr(first)
    assert first.tried[2] == "wat in de terminal is ingetypt"
    keys.stop_asking()
    assert keys.find("cad_token") == SECRET
    assert keys.find("cad_sleutel_wachtwoord") is None
    assert asked == ["cad_token"]
    (directory / "cad_token").write_text("van-de-dienst")
    assert keys.find("cad_token") == "van-de-dienst"


def test_nothing_typed_is_no_secret_and_nonsense_is_refused() -> None:
    found = credentials.search("cad_token", has_none, lambda _: "")
    assert (found.secret, found.tried[2]) == (None, "in de terminal is niets ingetypt")
    with pytest.raises(credentials.CredentialError, match="ingetypt") as refused:
        credentials.search("cad_token", has_none, lambda _: f"{SECRET} met spatie")
    assert SECRET not in str(refused.value)


AT_A_TERMINAL = """
import sys
from console import credentials
ask = credentials.person()
print("WHO", ask is not None, flush=True)
found = credentials.search("cad_token", lambda _: None, ask)
print("LENGTH", len(found.secret or ""), found.tried[2], sys.argv, flush=True)
"""


def test_at_a_real_terminal_what_is_typed_is_not_shown(tmp_path: Path) -> None:
    script = tmp_path / "ask.py"
    script.write_text(AT_A_TERMINAL)
    environment = {name: text for name, text in os.environ.items() if name != credentials.DIRECTORY_VARIABLE}
    asking = pexpect.spawn(
        sys.executable, [str(script)], env={**environment, "PYTHONPATH": str(Path.cwd())}, encoding="utf-8", timeout=30
    )
    try:
        asking.expect("WHO True")
        asking.expect("cad_token staat nergens klaar")
        asking.waitnoecho(30)
        asking.sendline(SECRET)
        asking.expect(f"LENGTH {len(SECRET)} wat in de terminal is ingetypt")
        assert SECRET not in str(asking.before)
        asking.expect(pexpect.EOF)
    finally:
        asking.close()


@pytest.mark.parametrize("fault", [EOFError, GetPassWarning])
def test_a_terminal_that_ends_or_shows_what_is_typed_gives_no_secret(
    monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def ask(_prompt: str) -> str:
        raise fault

    monkeypatch.setattr(credentials, "getpass", ask)
    assert credentials.search("cad_token", has_none, credentials._ask_at_terminal).secret is None


def test_without_a_terminal_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path(os.devnull).open(encoding="utf-8") as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        assert credentials.person() is None


def test_every_way_to_fail_ends_with_the_command_that_mends_it() -> None:
    mend = credentials.how_to_set("cad_token")
    assert "LoadCredentialEncrypted=cad_token" in mend
    assert "meldkamer geheim zet cad_token --dienst" in mend


def test_the_first_key_ring_that_encrypts_is_the_one_that_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    before = keyring.core._keyring_backend
    monkeypatch.delenv(credentials.DIRECTORY_VARIABLE, raising=False)
    monkeypatch.setattr(SecretService, "Keyring", Unusable)
    monkeypatch.setattr(kwallet, "DBusKeyring", Ring)
    try:
        assert credentials.find("cad_token") == "meldkamer-cad_token"
    finally:
        keyring.core._keyring_backend = before
