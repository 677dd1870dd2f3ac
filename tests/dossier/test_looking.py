"""Showing, finding and exporting: what is seen is logged first, and nothing a stranger wrote acts on the screen."""

from __future__ import annotations

import getpass
import json
import os
import re
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from console.model import (
    Certainty,
    Choice,
    Clue,
    ClueKind,
    Fact,
    Known,
    Payee,
    Payment,
    Person,
    PersonRole,
    Source,
    Special,
    Suspect,
)
from console.record import Home
from console.safe_text import UNSHOWABLE
from tests.dossier.conftest import reads
from tests.record.support import ADVERSARIAL, dispatch, draft, incoming, paper_entry, rows, sent_out

if TYPE_CHECKING:
    from pathlib import Path

    from console.record import Calls, Writer
    from tests.dossier.conftest import Manager

WHY = ("--reden", "klacht 2026-118")


def full_call(calls: Calls, name: str = "a", words: str = "grijze auto") -> str:
    call_id = calls.ring(incoming(name, first_words=words)).call_id
    claim = calls.claim(call_id, "jan")
    calls.note(claim, "geld naar NL91 ABNA 0417 1643 00")
    calls.person(claim, Person(PersonRole.POSSIBLE_SUSPECT, "Mark", "06-12345679", "man met pet"))
    calls.fact(claim, Fact("noemde zich Mark", Source.SAID, Certainty.LIKELY, person=1))
    calls.impression(claim, "klinkt angstig")
    calls.special(claim, Special.SUICIDALITY, Known.YES)
    calls.answer(claim, "gevaar", "zelf")
    calls.answer(claim, "seksueel_beeld", "ja")
    calls.answer(claim, "gaande", "nee")
    calls.add(claim, Payment(Payee.BANK, 125_005, "NL91 ABNA 0417 1643 00", "J. Jansen"))
    calls.add(claim, Clue(ClueKind.OTHER, "rode pet", "rode pet", valid=False))
    calls.add(claim, Suspect(plate="AB-123-C"))
    calls.take_back(claim, 2)
    calls.reply(call_id, calls.consult(claim, "mag dit online?"), "nee, stuur een eenheid", "t.lead")
    calls.consult(claim, "ook nu nog?")
    calls.take_up(call_id, 2, "t.lead")
    calls.decide(claim, draft(f"b{name}", Choice.ADVICE, answers={"gevaar": "zelf", "seksueel_beeld": "ja"}), None)
    return call_id


def test_a_call_is_shown_and_the_look_is_logged(dossier: Manager, calls: Calls, writer: Writer) -> None:
    call_id = full_call(calls)
    page = dossier.done("toon", call_id, *WHY)
    for line in (
        "MELDING 26-0001",
        "1. mogelijk verdachte: Mark; 06-12345679; man met pet",
        "1. [gezegd door melder, aannemelijk, over persoon 1] noemde zich Mark",
        "iban: NL91ABNA0417164300  (notitie,",
        "1. [betaling] bankrekening; € 1250,05; NL91 ABNA 0417 1643 00; J. Jansen (",
        "2. [spoor TERUGGENOMEN] overig; rode pet; klopt niet volgens zijn eigen controle (",
        "1. mag dit online? (",
        "  antwoord: nee, stuur een eenheid (",
        "  opgepakt (",
        "  nog niet beantwoord",
        "jan: Advies, geen vervolg",
        "jan: besloten",
    ):
        assert line in page, line
    facts, judgement = page.index("noemde zich Mark"), page.index("Indruk van de centralist (oordeel, geen feit)")
    assert facts < judgement < page.index("klinkt angstig")
    assert reads(writer) == [(getpass.getuser(), "ingezien", call_id, "klacht 2026-118")]


