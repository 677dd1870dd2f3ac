"""TicketsCAD through its own interface: one incident per dispatch whatever happens, and nothing changed in silence."""

from __future__ import annotations

import random
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings

from console.cad import names
from console.cad import ticketscad as adapter
from console.cad.peer import (
    Conflict,
    Delivered,
    NoAnswer,
    NotDelivered,
    Refused,
    Stage,
    Standing,
    Unclear,
    Unknown,
)
from console.cad.ticketscad import TicketsCad
from console.cad.ticketscad_table import TicketsCadTable, TicketsCadTableError, read_table
from console.cad.wire import Patience
from console.classification import classifications
from console.model import Delivery, Dispatch, Location, UnitStatus
from tests.cad.conftest import wait_for
from tests.cad.dispatches import NASTY, dispatch, dispatches, news
from tests.cad.killing import kill_while_it_works
from tests.cad.ticketscad_standin import BASE, TOKEN, Faults, TicketsCadStandIn, ticketscad
from tests.crash.seeds import seed_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.cad.conftest import Programs, Room

TABLE = TicketsCadTable({1: 2, 2: 1, 3: 0}, {"vodgdc": 7, "dvpooe": 9, "dvpltm": 9, "vovsps": 8}, 1, 0.5, 100_000)
TABLE_TEXT = """
[ernst]
1 = 2
2 = 1
3 = 0
[soorten]
vodgdc = 7
dvpooe = 9
overig = 1
[verkeer]
rust_seconden = 1
vragen_per_uur = 400
"""


WHOLE_TABLE_TEXT = TABLE_TEXT.replace(
    "overig = 1",
    "\n".join(["overig = 1", *(f"{code} = 1" for code in sorted(classifications().codes() - {"vodgdc", "dvpooe"}))]),
)
"""One that names every class of this control room, as the delivery demands when it starts."""


@pytest.fixture
def peer() -> Iterator[TicketsCadStandIn]:
    with ticketscad() as made:
        yield made


@asynccontextmanager
async def talking_to(
    peer: TicketsCadStandIn, table: TicketsCadTable = TABLE, token: str | None = TOKEN
) -> AsyncIterator[TicketsCad]:
    patience = Patience(connect=2.0, send=2.0, ask=2.0)
    async with TicketsCad(peer.url, table, name="GMS", token=token, patience=patience) as cad:
        yield cad


async def test_a_dispatch_becomes_an_incident_with_its_own_fields(peer: TicketsCadStandIn) -> None:
    made = dispatch(control_word="rode tulp")
    async with talking_to(peer) as cad:
        assert await cad.send(made) == Delivered("26-0001 #1")
    stored = peer.incident(made.message_id)
    assert stored["scope"] == f"[26-0412 {made.message_id}] PRIO 1 - BANKHELPDESKFRAUDE"
    expected = {
        "in_types_id": "7",
        "severity": "2",
        "street": "Brink 4",
        "city": "Gieten",
        "phone": "+31612345678",
        "contact": "mevr. De Vries",
        "lat": "53.004167",
        "status": "2",
    }
    assert {key: stored[key] for key in expected} == expected
    assert stored["description"].split("\n")[:4] == [*made.briefing, "Controlewoord, zeg het aan de deur: rode tulp"]
    assert made.details[0] in stored["description"]


async def test_what_does_not_fit_is_said_and_stands_whole_in_the_description(peer: TicketsCadStandIn) -> None:
    street = "Burgemeester van Heemstra-van Haersma Buma tot Nijenrode en Lichtenvoordeplantsoen " * 2
    made = dispatch(caller_name="naam " * 20, callback="06-12345678 of anders 0592-123456", location=Location(street))
    async with talking_to(peer) as cad:
        sent = await cad.send(made)
    assert isinstance(sent, Delivered)
    assert sent.remark == "Past niet in het CAD: naam melder, straat, telefoon; voluit in de omschrijving."
    stored = peer.incident(made.message_id)
    assert stored["phone"] == ""
    assert stored["contact"].endswith("…")
    for whole in (made.caller_name.strip(), made.callback, street.strip()):
        assert whole in stored["description"]


