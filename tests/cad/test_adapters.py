"""What the delivery may count on with any CAD: the same behaviour of the peer has the same meaning in each adapter."""

from __future__ import annotations

from contextlib import ExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Protocol

import pytest

from console.cad.adapters import choose, in_words
from console.cad.client import HttpCad
from console.cad.folder import FolderCad
from console.cad.peer import (
    Delivered,
    NoAnswer,
    NoCad,
    NotDelivered,
    Refused,
    Stage,
    Standing,
    Unclear,
    Unknown,
)
from console.cad.ticketscad import TicketsCad
from console.cad.wire import Patience
from console.settings import Settings
from tests.cad.dispatches import NASTY, dispatch, news
from tests.cad.test_ticketscad import TABLE, WHOLE_TABLE_TEXT
from tests.cad.ticketscad_standin import TOKEN, Faults, TicketsCadStandIn, ticketscad

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from console.cad.adapters import Adapter
    from console.model import Dispatch
    from tests.cad.conftest import Programs, Simulator

QUICK = Patience(connect=2.0, send=2.0, ask=2.0)


class Peer(Protocol):
    """A CAD of one kind, at the other end."""

    def adapter(self) -> Adapter: ...

    def absent(self) -> Adapter:
        """An adapter whose peer is not there."""
        ...

    def lose_answers(self, lost: bool) -> None: ...

    def effects(self, made: Dispatch) -> int:
        """How often a dispatch had an effect."""
        ...


class Eido:
    """Our own contract."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def adapter(self) -> Adapter:
        return HttpCad(self._simulator.url, "mk.example", name="GMS", patience=QUICK)

    def absent(self) -> Adapter:
        return HttpCad("http://127.0.0.1:9", "mk.example", name="GMS", patience=QUICK)

    def lose_answers(self, lost: bool) -> None:
        self._simulator.set_mode("antwoord_kwijt" if lost else "accepteert")

    def effects(self, made: Dispatch) -> int:
        return self._simulator.effects().get(made.message_id, 0)


class Tickets:
    """TicketsCAD."""

    def __init__(self, peer: TicketsCadStandIn) -> None:
        self._peer = peer

    def adapter(self) -> Adapter:
        return TicketsCad(self._peer.url, TABLE, name="GMS", token=TOKEN, patience=QUICK)

    def absent(self) -> Adapter:
        return TicketsCad("http://127.0.0.1:9", TABLE, name="GMS", token=TOKEN, patience=QUICK)

    def lose_answers(self, lost: bool) -> None:
        self._peer.faults = Faults(lose=lost)

    def effects(self, made: Dispatch) -> int:
        return self._peer.effects().get(made.message_id, 0)


class Folder:
    """Pages in a folder; its answer cannot get lost."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.mkdir()

    def adapter(self) -> Adapter:
        return FolderCad(self._path, name="GMS")

    def absent(self) -> Adapter:
        return FolderCad(self._path / "weg", name="GMS")

    def lose_answers(self, lost: bool) -> None:
        """There is no answer to lose."""

    def effects(self, made: Dispatch) -> int:
        return len(list(self._path.glob(f"*_melding_{made.message_id}.txt")))


@pytest.fixture(params=["eido", "ticketscad", "bestand"])
def peer(request: pytest.FixtureRequest, programs: Programs, tmp_path: Path) -> Iterator[Peer]:
    with ExitStack() as open_things:
        kinds: dict[str, Callable[[], Peer]] = {
            "eido": lambda: Eido(programs.simulator()),
            "ticketscad": lambda: Tickets(open_things.enter_context(ticketscad())),
            "bestand": lambda: Folder(tmp_path / "meldingen"),
        }
        yield kinds[request.param]()


@asynccontextmanager
async def opened(cad: Adapter) -> AsyncIterator[Adapter]:
    async with cad:
        yield cad


async def test_a_dispatch_arrives_once_and_can_be_followed(peer: Peer) -> None:
    made = dispatch()
    async with opened(peer.adapter()) as cad:
        assert await cad.trouble() == ""
        sent = await cad.send(made)
        assert isinstance(sent, Delivered)
        assert sent.reference
        followed = await cad.standing(made.message_id, sent.reference)
    assert isinstance(followed, Standing)
    assert cad.abilities.confirms or followed == Standing(Stage.RECEIVED)
    assert peer.effects(made) == 1


async def test_what_it_promises_about_repeating_holds(peer: Peer) -> None:
    """Repeating has no second effect where it says so; what cannot be repeated can be looked up."""
    made = dispatch()
    async with opened(peer.adapter()) as cad:
        await cad.send(made)
        assert cad.abilities.deduplicates or cad.abilities.looks_up
        if cad.abilities.deduplicates:
            await cad.send(made)
        if cad.abilities.looks_up:
            assert isinstance(await cad.look_up(made), Delivered)
            assert await cad.look_up(dispatch()) == Unknown()
    assert peer.effects(made) == 1


