"""What was decided and how each dispatch stands: each step a word with its time, and what to do when it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.model import Delivery, UnitStatus
from console.safe_text import one_line
from console.times import clock_time, elapsed
from console.widgets.panel import Words
from console.widgets.status_line import delivery_gone
from console.words import ARRANGING, CHOICE, CLOSING, DELIVERY, UNIT

if TYPE_CHECKING:
    from datetime import datetime

    from console.model import CallFile, Decision, DeliveryState, Link

CALL_AFTER_SECONDS: Final = 30
_ANSWERED: Final = {Delivery.ACCEPTED, Delivery.REFUSED, Delivery.UNCLEAR, Delivery.BY_HAND}


def outcome_words(file: CallFile, *, link: Link, cad_name: str, moment: datetime) -> tuple[Words, ...]:
    """Give the lines about the decisions of a call; empty when nothing was decided.

    The latest decision comes first, and with it every dispatch that was ever asked: a later choice hides none.
    """
    if not file.decisions:
        return ()
    decision = file.decisions[-1]
    lines = [Words(f"{CHOICE[decision.choice]} ({decision.by}, {clock_time(decision.at)})", hang=2, style="bold")]
    for delivery in reversed(file.deliveries):
        lines += _road(delivery, link=link, cad_name=cad_name, moment=moment)
    if reason_missing(file) is not None:
        lines.append(Words("Waarom wijkt u af? Geef de reden met F7.", style="bold"))
    lines.append(Words(f"Kenmerk voor de melder: {file.call_id}"))
    lines.append(Words(_to_say(file, decision), hang=2))
    return tuple(lines)


def reason_missing(file: CallFile) -> Decision | None:
    """The first decision whose deviation still has no reason."""
    return next((each for each in file.decisions if each.deviates and each.reason is None), None)


def to_pass_on(file: CallFile) -> DeliveryState | None:
    """The newest dispatch that the CAD did not confirm and nobody passed on yet."""
    return next((each for each in reversed(file.deliveries) if not each.state.settled), None)


def _to_say(file: CallFile, decision: Decision) -> str:
    """What the caller can hear now; police are promised only when somebody confirmed that they come."""
    sent = next((each for each in file.deliveries if each.message_id == decision.message_id), None)
    return CLOSING[decision.choice] if sent is None or sent.state.settled else ARRANGING


def _road(delivery: DeliveryState, *, link: Link, cad_name: str, moment: datetime) -> list[Words]:
    lines = [Words(f"{cad_name} prio {delivery.priority}: {', '.join(_steps(delivery))}", hang=2, style="bold")]
    if delivery.cad_reference:
        lines.append(Words(f"Nummer in {cad_name}: {one_line(delivery.cad_reference)}"))
    if delivery.unit_status is not None:
        lines += _unit(delivery, delivery.unit_status)
    if delivery.state is Delivery.REFUSED:
        reason = one_line(delivery.reason) or "zonder reden"
        lines.append(Words(f"{cad_name} weigert: {reason}. Geef de inzet nu door per telefoon of portofoon,", hang=2))
        lines.append(Words("en leg dat vast met F10.", hang=2))
    elif delivery.state is Delivery.UNCLEAR:
        lines.append(Words(f"Onduidelijk of {cad_name} de inzet heeft. Bel de uitgifte, vraag het na, en leg", hang=2))
        lines.append(Words("wat u doorgeeft vast met F10.", hang=2))
    elif not delivery.state.settled:
        lines += _waiting(delivery, link=link, cad_name=cad_name, moment=moment)
    return lines


def _steps(delivery: DeliveryState) -> list[str]:
    steps = [f"{DELIVERY[Delivery.READY]} {clock_time(delivery.created_at, seconds=True)}"]
    if delivery.sent_at is not None and not (delivery.state is Delivery.SENT and delivery.reason):
        steps.append(f"{DELIVERY[Delivery.SENT]} {clock_time(delivery.sent_at, seconds=True)}")
    if delivery.delivered_at is not None:
        steps.append(f"{DELIVERY[Delivery.DELIVERED]} {clock_time(delivery.delivered_at, seconds=True)}")
    if delivery.state in _ANSWERED:
        at = f" {clock_time(delivery.answered_at, seconds=True)}" if delivery.answered_at else ""
        steps.append(f"{DELIVERY[delivery.state]}{at}")
    return steps


def _unit(delivery: DeliveryState, status: UnitStatus) -> list[Words]:
    at = f" {clock_time(delivery.unit_status_at)}" if delivery.unit_status_at else ""
    unit = one_line(delivery.unit)
    lines = [Words(f"Eenheid {unit}: {UNIT[status]}{at}", hang=2, style="bold")]
    if status is not UnitStatus.CLOSED:
        lines.append(Words(f"Zeg: “De agenten komen met {unit}. Twijfelt u? Bel 112 ter controle.”", hang=2))
    return lines


def _waiting(delivery: DeliveryState, *, link: Link, cad_name: str, moment: datetime) -> list[Words]:
    """What an operator must know while nobody confirmed: how long, why, and when to use the telephone."""
    waits = elapsed(delivery.created_at, moment)
    gone = delivery_gone(link, moment)
    down = gone or link.reachable is False or (bool(delivery.reason) and delivery.delivered_at is None)
    if delivery.delivered_at is not None:
        lines = [Words(f"Wacht op antwoord van {cad_name}, {waits}.", hang=2)]
    elif down:
        why = "De bezorging draait niet" if gone else one_line(delivery.reason or link.error).rstrip(".")
        lines = [Words(f"{why or f'{cad_name} is niet bereikbaar'}. De inzet is vastgelegd en", hang=2)]
        lines.append(Words(f"gaat vanzelf weg zodra het kan ({waits}).", hang=2))
    else:
        lines = [Words(f"De inzet is vastgelegd en gaat nu weg ({waits}).", hang=2)]
    urgent = delivery.priority == 1 and down
    if urgent or (moment - delivery.created_at).total_seconds() >= CALL_AFTER_SECONDS:
        lines.append(Words("BEL NU de uitgifte, geef de inzet door, leg dat vast met F10.", hang=2, style="bold"))
    return lines
