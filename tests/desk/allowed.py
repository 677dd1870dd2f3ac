"""Who may do what at the desk, written down apart from the program: by operation, the roles that may do it."""

from __future__ import annotations

from typing import Final

_HANDLES: Final = {"centralist", "ovd"}
_SETTLES: Final = {"centralist", "ovd", "uitgifte"}
_LEADS: Final = {"ovd"}

OPERATIONS: Final = {
    # the room
    "warm_up": _SETTLES,
    "look_ahead": _SETTLES,
    "board": _SETTLES,
    "board_if_changed": _SETTLES,
    # a call in hand
    "take": _HANDLES,
    "new_call": _HANDLES,
    "see": _HANDLES,
    "leave": _HANDLES,
    "hand_over": _HANDLES,
    "answer": _HANDLES,
    "reopen": _HANDLES,
    "tell": _HANDLES,
    "reassess": _HANDLES,
    "note": _HANDLES,
    "draft_text": _HANDLES,
    "add": _HANDLES,
    "change": _HANDLES,
    "take_back": _HANDLES,
    "person": _HANDLES,
    "fact": _HANDLES,
    "impression": _HANDLES,
    "special": _HANDLES,
    "consult": _HANDLES,
    "related": _HANDLES,
    "versions": _HANDLES,
    "read_through": _HANDLES,
    "news_for_the_crew": _HANDLES,
    # a decision
    "draft_choice": _HANDLES,
    "propose": _HANDLES,
    "decide": _HANDLES,
    "propose_addition": _HANDLES,
    "send_addition": _HANDLES,
    "give_reason": _HANDLES,
    # told by voice
    "by_hand": _SETTLES,
    "propose_by_voice": _SETTLES,
    "told_by_voice": _SETTLES,
    "passed_on": _SETTLES,
    # too old
    "aged": _SETTLES,
    "read_aged": _SETTLES,
    "send_after_all": _SETTLES,
    "drop": _SETTLES,
    "send_group": _SETTLES,
    "drop_group": _SETTLES,
    # of others
    "find": _HANDLES,
    "look_up": _HANDLES,
    # paper
    "paper_policy": _HANDLES,
    "free_paper_numbers": _HANDLES,
    "enter": _HANDLES,
    # leading
    "take_over": _LEADS,
    "take_up": _LEADS,
    "typed_answer": _LEADS,
    "draft_answer": _LEADS,
    "reply": _LEADS,
}

FREE: Final = {"close", "attempted", "demand"}
"""To leave, to have noted what was tried, and to ask whether something may: whoever sits there."""


def may(roles: set[str], operation: str, *, exercise: bool) -> bool:
    """Say whether somebody with these roles may do this."""
    holds = (roles - {"trainer"}) | (_HANDLES if exercise and "trainer" in roles else set())
    return bool(holds & OPERATIONS[operation])
