"""The feed of an exercise: invented calls that ring over real HTTP at the pace of people."""

from __future__ import annotations

import random
import tomllib
import uuid
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from console.times import now

if TYPE_CHECKING:
    from threading import Event

    import httpx

EXAMPLES: Final = "voorbeeldmeldingen.toml"

_PATIENCE: Final = 10.0
_WAIT_TO_RETRY: Final = 1.0
_RESTLESSNESS: Final = 0.4


def examples() -> list[dict[str, Any]]:
    """The invented calls in the order in which they ring, as messages without `id` and `received_at`."""
    text = resources.files("console.intake").joinpath(EXAMPLES).read_text(encoding="utf-8")
    return [_message(each) for each in tomllib.loads(text)["melding"]]


def ring_examples(url: str, token: str | None, pace_seconds: float, stop: Event) -> int:
    """Ring each example call once at the intake of `url`, the first at once, until all have rung or `stop` is set.

    Between two calls pass about `pace_seconds`, now more, now less. While the intake cannot be reached or is busy the
    same call is offered again, with the same id. Gives how many calls were taken; one that is refused for its content
    is passed over.
    """
    import httpx  # noqa: PLC0415 - the demo starts its console before the first call needs it

    exercise = uuid.uuid4().hex[:8]
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    taken = 0
    with httpx.Client(base_url=url, headers=headers, timeout=_PATIENCE, trust_env=False) as line:
        for number, example in enumerate(examples(), start=1):
            if number > 1 and stop.wait(pace_seconds * random.uniform(1 - _RESTLESSNESS, 1 + _RESTLESSNESS)):  # noqa: S311
                break
            call = {**example, "id": f"oefening-{exercise}-{number:02}", "received_at": now().isoformat()}
            taken += _rings(line, call, stop)
    return taken


def _rings(line: httpx.Client, call: dict[str, Any], stop: Event) -> bool:
    """Offer one call until it is taken, refused, or nobody waits for it any more."""
    import httpx  # noqa: PLC0415

    while not stop.is_set():
        try:
            status = line.post("/v1/calls", json=call).status_code
        except httpx.TransportError:
            status = 503
        if status != 503:
            return status in {200, 201}
        stop.wait(_WAIT_TO_RETRY)
    return False


def _message(example: dict[str, Any]) -> dict[str, Any]:
    place = {"address": example.get("adres"), "lat": example.get("lat"), "lon": example.get("lon")}
    return {
        "channel": example["kanaal"],
        "number": example["nummer"],
        "name": example["naam"],
        "location": {name: value for name, value in place.items() if value is not None},
        "first_words": example["eerste_woorden"],
    }
