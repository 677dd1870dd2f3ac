"""A whole call through real programs, with crashes on the way: what was said stands in the record and nowhere else."""

from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING

import httpx
import pytest

from console.cad.child import DELIVERY
from console.model import Delivery
from console.record import Home
from tests.cad.certificates import Office
from tests.cad.conftest import wait_for
from tests.planted.room import Room, Screen, Watch
from tests.planted.values import ACCOUNT, ADDRESS, CAD_TOKEN, INTAKE_TOKEN, NAME, OPENING_WORDS, PHONE, WORDS, found_in

if TYPE_CHECKING:
    from pathlib import Path


def type_the_call(room: Room, screen: Screen) -> None:
    """Answer, and type everything that an operator can type of a caller, each thing on disk before the next."""
    screen.see("1 wachtend")
    screen.press("enter")
    screen.see("In gevaar")
    screen.press("n")
    room.until(lambda file: "gevaar" in file.answers, "an answer")
    screen.press("f2")
    screen.see("GEGEVENS")
    screen.press("shift+tab", "shift+tab", *" achter")
    room.until(lambda file: file.facts.address == f"{ADDRESS} achter", "the address")
    screen.press("escape")
    screen.press("f4", *f"{NAME} belt {PHONE}, {ACCOUNT}")
    room.until(lambda file: file.note.endswith(ACCOUNT), "the note")
    screen.see("herkend: ctrl+o legt vast")
    screen.press("ctrl+o")
    room.until(lambda file: file.details, "the account that was recognised")
    screen.press("escape")
    screen.press_until("f3", "SPOREN")
    screen.press(*f"buurvrouw {NAME}", "enter")
    room.until(lambda file: len(file.details) >= 2, "the trace")
    screen.press("tab", "b")
    screen.see("BETALING")
    screen.press(*"500", "enter", *ACCOUNT, "enter", *NAME)
    room.until(lambda file: NAME in repr(file.details[-1]), "the payment")
    screen.press_until("escape", "SPOREN")
    screen.press_until("escape", "In gevaar")
    screen.press_until("f8", "Wat wilt u weten")
    screen.press(*f"mag {NAME} {PHONE} weg?")
    room.until(lambda file: any(NAME in text for text in file.drafts.values()), "the question while it is typed")


def decide_and_tell_more(room: Room, screen: Screen) -> None:
    """Send a unit, tell it more, and search the history for the caller."""
    screen.press("enter")
    room.until(lambda file: file.consultations, "the question")
    screen.press_until("f5", "BESLUIT")
    screen.press("1")
    screen.see("enter")
    screen.press("enter")
    room.until(lambda file: file.decisions, "the decision")
    room.until(lambda file: file.deliveries[0].state is not Delivery.READY, "the dispatch to leave")
    screen.press("f4", *f" en {WORDS}")
    room.until(lambda file: file.note.endswith(WORDS), "more in the note")
    screen.press("escape")
    screen.press_until("f5", "BESLUIT")
    screen.press("a")
    screen.see("AANVULLING")
    screen.press("enter")
    room.until(lambda file: len(file.deliveries) == 2, "the addition")
    screen.press_until("escape", "WACHTRIJ")
    screen.press_until("l", "LOGBOEK")
    screen.press(*NAME, "enter")
    screen.see("26-0001")


def bother_the_intake(url: str) -> None:
    """Send what a sender can send wrongly, each with the caller in it."""
    key = {"Authorization": f"Bearer {INTAKE_TOKEN}"}
    kind = {"Content-Type": "application/json"}
    for headers, body in (
        ({"Authorization": f"Bearer {CAD_TOKEN}", **kind}, b"{}"),
        ({**key, **kind}, json.dumps({"number": PHONE, "name": NAME, "first_words": WORDS}).encode()),
        ({**key, **kind}, f'{{"name": "{NAME}", '.encode()),
        ({**key, **kind}, json.dumps({"name": NAME * 20_000}).encode()),
        ({**key, "Content-Type": f"text/{PHONE}"}, NAME.encode()),
    ):
        assert httpx.post(f"{url}/v1/calls", content=body, headers=headers, trust_env=False).status_code >= 400
    for address in (f"{url}/v1/calls?naam={NAME}", f"{url}/{PHONE}", f"{url}/v1/calls/{ACCOUNT}"):
        assert httpx.get(address, headers=key, trust_env=False).status_code >= 400


