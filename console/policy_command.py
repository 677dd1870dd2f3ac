"""`meldkamer beleid` in this room: the policy tool with the room's shelf, its audit and its recorded decisions."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from console import doorway, policy_shelf, policy_tool
from console.accounts import os_user
from console.exit_codes import UNUSABLE
from console.model import OPEN
from console.record import Home, Policies, Reader, RecordError, Writer
from console.roles import Right
from console.times import local, now
from triage_rules.comparing import Recorded

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from console.model import Decision
    from console.settings import Settings
    from triage_rules import Policy

add_arguments = policy_tool.add_arguments


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do what was asked; only activating and replaying touch the record."""
    room = policy_tool.Room(
        folder=settings.home / policy_shelf.FOLDER,
        announce=lambda before, after: _announce(settings, before, after),
        decisions=lambda: _decisions(settings),
        today=local(now()).date(),
    )
    try:
        if arguments.actie == "activeer":
            doorway.demand(settings, Right.SET_POLICY, "beleid activeer")
            Home.prepare(settings.home, settings.group)  # the shelf would make the folder with everybody's rights
        return policy_tool.run(arguments, room)
    except RecordError as error:
        print(f"meldkamer: {error}", file=sys.stderr)
        return UNUSABLE


def _announce(settings: Settings, before: Policy, after: Policy) -> None:
    who = os_user()
    home = Home.prepare(settings.home, settings.group, anchors=settings.anchors)
    with Writer.open(home, clock=now, os_user=who) as writer:
        Policies(writer).activated(who, before.text_hash, after.text_hash)


def _decisions(settings: Settings) -> Iterator[Recorded]:
    with Reader.open(Home.prepare(settings.home, settings.group)) as reader:
        for decision in reader.decisions():
            yield _recorded(decision)


def _recorded(decision: Decision) -> Recorded:
    bounds = decision.suggestion.after_wish
    asked = {question: value for question, value in decision.answers.items() if value != OPEN}
    return Recorded(str(decision.id), asked, bounds.at_least, bounds.at_most, decision.choice.value)
