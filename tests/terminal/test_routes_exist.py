"""The ways out that the locked console has to close are there in a Textual app as it comes, and in plain Python.

These are the controls of `test_locked.py`: what is shown shut there is shown open here, so that those tests can fail.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.terminal.hostile import hostile
from tests.terminal.locked_room import PLAIN, state_of
from tests.terminal.pty_session import PtySession, alone_in_terminal, wait_for

READY = "klaar voor gebruik"
PROJECT = Path(__file__).parents[2]


def bare(*words: str, **environment: str) -> AbstractContextManager[PtySession]:
    """Start the app as a program of the project's folder, with these variables."""
    module = "'tests.terminal.bare_app', run_name='__main__', alter_sys=True"
    run = f"import runpy, sys; sys.path.insert(0, {str(PROJECT)!r}); runpy.run_module({module})"
    return alone_in_terminal([sys.executable, "-c", run, *words], {**PLAIN, **environment})


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    return tmp_path / "ontsnapt"


@pytest.fixture
def given(tmp_path: Path, mark: Path) -> dict[str, str]:
    return hostile(tmp_path / "kwaad", mark, 9)


@pytest.mark.parametrize("variable", ["TEXTUAL_LOG", "TEXTUAL_SCREENSHOT", "TEXTUAL_DRIVER", "BROWSER"])
def test_a_variable_leads_out_of_a_bare_app(given: dict[str, str], mark: Path, variable: str, tmp_path: Path) -> None:
    also = {"TEXTUAL_DRIVER": "PYTHONPATH", "TEXTUAL_SCREENSHOT": "TEXTUAL_SCREENSHOT_LOCATION"}.get(variable, "TERM")
    chosen = {name: given[name] for name in (variable, also) if name in given}
    if variable == "TEXTUAL_DRIVER":
        (tmp_path / "kwaad" / "textual.py").unlink()
        (tmp_path / "kwaad" / "sitecustomize.py").unlink()
        (tmp_path / "kwaad" / "signal.py").unlink()
    with bare("open", **chosen) as session:
        if variable in {"TEXTUAL_LOG", "BROWSER"}:
            session.expect(READY)
            session.press("x")
        wait_for(lambda: mark.exists() or bool(list(tmp_path.rglob("*.svg"))), f"what {variable} does")


def test_ctrl_z_stops_a_bare_app_that_allows_signals() -> None:
    with bare("open", TEXTUAL_ALLOW_SIGNALS="1") as session:
        session.expect(READY)
        session.press("\x1a")
        wait_for(lambda: state_of(session.process.pid) == "T", "a stopped process")


def test_the_palette_of_a_bare_app_offers_a_screenshot() -> None:
    with bare("open") as session:
        session.expect(READY)
        session.press("\x10")
        session.expect("Screenshot")


def test_a_bare_app_writes_the_clipboard_of_the_terminal() -> None:
    with bare("copy") as session:
        session.expect(READY)
        session.press("x")
        session.expect("\x1b]52;")


def test_a_bare_app_writes_a_picture(tmp_path: Path) -> None:
    with bare("picture", str(tmp_path)) as session:
        session.expect(READY)
        session.press("x")
        wait_for(lambda: bool(list(tmp_path.glob("*.svg"))), "a picture")


@pytest.mark.parametrize("name", ["sitecustomize.py", "usercustomize.py"])
def test_a_variable_loads_code_in_plain_python(given: dict[str, str], mark: Path, name: str, tmp_path: Path) -> None:
    folder = tmp_path / "kwaad"
    variables = {"PYTHONPATH": str(folder)}
    if name == "usercustomize.py":
        place = folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
        place.mkdir(parents=True)
        (folder / name).rename(place / name)
        variables = {"PYTHONUSERBASE": given["PYTHONUSERBASE"]}
    python = sys.executable if name == "sitecustomize.py" else getattr(sys, "_base_executable", sys.executable)
    subprocess.run([python, "-c", "pass"], env=PLAIN | variables, check=True)
    assert mark.exists()


def test_a_proxy_in_a_variable_is_called_by_plain_python() -> None:
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        code = "import urllib.request; urllib.request.urlopen('http://voorbeeld.invalid', timeout=1)"
        variables = {"http_proxy": f"http://127.0.0.1:{proxy.getsockname()[1]}"}
        with subprocess.Popen([sys.executable, "-c", code], env=PLAIN | variables, stderr=subprocess.DEVNULL) as caller:
            proxy.settimeout(20)
            called, _ = proxy.accept()
            called.close()
            caller.wait(20)
