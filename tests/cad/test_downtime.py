"""The downtime pack: legible by anybody, free of what must not be in it, whole on the disk, and in nobody's way."""

from __future__ import annotations

import asyncio
import errno
import grp
import itertools
import os
import signal
import stat
import subprocess
import sys
import unicodedata
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

import triage_rules
from console.cad import downtime
from console.cad.downtime import WIDTH, wrapped
from console.cad.packing import NAME, Packer
from console.domain.dispatching import prepare
from console.logbook import Discreet
from console.model import Channel, Choice, Delivery, IncomingCall, Location
from console.record import Calls, Home, Writer
from console.record.engine import connect
from console.settings import Settings
from console.times import now
from console.widgets.paper_reading import fields_of
from tests.cad.conftest import Process, wait_for
from tests.cad.dispatches import NASTY
from tests.domain.test_dispatching import call_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cad.conftest import Programs, Room

POLICY = triage_rules.load()
FRESH = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)


def pack_file(room: Room) -> Path:
    return room.home.path / "noodpakket" / NAME


def made(room: Room, packer: Packer | None = None, **changes: object) -> str:
    """Make a pack and give it."""
    maker = packer or Packer(room.home, room.writer, Settings(home=room.home.path, **changes))  # type: ignore[arg-type]
    asyncio.run(maker.make())
    return pack_file(room).read_text("utf-8")


def rung(room: Room, external_id: str, *, address: str = "Brink 4, Gieten", number: str = "0612345678") -> str:
    call = IncomingCall(external_id, Channel.EMERGENCY, number, "", Location(address), "", datetime.now(UTC))
    return Calls(room.writer).ring(call).call_id


def sheet(text: str, title: str) -> str:
    return next(each for each in text.split("\f") if each.startswith(title) or f"\n{title}" in each)


def log_of_reading(room: Room) -> list[str]:
    with closing(connect(room.home.database, read_only=True)) as connection:
        return [row["what"] for row in connection.execute("SELECT what FROM access_log ORDER BY seq")]


def printed(room: Room, *arguments: str, **settings: str) -> tuple[int, str, str]:
    with closing(
        Process(["deliver", "--print", *arguments], {"MELDKAMER_HOME": str(room.home.path), **settings})
    ) as program:
        out, said = program.popen.communicate(timeout=30)
        return program.popen.returncode, out, said


def test_an_open_call_stands_in_it_with_what_is_needed_to_go_on_by_telephone(room: Room) -> None:
    calls = Calls(room.writer)
    waiting, held = rung(room, "a"), rung(room, "b", address="Markt 1, Assen", number="0600000001")
    claim = calls.claim(held, "j.devries")
    calls.answer(claim, "vorm", "bankhelpdeskfraude")
    calls.answer(claim, "gevaar", "nu")
    text = made(room, phone_list=(("Uitgifte Noord", "088 1234567"),), exercise=True)
    assert "*** OEFENING ***" in text.splitlines()[0]
    found = sheet(text, "OPEN MELDINGEN (2)").split("\n\n")
    assert [each.split()[0] for each in found[1:]] == [waiting, held]
    assert "WACHT" in found[1]
    assert "Bij:      niemand" in found[1]
    for said in ("Markt 1, Assen", "0600000001", "bankhelpdeskfraude", "zeker: prio 1", "j.devries"):
        assert said in found[2], said
    assert "Uitgifte Noord" in sheet(text, "TELEFOONLIJST")
    assert "-9001 " in sheet(text, "PAPIERNUMMERS")


def test_what_is_not_confirmed_can_be_read_out_the_most_urgent_first(room: Room) -> None:
    later = room.decide(priority=3)
    first = room.decide(priority=1, details=("Signalement 3: man, 30 jaar",), control_word="rode tulp")
    passed_on = room.decide(priority=2)
    room.by_hand(passed_on)
    refused = room.decide(priority=2)
    room.outbox.refused(refused.message_id, "geen eenheid vrij")
    found = sheet(made(room), "NIET BEVESTIGDE INZETTEN (3)")
    assert found.index(first.message_id) < found.index(refused.message_id) < found.index(later.message_id)
    assert passed_on.message_id not in found
    for said in (*first.briefing, "Signalement 3: man, 30 jaar", "rode tulp", "geen eenheid vrij", "Doorgegeven door"):
        assert said in found, said


