"""What the model names, in words: one place, so that a screen, a page and a log line say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.model import UNKNOWN, Choice, Delivery, Role, Stage, TraceKind, UnitStatus

if TYPE_CHECKING:
    from triage_rules import Policy

EXERCISE: Final = "OEFENING"

STAGE: Final = {Stage.WAITING: "WACHT", Stage.IN_PROGRESS: "in behandeling", Stage.DECIDED: "besloten"}

CHOICE: Final = {
    Choice.PRIO1: "Eenheid ter plaatse, prio 1 (spoed)",
    Choice.PRIO2: "Eenheid ter plaatse, prio 2",
    Choice.PRIO3: "Eenheid ter plaatse, prio 3 (tijdvak)",
    Choice.STATION: "Afspraak op het bureau",
    Choice.ONLINE: "Online aangifte",
    Choice.PHONE_REPORT: "Telefonische melding vastleggen",
    Choice.ADVICE: "Advies, geen vervolg",
    Choice.PASSED_ON: "Doorzetten naar andere dienst",
    Choice.CONSULT: "Overleg met OvD-OC, besluit volgt",
    Choice.ORDINARY: "Gewone protocol (niet online)",
}

CHOICE_SHORT: Final = {
    Choice.PRIO1: "prio 1",
    Choice.PRIO2: "prio 2",
    Choice.PRIO3: "prio 3",
    Choice.STATION: "bureau",
    Choice.ONLINE: "online",
    Choice.PHONE_REPORT: "tel. melding",
    Choice.ADVICE: "advies",
    Choice.PASSED_ON: "doorgezet",
    Choice.CONSULT: "overleg",
    Choice.ORDINARY: "gewone protocol",
}

CHOICE_KEYS: Final = {
    "1": Choice.PRIO1,
    "2": Choice.PRIO2,
    "3": Choice.PRIO3,
    "4": Choice.STATION,
    "5": Choice.ONLINE,
    "6": Choice.PHONE_REPORT,
    "7": Choice.ADVICE,
    "8": Choice.PASSED_ON,
    "9": Choice.CONSULT,
    "0": Choice.ORDINARY,
}
"""The digit of each choice, wherever one is chosen."""

OUTCOME_SHORT: Final = {
    **{choice.value: text for choice, text in CHOICE_SHORT.items()},
    "centralist_beslist": "u beslist",
}

LETTERS: Final = {"j": "ja", "n": "nee", "o": UNKNOWN}
"""Keys of the answers that many questions share; the same in the console and in the line mode."""

CLOSING: Final = {
    Choice.PRIO1: "Zeg: “De politie komt nu met spoed. Blijf aan de lijn als u in gevaar bent.”",
    Choice.PRIO2: "Zeg: “Er komt een eenheid naar u toe. Laat apparaten aan en wis niets.”",
    Choice.PRIO3: "Zeg: “Er komt een agent bij u langs.” Spreek een tijdvak af en noteer het.",
    Choice.STATION: "Zeg: “U kunt op het bureau aangifte doen.” Spreek dag en tijd af en noteer wie dat doet.",
    Choice.ONLINE: "Zeg: “U kunt aangifte doen op politie.nl, met DigiD. Op het bureau kan altijd ook.”",
    Choice.PHONE_REPORT: "Zeg: “Ik heb uw melding vastgelegd. Dit is nog geen aangifte; die kan ook later.”",
    Choice.ADVICE: "Zeg: “Bewaar het nummer en de berichten. Aangifte doen kan altijd nog.”",
    Choice.PASSED_ON: "Zeg: “Ik zet u door naar een collega die u verder helpt.” Verbind warm door.",
    Choice.CONSULT: "Zeg: “Ik overleg even met mijn collega. Blijf aan de lijn.”",
    Choice.ORDINARY: "Ga verder in het gewone protocol. Deze melding blijft onder dit nummer te vinden.",
}
"""What the caller can hear at the end; none promises that money comes back (S0.45).

For a unit this is said once the CAD confirmed it; until then `ARRANGING`: police that may not come are not promised.
"""


def closing(choice: Choice, earlier: str) -> str:
    """Say how a call ends; one that belongs to an `earlier` call is not handed to anybody, it goes on in that one."""
    if choice is Choice.PASSED_ON and earlier:
        return f"Ga verder met melder in de eerdere melding {earlier}. Deze melding blijft te vinden."
    return CLOSING[choice]


ARRANGING: Final = "Zeg: “Ik regel nu hulp voor u. Blijf bij mij aan de lijn.”"

DELIVERY: Final = {
    Delivery.READY: "klaargezet",
    Delivery.SENT: "verzonden",
    Delivery.DELIVERED: "afgeleverd",
    Delivery.ACCEPTED: "bevestigd",
    Delivery.REFUSED: "GEWEIGERD",
    Delivery.UNCLEAR: "ONDUIDELIJK",
    Delivery.BY_HAND: "met de hand doorgegeven",
    Delivery.TOO_OLD: "VEROUDERD",
    Delivery.DROPPED: "niet meer nodig",
}

UNIT: Final = {
    UnitStatus.ASSIGNED: "gekoppeld",
    UnitStatus.EN_ROUTE: "aanrijdend",
    UnitStatus.ON_SCENE: "ter plaatse",
    UnitStatus.CLOSED: "afgesloten",
}

ROLE: Final = {
    Role.VICTIM: "belt voor zichzelf",
    Role.THIRD_PARTY: "belt voor een ander",
    Role.PARENT: "ouder van slachtoffer",
    Role.COMPANY: "belt namens bedrijf",
    Role.BANK: "bankmedewerker",
    Role.WITNESS: "getuige",
    Role.OTHER_ROOM: "andere meldkamer",
}

TRACE: Final = {
    TraceKind.IBAN: "IBAN",
    TraceKind.PHONE: "telefoonnummer",
    TraceKind.REMOTE: "meekijkprogramma",
    TraceKind.DOMAIN: "webdomein",
    TraceKind.ADDRESS: "adres",
    TraceKind.PLATE: "kenteken",
}

SPEAKS_FREELY: Final = {None: "vrij praten?", True: "praat vrij", False: "KAN NIET VRIJ PRATEN"}


HIDDEN: Final = "verborgen"
SOME_DANGER: Final = "ja (soort verborgen)"
"""What stands where an answer is special data (Wpg 5) that was not asked for."""


def answer_in_words(policy: Policy, question: str, value: str) -> str:
    """Say a recorded answer as people do, by the labels of the policy it was given under."""
    if policy.question(question).kind == "uren" and value != UNKNOWN:
        return hours_in_words(value)
    return policy.question(question).value(value).label


def hours_in_words(recorded: str) -> str:
    """Say a recorded number of hours as people do: `20 min`, `1,5 uur`, `3 dagen`."""
    hours = float(recorded)
    if hours < 1:
        return f"{round(hours * 60)} min"
    if hours < 48:
        return f"{hours:.1f} uur".replace(".0 ", " ").replace(".", ",")
    return f"{hours / 24:.0f} dagen"
