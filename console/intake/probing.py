"""Whether the intake takes calls and knows a key, asked in a way that stores nothing.

The key is tried with a message in a form that the door refuses after it looked at the key and before it reads a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.texts import words

SECONDS: Final = 3.0
_PAPER: Final = {"Content-Type": "text/plain"}


class Door(StrEnum):
    """What the intake answered."""

    OPEN = "open"
    WRONG_KEY = "sleutel geweigerd"
    UNREACHABLE = "onbereikbaar"
    UNWELL = "niet in orde"


@dataclass(frozen=True, slots=True)
class Knock:
    """What was found, and a Dutch sentence about it, empty for an open door."""

    door: Door
    said: str = ""


def health(url: str) -> Knock:
    """Ask the intake at `url` whether its record answers."""
    import httpx  # noqa: PLC0415 - only who asks pays for loading it

    try:
        answer = httpx.get(f"{url}/health", timeout=SECONDS, trust_env=False)
    except (httpx.HTTPError, httpx.InvalidURL):
        return Knock(Door.UNREACHABLE, words.secret.intake_unreachable(url))
    if answer.status_code == 200 and answer.content[:100].replace(b" ", b"") == b'{"dossier":"ok"}':
        return Knock(Door.OPEN)
    return Knock(Door.UNWELL, words.secret.intake_unwell(url, answer.status_code))


def knock(url: str, token: str) -> Knock:
    """Try a key at the intake at `url`."""
    import httpx  # noqa: PLC0415 - as above

    headers = {**_PAPER, "Authorization": f"Bearer {token}"}
    try:
        answer = httpx.post(f"{url}/v1/calls", content=b"", headers=headers, timeout=SECONDS, trust_env=False)
    except (httpx.HTTPError, httpx.InvalidURL):
        return Knock(Door.UNREACHABLE, words.secret.intake_unreachable(url))
    if answer.status_code == 401:
        return Knock(Door.WRONG_KEY, words.secret.intake_refuses(url))
    if answer.status_code == 415:
        return Knock(Door.OPEN)
    return Knock(Door.UNWELL, words.secret.intake_unwell(url, answer.status_code))