def look_back(room: Room, office: Office) -> None:
    """Run each program that reads, exports, counts or prints."""
    out = room.root / "out"
    out.mkdir(mode=0o700)
    (out / "export").mkdir(mode=0o700)
    reason = ("--reden", "klacht 2026-118")
    shown: list[tuple[str, ...]] = [
        ("dossier", "toon", "26-0001", *reason),
        ("dossier", "zoek", "--naam", *reason),
        ("deliver", "--print"),
        ("monitor", "--eenmaal", "--json"),
    ]
    kept: list[tuple[str, ...]] = [
        ("dossier", "exporteer", "26-0001", "--naar", str(out / "export"), *reason),
        ("dossier", "reservekopie", str(out / "kopie.db")),
        ("dossier", "verifieer"),
        ("rapport", "week", "--uit", str(out)),
    ]
    for arguments in [*shown, *kept]:
        done = room.run(*arguments, shows=arguments in shown, typed=f"{NAME}\n")
        assert done.returncode == 0, (arguments, done.stderr)
    ours = office.issue("meldkamer", encrypted=True)
    room.settings |= {
        "MELDKAMER_CAD_URL": "https://localhost:9",
        "MELDKAMER_CAD_CA": str(office.own.path),
        "MELDKAMER_CAD_CERTIFICAAT": str(ours.path),
        "MELDKAMER_CAD_CERTIFICAAT_SLEUTEL": str(ours.key),
    }
    for words in (OPENING_WORDS, "een-ander-wachtwoord"):
        (room.root / "keys" / "cad_sleutel_wachtwoord").write_text(words)
        delivery = room.start("deliver-tls", "deliver")
        said = len(room.said("deliver-tls"))
        wait_for(lambda before=said: len(room.said("deliver-tls")) > before, what="a word of the delivery")  # type: ignore[misc]
        delivery.send_signal(signal.SIGTERM)
        assert delivery.wait(20) == 0
    assert "cad_sleutel_wachtwoord" in room.said("deliver-tls"), "the wrong words were never tried"


def test_nothing_of_the_caller_is_anywhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.cad.certificates.OPENING_WORDS", OPENING_WORDS.encode())
    room = Room(tmp_path)
    office = Office(tmp_path / "keys")
    watch = Watch(str(tmp_path))
    try:
        _, cad = room.listening("cad", "cad-simulator", "--sleutel", "--tempo", "0", "--toon")
        room.settings["MELDKAMER_CAD_URL"] = cad
        intake, url = room.listening("intake", "intake", fault="console.record.calls:Calls.ring")
        room.break_now()
        assert room.ring(url).status_code == 500
        room.mend()
        assert room.ring(url).status_code == 201
        bother_the_intake(url)
        delivery = room.start("deliver", "deliver", fault="console.cad.eido:build")
        wait_for(lambda: Home.prepare(room.home).locked(DELIVERY), what="the delivery to have its lock")

        first = room.screen("console")
        type_the_call(room, first)
        first.terminal.kill(signal.SIGKILL)
        assert first.end() == -signal.SIGKILL

        httpx.post(f"{cad}/besturing", json={"modus": "fout"}, trust_env=False)
        screen = room.screen("console", fault="console.desk.looking:Looking.look_up")
        screen.see("1 in behandeling")
        screen.press("enter")
        screen.see("In gevaar")
        screen.press("f8")
        screen.see("Wat wilt u weten", NAME)
        room.break_now()
        decide_and_tell_more(room, screen)
        wait_for(lambda: "storing" in room.said("deliver"), what="the fault of the delivery")
        screen.press("down", "enter")
        assert screen.end() == 70
        assert len(screen.scrollback.splitlines()) <= 2
        assert b"De console is gestopt door een fout (storing " in screen.scrollback
        assert not found_in(screen.scrollback)
        delivery.kill()
        delivery.wait()
        room.mend()
        httpx.post(f"{cad}/besturing", json={"modus": "antwoord_kwijt"}, trust_env=False)

        last = room.screen("console")
        last.see("in behandeling")
        room.until(
            lambda file: all(each.state in {Delivery.ACCEPTED, Delivery.DELIVERED} for each in file.deliveries),
            "the dispatch and its addition there, by the delivery that the console started",
        )
        last.press("ctrl+q")
        assert last.end() == 0
        assert not found_in(last.scrollback)
        wait_for((room.home / "noodpakket" / "noodpakket.txt").exists, what="a downtime pack")
        look_back(room, office)
        intake.send_signal(signal.SIGTERM)
        assert intake.wait(20) == 70, "it had a fault, and says so at its end"
    finally:
        watch.end()
        room.end()
    assert watch.looks > 100
    assert watch.seen == set()
    assert len(room.reports) == 3, "of the intake, the delivery and the console"
    legitimate = [
        *room.home.glob("dossier.db*"),
        room.home / "noodpakket" / "noodpakket.txt",
        *(tmp_path / "out").rglob("*.json"),
        *(tmp_path / "out").rglob("*.txt"),
        tmp_path / "out" / "kopie.db",
    ]
    assert {"name", "phone", "account", "address", "words"} <= found_in(
        b"".join(each.read_bytes() for each in legitimate if each.is_file())
    ), "nothing was planted"
    assert room.leaks(legitimate) == set()
    assert room.open_to_others() == set()