@pytest.mark.parametrize("danger", ["bedreigd", "zelf", "nu"])
def test_a_dispatch_in_it_tells_that_there_is_danger_and_never_what_the_law_protects(danger: str) -> None:
    file = call_file(
        {"gevaar": danger, "seksueel_beeld": "ja", "verdachte": "aanwezig"}, note="gevaar: hij heeft een mes"
    )
    told = prepare(file, Choice.PRIO1, policy=POLICY, message_id="m", by="a", at=FRESH, exercise=False, control_word="")
    label = POLICY.question("gevaar").value(danger).label
    hidden = downtime.without_special(told, POLICY)
    text = "\n".join((*hidden.briefing, *hidden.details))
    assert label in "\n".join((*told.briefing, *told.details))
    assert label not in text
    assert "gevaar: ja (soort verborgen)" in text
    assert f"{POLICY.question('seksueel_beeld').label} verborgen" in text
    assert "hij heeft een mes" in text
    cut = replace(told, briefing=(told.briefing[0], "", f"iets; gevaar: {label[:-3]}.."))
    assert downtime.without_special(cut, POLICY).briefing[2] == "iets; gevaar: ja (soort verborgen).."


@pytest.mark.parametrize("nasty", NASTY)
def test_text_of_strangers_prints_as_plain_lines_that_fit(room: Room, nasty: str) -> None:
    rung(room, "a", address=nasty, number=nasty)
    room.decide(
        briefing=(nasty, nasty, nasty), details=(nasty,), caller_name=nasty, location=Location(nasty), callback=nasty
    )
    text = made(room)
    for line in text.replace("\f", "").split("\n"):
        assert len(line) + sum(unicodedata.east_asian_width(each) in "WF" for each in line) <= WIDTH, line
        assert not {unicodedata.category(each) for each in line} & {"Cc", "Cf", "Cs", "Zl", "Zp"}, ascii(line)


def test_our_own_columns_stay_and_a_long_line_goes_on_set_in() -> None:
    assert wrapped("  Adres:    Brink 4") == ["  Adres:    Brink 4"]
    first, second = wrapped("  " + "woord " * 20)
    assert (first[:3], second[:5]) == ("  w", "    w")


def test_a_thousand_calls_all_stand_in_it_once(room: Room) -> None:
    numbers = [rung(room, f"a-{number}") for number in range(1_000)]
    found = sheet(made(room), "OPEN MELDINGEN (1000)")
    assert [line.split()[0] for line in found.splitlines() if "   WACHT" in line] == numbers


def test_the_file_is_for_its_owner_replaces_the_one_before_and_nothing_is_left_beside_it(room: Room) -> None:
    made(room)
    (pack_file(room).parent / ".noodpakket-half").write_text("half", "utf-8")
    call_id = rung(room, "a")
    assert call_id in made(room)
    assert [each.name for each in pack_file(room).parent.iterdir()] == [NAME]
    assert stat.S_IMODE(pack_file(room).stat().st_mode) == 0o600
    assert stat.S_IMODE(pack_file(room).parent.stat().st_mode) == 0o700


def test_in_a_shared_folder_the_group_reads_it_and_any_of_them_may_replace_it(tmp_path: Path) -> None:
    groups = [group for group in grp.getgrall() if os.geteuid() == 0 or group.gr_gid in os.getgroups()]
    group = next((each for each in groups if each.gr_gid != os.getegid()), groups[0])
    home = Home.prepare(tmp_path / "huis", group.gr_name)
    with Writer.open(home) as writer:
        asyncio.run(Packer(home, writer, Settings(home=home.path, group=group.gr_name)).make())
    found = (home.path / "noodpakket" / NAME).stat()
    assert (stat.S_IMODE(found.st_mode), found.st_gid) == (0o640, group.gr_gid)
    assert stat.S_IMODE((home.path / "noodpakket").stat().st_mode) == 0o2770