@pytest.mark.parametrize("text", NASTY)
async def test_letters_that_its_database_refuses_never_reach_it(peer: TicketsCadStandIn, text: str) -> None:
    made = dispatch(caller_name=text, briefing=(f"PRIO 1 {text}", text, text), details=(text,) * 3)
    more = news(made, details=(text,))
    async with talking_to(peer) as cad:
        sent, added = await cad.send(made), await cad.send(more)
    assert isinstance(sent, Delivered)
    assert isinstance(added, Delivered)
    assert ("vervangen" in sent.remark) == any(each in text for each in "👩\x00\u202e\x1b\u2028")
    assert peer.effects() == {made.message_id: 1}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=dispatches())
async def test_any_dispatch_is_stored_exactly_as_it_was_said_to_be(peer: TicketsCadStandIn, made: Dispatch) -> None:
    async with talking_to(peer) as cad:
        sent = await cad.send(made)
    assert isinstance(sent, Delivered)
    assert "anders dan gestuurd" not in sent.remark
    assert peer.effects()[made.message_id] == 1


async def test_long_details_follow_in_notes_with_nothing_lost(peer: TicketsCadStandIn) -> None:
    lines = tuple(f"regel {number} {'x' * 400}" for number in range(60))
    made = dispatch(details=lines)
    async with talking_to(peer) as cad:
        assert await cad.send(made) == Delivered("26-0001 #1")
    together = peer.incident(made.message_id)["description"] + "".join(peer.notes_with(made.message_id))
    assert not [line for line in lines if line not in together]
    assert all(len(text) <= 5_000 for _, text in peer.store.notes)


async def test_details_that_did_not_follow_are_said(peer: TicketsCadStandIn) -> None:
    peer.faults.notes_fail = True
    async with talking_to(peer) as cad:
        sent = await cad.send(dispatch(details=("x" * 4_000,) * 3))
    assert isinstance(sent, Delivered)
    assert "kwam niet over" in sent.remark


async def test_a_field_that_is_silently_not_stored_is_said(peer: TicketsCadStandIn) -> None:
    peer.faults.drops = frozenset({"street", "phone"})
    async with talking_to(peer) as cad:
        sent = await cad.send(dispatch())
    expected = "GMS bewaarde anders dan gestuurd: straat, telefoon. Geef dat door aan de uitgifte."
    assert sent == Delivered("26-0001 #1", expected)


async def test_a_priority_that_its_type_imposes_is_put_right(peer: TicketsCadStandIn) -> None:
    peer.store.types[7] = 1
    made = dispatch()
    async with talking_to(peer) as cad:
        assert await cad.send(made) == Delivered("26-0001 #1")
        assert peer.incident(made.message_id)["severity"] == "2"
        peer.faults.drops = frozenset({"severity"})
        sent = await cad.send(dispatch())
    assert isinstance(sent, Delivered)
    assert "PRIORITEIT" in sent.remark


async def test_what_could_not_be_compared_is_delivered_and_said(peer: TicketsCadStandIn) -> None:
    async with talking_to(peer) as cad:
        await cad.trouble()
        peer.faults.reads_fail = True
        sent = await cad.send(dispatch())
    assert isinstance(sent, Delivered)
    assert sent.remark.startswith("Niet nagekeken wat er is opgeslagen")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((401, "token_revoked"), NotDelivered),
        ((401, "token_expired"), NotDelivered),
        ((401, "missing_token"), NotDelivered),
        ((401, "invalid_token"), NotDelivered),
        ((403, "forbidden_scope"), NotDelivered),
        ((403, "forbidden_rbac"), NotDelivered),
        ((403, "ip_not_allowed"), NotDelivered),
        ((400, "invalid_json_body"), NotDelivered),
        ((404, "not_found"), NotDelivered),
        ((426, "https_required"), NotDelivered),
        ((302, ""), NotDelivered),
        ((422, "validation_failed"), Refused),
        ((429, "rate_limited"), NotDelivered),
        ((503, ""), NotDelivered),
        ((500, "db_error"), Unclear),
        ((502, ""), Unclear),
        ((408, ""), Unclear),
    ],
)
async def test_every_answer_has_its_own_meaning_and_words(
    peer: TicketsCadStandIn, answer: tuple[int, str], expected: type
) -> None:
    async with talking_to(peer) as cad:
        await cad.trouble()
        peer.faults.answer = answer
        sent = await cad.send(dispatch())
        asked = await cad.look_up(dispatch())
        link = await cad.trouble()
    assert type(sent) is expected
    text = sent.reason if isinstance(sent, Refused) else getattr(sent, "error", "")
    assert text
    assert "\x1b" not in text
    if isinstance(sent, NotDelivered | Unclear):
        assert text.startswith("GMS ")
        assert text.endswith(f"({answer[0]})")
        assert (asked, link) == (NoAnswer(text), text)
    if answer[0] == 429:
        assert isinstance(sent, NotDelivered)
        assert sent.retry_after == 7
    assert peer.effects() == {}


