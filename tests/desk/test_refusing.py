"""What is refused at the desk is on record, by words of our own, and the register still holds together."""

from __future__ import annotations

import json
from typing import Any

import pytest

from console.desk import Desk
from console.model import Attempt
from console.record import Home
from console.record.verifying import verify
from tests.desk.reads import audit_rows
from tests.seat import OPERATOR, ring


def refusals(desk: Desk) -> list[dict[str, Any]]:
    """The rows of the register about what was refused, oldest first."""
    return [row for row in audit_rows(desk) if row["what"] == "geweigerd"]


@pytest.mark.parametrize("what", list(Attempt))
async def test_an_attempt_is_one_row_in_a_register_that_still_holds_together(desk: Desk, what: Attempt) -> None:
    ring(desk)
    await desk.attempted(what.value, 7)
    (row,) = refusals(desk)
    assert (row["who"], row["os_user"], row["terminal"], row["call_id"]) == (OPERATOR, "root", "test", None)
    assert json.loads(row["details"]) == {"poging": what.value, "keer": 7}
    await desk.close()
    assert verify(Home.prepare(desk.settings.home)).whole


@pytest.mark.parametrize("text", ["06-12345678", "SCREENSHOT", "", "schermafdruk van mw. Jansen"])
async def test_no_text_from_outside_gets_into_the_register(desk: Desk, text: str) -> None:
    with pytest.raises(ValueError, match="Attempt"):
        await desk.attempted(text)
    assert refusals(desk) == []
