"""The policy that new calls get: whether it is whole, was decided on, holds what it promises, and how old it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from console.doctor.finding import attention, ok, wrong
from console.texts import words

if TYPE_CHECKING:
    from console.doctor.finding import Finding
    from console.doctor.running import Checks
    from console.doctor.world import World
    from triage_rules import Policy

_OLD: Final = timedelta(days=731)


def _active(world: World) -> Policy:
    from console import policy_shelf  # noqa: PLC0415 - half the start of a machine that cannot be examined further

    return world.once("policy", lambda: policy_shelf.active(world.room.home / policy_shelf.FOLDER, world.room.policy))


def _whole(world: World) -> Finding:
    from triage_rules import PolicyError  # noqa: PLC0415 - as above

    try:
        policy = _active(world)
    except PolicyError as error:
        return wrong(str(error), words.doctor_room.POLICY_REMEDY)
    if policy.status != words.doctor_room.DECIDED:
        return attention(words.doctor_room.draft(policy.status), words.doctor_room.POLICY_REMEDY)
    return ok(words.doctor_room.policy(policy.id, policy.version, policy.text_hash[:12]))


def _proved(world: World) -> Finding:
    from console.policy_tool import checked  # noqa: PLC0415 - as above
    from triage_rules import PolicyError  # noqa: PLC0415

    try:
        report, gate = checked(_active(world))
    except PolicyError as error:
        return wrong(str(error), words.doctor_room.POLICY_REMEDY)
    faults = [finding.check for finding in (*report.findings, *gate.findings)]
    if faults or not report.sound:
        return wrong(words.doctor_room.policy_faults(len(faults), faults[:3]), words.doctor_room.POLICY_CHECK)
    return ok(words.doctor_room.proved(report.rules, gate.examples))


def _age(world: World) -> Finding:
    from triage_rules import PolicyError  # noqa: PLC0415 - as above

    try:
        since = date.fromisoformat(_active(world).valid_from)
    except PolicyError as error:
        return wrong(str(error), words.doctor_room.POLICY_REMEDY)
    today = world.now().date()
    said = words.doctor_room.policy_since(f"{since:%d-%m-%Y}")
    if since > today:
        return wrong(said, words.doctor_room.POLICY_REMEDY)
    return attention(said, words.doctor_room.POLICY_OLD) if today - since > _OLD else ok(said)


CHECKS: Final[Checks] = {"beleid": _whole, "beleidstoets": _proved, "beleidsdatum": _age}