@pytest.mark.parametrize("fault", [Faults(html=True), Faults(lose=True), Faults(drop_before=True)])
async def test_an_answer_that_says_nothing_leaves_it_unclear(peer: TicketsCadStandIn, fault: Faults) -> None:
    async with talking_to(peer) as cad:
        await cad.trouble()
        peer.faults = fault
        assert isinstance(await cad.send(dispatch()), Unclear)


async def test_a_server_that_is_not_there_took_nothing(peer: TicketsCadStandIn) -> None:
    async with TicketsCad("http://127.0.0.1:9", TABLE, name="GMS", token=TOKEN) as cad:
        assert await cad.send(dispatch()) == NotDelivered("GMS is niet bereikbaar")
        assert await cad.look_up(dispatch()) == NoAnswer("GMS is niet bereikbaar")
    assert peer.effects() == {}


async def test_what_was_made_is_found_by_our_number_among_many(peer: TicketsCadStandIn) -> None:
    made = dispatch()
    async with talking_to(peer) as cad:
        await cad.trouble()
        peer.faults.lose = True
        assert isinstance(await cad.send(made), Unclear)
        peer.faults.lose = False
        for _ in range(450):
            peer.create({"in_types_id": 1, "scope": "iets van een ander"})
        assert await cad.look_up(made) == Delivered("26-0001 #1")
        assert await cad.look_up(dispatch()) == Unknown()
    assert peer.effects() == {made.message_id: 1}


async def test_a_delivery_that_starts_anew_says_the_same_of_what_it_finds(peer: TicketsCadStandIn) -> None:
    made = dispatch(caller_name="naam " * 20)
    async with talking_to(peer) as cad:
        sent = await cad.send(made)
    async with talking_to(peer) as anew:
        assert await anew.look_up(made) == sent
    assert isinstance(sent, Delivered)
    assert "naam melder" in sent.remark


async def test_its_clock_may_be_years_off(peer: TicketsCadStandIn) -> None:
    made = dispatch()
    async with talking_to(peer) as cad:
        await cad.send(made)
        peer.store.incidents[0]["updated"] = "1999-12-31 23:59:59"
        assert await cad.look_up(made) == Delivered("26-0001 #1")


async def test_two_incidents_of_one_message_are_for_a_person(peer: TicketsCadStandIn) -> None:
    made = dispatch()
    async with talking_to(peer) as cad:
        await cad.send(made)
        await cad.send(made)
        found = await cad.look_up(made)
    assert isinstance(found, Conflict)
    assert "26-0002 #2, 26-0001 #1" in found.reason


async def test_an_addition_is_a_note_with_the_incident_of_its_dispatch(peer: TicketsCadStandIn) -> None:
    made = dispatch()
    more = news(made)
    async with talking_to(peer) as cad:
        await cad.send(made)
        sent = await cad.send(more)
        assert isinstance(sent, Delivered)
        assert sent.reference == "26-0001 notitie"
        assert "bevestigt een aanvulling niet" in sent.remark
        assert await cad.standing(more.message_id, sent.reference) == Standing(Stage.RECEIVED)
    (note,) = peer.notes_with(more.message_id)
    assert "AANVULLING, GEEN NIEUWE INZET" in note
    assert "Signalement 3: man, 30 jaar" in note
    assert peer.effects() == {made.message_id: 1}


