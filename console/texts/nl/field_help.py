"""What each field is for and what it takes; what a screen or dialog is for."""

from __future__ import annotations

from typing import Final

HELP: Final = "hulp bij dit veld"

FIELDS: Final = {
    "nummer": (
        "NUMMER OP HET FORMULIER",
        "Het gereserveerde nummer: 26-9001, of kort 9001. Elk nummer kan één keer.",
        "Telde de ruimte zelf, typ dan P1, P2 en verder: de melding krijgt het volgende gewone nummer.",
    ),
    "gebeld": (
        "GEBELD OM",
        "De tijd op het formulier: 14:05 of 1405. Zonder dag is het de laatste keer dat het zo laat was.",
        "Een andere dag: gisteren 22:10, ma 09:15, 21-11 22:10. De hele datum staat eronder: kijk of die klopt.",
    ),
    "kanaal": ("KANAAL", "Het nummer dat de melder belde."),
    "besluit": (
        "BESLUIT OP PAPIER",
        "Wat er toen besloten is, met hetzelfde cijfer als in een gewone melding.",
        "Is er nog niet besloten, kies dan n: de melding gaat open en u beslist nu. Dat besluit gaat wel naar de CAD.",
    ),
    "besloten": (
        "BESLOTEN OM",
        "De tijd van het besluit. Zonder dag: de eerste keer na het bellen.",
    ),
    "waarom": ("WAAROM", "Wat er bij Waarom staat. Wijkt het besluit af van het voorstel, dan is dit de reden."),
    "PaperScreen.aan": ("DOORGEGEVEN AAN", "Wie het aannam: de uitgifte, een collega, een andere dienst."),
    "doorgegeven": (
        "DOORGEGEVEN OM",
        "Hoe laat iemand het aannam. Staat er bij een eenheid geen tijd, laat het dan leeg:",
        "de inzet komt als ONDUIDELIJK in de wachtrij, en u belt de uitgifte om het na te vragen.",
    ),
    "eenheid": ("EENHEID", "Het roepnummer dat ging, als het erbij staat."),
    "centralist": (
        "CENTRALIST OP HET FORMULIER",
        "Wie de melder toen aan de lijn had. Dat u het invoert, staat erbij.",
    ),
    "signalement": (
        "SIGNALEMENT",
        "Wat van een afstand te zien is: geslacht, leeftijd, lengte, haar, kleding, tas.",
        "Alleen wat melder zag; een naam hoort hier alleen bij als melder die zeker weet.",
    ),
    "richting": (
        "RICHTING",
        "Welke kant de verdachte op ging, en hoe laat.",
        "Bijvoorbeeld: te voet naar de Brink, 14.05.",
    ),
    "voertuig": ("VOERTUIG", "Soort, merk, kleur en wat opvalt. Het kenteken heeft een eigen regel."),
    "kenteken": ("KENTEKEN", "Zoals melder het zag. Een deel mag ook: schrijf een punt voor wat niet bekend is."),
    "apparaat": ("APPARAAT", "Computer, telefoon, tablet of ander toestel waar sporen op kunnen staan (S1.19)."),
    "toestand": (
        "HOE STAAT HET APPARAAT ERVOOR",
        "Aan of uit, vergrendeld of niet, los van het netwerk of niet.",
        "Vraag melder niets te wissen en niets opnieuw te installeren.",
    ),
    "bedrag": (
        "BEDRAG",
        "In euro, met of zonder centen: 1250, 1.250 of 1250,00.",
        "Wat niet te lezen is, wordt als spoor bewaard. Het bedrag telt niet mee voor het voorstel.",
    ),
    "rekening": (
        "WAARHEEN",
        "IBAN, walletadres of bestelnummer. Een verkeerd controlecijfer wordt gemeld, niet geweigerd.",
        "De bank of winkel heeft dit nodig om te kunnen stoppen (S0.46).",
    ),
    "tijd": ("WANNEER", "Zo precies als melder het weet: vandaag 13.40, gisteravond, 2 maart."),
    "aan": ("AAN WIE", "Wie het geld ontving, en dus wie het kan tegenhouden: bank, winkel, beurs of een ander."),
    "PaymentScreen.naam": (
        "NAAM VAN DE ONTVANGER",
        "De naam die bij de rekening of winkel stond, ook als die vals lijkt.",
    ),
    "wie": ("AAN WIE DRAAGT U OVER", "Kies een collega, of de wachtrij. De collega ziet wat u erbij schrijft."),
    "HandOverScreen.naam": ("NAAM VAN DE COLLEGA", "De inlognaam van wie de melding overneemt."),
    "weten": (
        "WAT MOET DE COLLEGA WETEN",
        "Wat niet al in de melding staat: wat u melder beloofde, wat nog moet gebeuren.",
    ),
    "nieuw": (
        "NIEUW SPOOR",
        "Typ wat melder noemt: IBAN, nummer, webadres, bedrag, tijd of het ID van een meekijkprogramma.",
        "U ziet meteen hoe het gelezen wordt; enter legt het vast. Klopt een controlecijfer niet, dan staat dat erbij.",
    ),
    "vraag": (
        "ZOEKEN IN ALLE MELDINGEN",
        "Een nummer, rekening, adres, naam of woord. Elke zoekvraag wordt vastgelegd (Wpg 32a).",
    ),
    "vervolg": (
        "WAT IS AFGESPROKEN",
        "Wat bij dit besluit hoort: dag en tijd, tijdvak, of naar wie u doorzet.",
    ),
    "notitie": (
        "NOTITIE",
        "Wat melder vertelt, in uw woorden. Tot 10.000 tekens; elke letter wordt bewaard terwijl u typt.",
        "Wat erin herkend is (rekening, nummer, webadres) legt ctrl+o vast als spoor, een per keer.",
        "Enter of escape gaat terug naar de vragen. De notitie gaat met de inzet mee naar de eenheid.",
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
        "Waar melder nu is: straat, huisnummer en plaats. De eenheid rijdt hierheen.",
        "Is het slachtoffer ergens anders? Vraag waar, en zet dat adres hier: daar moet de eenheid heen.",
        "Een ander adres dan dat van de melding krijgt geen coördinaten mee.",
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
    "herhaald": (
        "ADRES HERHALEN",
        "Herhaal het adres hardop. Pas als melder het bevestigt, weet u dat de eenheid goed rijdt.",
        "Wijzigt het adres daarna, dan telt de bevestiging niet meer.",
    ),
    "melder": ("NAAM VAN MELDER", "Hoe melder heet. Wie het slachtoffer is, staat apart."),
    "slachtoffer": ("SLACHTOFFER", "Wie het slachtoffer is, als een ander belt."),
    "slachtoffer-nummer": ("NUMMER VAN HET SLACHTOFFER", "Waarop het slachtoffer zelf veilig te bereiken is."),
    "weet": (
        "WEET HET SLACHTOFFER DAT ER GEBELD WORDT",
        "Zo niet, dan staat de eenheid onverwacht voor de deur: zeg dat, of bel het slachtoffer eerst.",
    ),
    "bedrijf": ("BEDRIJF", "Welk bedrijf het slachtoffer is."),
    "contact": ("WIE MAG NAMENS HET BEDRIJF SPREKEN", "Wie aangifte kan doen en beslissen; niet altijd wie belt."),
    "contact-nummer": ("NUMMER VAN HET CONTACT", "Waarop die persoon nu te bereiken is."),
    "eerder": (
        "EERDER OVERKOMEN",
        "Wie eerder slachtoffer was, loopt meer risico. De eenheid en het slachtofferteam horen dit.",
    ),
    "waar": (
        "WAAR IS HET SLACHTOFFER NU",
        "Belt een ander, dan is het adres vaak dat van melder. De eenheid moet naar het slachtoffer.",
    ),
    "taal": (
        "TAAL OF TOLK",
        "Welke taal het slachtoffer spreekt en of er een tolk nodig is. De eenheid krijgt dit mee.",
    ),
    "suicidaliteit": (
        "GEVAAR VOOR ZICHZELF",
        "Vraag het rechtstreeks. Alleen ja, nee of weet niet wordt bewaard; het staat in geen lijst.",
        "Is er nu gevaar? Zeg dat bij vraag 1: dat telt mee in het voorstel en gaat naar de eenheid.",
    ),
    "beelden": (
        "SEKSUELE BEELDEN",
        "Alleen ja, nee of weet niet wordt bewaard. Schrijf nergens op wat er op de beelden staat.",
    ),
    "indruk": (
        "INDRUK",
        "Wat u ervan vindt: uw oordeel, geen feit. Het staat apart en gaat als indruk mee naar de eenheid.",
    ),
    "sporen": (
        "SPOREN",
        "Wat een rechercheur kan volgen, en wat bewaard moet blijven. Alles wat u doet is meteen vastgelegd.",
        "b betaling, a apparaat, s signalement.",
        "Bij 'te bewaren': g gevraagd, v veiliggesteld, n niet aanwezig, o weer niet gevraagd.",
        "backspace en dan enter neemt iets terug; het blijft in het dossier staan als teruggenomen.",
        "k: gevraagd, en er zijn geen aanknopingspunten. Dat is iets anders dan niet gevraagd.",
    ),
    "reden": (
        "REDEN",
        "Waarom u de melding overneemt. Uw collega krijgt dit te zien, en het staat in het dossier.",
    ),
}

PLACES: Final = {
    "OverviewScreen": (
        "OVERZICHT",
        "Wat de hele meldkamer doet: wie er wacht, wat vastloopt, en welke vragen er aan de OvD-OC openstaan.",
        "Kies een vraag met de pijltjes; p zegt dat u ernaar kijkt, v geeft antwoord. U verandert hier verder niets.",
    ),
    "TooOldScreen": (
        "VEROUDERD: NOG STUREN?",
        "Inzetten die te lang niet bezorgd konden worden. Ze gaan niet meer vanzelf weg: misschien is er al iemand.",
        "Enter kiest een inzet: nu sturen, doorgegeven, of niet meer nodig. Wat u doet, staat op uw naam.",
        "g toont ze per prio en dag. Een hele dag sturen kan pas als u het aantal typt.",
    ),
    "AgedScreen": (
        "NOG STUREN?",
        "s: de inzet gaat nu naar de uitgifte. F10: u hebt hem doorgegeven. x: niet meer nodig, met een reden.",
        "Staat er dat hij misschien al is aangekomen, bel dan eerst de uitgifte.",
    ),
    "AgedGroupScreen": (
        "ALLES VAN DEZE PRIO EN DAG",
        "s stuurt alle, x laat alle vervallen met één reden. U typt daarna het aantal, als bevestiging.",
        "Wat intussen een collega deed, of wat er later bij kwam, telt niet mee.",
    ),
    "PaperScreen": (
        "VAN PAPIER",
        "Typ een papieren formulier over, in de volgorde van het papier. Wat er niet op staat, laat u leeg.",
        "Er gaat niets naar de CAD: wat op papier besloten is, is al doorgegeven. Na de laatste regel legt enter vast.",
    ),
    "CallScreen": (
        "MELDING",
        "Links de vragen, rechts het voorstel met de reden, en wat u nu kunt zeggen. Alles is meteen bewaard.",
        "Ga naar een vraag en druk F1: dan staat hier wat de antwoorden betekenen.",
    ),
    "FactsScreen": (
        "GEGEVENS",
        "Waar het slachtoffer is, hoe u terugbelt, wie er belt en of melder vrij kan praten.",
        "Dit komt boven in de melding en gaat mee met de inzet. Het telt niet mee voor het voorstel.",
    ),
    "TracesScreen": (
        "SPOREN",
        "Boven typt u een nieuw spoor; daaronder staat wat er is, en wat bij deze vorm te bewaren is.",
        "g gevraagd te bewaren, v veiliggesteld, n niet aanwezig, o nog niet gevraagd.",
    ),
    "SuspectScreen": ("VERDACHTE", "Waar de eenheid naar uit kan kijken. Alleen feiten, geen oordeel."),
    "DeviceScreen": ("APPARAAT", "Wat de eenheid moet zoeken of laten zoals het is."),
    "PaymentScreen": (
        "BETALING",
        "Alles wat een bank of winkel nodig heeft om te stoppen. Wat open blijft, staat onderaan.",
    ),
    "TakeOverScreen": ("OVERNEMEN", "Neem een melding over van een collega, met een reden die de collega ziet."),
    "HandOverScreen": (
        "OVERDRACHT",
        "Geef de melding aan een collega of terug aan de wachtrij. Alle antwoorden en notities gaan mee.",
    ),
    "ConsultScreen": (
        "OVERLEG",
        "Stel de OvD-OC een vraag. De melding blijft van u, en u kunt gewoon doorgaan met de vragen.",
    ),
    "AnswerScreen": ("ANTWOORD OP OVERLEG", "Wat de OvD-OC antwoordt; de centralist ziet het meteen in de melding."),
    "CallBackScreen": (
        "TERUGBELAFSPRAAK",
        "Wanneer u melder terugbelt: over 10 minuten, 14.30, morgen 9.00. De wachtrij waarschuwt op tijd.",
    ),
    "AdditionScreen": (
        "AANVULLING",
        "Wat er nieuw is sinds de inzet gaat als aanvulling mee. Er komt geen tweede eenheid.",
    ),
    "OfferScreen": (
        "EERDERE MELDING",
        "Deze melding hoort bij een eerdere. Enter opent die, escape blijft hier; alles is bewaard.",
    ),
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
