"""What becomes of a call that rings: stored once as it came, refused with a reason, or asked for again."""

from __future__ import annotations

import json
import signal
import socket
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import pytest

from console.intake.message import LARGEST_BODY
from console.model import Channel, Location
from console.record import engine
from tests.intake.conftest import TOKEN, Intake, environment, message, running, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOSTILE = "[/b] \x1b]52;c;ZXZpbA==\x07 \u202etxt.exe \x00 \U0001f469\u200d\U0001f467 é e\u0301 " + "lang " * 700


def test_a_new_call_is_on_disk_when_the_answer_comes(intake: Intake) -> None:
    received = datetime(2026, 11, 12, 14, 5, 0, 250_000, tzinfo=UTC)
    with intake.line as line:
        answer = line.post("/v1/calls", json=message(received_at="2026-11-12T15:05:00.250+01:00", first_words=HOSTILE))
    assert answer.status_code == 201
    (file,) = intake.files()
    assert answer.json() == {"id": "tel-0001", "melding": file.call_id, "nieuw": True}
    assert file.incoming.external_id == "tel-0001"
    assert file.incoming.channel is Channel.SERVICE
    assert file.incoming.number == "06-00000001"
    assert file.incoming.name == "Truus Plantsoen"
    assert file.incoming.location == Location("Brink 4, Gieten", 53.0, 6.76)
    assert file.incoming.first_words == HOSTILE, "the original is evidence"
    assert file.incoming.received_at == received


def test_only_id_channel_and_time_are_needed(intake: Intake) -> None:
    bare = {name: message()[name] for name in ("id", "channel", "received_at")}
    unknown = {"number": None, "name": "", "location": {"lat": None}, "first_words": None}
    with intake.line as line:
        assert line.post("/v1/calls", json=bare).status_code == 201
        assert line.post("/v1/calls", json={**bare, **unknown}).status_code == 200, "null and absent are the same call"
    (file,) = intake.files()
    assert (file.incoming.number, file.incoming.name, file.incoming.location) == ("", "", Location())


@pytest.mark.parametrize("urgent", [True, False, None])
def test_what_the_sender_knows_of_urgency_goes_along(intake: Intake, urgent: bool | None) -> None:
    body = message(spoed=urgent)
    with intake.line as line:
        assert line.post("/v1/calls", json=body).status_code == 201
        assert line.post("/v1/calls", json=body).status_code == 200
    (file,) = intake.files()
    assert file.incoming.urgent is urgent


