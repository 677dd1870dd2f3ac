"""The same call without a screen: what is asked and said line by line. Commands are words that are typed."""

from __future__ import annotations

from typing import Final

HELP_KEY: Final = "?"
STOP: Final = "stop"
LATER: Final = "later"
BACK: Final = "terug"
STATE: Final = "stand"
WHY: Final = "waarom"
LIST: Final = "lijst"
OLD: Final = "verouderd"
SEND_OLD: Final = "sturen"
PASSED_OLD: Final = "doorgegeven"
DROP_OLD: Final = "vervalt"
NOTHING_TOO_OLD: Final = "Er is niets dat te lang wachtte."
CHOOSE_TOO_OLD: Final = "Typ een nummer, of alleen enter om terug te gaan."
HOW_TOO_OLD: Final = "Typ sturen, doorgegeven of vervalt. Alleen enter laat de inzet staan."
NEW: Final = "nieuw"
NOTE_SIGN: Final = "+"
NOTE: Final = "notitie"
FACTS: Final = "gegevens"
CANNOT_SPEAK: Final = "nietvrij"
DECISION: Final = "besluit"
ORDINARY: Final = "gewoon"
SAY: Final = "zeg"
STATUS: Final = "status"
QUESTION: Final = "vraag"
QUESTIONS: Final = "vragen"
CONSULT: Final = "overleg"
HAND_OVER: Final = "overdracht"
BY_HAND: Final = "hand"
REASON: Final = "reden"
ASSESS_AGAIN: Final = "opnieuw"
ADD: Final = "aanvulling"
ALSO: Final = "ook"
SAID: Final = "gezegd"
REFER: Final = "verwijs"
CALL_BACK: Final = "terugbel"
DESCRIPTION: Final = "signalement"
TAKE: Final = "neem"
PAID: Final = "betaling"
DEVICE: Final = "apparaat"
TRACES: Final = "sporen"
NO_LEADS: Final = "geen"
APPOINTMENT: Final = "afspraak"
PASSED_ON: Final = "doorgezet"
HISTORY: Final = "alles"
SEARCH: Final = "zoek"
SPECIAL: Final = "bijzonder"
YES: Final = ("j", "ja")
NO: Final = ("n", "nee")
DONT_KNOW: Final = ("o", "onbekend")
"""What is typed: each word does one thing."""

PROMPT_ANSWER: Final = "Antwoord of opdracht"
PROMPT_COMMAND: Final = "Opdracht"
PROMPT_CALL: Final = "Melding"
PROMPT_YES_NO: Final = "Ja of nee"
PROMPT_DIGIT: Final = "Cijfer"
PROMPT_NAME: Final = "Naam"
PROMPT_TEXT: Final = "Tekst"
PROMPT_NUMBER: Final = "Nummer"
PROMPT_WAIT: Final = "Enter of opdracht"

