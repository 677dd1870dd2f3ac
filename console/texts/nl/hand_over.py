"""Giving a call to a colleague, or back to the queue."""

from __future__ import annotations

from typing import Final

TO_WHOM: Final = "Aan wie?"
SOMEBODY_ELSE: Final = "iemand anders (typ de naam)"
TO_QUEUE: Final = "terug in de wachtrij, voor wie vrij is"
NAME: Final = "naam"
WHAT_TO_KNOW: Final = "Wat moet uw collega weten?"
HOW: Final = "Kies met een cijfer; enter: volgende; op de laatste regel draagt enter over. escape gaat terug."
ENTER_HANDS_OVER: Final = "enter draagt over, escape gaat terug: wat u typte blijft staan."
CHOOSE: Final = "Kies eerst aan wie: een cijfer uit de lijst."
TYPE_NAME: Final = "Typ eerst de naam van uw collega."
TYPE_NOTE: Final = "Typ eerst wat uw collega moet weten."
NEXT: Final = "volgende"
PREVIOUS: Final = "vorige"


def title(call_id: str) -> str:
    return f"OVERDRACHT {call_id}"


def not_seen(name: str) -> str:
    return f"Let op: {name} heeft nu geen melding in de wachtrij. Klopt de naam? enter draagt over."


def done(call_id: str, to: str | None) -> str:
    return f"Melding {call_id} staat weer in de wachtrij." if to is None else f"Melding {call_id} is nu van {to}."
