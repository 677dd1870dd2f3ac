"""What the import contracts cannot see: the core loads no terminal, and the console loads nothing heavy at start."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

LOADED = "import json, sys; import {module}; print(json.dumps(sorted(sys.modules)))"


def loaded_by(module: str) -> set[str]:
    """The modules in memory after importing one in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(module=module)], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout))


@pytest.mark.parametrize(
    "module",
    [
        "triage_rules.compiling",
        "console.model.calls",
        "console.model.details",
        "console.desk",
        "console.case",
        "console.record.reader",
        "console.record.calls",
        "console.domain.dispatching",
        "console.settings",
    ],
)
def test_the_core_loads_no_terminal(module: str) -> None:
    assert not loaded_by(module) & {"textual", "rich"}


def test_the_rules_load_nothing_of_the_console() -> None:
    assert not {
        name for name in loaded_by("triage_rules.compiling") if name.split(".")[0] in {"console", "yaml", "pydantic"}
    }


def test_the_console_starts_without_web_yaml_or_schema_libraries() -> None:
    heavy = {
        "phonenumbers",
        "stdnum",
        "httpx",
        "uvicorn",
        "starlette",
        "yaml",
        "pydantic",
        "sqlite_utils",
        "keyring",
        "stamina",
    }
    assert not loaded_by("console.launch, console.screens.app") & heavy


def test_the_queue_is_shown_before_anything_that_only_a_call_needs() -> None:
    of_a_call = {
        "console.case",
        "console.domain.dispatching",
        "console.domain.linking",
        "console.model.details",
        "console.record.calls",
        "console.screens.call",
        "triage_rules.compiling",
        "triage_rules.model",
    }
    assert not loaded_by("console.launch, console.screens.app") & of_a_call


def test_reading_the_record_loads_nothing_that_writes() -> None:
    loaded = loaded_by("console.record.reader")
    assert not loaded & {"console.record.writer", "console.record.calls", "console.record.outbox"}


WRITES = {
    *("writer", "calls", "outbox", "ringing", "claiming", "deciding", "answering", "noting", "consulting", "adding"),
    *("statements", "filling", "reassessing", "reserving", "policies", "purge", "copying", "anchoring", "drafting"),
    "refusing",
}
"""The rooms of the record that write; the settling of a schema is refused to who may only read."""


@pytest.mark.parametrize("module", ["console.monitor", "console.monitor, console.screens.monitor", "console.report"])
def test_the_board_of_the_shift_lead_loads_nothing_that_writes(module: str) -> None:
    loaded = loaded_by(module)
    assert not loaded & {f"console.record.{room}" for room in WRITES}
    parts = {".".join(name.split(".")[:2]) for name in loaded if name.startswith("console.")}
    assert not parts & {"console.desk", "console.cad", "console.intake", "console.dossier", "console.case"}
    assert not loaded & {"sqlite_utils", "httpx", "uvicorn", "starlette", "keyring"}
