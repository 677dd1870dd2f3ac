"""What somebody sees who may not do everything: each key says why it does nothing, and nothing is half done."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from console.accounts import os_user
from console.desk import Desk
from console.record import Home
from console.record.verifying import verify
from tests import machine
from tests.desk.reads import audit_rows, read_log
from tests.seat import Seat, colleague, open_seat, ring, seated

WHO_GIVES = "geeft rollen"


def refused(desk: Desk) -> list[tuple[str, str]]:
    """What the register says was refused: the operation and the roles of who asked."""
    rows = [json.loads(row["details"]) for row in audit_rows(desk) if row["what"] == "geweigerd"]
    return [(row["handeling"], row["rollen"]) for row in rows]


async def says_why(seat: Seat, key: str, *words: str) -> None:
    """Press a key of the queue: it says why not, and the queue stays in front."""
    await seat.press(key)
    await seat.see(*words, "WACHTRIJ")
    await seat.press("down")
    await seat.until(lambda: words[0] not in seat.text, "what was said of the key before to go")


async def test_of_the_dispatchers_every_key_of_the_queue_works_or_says_which_role_it_takes(tmp_path: Path) -> None:
    desk = open_seat(tmp_path / "huis", roles=["uitgifte"])
    theirs = colleague(desk)
    call_id = ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await says_why(seat, "enter", "Meldingen behandelen mag als centralist, ovd of", "u hebt uitgifte", WHO_GIVES)
        await says_why(seat, "n", "Meldingen behandelen mag als", WHO_GIVES)
        await says_why(seat, "p", "Meldingen van papier invoeren mag als", WHO_GIVES)
        await says_why(seat, "l", "Andere meldingen inzien mag als", WHO_GIVES)
        case = await theirs.take(call_id)
        await seat.see("a.bakker")
        await says_why(seat, "o", "Een melding overnemen mag als ovd of trainer", WHO_GIVES)
        await theirs.consult(case, "mag ik hiervoor een eenheid sturen?")
        await seat.see("OVERLEG")
        await says_why(seat, "v", "Een vraag beantwoorden mag als ovd of trainer", WHO_GIVES)
        await seat.press("m")
        await seat.see("mag ik hiervoor een eenhe")
        await seat.press("p")
        await seat.see("Een vraag beantwoorden mag als ovd of trainer")
        await seat.press("escape", "u")
        await seat.see("Er is niets dat te lang wachtte")
        await seat.press("escape")
        await seat.see("WACHTRIJ")
    await theirs.close()
    expected = ["take", "new_call", "paper_policy", "find", "take_over", "take_up"]
    assert list(dict.fromkeys(operation for operation, _ in refused(desk))) == expected
    assert {roles for _, roles in refused(desk)} == {"uitgifte"}
    assert [what for what, _ in read_log(desk)] == ["geopend in de console"]
    assert case.file.owner == "a.bakker"
    assert verify(Home.prepare(tmp_path / "huis")).whole


async def test_an_operator_takes_over_nothing_and_a_shift_lead_does(tmp_path: Path) -> None:
    desk = open_seat(tmp_path / "huis", roles=["centralist"])
    theirs = colleague(desk)
    call_id = ring(desk)
    await theirs.take(call_id)
    async with seated(desk) as seat:
        await seat.see("a.bakker")
        await says_why(seat, "o", "Een melding overnemen mag als ovd of trainer; u hebt centralist", WHO_GIVES)
    lead = open_seat(tmp_path / "huis", roles=["ovd"])
    async with seated(lead) as seat:
        await seat.see("a.bakker")
        await seat.press("o")
        await seat.see(f"OVERNEMEN {call_id} van a.bakker")
        await seat.type("scherm hangt")
        await seat.press("enter")
        await seat.see(f"MELDING {call_id}", "Overgenomen")
    await theirs.close()
    assert refused(desk) == [("take_over", "centralist")]


async def test_a_trainer_shows_in_an_exercise_how_it_is_done(tmp_path: Path) -> None:
    desk = open_seat(tmp_path / "huis", roles=["trainer"])
    call_id = ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter")
        await seat.see("Urgentiecheck", "OEFENING")
        await seat.press("f5", "1", "enter")
        await seat.see("Besluit vastgelegd")
        await seat.until(lambda: seat.call.case.file.decisions, "the decision read back")
        assert seat.call.case.file.call_id == call_id
    assert refused(desk) == []


PROGRAMS = {
    ("console",): {"centralist", "uitgifte", "ovd"},
    ("triage", "--lijn", "--melding"): {"centralist", "uitgifte", "ovd"},
    ("monitor", "--eenmaal"): {"centralist", "uitgifte", "ovd", "beheer", "trainer"},
    ("deliver", "--print"): {"centralist", "uitgifte", "ovd", "beheer"},
    ("rapport", "week"): {"ovd", "beheer"},
    ("dossier", "zoek", "--nummer", "26-9999", "--reden", "proef"): {"ovd", "beheer"},
    ("dossier", "verifieer"): {"beheer"},
    ("dossier", "opschonen"): {"beheer"},
    ("beleid", "activeer", "bestaat-niet.json"): {"beheer"},
}
"""Each program, with the roles that may use it in earnest."""
ONLY_READ = {"monitor", "rapport"}
"""They reach nothing that writes, the register neither."""


@pytest.mark.parametrize("role", ["centralist", "uitgifte", "ovd", "beheer", "trainer", ""])
@pytest.mark.parametrize("arguments", PROGRAMS, ids=" ".join)
def test_each_program_asks_for_a_role_by_the_file_of_the_machine(
    tmp_path: Path, arguments: tuple[str, ...], role: str
) -> None:
    home = tmp_path / "huis"
    desk = open_seat(home)
    ring(desk)
    desk._writer.close()
    given = f'{role} = ["{os_user()}"]' if role else 'centralist = ["iemand.anders", "@deze-groep-is-er-niet"]'
    file = machine.write(tmp_path / "etc" / "instellingen.toml", f'gegevensmap = "{home}"\n[rollen]\n{given}\n')
    done = subprocess.run(
        [*machine.program(file), *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    rows = refused(desk)
    if role in PROGRAMS[arguments]:
        assert WHO_GIVES not in done.stderr
        assert rows == []
        return
    assert done.returncode == 78, done.stderr
    (sentence,) = done.stderr.splitlines()
    assert WHO_GIVES in sentence
    assert (f"u hebt {role}" if role else f"{os_user()} heeft geen rol") in sentence
    assert done.stdout == ""
    named = "console" if "--melding" in arguments else " ".join(arguments[: 1 if arguments == ("console",) else 2])
    assert rows == ([] if arguments[0] in ONLY_READ else [(named, role)])
    assert verify(Home.prepare(home)).whole


def test_to_refuse_somebody_makes_no_record(tmp_path: Path) -> None:
    home = tmp_path / "huis"
    text = f'gegevensmap = "{home}"\n[rollen]\novd = ["iemand.anders"]\n'
    file = machine.write(tmp_path / "etc" / "instellingen.toml", text)
    for arguments in PROGRAMS:
        done = subprocess.run(
            [*machine.program(file), *arguments], capture_output=True, stdin=subprocess.DEVNULL, timeout=60, check=False
        )
        assert done.returncode == 78
    assert not home.exists()
