"""The urgency checklist on screen."""

from __future__ import annotations

from typing import Final

UP: Final = "vraag omhoog"
DOWN: Final = "vraag omlaag"
CONFIRM: Final = "bevestig wat u typte"
ERASE: Final = "wis letter of antwoord"
ANSWER: Final = "antwoord"

MORE_ABOVE: Final = "(hierboven staan meer vragen)"
MORE_BELOW: Final = "(hieronder staan meer vragen)"
CERTAIN: Final = "Het voorstel is zeker: F5 besluit"
YES_NO_ONLY: Final = "(stel alleen ja/nee-vragen)"
YES_NO_ONE_BY_ONE: Final = "(stel alleen ja/nee-vragen: noem ze een voor een, “Is het ...?”)"
ENTER_CHOOSES: Final = "enter om te kiezen"
ENTER_CHOOSES_AGAIN: Final = "enter om opnieuw te kiezen"


def folded(count: int) -> str:
    return f"({count} {'vraag doet' if count == 1 else 'vragen doen'} er niet meer toe)"


def jumping(number: str) -> str:
    return f"Ga naar vraag: {number}_{'  (of enter)' if number else ''}"


def typing_time(typed: str) -> str:
    return f"Typ: {typed}_"


def typing_form(typed: str) -> str:
    return f"Typ of kies, dan enter: {typed}_"