HELP: Final = (
    "Typ het nummer of het woord van uw keuze. j, n en o zijn ja, nee en onbekend.",
    "terug: het vorige antwoord opnieuw. later: deze vraag overslaan. stand: alle antwoorden.",
    "waarom: de reden met de bron. stop: klaar.",
)
HELP_CALL: Final = (
    "Typ het nummer of het woord van uw antwoord. j, n en o zijn ja, nee en onbekend. Of typ een opdracht:",
    "+ en dan tekst: zet dat in de notitie. notitie: hoor de notitie en vul aan.",
    "gegevens: adres, terugbelnummer, voor wie, vrij praten. nietvrij: melder kan niet vrij praten.",
    "besluit: kies wat er gebeurt, op elk moment. gewoon: terug naar het gewone protocol.",
    "waarom: de reden met de bron. zeg: wat u nu tegen de melder kunt zeggen. stand: alles wat er staat.",
    "gezegd: leg vast wat u zei. verwijs: waar de melder terecht kan. terugbel: spreek af wanneer u terugbelt.",
    "signalement: wie er gezocht kan worden. neem: bewaar de sporen die in de notitie herkend zijn.",
    "betaling: wat een bank of winkel nodig heeft. apparaat: wat de eenheid moet zoeken of zo laten.",
    "sporen: wat bij deze vorm bewaard moet worden, en wat er al bewaard is. afspraak: wat u afspreekt.",
    "doorgezet: naar wie de melding gaat. alles: alles wat van deze melding is vastgelegd.",
    "terug: het vorige antwoord opnieuw. later: deze vraag overslaan. vraag en een nummer: naar die vraag.",
    "vragen: verder met de vragen. lijst: alle keuzes van deze vraag.",
    "overleg: vraag de OvD-OC om raad, u houdt de melding. overdracht: geef de melding aan een collega.",
    "aanvulling: stuur de eenheid wat er sinds de inzet bij kwam.",
    "hand: u hebt de inzet met de stem doorgegeven. reden: waarom u afweek. status: hoe de inzet ervoor staat.",
    "opnieuw: beoordeel opnieuw met nieuwe feiten. stop: verlaat de melding; zij blijft van u.",
)
HELP_QUEUE: Final = (
    "Typ het nummer van een regel om die melding aan te nemen, of haar eigen nummer, zoals 26-0412.",
    "nieuw: open een melding die alleen telefonisch binnenkwam. lijst: hoor de lijst opnieuw. stop: klaar.",
    "zoek en een nummer, naam of woord: zoek in alle meldingen. Wat u zoekt en leest wordt vastgelegd (Wpg).",
    "verouderd: de inzetten die te lang niet bezorgd konden worden; zeg van elk of die nog weg moet.",
    "papier: voer een formulier in dat tijdens een storing op papier is ingevuld.",
)

PAPER: Final = "papier"
PAPER_HOW: Final = (
    "Van papier: typ over wat er staat, enter slaat over wat er niet staat, stop legt niets vast. "
    "Er gaat niets naar de CAD."
)
PAPER_SURE: Final = "Klopt dit met het papier? Ja legt vast, nee niet."
PAPER_RECORDED: Final = "Het formulier is vastgelegd, later ingevoerd."
TYPE_CHOICE: Final = "Typ wat er voor een keuze staat, of niets als het er niet staat."

FOR_HELP: Final = "Typ ? voor hulp."
OBSERVE: Final = "Zelf waarnemen, niet voorlezen: "
READ_OUT: Final = "Lees voor: "
TYPE_FORM: Final = "Typ een deel van de naam, of lijst voor alle vormen."
TYPE_AGO: Final = "Bijvoorbeeld 20m, 3u, 2d, 3w, gisteren 22:10, of o voor onbekend."
NOTHING_TO_UNDO: Final = "Er is nog geen antwoord om te herstellen."
ANSWERS: Final = "Antwoorden:"
YOU_DECIDE: Final = "U beslist. Er is niets opgeslagen en niets verstuurd."

EMPTY_QUEUE: Final = "Er wacht geen melding. Zodra er een binnenkomt, hoort u dat hier."
QUEUE: Final = "Meldingen:"
CHOOSE_CALL: Final = "Typ een nummer, nieuw, lijst, ? of stop."
NO_SUCH_CALL: Final = "Dat nummer staat niet in de lijst. Typ lijst om de lijst opnieuw te horen."
YOURS: Final = "van u"
NO_WORDS: Final = "nog geen woorden"
NO_PLACE: Final = "plaats onbekend"
UNCONFIRMED: Final = "INZET NOG NIET BEVESTIGD"
TAKE_OVER: Final = "Wilt u de melding overnemen? Typ de reden, of alleen enter om het niet te doen."