async def test_an_addition_that_may_have_arrived_is_for_a_person_and_never_sent_twice(peer: TicketsCadStandIn) -> None:
    made = dispatch()
    more = news(made)
    async with talking_to(peer) as cad:
        await cad.send(made)
        peer.faults.lose = True
        assert isinstance(await cad.send(more), Unclear)
        assert isinstance(await cad.look_up(more), Conflict)
    assert len(peer.notes_with(more.message_id)) == 1


async def test_an_addition_without_its_incident_is_refused(peer: TicketsCadStandIn) -> None:
    async with talking_to(peer) as cad:
        sent = await cad.send(news(dispatch()))
    assert sent == Refused("de melding waar dit bij hoort staat niet (meer) in GMS")


@pytest.mark.parametrize("shows", [True, False])
async def test_a_unit_on_it_confirms_it(peer: TicketsCadStandIn, monkeypatch: pytest.MonkeyPatch, shows: bool) -> None:
    monkeypatch.setattr(adapter, "_SOONEST_QUESTION", 0.0)
    peer.store.shows_assignments = shows
    async with talking_to(peer, TicketsCadTable({1: 2, 2: 1, 3: 0}, {}, 1, 0.5, 10**9)) as cad:
        await cad.send(dispatch())
        assert await cad.standing("m", "26-0001 #1") == Standing(Stage.RECEIVED)
        peer.assign(1, "NN 31.01\x1b[2J")
        told = [await cad.standing("m", "26-0001 #1")]
        for status in ("responding", "on_scene", "clear"):
            peer.unit_says(1, status)
            told.append(await cad.standing("m", "26-0001 #1"))
        peer.close_incident(1)
        closed = await cad.standing("m", "26-0001 #1")
    assert all(isinstance(each, Standing) and each.stage is Stage.ACCEPTED for each in told)
    seen = [each.unit.status for each in told if isinstance(each, Standing) and each.unit]
    walked = [UnitStatus.ASSIGNED, UnitStatus.EN_ROUTE, UnitStatus.ON_SCENE, UnitStatus.CLOSED]
    assert seen == (walked if shows else [UnitStatus.ASSIGNED] * 4)
    assert isinstance(closed, Standing)
    assert closed.unit is not None
    assert (closed.unit.callsign, closed.unit.status) == ("", UnitStatus.CLOSED)
    assert peer.store.requests["GET /incidents/N/assignments"] == (6 if shows else 1)


async def test_questions_stay_far_below_what_it_takes_in_an_hour(peer: TicketsCadStandIn) -> None:
    async with talking_to(peer) as cad:
        for _ in range(5):
            await cad.send(dispatch())
        before = peer.store.requests["GET /incidents/N"]
        for _ in range(50):
            for number in range(1, 6):
                await cad.standing("m", f"26-000{number} #{number}")
    assert peer.store.requests["GET /incidents/N"] - before == 5


async def test_what_it_no_longer_has_is_unknown(peer: TicketsCadStandIn) -> None:
    async with talking_to(peer) as cad:
        assert await cad.standing("m", "26-0009 #9") == Unknown()
        assert await cad.standing("m", "CAD-000001") == Unknown()


