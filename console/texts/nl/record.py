"""Why something of a call was not recorded, and what to do; no sentence says anything about a caller."""

from __future__ import annotations

from typing import Final

from console.model import Delivery

NO_SUCH_TIME: Final = "Dit tijdstip kan niet bestaan. Controleer datum en tijd."
HALF_A_CHARACTER: Final = "De tekst bevat een half teken dat niet te bewaren is. Typ de tekst opnieuw."
NO_SUCH_PLACE: Final = "De plaats heeft een onmogelijke coördinaat. Laat de coördinaten weg of verbeter ze."

WHY_TAKE_OVER: Final = "Geef aan waarom u deze melding overneemt."
WHY_HAND_OVER: Final = "Geef aan waarom u deze melding overdraagt, en wat uw collega moet weten."
TO_WHOM: Final = "Kies aan wie u de melding overdraagt, of zet de melding terug in de wachtrij."
YOURS_ALREADY: Final = "U hebt deze melding zelf al. Kies een collega, of zet de melding terug in de wachtrij."
ON_ANOTHER_SCREEN: Final = "U hebt deze melding op een ander scherm opnieuw aangenomen. Ga daar verder."

WHY_READ: Final = "Zonder reden wordt er niets getoond. Geef aan waarom u dit inziet (Wpg 32a)."
EMPTY_QUESTION: Final = "De vraag is leeg. Typ wat u de teamleider wilt vragen."
EMPTY_ANSWER: Final = "Het antwoord is leeg. Typ wat uw collega moet weten."
EMPTY_REASON: Final = "De reden is leeg. Kies een reden of typ er een."
EMPTY_FACT: Final = "Het feit is leeg. Typ wat er gezegd of gezien is."
BELOW_ZERO: Final = "Een bedrag kan niet onder nul zijn. Typ het bedrag dat betaald is."
NO_WORD_TO_SEARCH: Final = "Hier staat geen woord om op te zoeken. Geef ten minste een woord of getal."

REASON_STANDS: Final = "Bij dit besluit staat al een reden; die blijft staan."
NO_REASON_NEEDED: Final = "Dit besluit wijkt niet af van het voorstel; er is geen reden nodig."
OF_EARLIER_DECISION: Final = (
    "Dit bericht hoort al bij een eerder besluit; er is niets vastgelegd. Open het besluit opnieuw."
)
SECOND_UNIT: Final = "Naast een besluit kan geen tweede eenheid staan. Kies de eenheid als besluit zelf."
TWICE: Final = "Naast dit besluit staat iets dubbel. Kies elk vervolg ten hoogste één keer."

ADDITION_CLOSED: Final = {
    Delivery.REFUSED: "De CAD heeft deze inzet geweigerd. Neem een nieuw besluit, of geef nieuws door per telefoon.",
    Delivery.BY_HAND: "Deze inzet is met de hand doorgegeven. Geef nieuws ook door per telefoon of portofoon.",
    Delivery.UNCLEAR: "Het is onduidelijk of de CAD dit heeft. Bel de uitgifte, en geef nieuws per telefoon door.",
    Delivery.TOO_OLD: "Deze inzet kon te lang niet weg en wacht op een keuze. Kies eerst, of geef nieuws per telefoon.",
    Delivery.DROPPED: "Deze inzet is niet meer nodig en niet verstuurd. Moet er iemand gaan, neem dan een besluit.",
}
NOT_BY_HAND: Final = "Deze inzet is niet met de hand doorgegeven: F5 en dan a stuurt nieuws na."
ADDITION_STOPPED: Final = {
    Delivery.REFUSED: "De inzet waar dit bij hoort, is geweigerd. Geef dit door per telefoon of portofoon.",
    Delivery.BY_HAND: "De inzet waar dit bij hoort, is met de hand doorgegeven. Geef dit ook zo door.",
}
OF_ANOTHER_MESSAGE: Final = (
    "Dit kenmerk is al van een ander bericht; er is niets vastgelegd. Open de aanvulling opnieuw."
)
CAME_ANYWAY: Final = (
    "Dit was al onderweg en staat ook in de CAD. Bel de uitgifte: het is al doorgegeven, er hoeft maar één te gaan."
)
CONFIRMED_ALREADY: Final = "De meldkamer heeft dit bericht al bevestigd; met de hand doorgeven is niet meer nodig."
WHY_DROPPED: Final = "Geef aan waarom deze inzet niet meer nodig is."
NOT_SET_ASIDE: Final = "Over deze inzet is intussen al beslist. Er is niets veranderd. Kijk hoe de inzet nu staat."
PRIORITY_STAYS: Final = "Een aanvulling verandert de prioriteit niet. Neem daarvoor een nieuw besluit."

CALLED: Final = "Gebeld om"
DECIDED: Final = "Besloten om"
PASSED_ON: Final = "Doorgegeven om"
DECISION_AND_ITS_TIME: Final = "Bij een besluit hoort de tijd waarop het op papier genomen is, en omgekeerd."
PASSED_ON_UNKNOWN: Final = "Op het papieren formulier staat niet dat deze inzet is doorgegeven."


def reason_too_long(limit: int) -> str:
    return f"Deze reden is langer dan {limit} tekens. Geef een korte, zoals: klacht 2026-118."


def too_many_words(limit: int) -> str:
    return f"Dit zijn meer dan {limit} woorden. Zoek met de paar woorden die het meest zeggen."