ONLY_IN_EXERCISE: Final = "--als werkt alleen in een oefening. Zet oefening aan, of laat --als weg."
ENDED: Final = "Gestopt. Alles wat u invoerde is bewaard; uw meldingen blijven van u."
LEFT: Final = "De melding blijft van u. Alles is bewaard."
NOTE_EMPTY: Final = "De notitie is nog leeg."
NOTE_MORE: Final = "Typ wat erbij moet, of alleen enter om het zo te laten."
NOTE_KEPT: Final = "Genoteerd."
KEEPS: Final = "Alleen enter laat het zo."
KEEPS_OR_WIPES: Final = "Alleen enter laat het zo; wis maakt het leeg."
KEEPS_CONFIRMS_OR_WIPES: Final = "Alleen enter laat het zo; ja: melder herhaalde dit adres; wis maakt het leeg."
WHERE_IS_VICTIM: Final = "“Waar is het slachtoffer nu?”"
AT_THE_CLOSE: Final = "Zeg als u afrondt:"
OTHER_LINE: Final = "andere lijn"
WIPE: Final = "wis"
EMPTY: Final = "leeg"
NOT_TOLD: Final = "nog niet gevraagd"
YES_OR_NO: Final = "Typ ja of nee."
NO_SUCH_COMMAND: Final = "Dat is geen opdracht. Typ ? voor alle opdrachten."
WHICH_QUESTION: Final = "Typ vraag en een nummer, bijvoorbeeld vraag 3."
NOTHING_OPEN: Final = "Er is geen vraag meer die nog iets verandert. Typ besluit, of ? voor alle opdrachten."
NOTHING_TO_SAY: Final = "Er is nu geen zin die hierbij past."
WHICH_SAID: Final = "Wat hebt u gezegd? Typ de nummers, met een spatie ertussen. Alleen enter: niets."
WHICH_REFERRAL: Final = "Waarnaar verwijst u? Typ de nummers, met een spatie ertussen. Alleen enter: nergens naar."
NOWHERE: Final = "Er past nu geen organisatie bij de antwoorden."
SUSPECT: Final = "Wat te zien is, geen oordeel. Alleen enter slaat een onderdeel over."
PAYMENT: Final = "Een betaling. Alleen enter slaat een onderdeel over."
AMOUNT_IS_A_TRACE: Final = "Dit is geen bedrag in euro. Het blijft staan als spoor; typ betaling om het te verbeteren."
CHECKS: Final = (
    "Typ nummer en letter: g gevraagd te bewaren, v veiliggesteld, n niet aanwezig, o niet gevraagd. "
    "Bijvoorbeeld 1g 3v. geen: er is niets om op door te gaan. Alleen enter: klaar."
)
LEADS_ASKED: Final = "Vastgelegd: ernaar gevraagd, en er is niets om op door te gaan."
ONE_NUMBER: Final = "Typ het nummer. Alleen enter: niets."
NUMBER_OR_WORDS: Final = "Typ het nummer, of in woorden wie. Alleen enter: niemand."
WHICH_APPOINTMENT: Final = "Wat spreekt u af?"
TYPE_TO_WHOM: Final = "Typ doorgezet om vast te leggen naar wie."
TYPE_APPOINTMENT: Final = "Typ afspraak om vast te leggen wat u hebt afgesproken."
WHICH_TO_READ: Final = (
    "Typ een nummer om die melding te lezen; bijzonder erachter toont ook bijzondere gegevens. Alleen enter: klaar."
)
SPECIAL_HIDDEN: Final = "niet getoond; typ het nummer met bijzonder erachter, dat wordt vastgelegd"
NO_CLUES: Final = "In de notitie is niets herkend dat nog niet bewaard is."
TAKE_CLUES: Final = "Typ neem om dit als spoor te bewaren."
NOTHING_SENT: Final = "Er is nog niets besloten."
STILL_CHOSEN: Final = "U koos eerder dit en bevestigde het nog niet: "

