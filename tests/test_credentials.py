"""Where a secret comes from, and that it is never told."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import keyring
import pytest
from keyring.backend import KeyringBackend

from console import credentials

if TYPE_CHECKING:
    from pathlib import Path

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
    assert found.tried == ("$CREDENTIALS_DIRECTORY is niet gezet", "de sleutelbos heeft geen cad_token")


def test_a_key_ring_that_hangs_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "KEY_RING_SECONDS", 0.05)
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
    assert found.tried[1] == "de sleutelbos is niet te gebruiken (NoKeyRingError)"
    assert not ran.exists()


def test_the_first_key_ring_that_encrypts_is_the_one_that_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    from keyring.backends import SecretService, kwallet  # noqa: PLC0415

    class Unusable(KeyringBackend):
        priority = 0.0

    class Ring(KeyringBackend):
        priority = 5.0

        def get_password(self, service: str, username: str) -> str:
            return f"{service}-{username}"

        def set_password(self, service: str, username: str, password: str) -> None:
            raise NotImplementedError

    before = keyring.core._keyring_backend
    monkeypatch.delenv(credentials.DIRECTORY_VARIABLE, raising=False)
    monkeypatch.setattr(SecretService, "Keyring", Unusable)
    monkeypatch.setattr(kwallet, "DBusKeyring", Ring)
    try:
        assert credentials.find("cad_token") == "meldkamer-cad_token"
    finally:
        keyring.core._keyring_backend = before
