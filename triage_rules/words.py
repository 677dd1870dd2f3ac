"""What an operator hears of the rules: reasons, hours, answers that do not fit, a policy that cannot be used.

The rest of what is said here is for who writes a policy, and stands beside the check that says it.
"""

from __future__ import annotations

from typing import Final

AND: Final = "en"
OR: Final = "of"
NEVER: Final = "nooit"

FOR_EVERY_CALL: Final = "dit geldt voor elke melding"
DECIDES: Final = "beslist"
NEEDED: Final = "nodig om verder te komen"
AND_MORE: Final = "en meer"

ONCE: Final = "een keer"
MORE_THAN: Final = "meer dan"
AT_LEAST: Final = "minstens"
LESS_THAN: Final = "minder dan"
AT_MOST: Final = "hoogstens"
WEEK: Final = ("week", "weken")
DAY: Final = ("dag", "dagen")
HOURS_ALLOWED: Final = "een aantal uren van nul of meer"

DOES_NOT_EXIST: Final = "het bestaat niet"
NO_RIGHTS: Final = "dit account heeft er geen rechten op"
A_FOLDER: Final = "het is een map"

NO_POLICY: Final = "Dit is geen gecompileerd beleid (JSON met een controlesom)."
WRONG_CHECKSUM: Final = "De controlesom klopt niet: het bestand is beschadigd of met de hand veranderd."
OTHER_VERSION: Final = "Dit bestand is van een andere versie van het programma; compileer het beleid opnieuw."
PART_MISSING: Final = "Het bestand mist een deel; compileer het beleid opnieuw."
NOT_ITS_DIAGRAM: Final = "De regels en het diagram in dit bestand horen niet bij elkaar."


def one_of_others(count: int) -> str:
    """Say that one of so many other answers was given."""
    return f"een van {count} andere antwoorden geldt"


def when(outcome: str, answers: str) -> str:
    """Say which answers give an outcome."""
    return f"{outcome} als {answers}"


def decides_when(answers: str) -> str:
    """Say which answers end the questions."""
    return f"{DECIDES} als {answers}"


def raises_when(outcome: str, answers: str) -> str:
    """Say which answers raise what is certain."""
    return f"ten minste {outcome} als {answers}"


def rules_out_when(outcome: str, answers: str) -> str:
    """Say which answers leave an outcome behind."""
    return f"sluit {outcome} uit als {answers}"


def ago(span: str) -> str:
    """Say how long ago something was."""
    return f"{span} geleden"


def hours(count: str) -> str:
    """Say a number of hours."""
    return f"{count} uur"


def place(file: str, line: int | None) -> str:
    """Say where a fault stands."""
    return file if line is None else f"{file}, regel {line}"


def system_refuses(number: int | None) -> str:
    """Say a rare reason of the system by its number."""
    return f"het systeem weigert het (fout {number})"


def unreadable(why: str) -> str:
    """Say why a policy is not read."""
    return f"Het beleid is niet te lezen: {why}."


def unknown_question(shown: str, known: str) -> str:
    """Say that no question is called so."""
    return f"Onbekende vraag: {shown}. Bekend: {known}."


def still_open(question: str) -> str:
    """Say that a question has no answer where one is needed."""
    return f"Vraag {question!a} is nog open."


def no_such_answer(question: str, shown: str, allowed: str) -> str:
    """Say what a question allows instead."""
    return f"Vraag {question!a} heeft geen antwoord {shown}. Toegestaan: {allowed}."
