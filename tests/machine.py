"""Another settings file of the machine than the real one, whoever runs the tests."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

import pytest

from console import machine_file, settings

_WRAPPER: Final = """
import os, pathlib, sys
import console.machine_file, console.settings
machine = pathlib.Path(sys.argv.pop(1))
console.settings.MACHINE_FILE = machine
console.machine_file.TRUST = console.machine_file.Trust(os.geteuid(), machine.parent)
from console.cli import main
main()
"""


def program(machine: Path) -> list[str]:
    """The start of the command for `meldkamer` on a machine with this settings file, in a process of its own."""
    return [sys.executable, "-c", _WRAPPER, str(machine)]


def here(monkeypatch: pytest.MonkeyPatch, machine: Path) -> Path:
    """Make this the settings file of the machine for the length of a test, in the process of the test."""
    monkeypatch.setattr(settings, "MACHINE_FILE", machine)
    monkeypatch.setattr(machine_file, "TRUST", machine_file.Trust(os.geteuid(), machine.parent))
    return machine


def write(machine: Path, text: str) -> Path:
    """Write the file as it must be: in a folder and with rights that let nobody else change it."""
    machine.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    machine.parent.chmod(0o755)
    machine.write_text(text, encoding="utf-8")
    machine.chmod(0o644)
    return machine