DECIDE: Final = "Uw besluit:"
CHOOSE: Final = "Typ een cijfer, of terug."
TYPE_DIGIT: Final = "Typ een cijfer van 0 tot en met 9, of terug."
NOT_DECIDED: Final = "Er is niets vastgelegd."
RECORD: Final = "Typ ja om dit vast te leggen, nee om terug te gaan, of een ander cijfer."
SEND: Final = "Typ ja om dit te versturen, nee om terug te gaan, of een ander cijfer."
SEND_ANOTHER: Final = (
    "Typ ja om NOG EEN eenheid te vragen, een tweede inzet; nee om terug te gaan, of een ander cijfer."
)
TRY_AGAIN: Final = "Typ ja om hetzelfde besluit opnieuw te proberen, of nee."
AWAITING: Final = "De stand van de inzet komt hieronder vanzelf. Enter gaat verder; elke opdracht kan ook."

REASONS: Final = "U wijkt af van het voorstel, dat mag. Waarom? Uw besluit staat vast en is verwerkt."
CHOOSE_REASON: Final = "Typ een cijfer of uw eigen woorden. Alleen enter: later, met reden."

NOTHING_RECORDED: Final = "Er is niets veranderd."
TO_WHOM: Final = "Aan wie? Typ de inlognaam van uw collega, of wachtrij. Alleen enter: toch niet."
QUEUE_AGAIN: Final = "wachtrij"
WHAT_TO_KNOW: Final = "Wat moet uw collega weten?"
HANDED_OVER: Final = "Overgedragen. De melding is niet meer van u."
ASK_WHAT: Final = "Wat wilt u de OvD-OC vragen? Alleen enter: toch niet."
ASKED: Final = "Gevraagd. De melding blijft van u; het antwoord komt hier vanzelf."

SEND_NEWS: Final = "Typ ja om dit na te sturen, of nee. Er gaat geen tweede eenheid."
NEWS_SENT: Final = "Vastgelegd; het gaat vanzelf achter de inzet aan."
ALSO_WRONG: Final = "Daarnaast kan alleen 4, 5, 6 of 8, en niet bij overleg of het gewone protocol."


def began(policy: str, version: str) -> str:
    return f"Urgentiecheck {policy} {version}. {FOR_HELP}"


def call(call_id: str, channel: str, number: str, at: str) -> str:
    return f"Melding {call_id}, {channel}, nummer {number or 'onbekend'}, binnen {at}."


def choice(number: int | str, label: str) -> str:
    return f"  {number}  {label}"


def row(number: int, call_id: str, stage: str, waits: str, channel: str, place: str, first_words: str) -> str:
    return f"  {number}  {stage}, {waits}, {channel}, {place}: {first_words} ({call_id})"


def more_rows(count: int) -> str:
    return f"  en nog {count} meldingen; die staan later in de lijst."


def new_call(row: str) -> str:
    return f"NIEUW{row}"


def skipped(label: str) -> str:
    return f"Overgeslagen: {label}"


def undone(label: str) -> str:
    return f"Hersteld, weer open: {label}"


def noted(label: str, value: str) -> str:
    return f"Genoteerd: {label} {value}."


def read_as(said: str) -> str:
    return f"Gelezen als: {said}."


def no_choice(entry: str) -> str:
    return f"'{entry}' is hier geen keuze."


def can_be(labels: list[str]) -> str:
    return f"Dat kan {' of '.join(labels)} zijn. Typ meer."


def no_form(entry: str) -> str:
    return f"Geen vorm heet zo: '{entry}'. Typ lijst voor alle vormen, of o."


def form(label: str, definition: str) -> str:
    return f"  {label}: {definition}"


def hours(count: str) -> str:
    return f"{count} uur voor de melding"


def answered(label: str, value: str) -> str:
    return f"  {label} {value}"


def question(number: int, count: int) -> str:
    return f"Vraag {number} van {count}."


def no_question(count: int) -> str:
    return f"Die vraag is er niet: er zijn er {count}."


def certain(outcome: str) -> str:
    return f"zeker: {outcome}"


