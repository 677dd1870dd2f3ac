"""The whole way with real programs: a decision in the record, the delivery, and a CAD that behaves or misbehaves."""

from __future__ import annotations

import os
import signal
import stat
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

from console.exit_codes import ENDED, TAKEN, UNUSABLE
from console.model import Delivery, UnitStatus
from console.times import now
from tests import machine
from tests.cad.conftest import wait_for
from tests.cad.dispatches import NASTY, other_message

if TYPE_CHECKING:
    from pathlib import Path

    from console.model import Dispatch
    from tests.cad.conftest import Programs, Room


def reaches(room: Room, made: Dispatch, state: Delivery) -> None:
    wait_for(lambda: room.state(made).state is state, what=f"{made.message_id} to be {state.value}")


def expect_trouble(room: Room, made: Dispatch, text: str) -> None:
    wait_for(lambda: room.state(made).reason, what=f"the dispatch to say {text}")
    assert room.state(made).reason == text
    assert room.state(made).state is Delivery.SENT
    wait_for(lambda: room.link_error() == text, what=f"the link to say {text}")


def test_a_dispatch_is_delivered_confirmed_and_followed_until_it_is_closed(room: Room, programs: Programs) -> None:
    cad = programs.simulator("--tempo", "0.05")
    programs.deliver(cad.url)
    made = room.decide()
    wait_for(lambda: room.state(made).unit_status is UnitStatus.CLOSED, what="the unit to be done")
    closed = room.state(made)
    assert closed.state is Delivery.ACCEPTED
    assert closed.cad_reference == "CAD-000001"
    assert closed.unit == "NN 31.01"
    assert closed.attempts == 1
    assert cad.effects() == {made.message_id: 1}
    assert room.link_error() == ""


@pytest.mark.parametrize("mode", ["weigert", "weigert_direct"])
def test_a_refusal_comes_back_with_its_reason_and_is_not_repeated(room: Room, programs: Programs, mode: str) -> None:
    cad = programs.simulator("--modus", mode)
    programs.deliver(cad.url)
    made = room.decide()
    reaches(room, made, Delivery.REFUSED)
    assert room.state(made).reason == "geen eenheid beschikbaar in dit gebied"
    assert room.state(made).attempts == 1


def test_whatever_a_cad_answers_wrongly_is_said_and_the_dispatch_goes_once_it_answers_well(
    room: Room, programs: Programs
) -> None:
    said = {
        "uit": "GMS brak de verbinding af",
        "storing": "GMS is even niet beschikbaar (503)",
        "druk": "GMS heeft het te druk (429)",
        "druk_tot": "GMS heeft het te druk (429)",
        "fout": "GMS geeft een onverwacht antwoord (500)",
        "html": "GMS antwoordt iets anders dan is afgesproken (200): controleer cad_url",
        "reuzenantwoord": "GMS: het antwoord is te groot",
        "verwijst_door": "GMS verwijst door naar elders (302): controleer cad_url",
    }
    cad = programs.simulator()
    programs.deliver(cad.url)
    for mode, text in said.items():
        cad.set_mode(mode)
        made = room.decide()
        expect_trouble(room, made, text)
        cad.set_mode("accepteert")
        reaches(room, made, Delivery.ACCEPTED)
        assert cad.effects()[made.message_id] == 1
        wait_for(lambda: room.link_error() == "", what="the link to be well again")


@pytest.mark.parametrize("mode", ["antwoord_kwijt", "half_antwoord", "kapotte_json", "fout_na_aannemen"])
def test_a_lost_answer_makes_no_second_incident(room: Room, programs: Programs, mode: str) -> None:
    cad = programs.simulator("--modus", mode)
    programs.deliver(cad.url)
    made = room.decide()
    reaches(room, made, Delivery.ACCEPTED)
    assert cad.asked() == {made.message_id: 2}
    assert cad.effects() == {made.message_id: 1}