async def test_the_table_is_compared_with_its_types_before_anything_is_sent(
    peer: TicketsCadStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    del peer.store.types[7]
    peer.store.types[8] = 2
    async with talking_to(peer) as cad:
        assert await cad.trouble() == ""
        assert "noemt een soort die het CAD niet heeft: vodgdc = 7" in caplog.text
        assert "soort 8 zet in het CAD zelf de ernst" in caplog.text
        made = dispatch()
        assert isinstance(await cad.send(made), Delivered)
        assert peer.incident(made.message_id)["in_types_id"] == "1"
    del peer.store.types[1]
    async with talking_to(peer) as cad:
        text = "GMS heeft soort 1 niet: verbeter overig in de tabel van cad_tabel"
        assert await cad.trouble() == text
        assert await cad.send(dispatch()) == NotDelivered(text)


async def test_practice_goes_only_as_its_own_type(peer: TicketsCadStandIn) -> None:
    drill = dispatch(exercise=True, classification="dvpooe", briefing=("OEFENING - PRIO 1", "", ""))
    async with talking_to(peer) as cad:
        assert isinstance(await cad.send(drill), Delivered)
        assert peer.incident(drill.message_id)["in_types_id"] == "9"
        assert isinstance(await cad.send(dispatch(exercise=True)), Refused)
        assert isinstance(await cad.send(dispatch(classification="dvpooe")), Refused)
    async with talking_to(peer, TicketsCadTable({1: 2, 2: 1, 3: 0}, {}, 1, 0.5, 400)) as cad:
        refused = await cad.send(drill)
    assert isinstance(refused, Refused)
    assert "eigen soort nodig" in refused.reason
    assert peer.effects() == {drill.message_id: 1}


def test_a_table_is_read(tmp_path: Path) -> None:
    (tmp_path / "t.toml").write_text(TABLE_TEXT)
    table = read_table(tmp_path / "t.toml")
    assert (table.types, table.other, table.settles_after) == ({"vodgdc": 7, "dvpooe": 9}, 1, 1.0)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[ernst]", "[ernst", "TOML"),
        ("overig = 1", "", "overig"),
        ("1 = 2\n", "", "[ernst]"),
        ("1 = 2\n", "1 = 0\n", "[ernst]"),
        ("1 = 2\n", "1 = 3\n", "ernst.1"),
        ("vodgdc = 7", 'vodgdc = "7"', "soorten.vodgdc"),
        ("vodgdc = 7", "vodgdc = true", "soorten.vodgdc"),
        ("rust_seconden = 1", "rust_seconden = 0", "verkeer.rust_seconden"),
        ("rust_seconden = 1", "", "[verkeer]"),
        ("[verkeer]", "[overig]", "verkeer"),
    ],
)
def test_a_table_that_cannot_be_used_says_which_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "t.toml"
    path.write_text(TABLE_TEXT.replace(old, new, 1))
    with pytest.raises(TicketsCadTableError) as caught:
        read_table(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)
    assert ", regel " in str(caught.value) or said in {"verkeer", "TOML"}


def test_the_example_in_the_handbook_is_a_table(tmp_path: Path) -> None:
    handbook = (Path(__file__).parents[2] / "docs" / "ticketscad.md").read_text("utf-8")
    (tmp_path / "t.toml").write_text(handbook.split("```toml\n")[2].split("```")[0])
    table = read_table(tmp_path / "t.toml")
    assert set(names.tables().exercise_classes) | classifications().codes() <= set(table.types)


async def test_assigning_twice_makes_no_second_assignment(peer: TicketsCadStandIn) -> None:
    """The stand-in is as strict as the real one: our tests lean on it."""
    async with talking_to(peer) as cad:
        await cad.send(dispatch())
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(base_url=peer.url + BASE, headers=headers, trust_env=False) as http:
        answers = [await http.post("/incidents/1/assignments", json={"responder_id": 3}) for _ in range(2)]
        silent = await http.patch("/incidents/1", json={"severity": 1, "status": 2})
        refused = await http.patch("/incidents/1", json={"status": 1})
        large = await http.post("/incidents", json={"in_types_id": 1, "scope": "x" * 70_000})
    assert [each.status_code for each in answers] == [201, 422]
    assert silent.json()["data"]["fields_changed"] == ["severity"]
    assert (refused.status_code, large.status_code) == (422, 500)


