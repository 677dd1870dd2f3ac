"""`meldkamer doctor`: how it tells, and what it saw of program, terminal, clock and settings. Short lines: a screen
reader says each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

JSON_HELP: Final = "voor een programma: dezelfde bevindingen als JSON"
STRICT_HELP: Final = "eindig met 1 als er ook maar iets let op is"
KEYS_HELP: Final = "probeer de toetsen van deze terminal: @ € [ ] { }, F1 tot en met F12, escape, pijlen"
KEYS_NOT_AS_JSON: Final = "--toetsen kan niet samen met --json"
KEYS_NEED_A_TERMINAL: Final = "--toetsen werkt alleen in een terminal"
KEYS_HEAD: Final = "Druk telkens op de toets die wordt gevraagd. Kan dat niet: spatie. Stoppen: ctrl+c."
KEYS_ENDED: Final = "gestopt"
KEYS_ALL: Final = "Alle toetsen komen aan."
ARRIVED: Final = "ok"
SKIPPED: Final = "overgeslagen"
ESCAPE: Final = "escape"
UP: Final = "pijl omhoog"
DOWN: Final = "pijl omlaag"
BACKSPACE: Final = "backspace"
STATUS: Final = {"ok": "ok", "let_op": "let op", "fout": "FOUT"}
SUBJECTS: Final = {
    "account": "Programma",
    "terminal": "Terminal",
    "clock": "Taal en klok",
    "setup": "Instellingen",
    "folder": "Gegevensmap",
    "record": "Dossier",
    "policy": "Beleid",
    "keys": "Sleutels",
    "links": "CAD, intake en bezorging",
    "downtime": "Noodpakket",
    "services": "Diensten",
}
NAMES: Final = {
    "account": "account",
    "python": "Python",
    "pakketten": "pakketten",
    "variabelen": "variabelen die code laden",
    "geheugenafdruk": "geheugenafdruk bij een storing",
    "terminal": "soort terminal",
    "grootte": "grootte",
    "kleuren": "kleuren",
    "tekens": "tekens",
    "taal": "taal",
    "tijdzone": "tijdzone",
    "datum": "datum",
    "klok": "klok",
    "kloksprong": "sprongen van de klok",
    "instellingen": "instellingen",
    "machinebestand": "instellingen van de machine",
    "eigen-variabelen": "MELDKAMER_-variabelen",
    "rollen": "rollen",
    "inlogschil": "console als inlogschil",
    "gegevensmap": "map",
    "bestandssysteem": "schijf",
    "rechten": "rechten van de map",
    "bestanden": "rechten van de bestanden",
    "schijfruimte": "ruimte",
    "storingen": "verslagen van storingen",
    "sqlite": "SQLite",
    "dossier": "dossier",
    "logboeken": "logboeken",
    "reservekopie": "reservekopie",
    "wal": "logbestand van SQLite",
    "beleid": "actief beleid",
    "beleidstoets": "toets van het beleid",
    "beleidsdatum": "ouderdom van het beleid",
    "cad_token": "cad_token",
    "intake_token": "intake_token",
    "cad_sleutel_wachtwoord": "cad_sleutel_wachtwoord",
    "cad": "CAD",
    "certificaat": "certificaat",
    "intake": "intake",
    "bezorging": "bezorging",
    "bezorgd": "laatste teken van de bezorging",
    "noodpakket": "noodpakket",
    "noodpakketmap": "map van het noodpakket",
    "telefoonlijst": "telefoonlijst",
    "diensten": "diensten",
    "timers": "timers",
    "nagegaan": "dossier nagegaan",
}
NO_SETTINGS: Final = "de instellingen zijn niet te lezen"
NO_FOLDER: Final = "er is geen gegevensmap"
NO_RECORD: Final = "er is nog geen dossier, of dit account kan er niet bij"
HUNG_REMEDY: Final = (
    "voer meldkamer doctor opnieuw uit; blijft het zo, kijk dan wat er vastzit (schijf, netwerk, sleutelbos)"
)
BROKE_REMEDY: Final = "installeer opnieuw met ./installeer; blijft het zo, geef deze regel dan door aan de beheerder"
REINSTALL: Final = "installeer deze versie opnieuw: ./installeer (zie docs/installatie.md)"
PYTHON_REMEDY: Final = "installeer Python 3.11 of nieuwer, en daarna deze versie opnieuw"
NO_PINS: Final = "niet na te gaan: de lijst met versies van deze levering is er niet"
NO_VARIABLES: Final = "geen TEXTUAL-, PYTHON- of LD_-variabelen"
CORE: Final = "bij een storing bewaart het systeem een afdruk van het geheugen, met namen en sleutels"
CORE_REMEDY: Final = "ulimit -c 0 (en LimitCORE=0 in een unit)"
NO_CORE: Final = "er wordt geen afdruk van het geheugen bewaard"
NO_TERMINAL: Final = "niet nagekeken: dit liep niet in een terminal"
TERM_REMEDY: Final = "zet TERM op wat de terminal is, bijvoorbeeld: export TERM=xterm-256color"
SIZE_REMEDY: Final = "maak het venster ten minste 80 tekens breed en 24 regels hoog"
TERMINFO_REMEDY: Final = "apt install ncurses-base, of zet TERM op een terminal die dit systeem kent"
ENCODING_REMEDY: Final = "export LANG=nl_NL.UTF-8 (of C.UTF-8)"
NO_ZONE: Final = "Europe/Amsterdam is op deze computer niet bekend"
STRANGE_ZONE: Final = "Europe/Amsterdam heeft hier niet de Nederlandse winter- en zomertijd"
ZONE: Final = "Europe/Amsterdam is bekend, met winter- en zomertijd"
CLOCK_REMEDY: Final = "zet de klok gelijk en houd hem gelijk: timedatectl set-ntp true"
CLOCK_KEPT: Final = "wordt gelijk gehouden"
CLOCK_AGREES: Final = "loopt gelijk met het CAD; of iets hem gelijk houdt, zegt dit systeem niet"
CLOCK_LOOSE: Final = "niets houdt de klok gelijk, en er is geen CAD om hem naast te houden"
CLOCK_STEADY: Final = "de klok liep gelijkmatig terwijl er gekeken werd"
SETTINGS_REMEDY: Final = "verbeter dat; een programma start er niet mee"
ONE_USER: Final = "niet nodig: de gegevensmap is van één gebruiker"
MACHINE_REMEDY: Final = "zet de instellingen daar, met gegevensmap en groep (zie docs/installatie.md)"
NO_OWN_VARIABLES: Final = "geen"
NO_ROLES_NEEDED: Final = "niet nodig: de gegevensmap is van één gebruiker"
NO_ROLES: Final = "er zijn geen rollen ingesteld: iedereen in de groep mag alles"
ROLES_REMEDY: Final = "zet [rollen] in /etc/meldkamer/instellingen.toml (zie docs/installatie.md)"
NAMES_REMEDY: Final = "maak dat account of die groep, of haal de naam uit [rollen]"
SHELL_REMEDY: Final = "cp /opt/meldkamer/current/levering/inlogschil/* /usr/local/bin/; chown root, chmod 0755"
SHELLS_REMEDY: Final = "haal die regel uit /etc/shells: nu kan iemand met chsh een gewone shell kiezen"


def press(name: str) -> str:
    return f"{name}: "


def arrived_as(what: str) -> str:
    return f"FOUT, er kwam: {what}"


def keys_missed(names: Sequence[str]) -> str:
    return (
        f"Niet goed aangekomen: {' '.join(names)}. Kijk naar de toetsenbordindeling (Nederlands of VS internationaal), "
        "naar TERM, en of de thin client of ssh-client deze toetsen zelf gebruikt."
    )


def refused(sentence: str) -> str:
    return f"meldkamer doctor: {sentence}"


def head(account: str) -> str:
    return f"Deze computer, nagekeken onder account {account}. Er is niets veranderd."


def remedy(what: str) -> str:
    return f"Doe: {what}"


def tally(well: int, attention: int, wrong: int) -> str:
    return f"{well} ok, {attention} let op, {wrong} fout."


def not_looked_at(why: str) -> str:
    return f"niet nagekeken: {why}"


def hung(seconds: float) -> str:
    return f"geen antwoord binnen {seconds:.0f} seconden"


def broke(kind: str, place: str) -> str:
    return f"deze controle ging zelf stuk ({kind} in {place})"


def account(name: str, number: int, groups: Sequence[str]) -> str:
    return f"{name} ({number}), in de groepen {', '.join(groups)}"


def python(version: str, where: str) -> str:
    return f"{version} in {where}"


def other_version(name: str, there: str, wanted: str) -> str:
    return f"{name} is {there}, hoort {wanted} te zijn"


def packages_differ(other: Sequence[str], gone: Sequence[str]) -> str:
    return "; ".join((*other, *(f"{name} ontbreekt" for name in gone)))


def packages_extra(names: Sequence[str], number: int) -> str:
    return f"{number} die niet bij deze versie horen, zoals {', '.join(names)}"


def packages(number: int, where: str) -> str:
    return f"{number}, met de versies van {where}"


def variables(names: Sequence[str]) -> str:
    return f"gezet: {', '.join(names)}; een vergrendelde console laat ze weg"


def unset(names: Sequence[str]) -> str:
    return f"unset {' '.join(names)}"


def unfit_terminal(term: str) -> str:
    return f"TERM is {term or 'leeg'}: hierop kan geen scherm worden getekend"


def terminal(term: str) -> str:
    return term


def size(columns: int, lines: int) -> str:
    return f"{columns} tekens breed, {lines} regels hoog"


def no_terminfo(term: str) -> str:
    return f"dit systeem kent de terminal {term} niet"


def colours(number: int) -> str:
    return f"{number} kleuren; alles staat er ook in woorden" if number else "geen; alles staat er in woorden"


def encoding(name: str) -> str:
    return f"de uitvoer is {name} en geen UTF-8: letters met accenten worden een vraagteken"


def glyphs(*, curly: bool) -> str:
    return f"UTF-8, {'gekrulde' if curly else 'rechte'} aanhalingstekens"


def language(named: str, encoding: str) -> str:
    return f"{named or 'niet gezet'}, {encoding}"


def clock(moment: str) -> str:
    return f"het is {moment} (UTC)"


def clock_differs(seconds: float) -> str:
    return f"de klok loopt {abs(seconds):.0f} seconden {'voor' if seconds > 0 else 'achter'} op die van het CAD"


def clock_jumps(seconds: float) -> str:
    return f"de klok sprong {seconds:+.1f} seconden terwijl er gekeken werd"


def settings_of(path: object) -> str:
    return f"te lezen, uit {path} en de variabelen"


def no_machine_file(path: object) -> str:
    return f"{path} geldt hier niet: wie in de groep zit, kan de instellingen veranderen"


def machine_file(path: object) -> str:
    return f"{path}, alleen door root te wijzigen"


def overruled(names: Sequence[str]) -> str:
    return f"gaan hier vóór de instellingen van de machine: {', '.join(names)}"


def own_variables(names: Sequence[str]) -> str:
    return f"gaan vóór het bestand: {', '.join(names)}"


def unknown_names(names: Sequence[str]) -> str:
    return f"in [rollen] staat wie dit systeem niet kent: {', '.join(names)}"


def role_of_nobody(roles: Sequence[str]) -> str:
    return f"niemand heeft de rol {' of '.join(roles)}"


def roles(each: Sequence[str]) -> str:
    return ", ".join(each)


def shells_closed(shells: Sequence[str]) -> str:
    return f"{', '.join(shells)} is er niet, is niet van root of is te wijzigen: niemand logt er veilig mee in"


def shells_offered(shells: Sequence[str]) -> str:
    return f"{', '.join(shells)} staat in /etc/shells"


def homes_open(accounts: Sequence[str]) -> str:
    return f"de map van {', '.join(accounts)} is van dat account zelf: daar kan iets klaargelegd worden"


def home_remedy(account: str) -> str:
    return f"chown root: ~{account}; chmod 0755 ~{account}"


def shells(locked: int, people: int) -> str:
    return f"bij {locked} van {people} centralisten; de anderen hebben een gewone shell"
