"""What is wrong with the table of classes: where it stands, why, and what belongs there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

PARTS: Final = "er horen precies deze delen in: [oefening], [codes], [vormen]"
EXERCISE: Final = "[oefening] hoort precies een code en een tekst te noemen"


def wrong(place: object, why: str) -> str:
    return f"de tabel van classificaties is onbruikbaar ({place}): {why}"


def no_toml(where: str) -> str:
    return f"geen geldig TOML ({where})"


def no_text(code: str) -> str:
    return f"bij code {code} hoort een tekst"


def no_such_code(form: str, code: object) -> str:
    return f"vorm {form} noemt {code!a}, en die code staat niet in [codes]"


def forms_missing(forms: Iterable[str]) -> str:
    return f"[vormen] noemt deze vormen niet: {', '.join(forms)}; geef elk een code"