def between(least: str, most: str) -> str:
    return f"ten minste: {least}; kan nog: {most}"


def urgency(bounds: str) -> str:
    return f"Urgentie {bounds}."


def after_wish(bounds: str) -> str:
    return f" Na keuze {bounds}."


def surely(outcome: str) -> str:
    return f"Zeker: {outcome}."


def unsure(bounds: str) -> str:
    return f"Niet zeker, {bounds}."


def at_least_because(outcome: str, reason: str) -> str:
    return f"Ten minste: {outcome}, omdat {reason}."


def rule(name: str, why: str, sources: str) -> str:
    return f"  {name}: {why} Bron: {sources}."


def caller_said(first_words: str) -> str:
    return f"Eerste woorden: {first_words}"


def now(value: str) -> str:
    return f"Nu: {value}."


def note(text: str) -> str:
    return f"Notitie: {text}"


def say(line: str) -> str:
    return f"Zeg: “{line}”"


def too_long(limit: int) -> str:
    return f"Dat is te lang: alleen de eerste {limit} tekens zijn bewaard."


def note_full(limit: int) -> str:
    return f"De notitie is vol: alleen de eerste {limit} tekens zijn bewaard."


def line_to_drive_by(number: int, text: str) -> str:
    return f"Regel {number}: {text}"


def control_word(said: str) -> str:
    return f"Controlewoord voor aan de deur: {said}"


def referral(name: str, access: str, *, check: bool) -> str:
    return f"{name}, {access}{', CONTROLEREN' if check else ''}"


def clue(said: str, fault: str) -> str:
    return f"Herkend: {said}{f', {fault}: vraag het na' if fault else ''}"


def earlier_call(call_id: str, when: str) -> str:
    return f"de eerdere melding {call_id}, {when}, zelfde nummer"


def besides(choice: str) -> str:
    return f"Daarnaast: {choice}"


def no_news(cad_name: str) -> str:
    return f"{cad_name} weet alles al: er is niets nieuws om na te sturen."


def addition(cad_name: str, priority: int) -> str:
    return f"Naar {cad_name}, bij de inzet prio {priority}:"


def not_kept(trouble: str) -> str:
    return f"NIET BEWAARD: {trouble}"


def answer_of_lead(by: str, answer: str) -> str:
    return f"OvD-OC {by} antwoordt: {answer}"


def address(text: str) -> str:
    return f"Adres: {text or 'ONBEKEND'}"


def call_back(number: str) -> str:
    return f"Terugbellen: {number or 'ONBEKEND'}"


def role(text: str) -> str:
    return f"Voor wie: {text or NOT_TOLD}"


def command(word: str) -> str:
    return f"'{word}'"


COMMANDS: Final = {
    "F2": FACTS,
    "F3": TRACES,
    "F4": NOTE,
    "F5": DECISION,
    "F6": REFER,
    "F7": REASON,
    "F8": CONSULT,
    "F9": HAND_OVER,
    "F10": BY_HAND,
    "F12": ASSESS_AGAIN,
    "ctrl+g": ORDINARY,
    "ctrl+l": HISTORY,
    "ctrl+o": TAKE,
    "ctrl+p": CANNOT_SPEAK,
    "ctrl+r": CALL_BACK,
    "ctrl+t": SAID,
}
"""What is typed here where the screen has a key."""


def too_old(count: int) -> str:
    return f"VEROUDERD, nog sturen? {count} {'wacht' if count == 1 else 'wachten'} op u, de meest urgente eerst."


def some_too_old(count: int) -> str:
    return f"{count} VEROUDERD: nog sturen? Typ verouderd."


def more_too_old(count: int) -> str:
    return f"  en nog {count}. Een hele dag tegelijk kan in de console, met u en g."


def aged_row(number: int, what: str, waits: str, place: str, maybe: str) -> str:
    return f"  {number}  {what}, wacht {waits}, {place}{f', {maybe}' if maybe else ''}"
