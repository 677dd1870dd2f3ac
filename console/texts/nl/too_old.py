"""Dispatches that could not be delivered for too long: the list of them, and what is said of each."""

from __future__ import annotations

from typing import Final

KEY: Final = "verouderd"
TITLE: Final = "VEROUDERD: NOG STUREN?"
OPEN: Final = "kiezen"
GROUPS: Final = "per dag of een voor een"
TO_QUEUE: Final = "wachtrij"
COLUMNS: Final = ("prio", "wacht", "melding", "plaats", "vorm", "")
GROUP_COLUMNS: Final = ("prio", "dag", "aantal", "oudste")
NOTHING: Final = "Er is niets dat te lang wachtte. Escape gaat terug naar de wachtrij."
MAYBE_THERE: Final = "geprobeerd"
ADDITION: Final = "aanvulling"
NO_PLACE: Final = "geen adres"

SEND: Final = "nu sturen"
BY_HAND: Final = "doorgegeven"
DROP: Final = "niet meer nodig"
READ_UP: Final = "lezen omhoog"
READ_DOWN: Final = "lezen omlaag"
SENT: Final = "Vastgelegd: gaat naar de uitgifte."
PASSED_ON: Final = "Vastgelegd: met de hand doorgegeven."
DROPPED: Final = "Vastgelegd: niet meer nodig."
ASK_MAYBE: Final = "MISSCHIEN AL AANGEKOMEN: bel eerst de uitgifte en vraag het na."
HOW: Final = "s nu sturen - F10 is doorgegeven - x niet meer nodig - escape laat staan"
HOW_GROUP: Final = "s alle nu sturen - x alle niet meer nodig - escape laat alles staan"
GROUP_FIRST: Final = "Bel bij twijfel eerst de uitgifte. Inzetten een voor een bekijken kan in de lijst."

WHY_TITLE: Final = "WAAROM NIET MEER NODIG?"
WHY: Final = ("De reden blijft bij de inzet staan, met uw naam en de tijd.",)
WHY_THEN: Final = "enter legt het vast - escape niet"
WHY_GROUP_THEN: Final = "enter gaat verder, daarna typt u het aantal - escape niet"
WHY_FIRST: Final = "Typ eerst waarom het niet meer nodig is."
COUNT_THEN: Final = "enter legt het vast - escape niet"
COUNT_FIRST: Final = "Typ eerst hoeveel het er zijn."


def shown(first: int, total: int) -> str:
    if not total:
        return " Er wacht niets op u"
    if first < total:
        return f" {_waiting(total)}, de {first} meest urgente hieronder; g toont ze allemaal per dag en prio"
    return f" {_waiting(total)}, de meest urgente bovenaan"


def in_groups(total: int) -> str:
    if not total:
        return shown(0, 0)
    return f" {_waiting(total)}, per prio en dag; g toont ze een voor een"


def _waiting(total: int) -> str:
    return f"{total} {'wacht' if total == 1 else 'wachten'} op u"


def title(priority: int, call_id: str, *, addition: bool) -> str:
    return f"{'AANVULLING' if addition else 'INZET'} PRIO {priority}, melding {call_id}"


def waited(waits: str, asked: str) -> str:
    return f"Besloten {asked}, {waits} niet bezorgd. Gaat niet meer vanzelf weg."


def word(control_word: str) -> str:
    return f"Controlewoord: {control_word}"


def group_title(priority: int, count: int, day: str) -> str:
    return f"{count} {'INZET' if count == 1 else 'INZETTEN'} PRIO {priority} VAN {day}"


def oldest(moment: str) -> str:
    return f"De oudste is van {moment}."


def count_title(count: int) -> str:
    return f"ZEKER WETEN? TYP {count}"


def send_count(count: int, cad_name: str) -> tuple[str, ...]:
    what = "1 inzet gaat" if count == 1 else f"{count} inzetten gaan"
    return (f"{what} dan naar {cad_name}, de oudste eerst.",)


def drop_count(count: int, reason: str) -> tuple[str, ...]:
    what = "1 inzet wordt" if count == 1 else f"{count} inzetten worden"
    return (f"{what} dan niet verstuurd. Reden: {reason}",)


def other_count(count: int) -> str:
    return f"Dat is niet {count}. Er is niets vastgelegd; typ {count}, of ga terug met escape."


def sent_all(count: int) -> str:
    return f"Vastgelegd: {count} {'gaat' if count == 1 else 'gaan'} naar de uitgifte."


def dropped_all(count: int) -> str:
    return f"Vastgelegd: {count} niet meer nodig."