def test_what_went_beside_a_decision_and_after_it_is_on_the_page(dossier: Manager, calls: Calls) -> None:
    calls.ring(incoming(urgent=True))
    claim = calls.claim("26-0001", "jan")
    calls.decide(claim, draft(also=(Choice.ONLINE,)), dispatch(claim.call_id, 1, "bericht-1"))
    calls.add_to_dispatch(claim, dispatch(claim.call_id, adds_to="bericht-1"))
    page = dossier.done("toon", "26-0001", *WHY)
    for line in ("spoed          volgens de bron", "  daarnaast: ", "  prio 1: ", "  aanvulling: ", "jan: aanvulling"):
        assert line in page, line


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_special_data_is_shown_only_when_asked_and_logged_as_such(
    dossier: Manager, calls: Calls, writer: Writer, form: tuple[str, ...]
) -> None:
    call_id = full_call(calls)
    shown = dossier.done("toon", call_id, *WHY, *form)
    assert not re.search(r"zelf\b|seksueel_beeld\W+ja|suicidaliteit +ja", shown)
    assert "verborgen" in shown
    asked = dossier.done("toon", call_id, *WHY, *form, "--bijzonder")
    assert re.search(r"\bzelf\b", asked)
    assert re.search(r"suicidaliteit", asked)
    assert [what for _, what, _, _ in reads(writer)] == ["ingezien", "ingezien met bijzondere gegevens"]


def test_a_message_to_the_cad_does_not_tell_what_is_hidden(dossier: Manager, calls: Calls) -> None:
    sent_out(calls, "a")
    assert "Verdachte bij melder." not in dossier.done("toon", "26-0001", *WHY, "--json")
    assert "Verdachte bij melder." in dossier.done("toon", "26-0001", *WHY, "--json", "--bijzonder")


def test_json_has_all_history_with_its_audit(dossier: Manager, calls: Calls, writer: Writer) -> None:
    call_id = full_call(calls)
    data = json.loads(dossier.done("toon", call_id, *WHY, "--json", "--bijzonder"))
    assert (data["vorm"], data["melding"]) == ("meldkamer-dossier/1", call_id)
    assert data["tabellen"]["answer"] == rows(writer, "SELECT * FROM answer ORDER BY seq")
    assert data["tabellen"]["call"][0]["note"] == "geld naar NL91 ABNA 0417 1643 00"
    audit = rows(writer, "SELECT * FROM audit ORDER BY seq")
    assert [row["what"] for row in data["register"]] == [row["what"] for row in audit]
    assert [row["hash"] for row in data["register"]] == [row["hash"].hex() for row in audit]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (("--iban", "nl91abna0417164300"), ["26-0001"]),
        (("--telefoon", "+31 6 12345679"), ["26-0001"]),
        (("--telefoon", "0612345678"), ["26-0002", "26-0001"]),
        (("--kenteken", "ab123c"), ["26-0001"]),
        (("--adres", "9461as 4"), ["26-0002", "26-0001"]),
        (("--naam", "mark"), ["26-0001"]),
        (("--tekst", "GRIJZE auto"), ["26-0001"]),
        (("--tekst", "fiet*"), ["26-0002"]),
        (("--nummer", "26-0002"), ["26-0002"]),
        (("--meekijk", "123 456 789"), ["26-0002"]),
        (("--domein", "https://www.ing-veilig.nl/x"), ["26-0002"]),
    ],
)
def test_a_call_is_found_by_what_is_known_of_it(
    dossier: Manager, calls: Calls, writer: Writer, question: tuple[str, str], found: list[str]
) -> None:
    full_call(calls)
    calls.ring(incoming("b", first_words="rode fiets, anydesk 123456789 via ing-veilig.nl"))
    shown = dossier.done("zoek", *question, *WHY)
    assert [line.split()[0] for line in shown.splitlines()] == found
    assert "fiets" not in shown
    assert [hit["melding"] for hit in json.loads(dossier.done("zoek", *question, *WHY, "--json"))] == found
    once = [f"gezocht op {question[0][2:]}", *["getoond als zoekresultaat"] * len(found)]
    assert [what for _, what, _, _ in reads(writer)] == once * 2
    assert [call_id for _, _, call_id, _ in reads(writer)][1 : 1 + len(found)] == found
    terms = question[1] if question[0] != "--nummer" else "Gieten"
    assert terms not in str(reads(writer))


