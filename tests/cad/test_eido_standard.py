"""Every message against the published standard: its schema, its registry of incident types, our own list of codes.

The standard has no licence to be shipped, so it lies beside the project and not in it. Where it is not there, what
needs it is skipped with a line that says so; that each message is whole (`test_eido.py`) is tested everywhere.
"""

from __future__ import annotations

import os
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse

import pytest
import yaml
from hypothesis import HealthCheck, example, given, seed, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from console.cad import names
from console.model import Dispatch
from tests.cad.dispatches import additions, dispatch, dispatches, news
from tests.cad.eido_messages import COMMON_TYPE, built, check_whole
from tests.cad.told_calls import told_calls

if TYPE_CHECKING:
    from collections.abc import Callable

NAMED = os.environ.get("EIDO_STANDARD")
SHARED = Path(NAMED or Path(__file__).parents[3] / "shared" / "eido")
THERE = (SHARED / "schema" / "openapi.yaml").exists()
SEED = 20261122
DISPATCHES = 1_000

needs_the_standard = pytest.mark.skipif(
    not THERE and NAMED is None,
    reason=f"NOT CHECKED: the EIDO schema and registry are not at {SHARED}; name their folder with EIDO_STANDARD",
)
"""A folder that was named and is not there is a failure."""


def faults(message: Any) -> list[str]:
    return [error.message for error in schema().iter_errors(message)]


@needs_the_standard
@settings(max_examples=200, deadline=None)
@given(dispatches() | additions)
@example(dispatch())
@example(news(dispatch()))
def test_every_message_satisfies_the_published_schema(made: Dispatch) -> None:
    assert not faults(built(made))


@needs_the_standard
def test_every_common_type_is_in_the_registry() -> None:
    table = names.tables()
    assert {*table.forms.values(), table.exercise_type} <= registry()


SPOILT: dict[str, Callable[[Any], None]] = {
    "unknown key": lambda message: message.update(dispatchComponentt=[]),
    "unknown code": lambda message: message["incidentComponent"].update(incidentStatusCommonRegistryText=["Bezig"]),
    "dangling": lambda message: message["callComponent"][0].update(callBackReference={"$ref": "callback-9"}),
    "no place": lambda message: message["locationComponent"][0].update(locationByValue="<presence>"),
}


@needs_the_standard
@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_what_the_schema_lets_through_is_caught_here(spoil: Callable[[Any], None]) -> None:
    message = built(dispatch())
    spoil(message)
    assert not faults(message)
    with pytest.raises((AssertionError, SyntaxError)):
        check_whole(message)


@pytest.mark.slow
@needs_the_standard
def test_a_thousand_calls_give_only_messages_that_satisfy_the_standard(capsys: pytest.CaptureFixture[str]) -> None:
    """Dispatches and their additions, half made of whole calls with all that can be noted, half of any text at all."""
    checked: list[bool] = []

    @seed(SEED)
    @settings(max_examples=2 * DISPATCHES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(told_calls | st.tuples(dispatches()) | st.tuples(additions))
    def check(made: tuple[Dispatch, ...]) -> None:
        for each in made:
            message = built(each)
            assert not faults(message)
            check_whole(message)
            assert message["incidentComponent"][COMMON_TYPE] in registry()
            checked.append(bool(each.adds_to))

    check()
    additions_too = sum(checked)
    assert len(checked) - additions_too >= DISPATCHES
    assert additions_too >= DISPATCHES // 2
    with capsys.disabled():
        print(f"\nEIDO: {len(checked) - additions_too} dispatches, {additions_too} additions, all valid; seed {SEED}")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(told_calls)
def test_a_whole_call_gives_whole_messages(made: tuple[Dispatch, ...]) -> None:
    for each in made:
        check_whole(built(each))


def test_every_code_of_ours_has_a_source() -> None:
    found = tomllib.loads(files("console.cad").joinpath("eido_codes.toml").read_text(encoding="utf-8"))
    assert all(entry.keys() == {"codes", "source"} and entry["source"].strip() for entry in found.values())


@cache
def registry() -> frozenset[str]:
    """The incident types of the standard."""
    lines = (SHARED / "incident-types.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(line.split("\t")[0].strip() for line in lines if line.strip())


class _PlainLoader(yaml.SafeLoader):
    """Leaves timestamps in the schema's examples as text."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@cache
def _document(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), _PlainLoader)  # noqa: S506 - a safe loader


def _retrieve(uri: str) -> Resource[Any]:
    path = Path(os.path.normpath(urlparse(uri).path))
    return DRAFT202012.create_resource(_document(path))


@cache
def schema() -> Draft202012Validator:
    root = (SHARED / "schema" / "openapi.yaml").absolute().as_uri()
    return Draft202012Validator(
        {"$ref": f"{root}#/components/schemas/EmergencyIncidentDataObjectType"},
        registry=Registry(retrieve=_retrieve),  # type: ignore[call-arg]
        format_checker=FormatChecker(),
    )
