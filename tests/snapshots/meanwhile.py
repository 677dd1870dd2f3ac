"""What others do while an operator looks: the CAD answers or does not, a colleague acts, callers ring."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from console.model import Choice, UnitStatus
from console.record import Calls, Outbox
from tests.seat import FixedClock, ring

if TYPE_CHECKING:
    from console.screens.app import ConsoleApp

COLLEAGUE: Final = "a.bakker"
MINE: Final = "26-0001"
"""The call that the operator of the scenes handles."""


def no_answer_yet(app: ConsoleApp) -> None:
    """The CAD has had six seconds."""
    _sent(app)
    _later(app, 6)


def no_answer(app: ConsoleApp) -> None:
    """The CAD has had half a minute."""
    _sent(app)
    _later(app, 31)


def on_their_way(app: ConsoleApp) -> None:
    """A unit drives."""
    message_id, outbox = _sent(app), Outbox(app.desk._writer)
    _later(app, 2)
    outbox.delivered(message_id, "GMS-4711")
    outbox.accepted(message_id, "GMS-4711")
    now = _later(app, 40).moment
    outbox.unit(message_id, "NN 14.01", UnitStatus.EN_ROUTE, now, expected_at=now + timedelta(minutes=7))


def refused(app: ConsoleApp) -> None:
    """The CAD will not have it."""
    message_id = _sent(app)
    _later(app, 2)
    reason = "Adres niet gevonden: Brink 4 staat niet in het gebied van deze meldkamer."
    Outbox(app.desk._writer).refused(message_id, reason)


def unclear(app: ConsoleApp) -> None:
    """Nobody knows whether the CAD has it."""
    message_id = _sent(app)
    _later(app, 2)
    Outbox(app.desk._writer).unclear(message_id, "Geen antwoord binnen 10 seconden.")


def cad_down(app: ConsoleApp) -> None:
    """The CAD cannot be reached."""
    _clock(app).moment += timedelta(seconds=5)
    Outbox(app.desk._writer).link(reachable=False, error="Geen verbinding met GMS: de server weigert.")


def too_old(app: ConsoleApp) -> None:
    """The CAD was gone for more than half an hour, and is back."""
    outbox = Outbox(app.desk._writer)
    (parcel,) = outbox.due(app.desk.clock(), 5)
    now = _later(app, 31 * 60).moment
    outbox.set_aside([parcel.state.message_id], now - timedelta(minutes=30))


def paused(app: ConsoleApp) -> None:
    """The CAD keeps failing."""
    now = _later(app, 50).moment
    Outbox(app.desk._writer).link(
        reachable=False,
        error="GMS antwoordt 503: in onderhoud.",
        paused_since=now - timedelta(seconds=20),
        next_try=now + timedelta(seconds=40),
    )


def delivery_gone(app: ConsoleApp) -> None:
    """The delivery gives no sign of life."""
    _clock(app).moment += timedelta(seconds=16)


def taken_over(app: ConsoleApp) -> None:
    """A colleague took the call that is in hand."""
    Calls(app.desk._writer).take_over(MINE, COLLEAGUE, owner=app.desk.operator, reason="j.devries moest weg")


def answered(app: ConsoleApp) -> None:
    """The shift lead answered."""
    Calls(app.desk._writer).reply(MINE, 1, "Ja, stuur er een. Ik bel de wijkagent.", COLLEAGUE)


def decided_elsewhere(app: ConsoleApp) -> None:
    """The same operator decided on the call in another window."""
    call: Any = app._call
    Calls(app.desk._writer).decide(call.case.claim, app.desk.propose(call.case, Choice.ADVICE).draft, None)


def called_before(app: ConsoleApp) -> None:
    """A colleague has the call that the same number made before; it was cut off."""
    before = ring(app.desk, ago=timedelta(minutes=3), words="ik heb net mijn pas meegegeven")
    Calls(app.desk._writer).claim(before, COLLEAGUE)
    _later(app, 1)


def many_calls(app: ConsoleApp) -> None:
    """More ring than fit in a window, some are with a colleague."""
    for number in range(1, 41):
        call_id = ring(
            app.desk, ago=timedelta(minutes=number), number=f"06-000000{number:02}", place="Bad Nieuweschans"
        )
        if number % 3 == 0:
            Calls(app.desk._writer).claim(call_id, "m.van.der.meulen-de.groot")
    _later(app, 1)


def strange_texts(app: ConsoleApp) -> None:
    """Somebody rings of whom the telephone exchange tells more than it should."""
    ring(
        app.desk,
        ago=timedelta(minutes=6),
        number="+31 (0)6 12 34 56 78 toestel 4411",
        place="[/b] [@click=app.quit]Westerhaar-Vriezenveensewijk[/]",
        words="[bold]help[/] " + "ze bellen steeds opnieuw en " * 12,
    )
    _later(app, 1)


def _sent(app: ConsoleApp) -> str:
    outbox = Outbox(app.desk._writer)
    (parcel,) = outbox.due(app.desk.clock(), 5)
    outbox.sending(parcel.state.message_id)
    return parcel.state.message_id


def _later(app: ConsoleApp, seconds: int) -> FixedClock:
    """So long later; the delivery is still at work."""
    clock = _clock(app)
    clock.moment += timedelta(seconds=seconds)
    Outbox(app.desk._writer).link(reachable=True)
    return clock


def _clock(app: ConsoleApp) -> FixedClock:
    assert isinstance(app.desk.clock, FixedClock)
    return app.desk.clock
