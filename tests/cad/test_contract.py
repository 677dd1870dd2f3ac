"""The contract on paper, the models that read it and the simulator that speaks it say the same."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import httpx
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from console.cad import contract, eido
from console.cad.mock_memory import Held
from console.cad.simulator import Mode
from tests.cad.conftest import wait_for
from tests.cad.dispatches import additions, dispatch, dispatches, news, other_message

if TYPE_CHECKING:
    from console.model import Dispatch
    from tests.cad.conftest import Programs, Simulator

PAPER = yaml.safe_load((Path(__file__).parents[2] / "docs" / "cad-contract.openapi.yaml").read_text(encoding="utf-8"))
SCHEMAS = PAPER["components"]["schemas"]


def agrees(name: str, value: Any) -> bool:
    schema = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": SCHEMAS}}
    errors = [error.message for error in Draft202012Validator(schema).iter_errors(value)]
    assert not errors
    return True


def post(cad: Simulator, made: Dispatch, content: bytes | None = None) -> httpx.Response:
    headers = {contract.KEY_HEADER: made.message_id, "Content-Type": "application/json"}
    body = eido.encode(eido.build(made, "mk.example")) if content is None else content
    return httpx.post(f"{cad.url}{contract.INCIDENTS}", content=body, headers=headers, trust_env=False)


def get(cad: Simulator, path: str) -> httpx.Response:
    return httpx.get(f"{cad.url}{path}", trust_env=False)


def test_paper_and_models_name_the_same_paths_and_words() -> None:
    assert set(PAPER["paths"]) == {contract.INCIDENTS, f"{contract.MESSAGES}/{{id}}", contract.HEALTH}
    state = get_args(contract.MessageStatus.model_fields["state"].annotation)
    assert SCHEMAS["MessageStatus"]["properties"]["state"]["enum"] == list(state)
    status = get_args(contract.UnitReport.model_fields["status"].annotation)
    assert SCHEMAS["UnitReport"]["properties"]["status"]["enum"] == list(status)
    for name in ("Receipt", "Stored", "MessageStatus", "UnitReport", "Health", "Problem"):
        fields = getattr(contract, name).model_fields
        assert SCHEMAS[name]["properties"].keys() == fields.keys(), name
        assert set(SCHEMAS[name].get("required", ())) == {
            key for key, field in fields.items() if field.is_required()
        }, name


@given(dispatches() | additions)
def test_what_we_send_is_what_the_paper_promises(made: Dispatch) -> None:
    agrees("Incident", json.loads(eido.encode(eido.build(made, "mk.example"))))


def closes(cad: Simulator, made: Dispatch) -> bool:
    said = get(cad, f"{contract.MESSAGES}/{made.message_id}")
    assert agrees("MessageStatus", said.json())
    unit = contract.read(contract.MessageStatus, said.content).unit
    return unit is not None and unit.status == "closed"


def test_a_dispatcher_and_a_unit_take_their_steps_in_order() -> None:
    held = Held("CAD-1", "", Mode.ACCEPTS, "NN 31.01")
    seen = []
    for paces in (0, 1, 2, 4, 12, 30):
        held.since = time.monotonic() - paces * 100 - 1
        said = held.status(100)
        assert agrees("MessageStatus", said)
        unit = contract.read(contract.MessageStatus, json.dumps(said).encode()).unit
        if unit is not None:
            there = held.received_at.replace(microsecond=0) + timedelta(seconds=1200)
            expected = unit.expected_at and unit.expected_at.replace(microsecond=0)
            assert expected == (there if unit.status in {"assigned", "en_route"} else None)
        seen.append(said.get("unit", {}).get("status", said["state"]))
    assert seen == ["received", "accepted", "assigned", "en_route", "on_scene", "closed"]


def test_the_simulator_speaks_the_contract(programs: Programs) -> None:
    cad = programs.simulator()
    made = dispatch()
    first, again = post(cad, made), post(cad, made)
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json() == again.json()
    assert agrees("Receipt", first.json())
    wait_for(lambda: closes(cad, made), what="the unit to be done")
    assert agrees("Health", get(cad, contract.HEALTH).json())


def test_an_addition_goes_with_its_incident_and_sends_nobody(programs: Programs) -> None:
    cad = programs.simulator()
    made = dispatch()
    post(cad, made)
    more = news(made)
    first, again = post(cad, more), post(cad, more)
    assert (first.status_code, first.json()["reference"]) == (202, "CAD-000001")
    assert (again.status_code, again.json()) == (202, first.json())
    assert (cad.effects(), cad.additions()) == ({made.message_id: 1}, {more.message_id: 1})
    said = get(cad, f"{contract.MESSAGES}/{more.message_id}").json()
    assert agrees("MessageStatus", said)
    assert (said["state"], said["reference"], said.get("unit")) == ("accepted", "CAD-000001", None)
    stray = post(cad, news(dispatch(incident_id="26-9999")))
    assert (stray.status_code, stray.json()["reason"]) == (422, "deze aanvulling hoort bij geen melding die hier staat")
    assert agrees("Problem", stray.json())
    second = dispatch()
    assert post(cad, second).json()["reference"] == "CAD-000002"


@pytest.mark.parametrize("said", ['"binnen een kwartier"', '"2026-03-02T14:05:00"', "17", "[]", "{}", "null", '""'])
def test_an_expected_time_that_cannot_be_read_spoils_no_answer(said: str) -> None:
    unit = f'{{"callsign": "NN 1", "status": "en_route", "at": "2026-03-02T14:00:00Z", "expected_at": {said}}}'
    read = contract.read(contract.MessageStatus, f'{{"state": "accepted", "unit": {unit}}}'.encode())
    assert read.unit is not None
    assert (read.unit.status, read.unit.expected_at) == ("en_route", None)


def test_the_simulator_refuses_as_the_contract_says(programs: Programs) -> None:
    cad = programs.simulator()
    made = dispatch()
    other = other_message()
    without_key = httpx.post(f"{cad.url}{contract.INCIDENTS}", json=other, trust_env=False)
    post(cad, made)
    answers = {
        400: without_key,
        409: post(cad, made, json.dumps(other).encode()),
        413: post(cad, dispatch(), b" " * (contract.LARGEST_MESSAGE + 1)),
        404: get(cad, f"{contract.MESSAGES}/nooit-gezien"),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        assert agrees("Problem", answer.json())
    for content in (b"", b"geen json", b"[" * 100_000, b"{}", b'{"incidentComponent": {}}', b"\xff"):
        answer = post(cad, dispatch(), content)
        assert answer.status_code == 422
        assert agrees("Problem", answer.json())
    assert cad.effects() == {made.message_id: 1}


def test_the_control_panel_names_the_modes_it_knows(programs: Programs) -> None:
    cad = programs.simulator("--modus", "zwijgt")
    assert cad.line.strip() == f"CAD-simulator luistert op {cad.url} (zwijgt)"
    assert get(cad, "/besturing").json()["modus"] == "zwijgt"
    for wrong in (b"", b"[]", b'{"modus": "stuk"}', b'{"modus": 1}'):
        answer = httpx.post(f"{cad.url}/besturing", content=wrong, trust_env=False)
        assert answer.status_code == 422
        assert all(mode.value in answer.json()["reason"] for mode in Mode)
    assert all(mode.meaning for mode in Mode)


def test_a_port_that_cannot_be_used_is_said_and_a_stop_is_clean(programs: Programs) -> None:
    cad = programs.simulator()
    for port in (cad.url.rpartition(":")[2], "70000"):
        said = f"Poort {port} op 127.0.0.1 is bezet of niet toegestaan; kies een andere met --port.\n"
        assert programs.simulator_that_fails("--port", port) == (69, said)
    assert cad.end() == 0


def test_a_simulator_that_must_ask_for_a_key_does_not_start_without(programs: Programs) -> None:
    code, said = programs.simulator_that_fails("--port", "0", "--sleutel")
    assert code == 78
    assert said.startswith("cad_token ontbreekt: $CREDENTIALS_DIRECTORY is niet gezet")


@pytest.mark.parametrize(
    ("model", "body", "said"),
    [
        (contract.Receipt, b"<html>", "geen JSON"),
        (contract.Receipt, b'{"reference": "CAD', "geen JSON"),
        (contract.Receipt, b"[" * 60_000, "geen JSON"),
        (contract.Receipt, b'{"reference": "\xff"}', "geen JSON"),
        (contract.Receipt, b'{"reference": "\\ud800"}', "geen JSON"),
        (contract.Receipt, b"[]", "het antwoord"),
        (contract.Receipt, b'{"reference": 7}', "reference"),
        (contract.Receipt, b'{"reference": " "}', "reference"),
        (contract.Health, b'{"status": "stuk"}', "status"),
        (contract.MessageStatus, b'{"state": "ACCEPTED"}', "state"),
        (
            contract.MessageStatus,
            b'{"state": "accepted", "unit": {"callsign": "A", "status": "closed", "at": "2026-03-02T13:00:00"}}',
            "unit.at",
        ),
    ],
)
def test_an_answer_that_is_not_in_the_contract_is_not_believed(
    model: type[contract.Answer], body: bytes, said: str
) -> None:
    with pytest.raises(contract.AnswerError, match=said):
        contract.read(model, body)


def test_a_cad_may_say_more_than_we_know() -> None:
    said = contract.read(contract.MessageStatus, b'{"state": "received", "wachtrij": 4, "unit": null}')
    assert said.state == "received"


@given(st.text(max_size=2000))
@example("x" * 300)
@example("x" * 301)
@example("\x1b[31m" * 5_000)
def test_a_reason_is_never_too_long_or_unsafe_to_show(text: str) -> None:
    said = contract.read(contract.Problem, json.dumps({"reason": text}).encode())
    assert len(said.reason) <= contract.LONGEST_TEXT
    assert eido.clean(said.reason) == said.reason.strip()
