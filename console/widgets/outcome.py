"""What was decided and how its dispatch stands: each step a word with its time, and what to do when it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.model import Delivery
from console.safe_text import one_line
from console.times import clock_time, elapsed
from console.widgets.panel import Words
from console.words import CHOICE, CLOSING, DELIVERY, UNIT

if TYPE_CHECKING:
    from datetime import datetime

    from console.model import CallFile, Decision, DeliveryState, Link

CALL_AFTER_SECONDS: Final = 30


def outcome_words(file: CallFile, *, link: Link, cad_name: str, moment: datetime) -> tuple[Words, ...]:
    """Give the lines about the latest decision of a call; empty when nothing was decided."""
    if not file.decisions:
        return ()
    decision = file.decisions[-1]
    lines = [Words(f"{CHOICE[decision.choice]} ({decision.by}, {clock_time(decision.at)})", hang=2, style="bold")]
    delivery = next((each for each in file.deliveries if each.message_id == decision.message_id), None)
    if delivery is not None:
        lines += _road(delivery, link=link, cad_name=cad_name, moment=moment)
    if decision.deviates and decision.reason is None:
        lines.append(Words("Reden van afwijken ontbreekt: F7", style="bold"))
    lines.append(Words(f"Kenmerk voor de melder: {file.call_id}"))
    lines.append(Words(CLOSING[decision.choice], hang=2))
    return tuple(lines)


def reason_missing(file: CallFile) -> Decision | None:
    """The first decision whose deviation still has no reason."""
    return next((each for each in file.decisions if each.deviates and each.reason is None), None)


def _road(delivery: DeliveryState, *, link: Link, cad_name: str, moment: datetime) -> list[Words]:
    steps = [
        (Delivery.READY, delivery.created_at),
        (Delivery.SENT, delivery.sent_at),
        (Delivery.DELIVERED, delivery.delivered_at),
    ]
    said = [f"{DELIVERY[step]} {clock_time(at, seconds=True)}" for step, at in steps if at is not None]
    if delivery.state in {Delivery.ACCEPTED, Delivery.REFUSED, Delivery.UNCLEAR, Delivery.BY_HAND}:
        at = f" {clock_time(delivery.answered_at, seconds=True)}" if delivery.answered_at else ""
        said.append(f"{DELIVERY[delivery.state]}{at}")
    lines = [Words(f"{cad_name}: {', '.join(said)}", hang=2, style="bold")]
    if delivery.cad_reference:
        lines.append(Words(f"Nummer in {cad_name}: {one_line(delivery.cad_reference)}"))
    if delivery.unit_status is not None:
        at = f" {clock_time(delivery.unit_status_at)}" if delivery.unit_status_at else ""
        unit = one_line(delivery.unit)
        lines.append(Words(f"Eenheid {unit}: {UNIT[delivery.unit_status]}{at}", hang=2, style="bold"))
        lines.append(Words(f"Zeg: “De agenten komen met {unit}. Twijfelt u? Bel 112 ter controle.”", hang=2))
    if delivery.state is Delivery.REFUSED:
        reason = one_line(delivery.reason) or "zonder reden"
        lines.append(Words(f"{cad_name} weigert: {reason}. Geef de inzet nu door per telefoon of portofoon.", hang=2))
    elif delivery.state is Delivery.UNCLEAR:
        lines.append(Words(f"Onduidelijk of {cad_name} de inzet heeft. Bel de uitgifte en vraag het na.", hang=2))
    elif not delivery.state.settled:
        lines += _waiting(delivery, link=link, cad_name=cad_name, moment=moment)
    return lines


def _waiting(delivery: DeliveryState, *, link: Link, cad_name: str, moment: datetime) -> list[Words]:
    waits = elapsed(delivery.created_at, moment)
    lines = [Words(f"Wacht op antwoord, {waits}. De inzet is vastgelegd en gaat vanzelf zodra het kan.", hang=2)]
    if link.reachable is False or delivery.reason:
        why = one_line(delivery.reason or link.error)
        lines.append(Words(f"{cad_name} is niet bereikbaar{': ' + why if why else ''}.", hang=2))
    if (moment - delivery.created_at).total_seconds() >= CALL_AFTER_SECONDS:
        lines.append(Words("Bel de uitgifte en geef de inzet met de stem door.", hang=2, style="bold"))
    return lines