async def test_a_fault_of_our_own_is_told_and_the_next_pack_is_made(
    room: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write, times = downtime.text, itertools.count()

    def fail_once(pack: downtime.Pack) -> str:
        if next(times) == 0:
            raise ZeroDivisionError("Geheimstraat 1")
        return write(pack)

    monkeypatch.setattr(downtime, "text", fail_once)
    monkeypatch.setattr("console.cad.packing.EVERY", 0.01)
    caplog.handler.addFilter(Discreet())
    keeping = asyncio.create_task(Packer(room.home, room.writer, Settings(home=room.home.path)).keep())
    await asyncio.to_thread(wait_for, pack_file(room).exists, what="the pack after the fault")
    keeping.cancel()
    await asyncio.wait({keeping})
    assert "noodpakket: ZeroDivisionError" in caplog.text
    assert "Geheimstraat" not in caplog.text
    assert "storing" in caplog.text


KILLED = """
import asyncio, os, sys, time
from pathlib import Path
from console.cad import packing
from console.record import Home, Writer
from console.settings import Settings
from console.times import now
home = Home.prepare(Path(sys.argv[1]))
def stall(descriptor):
    print("half", flush=True)
    time.sleep(60)
with Writer.open(home) as writer:
    packer = packing.Packer(home, writer, Settings(home=home.path))
    os.fsync = stall
    asyncio.run(packer.make())
"""


def test_killed_in_the_middle_of_writing_the_old_pack_stays_whole(room: Room) -> None:
    before = made(room)
    rung(room, "a")
    program = subprocess.Popen([sys.executable, "-c", KILLED, str(room.home.path)], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    assert program.stdout.readline() == "half\n"
    program.send_signal(signal.SIGKILL)
    program.wait()
    program.stdout.close()
    assert pack_file(room).read_text("utf-8") == before
    assert len(list(pack_file(room).parent.iterdir())) == 2
    assert "OPEN MELDINGEN (1)" in made(room)
    assert [each.name for each in pack_file(room).parent.iterdir()] == [NAME]


def test_a_full_disk_leaves_the_old_pack_and_nothing_half(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    before = made(room)
    rung(room, "a")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("console.cad.packing.os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            made(room)
    assert pack_file(room).read_text("utf-8") == before
    assert [each.name for each in pack_file(room).parent.iterdir()] == [NAME]


def test_a_folder_that_refuses_is_told_without_names_and_holds_up_no_dispatch(
    room: Room, programs: Programs, tmp_path: Path
) -> None:
    cad = programs.simulator()
    rung(room, "a", address="Geheimstraat 1")
    log = tmp_path / "log"
    with log.open("wb") as told:
        delivery = programs.deliver(cad.url, stderr=told.fileno(), MELDKAMER_NOODPAKKET_MAP=str(tmp_path / "weg"))
    made_of = room.decide()
    wait_for(lambda: room.state(made_of).state is Delivery.ACCEPTED, what="the dispatch to be confirmed")
    sentence = "de map van het noodpakket is niet te beschrijven"
    wait_for(lambda: sentence in log.read_text("utf-8"), what="the log to say so")
    assert delivery.end() == 0
    assert "Geheimstraat" not in log.read_text("utf-8")


def test_the_delivery_makes_it_and_it_is_printed_while_the_delivery_runs(room: Room, programs: Programs) -> None:
    waiting = room.decide()
    programs.deliver(None)
    wait_for(pack_file(room).exists, what="a pack")
    code, out, said = printed(room)
    assert (code, said) == (0, "")
    assert out == pack_file(room).read_text("utf-8")
    assert waiting.message_id in out
    assert log_of_reading(room) == ["noodpakket gemaakt", "noodpakket afgedrukt"]


def test_without_a_delivery_printing_makes_it(room: Room) -> None:
    call_id = rung(room, "a")
    code, out, said = printed(room)
    assert (code, said) == (0, "")
    assert call_id in out


def test_printing_without_a_record_says_what_to_do(room: Room, tmp_path: Path) -> None:
    code, out, said = printed(room, MELDKAMER_HOME=str(tmp_path / "leeg"))
    assert (code, out) == (1, "")
    assert "staat nog geen dossier" in said
    assert "Er is nog geen noodpakket" in said
    assert not (tmp_path / "leeg").exists()


def test_new_numbers_are_only_asked_when_printing(room: Room) -> None:
    with closing(Process(["deliver", "--nieuwe-nummers"], {"MELDKAMER_HOME": str(room.home.path)})) as program:
        _, said = program.popen.communicate(timeout=30)
        assert program.popen.returncode == 2
    assert said == "--nieuwe-nummers hoort bij --print.\n"


def test_an_old_pack_is_printed_with_its_age_when_the_record_is_broken(room: Room) -> None:
    before = made(room)
    os.utime(pack_file(room), (1_800_000, 1_800_000))
    room.writer.close()
    room.home.database.write_bytes(b"dit is geen dossier" * 1000)
    code, out, said = printed(room)
    assert (code, out) == (0, before)
    assert "Er kon geen nieuw noodpakket worden gemaakt" in said
    assert "Let op: dit noodpakket is van" in said


def test_while_another_program_holds_the_record_a_new_pack_is_printed_and_said_so(room: Room) -> None:
    made(room)
    call_id = rung(room, "a")
    with closing(connect(room.home.database)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        code, out, said = printed(room)
    assert code == 0
    assert call_id in out
    assert "Dat u dit afdrukt, kon niet worden vastgelegd" in said
    assert "Er konden geen nummers" in out or "-9001 " in out


def test_a_form_fits_on_a_sheet_and_asks_what_is_entered_later_in_the_same_order(room: Room) -> None:
    form = sheet(made(room), "FORMULIER")
    assert len(form.splitlines()) <= 60
    asked = [form.index(field.label) for field in fields_of(POLICY) if field.label in form]
    assert asked == sorted(asked)
    assert len(asked) > 20


def numbers(text: str) -> set[str]:
    return {word for word in sheet(text, "PAPIERNUMMERS").split() if word[2:4] == "-9"}


def test_numbers_stay_while_packs_are_fresh_and_are_new_when_they_may_have_been_used(room: Room) -> None:
    first = numbers(made(room))
    assert len(first) == 20
    assert numbers(made(room)) == first
    code, out, _ = printed(room, "--nieuwe-nummers")
    second = numbers(out)
    assert code == 0
    assert len(second - first) == 20
    os.utime(pack_file(room))
    assert numbers(made(room)) == second


def test_numbers_are_new_after_nobody_kept_the_pack_fresh(room: Room) -> None:
    first = numbers(made(room))
    later = Packer(
        room.home,
        room.writer,
        Settings(home=room.home.path),
        clock=lambda: datetime.fromtimestamp(pack_file(room).stat().st_mtime + 3600, UTC),
    )
    second = numbers(made(room, later))
    assert not first & second
    assert numbers(made(room, later)) == second


def test_making_packs_is_logged_when_other_calls_are_in_it(room: Room) -> None:
    packer = Packer(room.home, room.writer, Settings(home=room.home.path))
    made(room, packer)
    made(room, packer)
    assert log_of_reading(room) == ["noodpakket gemaakt"]
    rung(room, "a")
    made(room, packer)
    assert log_of_reading(room) == ["noodpakket gemaakt"] * 2


def test_a_call_whose_policy_cannot_be_read_is_in_it_all_the_same(room: Room) -> None:
    made_of = room.decide()
    calls = Calls(room.writer)
    call_id = rung(room, "a")
    claim = calls.claim(call_id, "j.devries")
    calls.answer(claim, "vraag_van_morgen", "ja")
    text = made(room)
    assert made_of.message_id in text
    assert "niet te bepalen" in text


def test_what_waits_and_does_not_stand_in_it_is_counted(room: Room) -> None:
    old = [room.decide(priority=3) for _ in range(8)]
    assert "LET OP" not in made(room)
    later = now() + timedelta(minutes=1)
    room.outbox.set_aside([each.message_id for each in old], later)
    text = made(room)
    assert "LET OP: nog 3 staan hier niet op." in text
    assert sum(each.message_id in text for each in old) == 5
