"""The unit that TicketsCAD has on an incident, in our words; its times have no zone, so ours are used."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from console.cad.eido import clean
from console.cad.peer import Unit
from console.model import UnitStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATUS: Final = {
    "responding": UnitStatus.EN_ROUTE,
    "on_scene": UnitStatus.ON_SCENE,
    "facility_enroute": UnitStatus.ON_SCENE,
    "facility_arrived": UnitStatus.ON_SCENE,
    "clear": UnitStatus.CLOSED,
}
_ORDER: Final = tuple(UnitStatus)
_LONGEST_NAME: Final = 100


def unit_of(row: Mapping[str, Any], assignments: object, *, closed: bool) -> Unit | None:
    """Give the unit that is furthest and still working on it; a closed incident is the end of all of them.

    A version that shows no assignments still names the first unit of an incident.
    """
    now = datetime.now(UTC)
    if closed:
        return Unit("", UnitStatus.CLOSED, now)
    listed = assignments if isinstance(assignments, list) else []
    units = [unit for unit in (_unit(each, now) for each in listed) if unit is not None]
    if not units:
        name = _name(row, "primary_responder_name")
        return Unit(name, UnitStatus.ASSIGNED, now) if name else None
    working = [each for each in units if each.status is not UnitStatus.CLOSED] or units
    return max(working, key=lambda each: _ORDER.index(each.status))


def _unit(assignment: object, now: datetime) -> Unit | None:
    if not isinstance(assignment, dict):
        return None
    name = _name(assignment, "callsign", "handle", "name", "responder_id")
    status = _STATUS.get(str(assignment.get("status") or ""), UnitStatus.ASSIGNED)
    return Unit(name, status, now) if name else None


def _name(row: Mapping[str, Any], *keys: str) -> str:
    found = (clean(str(row.get(key) or "")) for key in keys)
    return next((name[:_LONGEST_NAME] for name in found if name), "")
