"""What each field is for and what it takes; what a screen or dialog is for."""

from __future__ import annotations

from typing import Final

HELP: Final = "hulp bij dit veld"
BACK: Final = "terug"

FIELDS: Final = {
    "notitie": (
        "NOTITIE",
        "Wat melder vertelt, in uw woorden. Tot 10.000 tekens; elke letter wordt bewaard terwijl u typt.",
        "Enter of escape gaat terug naar de vragen. De notitie gaat niet vanzelf naar de eenheid.",
        "Schrijf feiten op; wat u er zelf van vindt hoort bij de indruk (F2).",
    ),
    "zoek": (
        "ZOEKEN IN DE WACHTRIJ",
        "Typ delen van een nummer, plaats, eerste woorden of de naam van een behandelaar, in welke volgorde ook.",
        "Alle woorden moeten voorkomen; SPOED en OVERLEG zoeken ook. Een nummer mag met of zonder streepjes.",
        "De lijst toont meteen wat past. Enter gaat naar de lijst, escape wist het zoeken.",
    ),
    "adres": (
        "ADRES",
        "Waar het slachtoffer nu is: straat, huisnummer en plaats. De eenheid rijdt hierheen.",
        "Een ander adres dan dat van de melding krijgt geen coordinaten mee.",
    ),
    "terug": (
        "TERUGBELNUMMER",
        "Het nummer waarop u melder veilig kunt bereiken, ook als de verbinding wegvalt.",
        "Kan de dader meeluisteren op dit toestel? Vraag dan een ander nummer.",
    ),
    "rol": (
        "WIE BELT ER",
        "Voor wie melder belt. Alleen het slachtoffer zelf kan zeggen of er een agent mag komen.",
        "Belt een ander? Vraag dan wie het slachtoffer is, waar die nu is, en of die weet dat er gebeld wordt.",
    ),
    "vrij": (
        "KAN MELDER VRIJ PRATEN",
        "Nee: stel alleen vragen die met ja of nee te beantwoorden zijn. Gevaar blijft dan ten minste onbekend.",
        "In de melding zelf: ctrl+p.",
    ),
    "reden": (
        "REDEN",
        "Waarom u de melding overneemt. Uw collega krijgt dit te zien, en het staat in het dossier.",
    ),
}

PLACES: Final = {
    "HistoryScreen": (
        "LOGBOEK",
        "Zoek in alle meldingen: op nummer, telefoon, IBAN, naam of woord. bank* zoekt elk woord dat zo begint.",
        "Enter zoekt, en leest daarna de melding die u aanwijst. Wat u zoekt en inziet, wordt vastgelegd (Wpg).",
    ),
    "PastCallScreen": (
        "MELDING LEZEN",
        "Alles wat van deze melding is vastgelegd; hier verandert niets. De pijltjes lezen, escape gaat terug.",
        "Enter op een melding onder 'Hangt samen met' leest die. a neemt de melding aan als ze vrij of van u is.",
        "Bijzondere gegevens (gezondheid, beeldmateriaal) staan er pas bij als u ze met s opvraagt.",
    ),
    "QueueScreen": (
        "WACHTRIJ",
        "Alle meldingen die wachten of lopen. De pijltjes wijzen aan, enter neemt aan of gaat terug naar uw melding.",
        "Bovenaan: een inzet die niet aankomt, TERUGBELLEN NU, SPOED WACHT, dan wie het langst wacht.",
        "STIL: de console van die collega geeft geen teken. OVERLEG: er wacht een vraag op antwoord.",
        "Wat zonder bevestiging is, blijft staan tot het bevestigd is of met de hand is doorgegeven.",
        "De bel klinkt een keer per gebeurtenis; in een melding alleen voor uw eigen meldingen (b zet hem uit).",
    ),
    "DecisionScreen": (
        "BESLUIT",
        "U beslist, op elk moment. Een cijfer kiest en laat zien wat er gebeurt; pas enter legt het vast.",
        "Het voorstel is een hulp, geen opdracht. Wijkt u af, dan wordt de reden daarna gevraagd (F7).",
        "Het bureau kan altijd. Een besluit kan later opnieuw worden beoordeeld (F12).",
    ),
    "ReasonScreen": (
        "REDEN VAN AFWIJKEN",
        "Uw besluit is al verwerkt. De reden helpt het beleid te verbeteren en is geen beoordeling van u.",
    ),
    "ByHandScreen": (
        "MET DE HAND DOORGEGEVEN",
        "Gebruik dit als u de inzet per telefoon of portofoon hebt doorgegeven aan de uitgifte.",
    ),
    "ReferralScreen": (
        "DOORVERWIJZEN",
        "Wat past bij de antwoorden. Wie nu te bereiken is staat boven, wie dicht is onder, met de openingstijd.",
        "Lees de zin tussen aanhalingstekens voor. Staat er CONTROLEREN, ga het dan eerst na.",
        "Enter legt vast dat u het hebt gegeven; nog eens enter neemt dat terug. Het bureau kan altijd.",
    ),
    "SayingScreen": (
        "ZEG TEGEN MELDER",
        "Wat nu helpt, het meest urgente eerst. Enter vinkt af wat u zei; nog eens enter neemt het terug.",
        "Onderaan legt u vast wie de bank of winkel heeft gebeld.",
    ),
}

NOTHING_HERE: Final = ("HULP", "Hier is geen eigen hulp bij. ? toont de toetsen die hier werken.")


def question(number: int) -> str:
    return f"VRAAG {number}"


def form(label: str) -> str:
    return label.upper()


def title(heading: str, more: str) -> str:
    return f"{heading} (escape: terug, ?: toetsen{more})"
