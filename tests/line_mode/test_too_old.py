"""What waited too long, in lines: said in the list, and decided with a typed word."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from console.model import Delivery
from tests.screens.test_too_old import decide, set_aside

if TYPE_CHECKING:
    from tests.line_mode.conftest import Sitting
    from tests.seat import FixedClock


async def test_each_is_sent_passed_on_or_dropped_with_a_word(sitting: Sitting, clock: FixedClock) -> None:
    desk = sitting.desk
    made = [decide(desk, priority) for priority in (3, 2, 1)]
    clock.moment += timedelta(minutes=31)
    set_aside(desk)
    sent = ("1", "", "1", "sturen")
    dropped = ("1", "vervalt", "", "1", "vervalt", "al klaar")
    said = await sitting.types("verouderd", "9", *sent, "1", "doorgegeven", *dropped, "stop")
    assert "3 VEROUDERD: nog sturen? Typ verouderd." in said
    assert "  1  INZET PRIO 1, melding 26-0003, wacht 31:00, Gieten" in said
    assert "- dader aan de deur" in said
    assert "Er is niets dat te lang wachtte." in said
    calls = [sitting.file(call_id) for call_id in ("26-0001", "26-0002", "26-0003")]
    states = {each.message_id: each.state for call in calls for each in call.deliveries}
    assert [states[each] for each in made] == [Delivery.DROPPED, Delivery.BY_HAND, Delivery.READY]


async def test_with_nothing_too_old_that_is_said(sitting: Sitting) -> None:
    said = await sitting.types("verouderd", "stop")
    assert "Er is niets dat te lang wachtte." in said
    assert "Typ verouderd" not in said