def test_a_delivery_killed_in_the_middle_of_sending_neither_loses_nor_doubles(room: Room, programs: Programs) -> None:
    cad = programs.simulator("--modus", "traag")
    first = programs.deliver(cad.url)
    made = room.decide()
    reaches(room, made, Delivery.SENT)
    first.kill()
    assert room.state(made).state is Delivery.SENT
    programs.deliver(cad.url)
    reaches(room, made, Delivery.ACCEPTED)
    assert cad.effects() == {made.message_id: 1}
    assert room.state(made).attempts == 2


def test_an_id_that_the_cad_uses_for_something_else_is_for_a_person(room: Room, programs: Programs) -> None:
    cad = programs.simulator()
    made = room.decide()
    other = other_message()
    headers = {"Idempotency-Key": made.message_id}
    httpx.post(f"{cad.url}/v1/incidents", json=other, headers=headers, trust_env=False).raise_for_status()
    programs.deliver(cad.url)
    reaches(room, made, Delivery.UNCLEAR)
    assert room.state(made).reason == "GMS heeft onder dit nummer al iets anders staan; bel en vergelijk de melding"


def test_a_cad_that_forgets_what_it_took_is_for_a_person(room: Room, programs: Programs) -> None:
    cad = programs.simulator("--modus", "vergeet")
    programs.deliver(cad.url)
    made = room.decide()
    reaches(room, made, Delivery.UNCLEAR)
    assert "kent haar niet meer" in room.state(made).reason


def test_times_of_a_cad_whose_clock_is_off_are_not_believed(room: Room, programs: Programs) -> None:
    cad = programs.simulator("--modus", "klok_fout", "--tempo", "0.05")
    programs.deliver(cad.url)
    made = room.decide()
    wait_for(lambda: room.state(made).unit_status is UnitStatus.CLOSED, what="the unit to be done")
    since = room.state(made).unit_status_at
    assert since is not None
    assert abs(since - now()) < timedelta(minutes=2)


def test_what_a_cad_did_not_store_is_said_to_the_operator(room: Room, programs: Programs) -> None:
    cad = programs.simulator("--modus", "laat_veld_weg")
    programs.deliver(cad.url)
    made = room.decide()
    reaches(room, made, Delivery.ACCEPTED)
    assert room.state(made).reason == "GMS bewaarde anders dan gestuurd: adres. Geef dat door aan de uitgifte."


def test_nasty_text_goes_through_and_is_confirmed(room: Room, programs: Programs) -> None:
    cad = programs.simulator()
    programs.deliver(cad.url)
    made = [room.decide(caller_name=text, briefing=(text, text, text), details=(text,)) for text in NASTY]
    for each in made:
        reaches(room, each, Delivery.ACCEPTED)
    assert cad.effects() == {each.message_id: 1 for each in made}


def test_the_most_urgent_goes_first(room: Room, programs: Programs) -> None:
    cad = programs.simulator()
    for _ in range(12):
        room.decide(priority=3)
    urgent = room.decide(priority=1)
    programs.deliver(cad.url)
    reaches(room, urgent, Delivery.ACCEPTED)
    assert urgent.message_id in list(cad.effects())[:4]


def test_a_cad_that_wants_a_key_gets_it_and_one_without_says_so(room: Room, programs: Programs, tmp_path: Path) -> None:
    keys = tmp_path / "sleutels"
    keys.mkdir(mode=0o700)
    (keys / "cad_token").write_text("geheim-123\n")
    cad = programs.simulator("--sleutel", environment={"CREDENTIALS_DIRECTORY": str(keys)})
    without = programs.deliver(cad.url)
    made = room.decide()
    text = "GMS weigert de toegang (401): controleer de sleutel cad_token"
    wait_for(lambda: room.link_error() == text, what="the link to say what is wrong")
    assert without.end() == ENDED
    programs.deliver(cad.url, CREDENTIALS_DIRECTORY=str(keys))
    reaches(room, made, Delivery.ACCEPTED)


def test_without_a_cad_a_dispatch_waits_until_one_is_set(room: Room, programs: Programs) -> None:
    cad = programs.simulator()
    programs.deliver(None)
    made = room.decide()
    wait_for(lambda: room.link_error() == "geen CAD ingesteld: zet cad_url", what="the link to say what is missing")
    assert room.state(made).state is Delivery.READY
    file = room.home.path / "instellingen.toml"
    file.touch(mode=0o600)
    file.write_text(f'cad_url = "{cad.url}"\n')
    reaches(room, made, Delivery.ACCEPTED)