class Site:
    """What a control room with TicketsCAD sets: its table and its key."""

    def __init__(self, path: Path) -> None:
        keys = path / "sleutels"
        keys.mkdir(mode=0o700)
        (keys / "cad_token").write_text(f"{TOKEN}\n")
        (path / "ticketscad.toml").write_text(WHOLE_TABLE_TEXT)
        self.environment: dict[str, Any] = {
            "MELDKAMER_CAD_SOORT": "ticketscad",
            "MELDKAMER_CAD_TABEL": str(path / "ticketscad.toml"),
            "CREDENTIALS_DIRECTORY": str(keys),
        }


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_the_whole_way_to_a_unit_and_its_news(
    room: Room, programs: Programs, peer: TicketsCadStandIn, site: Site
) -> None:
    programs.deliver(peer.url, **site.environment)
    made = room.decide()
    wait_for(lambda: room.state(made).state is Delivery.DELIVERED, what="it to be delivered")
    more = room.add(made)
    wait_for(lambda: room.state(more).state is Delivery.DELIVERED, what="its news to be delivered")
    assert "bel de uitgifte" in room.state(more).reason
    assert peer.effects() == {made.message_id: 1}
    assert len(peer.notes_with(more.message_id)) == 1


def test_a_lost_answer_is_looked_up_and_makes_no_second_incident(
    room: Room, programs: Programs, peer: TicketsCadStandIn, site: Site
) -> None:
    peer.faults.lose = True
    programs.deliver(peer.url, **site.environment)
    made = room.decide()
    wait_for(lambda: room.state(made).state is Delivery.DELIVERED, what="it to be found")
    assert room.state(made).cad_reference == "26-0001 #1"
    assert peer.effects() == {made.message_id: 1}


def test_what_is_stored_late_is_waited_for(room: Room, programs: Programs, peer: TicketsCadStandIn, site: Site) -> None:
    peer.faults.store_later = 0.6
    programs.deliver(peer.url, **site.environment)
    made = room.decide()
    wait_for(lambda: room.state(made).state is Delivery.DELIVERED, what="it to be found")
    assert peer.effects() == {made.message_id: 1}
    assert room.state(made).attempts == 1


def test_a_revoked_token_is_said_and_the_dispatch_goes_with_a_new_one(
    room: Room, programs: Programs, peer: TicketsCadStandIn, site: Site
) -> None:
    peer.store.token_state = "token_revoked"
    programs.deliver(peer.url, **site.environment)
    made = room.decide()
    wait_for(lambda: "ingetrokken" in room.link_error(), what="the link to say so")
    peer.store.token_state = ""
    wait_for(lambda: room.state(made).state is Delivery.DELIVERED, what="it to be delivered")
    assert peer.effects() == {made.message_id: 1}


@pytest.mark.parametrize("missing", ["MELDKAMER_CAD_TABEL", "file"])
def test_without_its_table_the_screens_say_so(
    room: Room, programs: Programs, peer: TicketsCadStandIn, site: Site, missing: str
) -> None:
    environment = {key: value for key, value in site.environment.items() if key != missing}
    if missing == "file":
        environment["MELDKAMER_CAD_TABEL"] += ".weg"
    programs.deliver(peer.url, **environment)
    wait_for(lambda: "cad_tabel" in room.link_error(), what="the link to say so")


@pytest.mark.slow
def test_kills_and_lost_answers_make_no_second_incident_and_lose_none(
    room: Room, programs: Programs, peer: TicketsCadStandIn, site: Site
) -> None:
    seed = seed_of(None)
    chance = random.Random(seed)
    made = [
        room.decide(priority=chance.choice((1, 2, 3)), caller_name=chance.choice((*NASTY, "mevr. De Vries")))
        for _ in range(400)
    ]
    peer.faults.chances = (0.15, random.Random(seed + 1))
    to_be_made = partial(room.outbox.pending, answers=False)
    start = partial(programs.deliver, peer.url, **site.environment)
    kill_while_it_works(start, 40, chance, to_be_made)
    start()
    wait_for(lambda: to_be_made() == 0, what="all to be delivered", seconds=240)
    assert {each.state for each in room.states().values()} == {Delivery.DELIVERED}
    assert peer.effects() == {each.message_id: 1 for each in made}
    changed = [each for each in made if peer.incident(each.message_id)["contact"] != each.caller_name]
    assert changed
    assert not [each for each in changed if "naam melder" not in room.state(each).reason]
