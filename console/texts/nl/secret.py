"""`meldkamer geheim`: what was done with a secret, where it was looked for, and what mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

ACTION: Final = "actie"
NAME: Final = "NAAM"
FOLDER: Final = "MAP"
ACTIONS_TITLE: Final = "acties"
YES: Final = "ja"
ACTIONS: Final = {
    "zet": "vraag een sleutel en bewaar hem versleuteld",
    "test": "zeg waar een sleutel staat, en probeer hem",
    "wis": "haal een sleutel weg",
}
FOLDER_HELP: Final = "map met wat voor de diensten klaarligt (/etc/meldkamer)"
SERVICE_HELP: Final = {
    "zet": "versleutel voor de dienst, in plaats van in de sleutelbos (als root)",
    "wis": "wis wat voor de dienst klaarligt, in plaats van in de sleutelbos (als root)",
}
FROM_INPUT_HELP: Final = "lees de sleutel van de invoer (voor een installatieprogramma), zonder te vragen"
YES_HELP: Final = "vraag niet of u het zeker weet"

SERVICE_OF: Final = {
    "intake_token": "meldkamer-intake",
    "cad_token": "meldkamer-bezorging",
    "cad_sleutel_wachtwoord": "meldkamer-bezorging",
}
PLACE: Final = {"sleutelbos": "in de sleutelbos", "dienst": "klaar voor de dienst"}

NEVER_ON_THE_LINE: Final = (
    "Geef een sleutel nooit op de opdrachtregel: anderen op deze computer lezen daar mee. Vraag een nieuwe sleutel, en "
    "geef alleen de naam op; de sleutel wordt daarna gevraagd."
)
INPUT_IS_A_TERMINAL: Final = (
    "--van-invoer is voor een bestand of programma. Laat het weg: dan wordt de sleutel gevraagd."
)
NO_TERMINAL: Final = (
    "Er is geen terminal om de sleutel in te typen. Komt hij uit een programma, gebruik dan --van-invoer."
)
NOBODY_AGREES: Final = "Er is geen terminal om het in te bevestigen. Weet u het zeker, gebruik dan --ja."
NOT_TYPED: Final = "Er is niets ingetypt, of deze terminal kan niet verbergen wat u typt. Er is niets veranderd."
NOT_THE_SAME: Final = "De twee keer is niet hetzelfde getypt. Er is niets veranderd; probeer het opnieuw."
TOO_LONG_FOR_A_LINE: Final = (
    "Een terminal geeft niet meer dan 4095 tekens door, dus de sleutel is misschien niet heel. Er is niets veranderd. "
    "Gebruik --van-invoer."
)
BROKEN_OFF: Final = "Afgebroken."
NOT_AGREED: Final = "Er is niets veranderd."
NOT_KEPT: Final = "de sleutelbos gaf niet terug wat er net in is gezet"
INPUT: Final = "wat op de invoer stond"
AGAIN: Final = "Nog een keer: "

NO_KEY_FILE: Final = "Niet geprobeerd: cad_certificaat_sleutel is niet ingesteld."
FOLDER_NEEDS_NONE: Final = "Niet geprobeerd: een CAD als map (cad_soort bestand) vraagt geen sleutel."
NO_INTAKE: Final = "Niet geprobeerd: intake_adres is niet ingesteld."


def refused(sentence: str) -> str:
    return f"meldkamer geheim: {sentence}"


def unknown_name(known: Sequence[str]) -> str:
    return f"Dat is geen naam van een sleutel. Bekend zijn: {', '.join(known)}. Geef nooit de sleutel zelf op."


def first(name: str) -> str:
    return f"Typ of plak {name} (hij wordt niet getoond): "


def in_key_ring(name: str, account: str) -> str:
    return f"{name} staat in de sleutelbos van {account}: programma's van dat account vinden hem daar."


def sealed(name: str, file: object, service: str) -> str:
    return (
        f"{name} staat versleuteld in {file}; alleen deze computer kan hem openen.\n"
        f"In de unit van {service} hoort deze regel:\n"
        f"  LoadCredentialEncrypted={name}:{file}\n"
        f"Daarna: systemctl daemon-reload; systemctl restart {service}"
    )


def other_way(why: str, name: str) -> str:
    return (
        f"{why}. Bewaar hem voor een dienst met: meldkamer geheim zet {name} --dienst (als root). Zonder dienst: start "
        "het programma zelf in een terminal, dan vraagt het erom."
    )


def only_root(name: str) -> str:
    return f"Alleen root kan een sleutel voor een dienst klaarleggen. Doe: sudo meldkamer geheim zet {name} --dienst"


def cannot_seal(name: str, oldest: int, plain: object) -> str:
    return (
        f"systemd kan hier niet versleutelen (daarvoor is systemd-creds nodig, vanaf systemd {oldest}). Zo werkt het "
        f"wel: doe install -m 0600 /dev/null {plain}, zet de sleutel als enige regel in dat bestand, en zet in de unit "
        f"LoadCredential={name}:{plain}"
    )


def folder_of_others(folder: object) -> str:
    return (
        f"{folder} hoort van root te zijn en niet te schrijven voor anderen. "
        f"Doe: chown root {folder}; chmod 0755 {folder}"
    )


def not_written(file: object, why: str) -> str:
    return f"{file} kan niet worden geschreven of gewist ({why}). Er is niets veranderd."


def seal_failed(said: str) -> str:
    return f"systemd-creds lukte niet ({said}). Er is niets veranderd."


def only_root_opens(file: object) -> str:
    return f"{file} ligt klaar voor de dienst; alleen root kan nagaan of hij opengaat"


def not_opened(file: object, why: str) -> str:
    return f"of {file} er is, kan dit account niet zien ({why})"


def ready(file: object) -> str:
    return f"{file} ligt klaar voor de dienst en gaat open"


def none_ready(file: object) -> str:
    return f"{file} is er niet"


def record_unseen(folder: object, why: str) -> str:
    return (
        f"In {folder} kan dit account niet kijken ({why}), dus het register kan dit niet vastleggen. Er is niets "
        "veranderd. Doe het onder een account van de meldkamer, of als root."
    )


def no_record(folder: object) -> str:
    return f"Niet vastgelegd wie dit deed: in {folder} staat nog geen dossier."


def noted(what: str, who: str) -> str:
    return f"In het register staat: {what}, door {who}."


def sure(name: str, place: str) -> str:
    return f"{name}, {place}: wissen? Wie hem nodig heeft, werkt daarna niet meer. Typ ja: "


def was_not_there(name: str, place: str) -> str:
    return f"{name} stond niet {place}. Er is niets veranderd."


def wiped(name: str, place: str, service: str) -> str:
    return f"{name} staat niet meer {place}. Wat al draait, kent hem nog: systemctl restart {service}"


def looked_for(name: str) -> str:
    return f"{name}, waar gezocht is:"


def nowhere(mend: str) -> str:
    return f"Niet gevonden. {mend[:1].upper()}{mend[1:]}."


def opens(file: object) -> str:
    return f"Geprobeerd: {file} gaat ermee open."


def cad_takes_it(name: str, trouble: str) -> str:
    return f"Geprobeerd: {name} neemt hem aan.{f' Maar: {trouble}.' if trouble else ''}"


def cad_refuses_it(said: str) -> str:
    return f"Geprobeerd: {said}. Vraag de beheerder van het CAD een nieuwe."


def cad_not_asked(name: str, said: str) -> str:
    return f"Geprobeerd, maar er is niets over te zeggen: {said or name}."


def no_cad(why: str) -> str:
    return f"Niet geprobeerd: {why}."


def intake_takes_it(url: str) -> str:
    return f"Geprobeerd: de intake op {url} neemt hem aan."


def intake_refuses(url: str) -> str:
    return (
        f"Geprobeerd: de intake op {url} weigert hem. Die kent een andere: is de dienst herstart nadat hij is gezet? "
        "Doe: systemctl restart meldkamer-intake"
    )


def intake_unreachable(url: str) -> str:
    return f"De intake op {url} is niet bereikbaar. Kijk met: systemctl status meldkamer-intake"


def intake_unwell(url: str, status: int) -> str:
    return (
        f"Op {url} antwoordt iets anders dan een intake die werkt ({status}). Kijk met: journalctl -u meldkamer-intake"
    )