def test_the_same_again_is_the_same_call_and_another_body_is_refused(intake: Intake) -> None:
    first = message()
    with intake.line as line:
        new = line.post("/v1/calls", json=first)
        again = line.post("/v1/calls", json=dict(reversed(first.items())))
        other = line.post("/v1/calls", json={**first, "first_words": "iets anders"})
    assert (new.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert again.json() == {**new.json(), "nieuw": False}
    assert other.json()["veld"] == "id"
    (file,) = intake.files()
    assert file.incoming.first_words == first["first_words"]


def test_many_senders_of_one_call_make_one_call(intake: Intake) -> None:
    same = message()
    with intake.line as line, ThreadPoolExecutor(16) as senders:
        codes = Counter(senders.map(lambda _: line.post("/v1/calls", json=same).status_code, range(64)))
    assert codes == {201: 1, 200: 63}
    assert len(intake.files()) == 1


def test_what_was_acknowledged_is_still_there_after_a_kill(tmp_path: Path, credentials: Path) -> None:
    home = tmp_path / "data"
    acknowledged: list[str] = []

    def keep_ringing(intake: Intake) -> None:
        with intake.line as line:
            for number in range(10_000):
                try:
                    answer = line.post("/v1/calls", json=message(id=f"tel-{number}"))
                except httpx.TransportError:
                    return
                acknowledged.append(answer.json()["melding"])

    with running(home, environment(home, credentials)) as intake:
        sender = threading.Thread(target=keep_ringing, args=[intake])
        sender.start()
        wait_for(lambda: len(acknowledged) > 30, "thirty calls taken")
        intake.process.send_signal(signal.SIGKILL)
        sender.join()
    assert set(acknowledged) <= {file.call_id for file in intake.files()}


RIGHT = json.dumps(message())

BAD: dict[str, tuple[str | bytes, int, str | None]] = {
    "nothing": (b"", 400, None),
    "no JSON": ("{", 400, None),
    "two messages": (RIGHT + RIGHT, 400, None),
    "byte order mark": ("\ufeff" + RIGHT, 400, None),
    "not UTF-8": (RIGHT.replace("Truus", "Tr\xfcs").encode("latin-1"), 400, None),
    "UTF-16": (RIGHT.encode("utf-16"), 400, None),
    "a list": ("[]", 422, None),
    "a text": ('"melding"', 422, None),
    "null": ("null", 422, None),
    "deep": ("[" * 60_000, 400, None),
    "deep in a field": ('{"location":' * 5_000, 400, None),
    "a key twice": (RIGHT[:-1] + ', "name": "Piet"}', 400, "name"),
    "a key twice inside": (RIGHT.replace('"lat": 53.0', '"lat": 53.0, "lat": 52.0'), 400, "lat"),
    "NaN": (RIGHT.replace("53.0", "NaN"), 400, None),
    "Infinity": (RIGHT.replace("53.0", "-Infinity"), 400, None),
    "too large a number": (RIGHT.replace("53.0", "1e999"), 422, "location.lat"),
    "too many digits": (RIGHT.replace("53.0", "9" * 5_000), 400, None),
    "a half character": (RIGHT.replace("Truus", "\\ud83d"), 422, "name"),
    "a half character in the id": (RIGHT.replace("tel-0001", "\\udc00"), 422, "id"),
    "a half character in a name": (RIGHT[:-1] + ', "\\ud83d": 1}', 422, None),
    "an unknown field": (RIGHT[:-1] + ', "priority": 1}', 422, "priority"),
    "an unknown field inside": (RIGHT.replace('"lat"', '"postcode": "9461", "lat"'), 422, "location.postcode"),
    "an unknown field that acts": (RIGHT[:-1] + ', "\\u001b[2J": 1}', 422, "\ufffd[2J"),
}
BAD |= {
    f"{name} = {str(value)[:24]!r}": (json.dumps(message(**{name: value})), 422, name)
    for name, value in [
        ("id", ...),
        ("id", None),
        ("id", ""),
        ("id", 17),
        ("id", " x"),
        ("id", "a\nb"),
        ("id", "\u200b"),
        ("id", "x" * 201),
        ("channel", ...),
        ("channel", None),
        ("channel", "113"),
        ("channel", 112),
        ("number", 612345678),
        ("number", "0" * 41),
        ("name", ["Truus"]),
        ("name", "T" * 201),
        ("location", "Brink 4"),
        ("location", []),
        ("first_words", True),
        ("spoed", "ja"),
        ("spoed", "true"),
        ("spoed", 1),
        ("first_words", "x" * 4_001),
        ("received_at", ...),
        ("received_at", None),
        ("received_at", 1_763_000_000),
        ("received_at", "1763000000"),
        ("received_at", "2026-11-12"),
        ("received_at", "2026-11-12T14:05:00"),
        ("received_at", "2026-11-12 14:05:00Z"),
        ("received_at", "2026-02-30T14:05:00Z"),
        ("received_at", "2026-11-12T24:05:00Z"),
        ("received_at", "2026-11-12T14:05:00+25:00"),
        ("received_at", "2026-11-12T14:05:00+12:75"),
        ("received_at", "0001-01-01T00:00:00+14:00"),
        ("received_at", "9999-12-31T23:59:59-14:00"),
        ("received_at", "2999-01-01T00:00:00Z"),
        ("received_at", "\uff12026-11-12T14:05:00Z"),
    ]
}
BAD |= {
    f"location {place}": (json.dumps(message(location=place)), 422, field)
    for place, field in [
        ({"address": "x" * 301}, "location.address"),
        ({"lat": 91.0, "lon": 6.0}, "location.lat"),
        ({"lat": 53.0, "lon": -180.5}, "location.lon"),
        ({"lat": "53.0", "lon": "6.0"}, "location.lat"),
        ({"lat": True, "lon": True}, "location.lat"),
        ({"lat": 53.0}, "location"),
        ({"lon": 6.0}, "location"),
    ]
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_message_is_answered_with_what_is_wrong_and_not_stored(name: str, shared_intake: Intake) -> None:
    body, status, field = BAD[name]
    with shared_intake.line as line:
        answer = line.post("/v1/calls", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status, answer.text
    said = answer.json()
    assert set(said) == {"fout", "veld", "wat_te_doen"}
    assert said["veld"] == field
    assert said["fout"].endswith(".")
    assert said["wat_te_doen"].endswith(".")
    assert "{" not in said["fout"] + said["wat_te_doen"]
    assert "Truus" not in answer.text
    assert shared_intake.files() == []


def test_up_to_five_minutes_ahead_is_a_clock_that_differs(intake: Intake) -> None:
    now = datetime.now(UTC)
    with intake.line as line:
        for minutes, status in [(4, 201), (6, 422)]:
            ahead = (now + timedelta(minutes=minutes)).isoformat()
            assert line.post("/v1/calls", json=message(received_at=ahead)).status_code == status


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json; charset=utf-16"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    ],
)
def test_another_content_type_is_415(headers: dict[str, str], shared_intake: Intake) -> None:
    with shared_intake.line as line:
        answer = line.post("/v1/calls", content=RIGHT, headers=headers)
    assert answer.status_code == 415
    assert answer.json()["wat_te_doen"].startswith("Stuur de kop Content-Type: application/json")


@pytest.mark.parametrize("content_type", ["application/json", "Application/JSON; charset=UTF-8"])
def test_json_by_any_spelling_of_its_name_is_taken(content_type: str, intake: Intake) -> None:
    with intake.line as line:
        answer = line.post("/v1/calls", content=json.dumps(message()), headers={"Content-Type": content_type})
    assert answer.status_code == 201


def test_a_body_over_the_cap_is_refused_by_its_announced_length_before_it_is_sent(shared_intake: Intake) -> None:
    head = (
        f"POST /v1/calls HTTP/1.1\r\nHost: intake\r\nAuthorization: Bearer {TOKEN}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {LARGEST_BODY + 1}\r\n\r\n"
    )
    assert b"HTTP/1.1 413 " in exchange(shared_intake, head.encode())


def test_a_body_over_the_cap_is_refused_in_chunks_too(shared_intake: Intake) -> None:
    def endless() -> Iterator[bytes]:
        yield b'{"first_words": "'
        for _ in range(LARGEST_BODY // 1024 + 1):
            yield b"x" * 1024

    with shared_intake.line as line:
        answer = line.post("/v1/calls", content=endless(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.json()["fout"] == "Het bericht is groter dan 65536 bytes."
    assert shared_intake.files() == []


def test_a_body_as_large_as_the_cap_is_read(shared_intake: Intake) -> None:
    with shared_intake.line as line:
        answer = line.post(
            "/v1/calls", content=RIGHT.ljust(LARGEST_BODY)[:-1] + "x", headers={"Content-Type": "application/json"}
        )
    assert answer.status_code == 400


def test_a_sender_that_hangs_up_half_way_leaves_nothing(shared_intake: Intake) -> None:
    head = (
        f"POST /v1/calls HTTP/1.1\r\nHost: intake\r\nAuthorization: Bearer {TOKEN}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(RIGHT)}\r\n\r\n{RIGHT[:-5]}"
    )
    exchange(shared_intake, head.encode(), wait=False)
    with shared_intake.line as line:
        assert line.get("/health").status_code == 200
    assert shared_intake.files() == []
    assert "fout" not in shared_intake.log.read_text()


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer x",
        f"Basic {TOKEN}",
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}",
        "Bearer é",
    ],
)
def test_without_the_key_nobody_rings(authorization: str | None, shared_intake: Intake) -> None:
    headers = {} if authorization is None else {b"Authorization": authorization.encode()}
    answer = httpx.post(f"{shared_intake.url}/v1/calls", json=message(), headers=headers, trust_env=False)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert TOKEN not in answer.text
    assert shared_intake.files() == []


def test_the_scheme_of_the_key_may_be_spelled_in_any_case(intake: Intake) -> None:
    headers = {"Authorization": f"bearer {TOKEN}"}
    assert httpx.post(f"{intake.url}/v1/calls", json=message(), headers=headers, trust_env=False).status_code == 201


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/calls", 405),
        ("DELETE", "/v1/calls", 405),
        ("POST", "/health", 405),
        ("GET", "/", 404),
        ("POST", "/v1/calls/", 404),
    ],
)
def test_other_doors_say_where_the_door_is(method: str, path: str, status: int, shared_intake: Intake) -> None:
    with shared_intake.line as line:
        answer = line.request(method, path)
    assert answer.status_code == status
    assert "POST naar /v1/calls" in answer.json()["wat_te_doen"]


