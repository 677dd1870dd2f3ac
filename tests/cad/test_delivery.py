"""The whole way with real programs: a decision in the record, the delivery, and a CAD that behaves or misbehaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.model import Delivery, UnitStatus
from tests.cad.conftest import wait_for

if TYPE_CHECKING:
    from tests.cad.conftest import Programs, Room


def test_a_dispatch_is_delivered_confirmed_and_followed_until_it_is_closed(room: Room, programs: Programs) -> None:
    cad = programs.simulator()
    programs.deliver(cad.url)
    made = room.decide()
    closed = wait_for(
        lambda: room.state(made).unit_status is UnitStatus.CLOSED and room.state(made), what="the unit to be done"
    )
    assert closed.state is Delivery.ACCEPTED
    assert closed.cad_reference == "CAD-000001"
    assert closed.unit == "NN 31.01"
    assert closed.attempts == 1
    assert cad.effects() == {made.message_id: 1}
    assert room.link_error() == ""
