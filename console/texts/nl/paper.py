"""Entering a paper form: what is asked, how it is read back, what is wrong with it."""

from __future__ import annotations

from typing import Final

from console.model import Channel

TITLE: Final = "VAN PAPIER"
MARK: Final = "LATER INGEVOERD"
LATER: Final = "later"

NUMBER: Final = "Nummer op formulier"
CALLED: Final = "Gebeld om"
CHANNEL: Final = "Kanaal"
NAME: Final = "Melder"
CALLBACK: Final = "Terugbelnummer"
ADDRESS: Final = "Adres"
ROLE: Final = "Belt"
FREELY: Final = "Praat vrij"
CHOICE: Final = "Besluit"
DECIDED: Final = "Besloten om"
WHY: Final = "Waarom"
PASSED_TO: Final = "Doorgegeven aan"
PASSED_ON: Final = "Doorgegeven om"
UNIT: Final = "Eenheid"
NOTE: Final = "Overig (rekening, site)"
HANDLED_BY: Final = "Centralist op papier"
READY: Final = "Klopt dit met het papier? enter legt vast; pijl omhoog gaat terug."

FREELY_YES: Final = "ja"
FREELY_NO: Final = "nee"
NOT_DECIDED: Final = "nog niet besloten: de melding gaat daarna open"
CHANNELS: Final = {Channel.EMERGENCY: "112", Channel.SERVICE: "0900-8844", Channel.OTHER: "andere"}

NEXT: Final = "volgende"
PREVIOUS: Final = "vorige"
BACK: Final = "wachtrij"
FROM_PAPER: Final = "van papier"

NOT_SENT: Final = "Er gaat niets naar de CAD: dit is al gebeurd."
STILL_TO_ASK: Final = (
    "LET OP: er staat niet dat de inzet is doorgegeven. Die komt als ONDUIDELIJK in de wachtrij: bel de uitgifte."
)

DAY_BEFORE: Final = "Zet de dag erbij als het een andere dag was: gisteren 23:50, of 21-11 23:50."
EMPTY_TIME: Final = "Typ de tijd van het formulier: 14:05, 1405, gisteren 22:10 of 21-11 22:10."
UNREADABLE: Final = f"Dit is geen tijd. {EMPTY_TIME}"
AHEAD: Final = "Dit ligt in de toekomst. Controleer datum en tijd op het formulier."
TOO_LONG_AGO: Final = "Dit is meer dan een maand geleden. Controleer de datum op het formulier."
SUMMER: Final = "zomertijd"
WINTER: Final = "wintertijd"
EMPTY_NUMBER: Final = "Typ het nummer van het formulier: 26-9001, 9001, of P1 bij een eigen nummer."
NO_NUMBER: Final = "Dit is geen nummer van een formulier. Typ 26-9001, 9001 of P1."
CHOOSE_CHANNEL: Final = "Kies het kanaal dat op het formulier staat."
CHOOSE: Final = "Kies het besluit dat op het formulier staat, of n als er nog niet besloten is."
NO_FORM: Final = "Geen vorm begint zo. Typ een ander begin of woord, of onbekend; leeg is niet gevraagd."
UNKNOWN_KEYS: Final = ("0", "o", "onbekend")
CALLED_FIRST: Final = "Typ eerst hoe laat er gebeld is: daarvan wordt teruggerekend."


def before(what: str, at: str) -> str:
    return f"Dit ligt vóór {what.lower()} {at}. {DAY_BEFORE}"


def twice(clock: str) -> str:
    return (
        f"{clock} was er die nacht tweemaal: de klok ging terug. Vraag welke; zet er {SUMMER} (de eerste keer) of "
        f"{WINTER} (de tweede) achter."
    )


def not_twice(clock: str) -> str:
    return f"{clock} was er die dag maar een keer. Laat {SUMMER} of {WINTER} weg."


def moment(day: str, season: str) -> str:
    return f"{day} {season}".rstrip()


def free(numbers: str) -> str:
    return f"Nog niet ingevoerd: {numbers}"


def up_to(first: str, last: str) -> str:
    return first if first == last else f"{first} t/m {last}"


def entered(call_id: str, choice: str) -> str:
    return f"{call_id} is vastgelegd ({choice}), {MARK.lower()}. Volgend formulier, of escape."


def summary(number: str, called: str, place: str) -> str:
    return f"{number}: gebeld {called}, {place}"


def decided(choice: str, at: str) -> str:
    return f"{choice}, besloten {at}" if at else choice


def passed_on(at: str, to: str, unit: str) -> str:
    said = [f"Doorgegeven {at or '(tijd staat er niet)'}", f"aan {to}" if to else "", f"eenheid {unit}" if unit else ""]
    return ", ".join(part for part in said if part)


def by(handled_by: str, entered_by: str) -> str:
    return f"Op papier: {handled_by or 'centralist onbekend'}; ingevoerd door {entered_by}"


def why_in_note(why: str) -> str:
    return f"Waarom: {why}"


def waiting(count: int) -> str:
    return f"{count} wachtend" if count else ""


def who(by: str, handled_by: str) -> str:
    return f"{handled_by}; {MARK.lower()} door {by}" if handled_by else f"{MARK.lower()} door {by}"


def course_called(at: str, number: str) -> str:
    return f"Formulier {number}, gebeld {at}"


def course_entered(at: str, by: str) -> str:
    return f"Ingevoerd {at} door {by}"


def course_handled(by: str) -> str:
    return f"Op papier behandeld door {by}"


def course_decided(at: str) -> str:
    return f"Besloten {at}"
