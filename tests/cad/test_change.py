"""Another CAD in the settings: nothing that the former one may have is sent to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.cad.change import name_of, take_over
from console.model import Delivery
from console.record import Addressee
from console.settings import Settings
from tests.cad.conftest import wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from console.model import Dispatch
    from tests.cad.conftest import Programs, Room


def reaches(room: Room, made: Dispatch, state: Delivery) -> None:
    wait_for(lambda: room.state(made).state is state, what=f"{made.message_id} to be {state}")


def test_what_the_former_cad_may_have_is_for_a_person_and_the_rest_goes_to_the_new_one(
    room: Room, programs: Programs
) -> None:
    """One is held unconfirmed there, of one nobody knows, one was never sent, one was confirmed long ago."""
    old = programs.simulator()
    first = programs.deliver(old.url)
    confirmed = room.decide()
    reaches(room, confirmed, Delivery.ACCEPTED)
    old.set_mode("zwijgt")
    silent = room.decide()
    reaches(room, silent, Delivery.DELIVERED)
    old.set_mode("fout")
    lost = room.decide()
    wait_for(lambda: room.state(lost).attempts > 0, what="the lost one to be sent")
    first.end()
    never_sent = room.decide()
    news = room.add(silent)
    new = programs.simulator()
    programs.deliver(new.url)
    reaches(room, never_sent, Delivery.ACCEPTED)
    for made in (silent, lost):
        reaches(room, made, Delivery.UNCLEAR)
        assert room.state(made).reason == (
            f"Ging naar een ander CAD (eido {old.url}); daarna is het CAD gewisseld. Bel de uitgifte of het daar staat"
        )
    assert room.state(confirmed).state is Delivery.ACCEPTED
    assert room.state(news).state is Delivery.READY
    assert set(new.asked()) == {never_sent.message_id}
    assert new.additions() == {}


def test_a_change_of_the_settings_while_it_runs_is_the_same(room: Room, programs: Programs) -> None:
    old, new = programs.simulator("--modus", "zwijgt"), programs.simulator()
    file = room.home.path / "instellingen.toml"
    file.touch(mode=0o600)
    file.write_text(f'cad_url = "{old.url}"\n')
    programs.deliver(None)
    silent = room.decide()
    reaches(room, silent, Delivery.DELIVERED)
    folder = room.home.path / "meldingen"
    folder.mkdir()
    file.write_text(f'cad_soort = "bestand"\ncad_map = "{folder}"\n')
    reaches(room, silent, Delivery.UNCLEAR)
    file.write_text(f'cad_url = "{new.url}"\n')
    made = room.decide()
    wait_for(lambda: room.state(made).state in {Delivery.ACCEPTED, Delivery.DELIVERED}, what="the next to go")
    assert silent.message_id not in new.asked()
    assert not list(folder.glob(f"*{silent.message_id}*"))


def test_the_same_cad_after_a_restart_goes_on_with_what_was_underway(room: Room, programs: Programs) -> None:
    cad = programs.simulator("--modus", "fout")
    first = programs.deliver(cad.url)
    lost = room.decide()
    wait_for(lambda: room.state(lost).attempts > 0, what="it to be sent")
    first.kill()
    cad.set_mode("accepteert")
    programs.deliver(cad.url)
    reaches(room, lost, Delivery.ACCEPTED)
    assert cad.effects() == {lost.message_id: 1}


def test_what_was_sent_to_a_cad_that_would_recognise_it_is_not_sent_again_once_it_does_not(
    room: Room, programs: Programs
) -> None:
    cad = programs.simulator("--modus", "fout")
    first = programs.deliver(cad.url)
    lost = room.decide()
    wait_for(lambda: room.state(lost).reason, what="it to be sent again later")
    first.kill()
    asked = cad.fates()["fout"]
    programs.deliver(cad.url, MELDKAMER_CAD_ONTDUBBELT="nee", MELDKAMER_CAD_OPVRAAGBAAR="nee")
    reaches(room, lost, Delivery.UNCLEAR)
    assert cad.fates() == {"fout": asked}


async def test_the_first_cad_ever_named_takes_what_there_is(room: Room) -> None:
    """A record of before this was kept: what is underway in it belongs to the CAD that it has."""
    made = room.decide()
    room.outbox.sending(made.message_id)
    addressee = Addressee(room.writer)
    for _ in range(2):
        assert await take_over("eido https://a", room.writer, addressee, room.outbox) is None
    assert room.state(made).state is Delivery.SENT
    since = await take_over("eido https://b", room.writer, addressee, room.outbox)
    assert since is not None
    assert await take_over("eido https://b", room.writer, addressee, room.outbox) == since
    assert room.state(made).state is Delivery.UNCLEAR
    back = await take_over("eido https://a", room.writer, addressee, room.outbox)
    assert back is not None
    assert back >= since


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"cad_url": "https://a"}, "eido https://a"),
        ({"cad_url": "https://a", "cad_kind": "ticketscad"}, "ticketscad https://a"),
        ({}, ""),
        ({"cad_url": "https://a", "cad_deduplicates": False}, "eido https://a, zonder ontdubbelen"),
        (
            {"cad_url": "https://a", "cad_deduplicates": False, "cad_looks_up": False},
            "eido https://a, zonder ontdubbelen en opvragen",
        ),
        ({"cad_url": "https://a", "cad_kind": "ticketscad", "cad_looks_up": False}, "ticketscad https://a"),
    ],
)
def test_a_cad_is_named_by_its_kind_and_place(tmp_path: Path, changes: dict[str, str | bool], name: str) -> None:
    settings = Settings(home=tmp_path, **changes)  # type: ignore[arg-type]
    assert name_of(settings) == name
    assert name_of(Settings(home=tmp_path, cad_kind="bestand", cad_folder=tmp_path)) == f"bestand {tmp_path}"