def test_where_the_machine_governs_it_is_the_machines_file_that_is_followed(
    room: Room, programs: Programs, tmp_path: Path
) -> None:
    cad, other = programs.simulator(), programs.simulator()
    file = machine.write(tmp_path / "etc" / "instellingen.toml", f'gegevensmap = "{room.home.path}"\n')
    log = tmp_path / "log"
    with log.open("wb") as stream:
        programs.deliver(None, program=machine.program(file), stderr=stream.fileno())
    made = room.decide()
    wait_for(lambda: room.link_error() == "geen CAD ingesteld: zet cad_url", what="the link to say what is missing")
    (room.home.path / "instellingen.toml").write_text(f'cad_url = "{other.url}"\n', encoding="utf-8")
    machine.write(file, f'gegevensmap = "{room.home.path}"\ncad_url = "{cad.url}"\n')
    reaches(room, made, Delivery.ACCEPTED)
    file.unlink()
    gone = f"{file} geldt niet meer voor deze gegevensmap, of is weg"
    wait_for(lambda: gone in log.read_text(encoding="utf-8"), what="the log to say that the file is gone")
    reaches(room, room.decide(), Delivery.ACCEPTED)
    assert (sum(cad.effects().values()), other.effects()) == (2, {})


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_asked(room: Room, programs: Programs, number: int) -> None:
    process = programs.deliver(programs.simulator().url)
    wait_for(lambda: room.link_error() == "", what="the delivery to run")
    assert process.end(number) == ENDED
    assert process.popen.stderr is not None
    no_key, able, link = [line.split(maxsplit=2)[2] for line in process.popen.stderr]
    assert no_key.startswith("cad_token is niet gevonden: $CREDENTIALS_DIRECTORY is niet gezet; ")
    assert able.startswith("GMS kan: ")
    assert link == "verbinding: in orde\n"


def test_a_second_delivery_steps_aside(room: Room, programs: Programs) -> None:
    cad = programs.simulator()
    programs.deliver(cad.url)
    wait_for(lambda: room.home.locked("bezorging"), what="the first delivery")
    second = programs.deliver(cad.url)
    assert second.popen.wait(20) == TAKEN
    assert second.popen.stderr is not None
    assert "Er bezorgt al een ander proces" in second.popen.stderr.read()


def test_a_folder_that_others_can_read_is_refused(room: Room, programs: Programs) -> None:
    os.chmod(room.home.path, 0o755)  # noqa: S103, PTH101
    process = programs.deliver(None)
    assert process.popen.wait(20) == UNUSABLE
    assert process.popen.stderr is not None
    assert "chmod 0700" in process.popen.stderr.read()
    room.home.path.chmod(stat.S_IRWXU)


def test_the_log_tells_no_personal_data(room: Room, programs: Programs) -> None:
    cad = programs.simulator("--modus", "fout")
    process = programs.deliver(cad.url)
    made = room.decide(caller_name="Willemijn", callback="0687654321")
    wait_for(lambda: room.state(made).attempts >= 2, what="a second attempt")
    process.end()
    assert process.popen.stderr is not None
    log = process.popen.stderr.read()
    assert "verbinding: GMS geeft een onverwacht antwoord (500)" in log
    assert not [secret for secret in ("Willemijn", "0687654321", "Gieten", "Brink") if secret in log]


def test_nobody_reading_its_log_holds_up_no_dispatch(room: Room, programs: Programs) -> None:
    """Its stderr is a pipe that is full already, as when a terminal's output was stopped."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with suppress(BlockingIOError):
        while True:
            os.write(writing, b"x" * 65_536)
    os.set_blocking(writing, True)
    cad = programs.simulator("--modus", "fout")
    process = programs.deliver(cad.url, stderr=writing)
    made = room.decide()
    wait_for(lambda: room.state(made).attempts >= 2, what="attempts")
    cad.set_mode("accepteert")
    reaches(room, made, Delivery.ACCEPTED)
    assert process.end() == ENDED
    os.close(reading)
    os.close(writing)