def test_nothing_found_is_said_and_logged(dossier: Manager, writer: Writer) -> None:
    done = dossier("zoek", "--tekst", "appeltaart", *WHY)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "Niets gevonden.\n")
    assert [what for _, what, _, _ in reads(writer)] == ["gezocht op tekst"]


def test_wrong_check_digits_are_said_and_searched_all_the_same(dossier: Manager, calls: Calls) -> None:
    calls.ring(incoming(first_words="NL91ABNA0417164301"))
    done = dossier("zoek", "--iban", "NL91 ABNA 0417 1643 01", *WHY)
    assert done.returncode == 0
    assert "klopt niet" in done.stderr
    assert done.stdout.startswith("26-0001")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (("zoek", "--iban", "geen", *WHY), "Geef een rekeningnummer"),
        (("zoek", "--telefoon", "12", *WHY), "Geef een telefoonnummer"),
        (("zoek", "--domein", "geen domein", *WHY), "Geef een webdomein"),
        (("zoek", "--tekst", '"*', *WHY), "geen woord"),
        (("toon", "26-0042", *WHY), "Melding 26-0042 staat niet in het dossier"),
        (("toon", "26-0042", "--reden", "  "), "26-0042"),
        (("exporteer", "26-0042", "--naar", "/bestaat/niet", *WHY), "is geen map"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_in_words(
    dossier: Manager, writer: Writer, question: tuple[str, ...], sentence: str
) -> None:
    done = dossier(*question)
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert reads(writer) == []


@pytest.mark.parametrize("question", [("toon", "26-0001"), ("zoek", "--naam", "x"), ("zoek", *WHY), ()])
def test_wrong_use_is_said_in_dutch(dossier: Manager, question: tuple[str, ...]) -> None:
    done = dossier(*question)
    assert done.returncode == 2
    assert "gebruik:" in done.stdout + done.stderr


def test_what_is_searched_for_is_refused_on_the_command_line_and_not_repeated(home: Home) -> None:
    command = [sys.executable, "-m", "console", "dossier", "zoek", "--naam", "Zwaantje Qvistorff", *WHY]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        env={**os.environ, "MELDKAMER_HOME": str(home.path)},
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert "iedereen op deze computer kan een opdrachtregel lezen" in done.stderr
    assert "Qvistorff" not in done.stdout + done.stderr


def test_nothing_typed_is_said(dossier: Manager) -> None:
    done = dossier("zoek", "--naam", "  ", *WHY)
    assert (done.returncode, done.stdout) == (1, "")
    assert "niets opgegeven" in done.stderr


def test_what_cannot_be_logged_is_not_shown(dossier: Manager, calls: Calls, writer: Writer) -> None:
    full_call(calls)
    done = dossier("toon", "26-0001", "--reden", "  ")
    assert (done.returncode, done.stdout) == (1, "")
    writer.submit(
        lambda transaction: transaction.run(
            "CREATE TRIGGER vol BEFORE INSERT ON access_log BEGIN SELECT RAISE(ABORT, 'vol'); END"
        )
    ).result()
    for question in (("toon", "26-0001", *WHY), ("zoek", "--nummer", "26-0001", *WHY)):
        done = dossier(*question)
        assert (done.returncode, done.stdout) == (1, "")


def test_looking_for_a_record_never_makes_one(dossier: Manager, tmp_path: Path) -> None:
    done = dossier("toon", "26-0001", *WHY, MELDKAMER_HOME=str(tmp_path / "nergens"))
    assert done.returncode == 1
    assert "geen dossier" in done.stderr
    assert not (tmp_path / "nergens").exists()


def test_no_text_of_a_stranger_acts_on_the_screen(dossier: Manager, calls: Calls, tmp_path: Path) -> None:
    text = "\n".join(ADVERSARIAL)
    calls.ring(incoming(name=text, number=text, first_words=text))
    claim = calls.claim("26-0001", "jan")
    calls.note(claim, text)
    calls.fact(claim, Fact(text, Source.SAID, Certainty.SURE))
    calls.person(claim, Person(PersonRole.WITNESS, text, text, text))
    calls.impression(claim, text)
    calls.add(claim, Suspect(text, text, text, text))
    calls.reply("26-0001", calls.consult(claim, text), text, text)
    folder = tmp_path / "uit"
    folder.mkdir()
    dossier.done("exporteer", "26-0001", "--naar", folder, *WHY)
    shown = [dossier.done("toon", "26-0001", *WHY), dossier.done("toon", "26-0001", *WHY, "--json")]
    files = [(folder / f"26-0001.{ending}").read_text(encoding="utf-8") for ending in ("txt", "json")]
    for each in (*shown, *files):
        assert not re.search(f"[{UNSHOWABLE}]", each)
    assert json.loads(files[1])["tabellen"]["call"][0]["note"] == text


def test_an_export_is_two_files_for_their_owner_only(
    dossier: Manager, calls: Calls, writer: Writer, tmp_path: Path
) -> None:
    full_call(calls)
    full_call(calls, "b")
    folder = tmp_path / "uit"
    folder.mkdir()
    dossier.done("exporteer", "26-0001", "26-0002", "26-0001", "--naar", folder, *WHY, "--bijzonder")
    assert sorted(file.name for file in folder.iterdir()) == [
        *("26-0001.json", "26-0001.txt"),
        *("26-0002.json", "26-0002.txt"),
    ]
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert (folder / "26-0001.txt").read_text(encoding="utf-8").startswith("MELDING 26-0001\n")
    assert json.loads((folder / "26-0002.json").read_bytes())["melding"] == "26-0002"
    assert [what for _, what, _, _ in reads(writer)] == ["geëxporteerd met bijzondere gegevens"] * 2
    again = dossier("exporteer", "26-0001", "--naar", folder, *WHY)
    assert again.returncode == 1
    assert "bestaat al" in again.stderr
    assert len(reads(writer)) == 2


def test_what_was_entered_later_is_marked_on_the_page_in_the_list_and_in_the_export(
    dossier: Manager, calls: Calls, tmp_path: Path
) -> None:
    calls.ring(incoming())
    made = paper_entry("P1")
    calls.enter(made, "j.devries")
    page = dossier.done("toon", "26-0002", *WHY)
    assert "MELDING 26-0002  LATER INGEVOERD\n" in page
    for line in (
        "Formulier P1, gebeld 21-11-2026 05:00:00",
        "Op papier behandeld door a.bakker",
        "Besloten 21-11-2026 05:05:00",
        "Doorgegeven 21-11-2026 05:06:00, aan uitgifte, k.smit, eenheid 11-01",
        "door j.devries",
        "21-11-2026 05:05:00  a.bakker; later ingevoerd door j.devries: Eenheid ter plaatse, prio 2",
        "prio 2: met de hand doorgegeven",
    ):
        assert line in page
    assert "LATER INGEVOERD" not in dossier.done("toon", "26-0001", *WHY)
    found = dossier.done("zoek", "--naam", "bakker", *WHY).splitlines()
    assert [line.endswith("LATER INGEVOERD") for line in found] == [True, False]
    listed = json.loads(dossier.done("zoek", "--naam", "bakker", *WHY, "--json"))
    assert [each["later_ingevoerd"] for each in listed] == [True, False]
    folder = tmp_path / "export"
    folder.mkdir()
    dossier.done("exporteer", "26-0002", "--naar", folder, *WHY)
    tables = json.loads((folder / "26-0002.json").read_text())["tabellen"]
    (form,) = tables["paper_form"]
    assert (form["number"], form["called_at"], form["by"]) == ("P1", "2026-11-21T04:00:00.123Z", "j.devries")
    assert tables["decision"][0]["made_at"] == form["decided_at"] == "2026-11-21T04:05:00.123Z"
    assert "LATER INGEVOERD" in (folder / "26-0002.txt").read_text()
