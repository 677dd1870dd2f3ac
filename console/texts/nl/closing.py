"""What is said at the close of a call."""

from __future__ import annotations


def reference(call_id: str) -> str:
    return f"Uw kenmerk is {call_id}. Schrijf het op. Noem het als u terugbelt of aangifte doet."