def test_a_record_that_is_held_asks_to_try_again_and_then_takes_it(intake: Intake) -> None:
    same = message()
    holder = engine.connect(intake.home / "dossier.db")
    holder.execute("BEGIN IMMEDIATE")
    with intake.line as line:
        refused = line.post("/v1/calls", json=same)
        holder.execute("ROLLBACK")
        taken = line.post("/v1/calls", json=same)
    holder.close()
    assert (refused.status_code, taken.status_code) == (503, 201)
    assert refused.headers["Retry-After"] == "2"
    assert refused.json()["wat_te_doen"].startswith("Stuur hetzelfde bericht opnieuw")


def test_nothing_of_a_caller_or_the_key_is_in_the_log(intake: Intake) -> None:
    with intake.line as line:
        for changes in ({}, {"name": ["Truus Plantsoen"]}, {"first_words": "nog eens"}, {"Truus": "Plantsoen"}):
            line.post("/v1/calls", json=message(**changes))
    log = intake.log.read_text()
    assert "melding 26-0001 aangenomen" in log
    assert not any(planted in log for planted in ("Truus", "Plantsoen", "06-0", "Gieten", "opgelicht", TOKEN, "tel-"))


def exchange(intake: Intake, request: bytes, *, wait: bool = True) -> bytes:
    """Send raw bytes on a line of their own, and give what comes back."""
    address = urlsplit(intake.url)
    with socket.create_connection((address.hostname, address.port), timeout=20) as line:
        line.sendall(request)
        return line.recv(65_536) if wait else b""


def test_the_description_fits_what_is_taken(shared_intake: Intake) -> None:
    import jsonschema  # noqa: PLC0415 -- only this test

    with shared_intake.line as line:
        description = line.get("/openapi.json").json()
    assert description["openapi"] == "3.1.0"
    assert description["info"]["version"] == "1.1.0"
    schema: dict[str, Any] = {
        "$ref": "#/components/schemas/CallMessage",
        "components": description["components"],
    }
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid(message())
    assert not validator.is_valid(message(channel="113"))
    assert not validator.is_valid(message(priority=1))
    assert validator.is_valid(message(spoed=True))
    assert not validator.is_valid(message(spoed="ja"))
    assert not validator.is_valid(message(received_at=...))
