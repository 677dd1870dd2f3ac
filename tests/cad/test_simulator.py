"""The simulator as an opponent: each way to misbehave, alone or by chance, for each kind of CAD, and what it tells."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from console.cad import contract, eido
from console.cad.client import HttpCad
from console.cad.peer import Abilities, Conflict, Delivered, NoAnswer, NotDelivered, Refused, Unclear, Unknown
from console.cad.simulator import Fates, Mode, Repeats, ShareError, read_shares
from tests.cad.conftest import wait_for
from tests.cad.dispatches import dispatch
from tests.cad.test_contract import PAPER, agrees, post

if TYPE_CHECKING:
    from tests.cad.conftest import Programs, Simulator

OF_OTHERS = {Mode.WEB_PAGE, Mode.ELSEWHERE, Mode.FAULT, Mode.FAULT_AFTER, Mode.WRONG_JSON, Mode.HUGE}
"""What no CAD of the contract answers, but whatever stands in front of it does."""

ABILITIES = {
    Repeats.DEDUPLICATES: Abilities(deduplicates=True, looks_up=True),
    Repeats.LOOKS_UP: Abilities(deduplicates=False, looks_up=True, settles_after=1.0),
    Repeats.NEITHER: Abilities(deduplicates=False, looks_up=False, confirms=False),
}


def talking_to(cad: Simulator, repeats: Repeats = Repeats.DEDUPLICATES) -> HttpCad:
    return HttpCad(cad.url, "mk.example", name="GMS", abilities=ABILITIES[repeats])


@pytest.mark.parametrize("mode", [each for each in Mode if each not in OF_OTHERS])
def test_whatever_it_answers_in_the_contract_stands_in_the_paper(programs: Programs, mode: Mode) -> None:
    cad = programs.simulator("--modus", mode.value)
    made = dispatch()
    answers = []
    for method, path in (("post", contract.INCIDENTS), ("get", f"{contract.MESSAGES}/{{id}}"), ("get", "/health")):
        try:
            url = path.format(id=made.message_id)
            said = post(cad, made) if method == "post" else httpx.get(cad.url + url, trust_env=False)
        except httpx.TransportError:
            continue
        promised: dict[str, Any] = PAPER["paths"][path][method]["responses"][str(said.status_code)]
        schema = promised["content"]["application/json"]["schema"]["$ref"]
        assert agrees(schema.rpartition("/")[2], said.json())
        answers.append(said.status_code)
    assert bool(answers) is (mode is not Mode.DOWN)


@pytest.mark.parametrize(
    ("mode", "outcome", "effects"),
    [
        (Mode.LOSES_ANSWER, Unclear, 1),
        (Mode.HALF_ANSWER, Unclear, 1),
        (Mode.WRONG_JSON, Unclear, 1),
        (Mode.FAULT_AFTER, Unclear, 1),
        (Mode.HUGE, Unclear, 1),
        (Mode.TWO_ANSWERS, Delivered, 1),
        (Mode.DROPS_FIELD, Delivered, 1),
        (Mode.CLOCK_OFF, Delivered, 1),
        (Mode.SILENT, Delivered, 1),
        (Mode.FORGETS, Delivered, 1),
        (Mode.REFUSES, Delivered, 1),
        (Mode.REFUSES_AT_ONCE, Refused, 0),
        (Mode.CONFLICT, Conflict, 0),
        (Mode.BUSY, NotDelivered, 0),
        (Mode.BUSY_UNTIL, NotDelivered, 0),
        (Mode.OUT_OF_ORDER, NotDelivered, 0),
        (Mode.ELSEWHERE, NotDelivered, 0),
        (Mode.FAULT, Unclear, 0),
        (Mode.WEB_PAGE, Unclear, 0),
        (Mode.DOWN, Unclear, 0),
        (Mode.BOOKS_LATER, Unclear, 0),
    ],
)
async def test_each_way_to_misbehave_has_its_own_meaning(
    programs: Programs, mode: Mode, outcome: type, effects: int
) -> None:
    cad = programs.simulator("--modus", mode.value)
    async with talking_to(cad) as client:
        sent = await client.send(dispatch())
    assert type(sent) is outcome
    assert sum(cad.effects().values()) == effects
    if mode in {Mode.BUSY, Mode.BUSY_UNTIL}:
        assert isinstance(sent, NotDelivered)
        assert sent.retry_after is not None
        assert 0 < sent.retry_after <= 2


async def test_a_part_that_was_not_stored_is_said_also_after_a_look(programs: Programs) -> None:
    cad = programs.simulator("--modus", "laat_veld_weg")
    made = dispatch()
    said = Delivered("CAD-000001", "GMS bewaarde anders dan gestuurd: adres. Geef dat door aan de uitgifte.")
    async with talking_to(cad) as client:
        assert await client.send(made) == said
        assert await client.look_up(made) == said


async def test_what_is_booked_later_is_not_there_at_first(programs: Programs) -> None:
    cad = programs.simulator("--modus", "boekt_later", "--herhaling", "opvraagbaar")
    made = dispatch()
    async with talking_to(cad, Repeats.LOOKS_UP) as client:
        assert isinstance(await client.send(made), Unclear)
        assert await client.look_up(made) == Unknown()
        await asyncio.to_thread(wait_for, lambda: cad.effects() == {made.message_id: 1}, what="it to be booked")
        assert await client.look_up(made) == Delivered("CAD-000001")


async def test_an_answer_that_comes_twice_is_not_taken_for_the_next_one(programs: Programs) -> None:
    """Whatever a connection does with what nobody asked for: no dispatch goes by the number of another."""
    cad = programs.simulator("--modus", "dubbel_antwoord")
    numbers: list[str] = []
    async with talking_to(cad) as client:
        for _ in range(20):
            made = dispatch()
            sent = await client.send(made)
            found = await client.look_up(made) if isinstance(sent, Unclear) else sent
            assert isinstance(found, Delivered)
            numbers.append(found.reference)
    assert numbers == [f"CAD-{number:06}" for number in range(1, 21)]


@pytest.mark.parametrize("repeats", Repeats)
async def test_what_a_repeated_key_does_is_as_it_says(programs: Programs, repeats: Repeats) -> None:
    cad = programs.simulator("--herhaling", repeats.value)
    made = dispatch()
    for _ in range(2):
        assert post(cad, made).status_code == 202
    assert cad.effects() == {made.message_id: 1 if repeats is Repeats.DEDUPLICATES else 2}
    async with talking_to(cad, repeats) as client:
        assert await client.trouble() == ""
        found, missing = await client.look_up(made), await client.look_up(dispatch())
    if repeats is Repeats.NEITHER:
        assert isinstance(found, NoAnswer)
        assert isinstance(missing, NoAnswer)
    else:
        assert found == Delivered("CAD-000001")
        assert missing == Unknown()


@pytest.mark.parametrize(
    ("repeats", "setting", "said"),
    [
        (Repeats.LOOKS_UP, Repeats.DEDUPLICATES, "cad_ontdubbelt"),
        (Repeats.NEITHER, Repeats.DEDUPLICATES, "cad_ontdubbelt"),
        (Repeats.NEITHER, Repeats.LOOKS_UP, "cad_opvraagbaar"),
    ],
)
async def test_a_cad_that_does_less_than_was_set_gets_nothing(
    programs: Programs, repeats: Repeats, setting: Repeats, said: str
) -> None:
    cad = programs.simulator("--herhaling", repeats.value)
    async with talking_to(cad, setting) as client:
        sent = await client.send(dispatch())
        assert isinstance(sent, NotDelivered)
        assert said in sent.error
        assert await client.trouble() == sent.error
    assert cad.effects() == {}


def test_chance_can_be_repeated_and_leaves_a_mode_alone() -> None:
    shares = {Mode.LOSES_ANSWER: 0.2, Mode.BUSY: 0.1}
    one, other = Fates(shares, 7), Fates(shares, 7)
    drawn = [one.draw(Mode.ACCEPTS) for _ in range(2_000)]
    assert drawn == [other.draw(Mode.ACCEPTS) for _ in range(2_000)]
    assert 300 < drawn.count(Mode.LOSES_ANSWER) < 500
    assert 120 < drawn.count(Mode.BUSY) < 280
    assert drawn.count(Mode.ACCEPTS) == 2_000 - drawn.count(Mode.LOSES_ANSWER) - drawn.count(Mode.BUSY)
    assert {one.draw(Mode.DOWN) for _ in range(50)} == {Mode.DOWN}


@pytest.mark.parametrize(
    "wrong", ["antwoord_kwijt", "antwoord_kwijt=veel", "stuk=0.1", "uit=1.1", "uit=-0.1", "uit=nan"]
)
def test_a_share_that_cannot_be_used_is_said(programs: Programs, wrong: str) -> None:
    code, said = programs.simulator_that_fails("--port", "0", "--deel", wrong)
    assert code == 2
    assert said.startswith("--deel")
    with pytest.raises(ShareError):
        read_shares(["uit=0.6", "druk=0.6"])


def test_what_it_received_and_the_counts_are_shown(programs: Programs) -> None:
    cad = programs.simulator("--toon", "--deel", "antwoord_kwijt=1", "--zaad", "5", "--herhaling", "opvraagbaar")
    made = dispatch()
    for _ in range(2):
        with pytest.raises(httpx.TransportError):
            post(cad, made)
    wait_for(lambda: cad.asked() == {made.message_id: 2}, what="both to be taken")
    assert cad.end() == 0
    assert cad.popen.stdout is not None
    lines = cad.popen.stdout.read().splitlines()
    shown = re.compile(r"\d\d:\d\d:\d\d POST '" + made.message_id + r"' geen antwoord \(antwoord_kwijt\)")
    assert [bool(shown.fullmatch(line)) for line in lines[:2]] == [True, True]
    assert lines[2:] == ["1 inzetten, 0 aanvullingen, 2 keer verstuurd, 1 dubbel"]
    assert cad.popen.stderr is not None
    assert cad.popen.stderr.read() == "zaad 5\n"


def test_what_comes_in_cannot_write_on_the_screen_of_who_looks(programs: Programs) -> None:
    cad = programs.simulator("--toon")
    content = eido.encode(eido.build(dispatch(), "mk.example"))
    headers = {contract.KEY_HEADER: "\x9b31m" + "x" * 500}
    httpx.post(
        f"{cad.url}{contract.INCIDENTS}",
        content=content,
        headers=[(name.encode(), value.encode("latin-1")) for name, value in headers.items()],
        trust_env=False,
    ).raise_for_status()
    assert cad.end() == 0
    assert cad.popen.stdout is not None
    said = cad.popen.stdout.read()
    assert "'\\x9b31mxxx" in said
    assert all(len(line) < 160 and line.isprintable() for line in said.splitlines())


def test_the_paper_for_a_vendor_names_every_mode_and_kind() -> None:
    paper = (Path(__file__).parents[2] / "docs" / "cad-contract.md").read_text(encoding="utf-8")
    assert not [each.value for each in (*Mode, *Repeats) if f"`{each.value}`" not in paper]
