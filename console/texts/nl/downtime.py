"""The downtime pack: what the room works from on paper while the console cannot be used."""

from __future__ import annotations

from typing import Final

TITLE: Final = "NOODPAKKET"
ABOUT: Final = (
    "Werk hiermee als de console het niet doet. Dit is een kopie van het tijdstip hierboven: wat daarna gebeurde, "
    "staat er niet in. Er staan persoonsgegevens in. Vernietig het papier als u het niet meer nodig hebt."
)
HIDDEN_HERE: Final = (
    "Bijzondere gegevens zijn weggelaten. Bij 'soort verborgen': vraag de centralist of de melder welk gevaar het is."
)
LINK_UNKNOWN: Final = "Koppeling met de CAD: onbekend"
LINK_WORKS: Final = "Koppeling met de CAD: werkt"

DISPATCHES: Final = "NIET BEVESTIGDE INZETTEN"
READ_OUT: Final = "Bel de uitgifte en lees voor. Schrijf erbij wie het aannam en hoe laat. Leg het later vast met F10."
OPEN_CALLS: Final = "OPEN MELDINGEN"
FOLLOWED: Final = "BESLOTEN MELDINGEN DIE NOG GEVOLGD WORDEN"
PHONES: Final = "TELEFOONLIJST"
NO_PHONES: Final = "Er staan geen nummers in instellingen.toml onder [telefoonlijst]."
FORM: Final = "FORMULIER VOOR EEN NIEUWE MELDING (kopieer dit blad)"
PAPER_NUMBERS: Final = "PAPIERNUMMERS (één blad voor de hele meldkamer: streep door wat gebruikt is)"
NUMBERS: Final = "Deze nummers krijgt geen andere melding. Gebruik elk nummer één keer:"
NO_NUMBERS: Final = "Er konden geen nummers worden gereserveerd. Nummer op papier met P1, P2 en verder."
NUMBERS_USED: Final = "Na gebruik: vraag nieuwe nummers met meldkamer deliver --print --nieuwe-nummers"
ENTER_LATER: Final = "Doet de console het weer: voer elk formulier in met p in de wachtrij."
NONE: Final = "geen"
UNKNOWN: Final = "onbekend"
NOBODY: Final = "niemand"
CONSULTS: Final = "vraag aan de teamleider staat open"
NOT_CERTAIN: Final = "niet te bepalen: het beleid van deze melding is niet te lezen"

ADDRESS: Final = "Adres"
CALLBACK: Final = "Terugbel"
CRIME_FORM: Final = "Vorm"
CERTAIN: Final = "Zeker"
OWNER: Final = "Bij"
DECIDED: Final = "Besluit"
ALSO: Final = "Let op"

FORM_FIELDS: Final = (
    "Nummer: __________   Datum: ___________   Gebeld om: ______",
    "Kanaal: 112 / 0900-8844 / andere",
    "Melder: ______________________________   Terugbelnummer: ________________",
    "Adres: ________________________________________________________________",
    "Belt: slachtoffer / derde / ouder / bedrijf / bank / getuige / andere meldkamer",
    "Praat vrij: ja / nee",
)
FORM_ENDS: Final = (
    "Besluit: 1 prio 1 / 2 prio 2 / 3 prio 3 / 4 bureau / 5 online / 6 telefonisch /",
    "  7 advies / 8 doorgezet / 0 gewone protocol          Besloten om: ______",
    "Waarom: _______________________________________________________________",
    "Doorgegeven aan: ______________________   Om: ______   Eenheid: __________",
    "Rekening, telefoon, website, bedrag: __________________________________",
    "_______________________________________________________________________",
    "Centralist: ___________________________   Later ingevoerd om: ______   ( )",
)
BLANK: Final = "____________________"

PRINT_HELP: Final = "druk het nieuwste noodpakket af (tekst om op papier door te werken) en stop"
NEW_NUMBERS_HELP: Final = "met --print: reserveer nieuwe papiernummers, want de vorige zijn gebruikt"
ONLY_WITH_PRINT: Final = "--nieuwe-nummers hoort bij --print."
WHY_PRINTED: Final = "noodpakket afgedrukt"


def made(at: str) -> str:
    return f"Gemaakt: {at}"


def link_down(since: str) -> str:
    return f"Koppeling met de CAD: WERKT NIET sinds {since}"


def section(title: str, count: int) -> str:
    return f"{title} ({count})"


def called_back(at: str) -> str:
    return f"terugbellen beloofd om {at}"


def why_packed(count: int) -> str:
    return f"noodpakket met {count} meldingen"


PACK: Final = "noodpakket"


def trouble(why: str) -> str:
    return f"{PACK}: {why}"


def folder_trouble(why: str) -> str:
    return f"de map van het noodpakket is niet te beschrijven: {why}"


def not_logged(why: str) -> str:
    return f"Dat u dit afdrukt, kon niet worden vastgelegd. {why}"


def none_yet(path: object) -> str:
    return (
        f"Er is nog geen noodpakket ({path}). Start de bezorging met meldkamer deliver, wacht een minuut en probeer "
        "het opnieuw."
    )


def unreadable(path: object, why: str) -> str:
    return f"Het noodpakket {path} is niet te lezen: {why}. Vraag de beheerder om rechten op de map."


def not_made(why: str) -> str:
    return f"Er kon geen nieuw noodpakket worden gemaakt of vastgelegd. {why}"


def old(at: str) -> str:
    return f"Let op: dit noodpakket is van {at}. Wat daarna gebeurde, staat er niet in."


def not_all(count: int) -> str:
    return f"LET OP: nog {count} staan hier niet op. Ze staan in de console (u in de wachtrij), de oudste het eerst."