async def test_a_lost_answer_is_never_called_delivered_or_not_taken(peer: Peer) -> None:
    made = dispatch()
    async with opened(peer.adapter()) as cad:
        await cad.trouble()
        peer.lose_answers(True)
        sent = await cad.send(made)
        peer.lose_answers(False)
        assert isinstance(sent, Unclear) or not isinstance(peer, Eido | Tickets)
        again = await (cad.send(made) if cad.abilities.deduplicates else cad.look_up(made))
    assert isinstance(again, Delivered)
    assert peer.effects(made) == 1


async def test_a_peer_that_is_not_there_took_nothing_and_says_so(peer: Peer) -> None:
    made = dispatch()
    async with opened(peer.absent()) as cad:
        sent = await cad.send(made)
        assert isinstance(sent, NotDelivered)
        assert sent.error
        assert await cad.trouble() == sent.error or isinstance(peer, Folder)
        assert isinstance(await cad.look_up(made), NoAnswer | Unknown)
    assert peer.effects(made) == 0


@pytest.mark.parametrize("text", NASTY)
async def test_any_text_arrives_or_is_said_to_have_been_changed(peer: Peer, text: str) -> None:
    made = dispatch(caller_name=text, callback=text, briefing=(f"PRIO 1 {text}", text, text), details=(text,))
    async with opened(peer.adapter()) as cad:
        sent = await cad.send(made)
    assert isinstance(sent, Delivered)
    if "contact" in cad.abilities.limits and len(text) > cad.abilities.limits["contact"]:
        assert "naam melder" in sent.remark
    assert peer.effects(made) == 1


async def test_practice_and_reality_never_mix(peer: Peer) -> None:
    mixed = [dispatch(exercise=True), dispatch(classification="dvpooe"), dispatch(priority=4)]
    async with opened(peer.adapter()) as cad:
        refused = [await cad.send(each) for each in mixed]
    assert all(isinstance(each, Refused) and each.reason for each in refused)
    assert [peer.effects(each) for each in mixed] == [0, 0, 0]


async def test_news_never_counts_as_a_second_dispatch(peer: Peer) -> None:
    made = dispatch()
    more = news(made)
    async with opened(peer.adapter()) as cad:
        await cad.send(made)
        assert isinstance(await cad.send(more), Delivered)
    assert (peer.effects(made), peer.effects(more)) == (1, 0)


def test_every_kind_can_be_chosen_and_says_what_it_misses(tmp_path: Path) -> None:
    (tmp_path / "t.toml").write_text(WHOLE_TABLE_TEXT)
    room = Settings(home=tmp_path)
    url = "http://127.0.0.1:9"
    chosen = {
        "eido": choose(Settings(home=tmp_path, cad_url=url)),
        "ticketscad": choose(
            Settings(home=tmp_path, cad_kind="ticketscad", cad_url=url, cad_table=tmp_path / "t.toml")
        ),
        "bestand": choose(Settings(home=tmp_path, cad_kind="bestand", cad_folder=tmp_path)),
    }
    assert [type(each) for each in chosen.values()] == [HttpCad, TicketsCad, FolderCad]
    missing = [
        room,
        Settings(home=tmp_path, cad_kind="ticketscad", cad_url=url),
        Settings(home=tmp_path, cad_kind="bestand"),
    ]
    told = [choose(each) for each in missing]
    assert [each.why.rpartition(" ")[2] for each in told if isinstance(each, NoCad)] == [
        "cad_url",
        "cad_tabel",
        "cad_map",
    ]


async def test_each_kind_declares_what_it_does_with_the_four_operations(peer: Peer) -> None:
    """Sending, looking up and reading the status are tried above; none takes a dispatch back, and each says so."""
    async with opened(peer.adapter()) as cad:
        able = cad.abilities
    assert able.deduplicates or able.looks_up
    assert not able.cancels
    assert [each for each in dir(cad) if "cancel" in each or "close" in each] == []
    assert list(able.priorities) in ([1, 2, 3], [])
    assert list(able.priorities.values()) == sorted(able.priorities.values(), reverse=True)
    said = in_words(able, "GMS")
    assert "kan niet: " in said
    assert "intrekken of sluiten" in said.partition("kan niet: ")[2]


def test_what_a_cad_can_do_is_told_to_who_installs_it() -> None:
    assert in_words(HttpCad("http://127.0.0.1:9", "mk.example", name="GMS").abilities, "GMS") == (
        "GMS kan: herhaling herkennen, opzoeken of het er is, zelf bevestigen; kan niet: intrekken of sluiten; "
        "onze prio daar: 1 = 9, 2 = 7, 3 = 5"
    )
    tickets = TicketsCad("http://127.0.0.1:9", TABLE, name="T", token=None)
    assert in_words(tickets.abilities, "T") == (
        "T kan: opzoeken of het er is, zelf bevestigen; kan niet: herhaling herkennen, intrekken of sluiten; "
        "onze prio daar: 1 = 2, 2 = 1, 3 = 0; tekens per veld: eerste regel 500, naam melder 48, straat 96, "
        "plaats 32, telefoon 16, adres 512"
    )
    assert "zelf bevestigen" in in_words(FolderCad.abilities, "map").partition("kan niet: ")[2]