def unknown_call(call_id: str) -> str:
    return f"Melding {call_id} staat niet in het dossier. Controleer het nummer."


def unknown_dispatch(message_id: str) -> str:
    return f"Bericht {message_id} staat niet in het dossier. Meld dit aan de beheerder."


def different_call(call_id: str) -> str:
    return (
        f"Dit kenmerk hoort al bij melding {call_id}, met een andere inhoud. "
        "Stuur een nieuwe melding met een eigen kenmerk."
    )


def claimed(call_id: str, owner: str) -> str:
    return f"Melding {call_id} is al in behandeling bij {owner}. Kies een andere melding of overleg."


def nobodys(call_id: str) -> str:
    return f"Melding {call_id} staat weer in de wachtrij. Neem de melding gewoon aan."


def yours(call_id: str) -> str:
    return f"Melding {call_id} is al van u. Open de melding met enter."


def not_empty(call_id: str) -> str:
    return f"In melding {call_id} is iets vastgelegd: besluit over haar, of draag haar over (F9)."


def not_yours(call_id: str, where: str) -> str:
    return f"Melding {call_id} is niet meer van u; dit is niet vastgelegd. {where}"


def in_the_queue(how: str) -> str:
    return f"De melding staat weer in de wachtrij.{f' {how}' if how else ''} Neem de melding eerst aan."


def of_a_colleague(owner: str, how: str) -> str:
    return f"De melding is nu van {owner}.{f' {how}' if how else ''} Overleg met {owner}."


def taken_over(by: str, when: str, reason: str) -> str:
    return f"{by} heeft die overgenomen ({when}): “{reason}”."


def handed_over(by: str, when: str, reason: str) -> str:
    return f"{by} heeft die overgedragen ({when}): “{reason}”."


def taken_up(by: str, call_id: str) -> str:
    return f"{by} kijkt al naar deze vraag over melding {call_id}. U kunt wel antwoorden."


def no_question(call_id: str, number: int) -> str:
    return f"Bij melding {call_id} is geen vraag {number} gesteld. Open het overleg opnieuw."


def answered(by: str, when: str) -> str:
    return (
        f"{by} heeft deze vraag al beantwoord ({when}). Er is niets veranderd. "
        "Bel uw collega als u er anders over denkt."
    )


def decided_meanwhile(call_id: str, by: str, when: str) -> str:
    return (
        f"Over melding {call_id} is al besloten door {by} ({when}); dat staat vast. "
        "Er is niets bij gekomen. Bekijk dat besluit; wilt u nog iets besluiten, kies dan opnieuw."
    )


def confirmation_used(call_id: str) -> str:
    return (
        f"Deze bevestiging is al gebruikt voor een ander besluit bij melding {call_id}. "
        "Er is niets veranderd. Open het besluit opnieuw."
    )


def other_priority(priority: int | None) -> str:
    return f"Bij dit besluit hoort een bericht met prioriteit {priority}; er is niets vastgelegd."


def no_decision(call_id: str, number: int) -> str:
    return f"Bij melding {call_id} hoort geen besluit {number}. Open de melding opnieuw."


def not_decided(call_id: str) -> str:
    return (
        f"Over melding {call_id} is nog niet besloten. Pas de antwoorden gewoon aan; "
        "opnieuw beoordelen kan na een besluit."
    )


def no_message(call_id: str, message_id: str) -> str:
    return f"Bij melding {call_id} hoort geen bericht {message_id}. Open de melding opnieuw."


def not_sent(message_id: str, state: str) -> str:
    return f"Bericht {message_id} staat op {state} en wordt niet (nog eens) verzonden."


def nothing_to_add_to(call_id: str) -> str:
    return f"Bij melding {call_id} hoort geen inzet om aan te vullen. Neem eerst een besluit."


def no_person(call_id: str, number: int) -> str:
    return f"Bij melding {call_id} hoort geen persoon {number}. Leg die eerst vast."


def nothing_to_correct(call_id: str, number: int) -> str:
    return f"Bij melding {call_id} staat geen nummer {number} om te verbeteren. Open de melding opnieuw."


def nothing_noted(call_id: str, number: int) -> str:
    return f"Bij melding {call_id} is niets vastgelegd onder nummer {number}. Open de melding."


def other_kind(number: int, kind: str) -> str:
    return f"Nummer {number} is een {kind}. Neem dat terug en leg het nieuwe apart vast."


def still_empty(kind: str) -> str:
    return f"Er staat nog niets in ({kind}). Typ wat er gezegd of gezien is."


def ahead(what: str, at: str) -> str:
    return f"{what} {at} ligt in de toekomst. Controleer datum en tijd op het formulier."


def out_of_order(before: str, one: str, after: str, another: str) -> str:
    return f"{after} {another} ligt vóór {before.lower()} {one}. Controleer beide tijden op het formulier."


def not_a_paper_number(number: str) -> str:
    return (
        f"{number} is geen nummer dat voor papier is gereserveerd. Controleer het nummer op het formulier; "
        "had de ruimte geen nummers meer, typ dan het eigen volgnummer: P1, P2 en verder."
    )


def form_used(number: str, call_id: str, by: str, when: str) -> str:
    return (
        f"{number} is al ingevoerd als melding {call_id}, door {by} ({when}). Bekijk die in het logboek. "
        "Is dit een ander formulier, typ dan P en een eigen volgnummer."
    )
