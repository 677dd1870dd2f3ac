"""Who may do what in the room: the roles that the machine's settings give to accounts and groups."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What an account is in the room; the value is its name in the settings."""

    OPERATOR = "centralist"
    DISPATCHER = "uitgifte"
    SHIFT_LEAD = "ovd"
    MANAGER = "beheer"
    TRAINER = "trainer"
