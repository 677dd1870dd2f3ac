"""`meldkamer doctor`: what it saw, and what to do. Short lines: a screen reader says each of them."""

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

NO_FOLDER_REMEDY: Final = "start een programma (meldkamer console), of controleer MELDKAMER_HOME"
FOLDER_REMEDY: Final = "controleer MELDKAMER_HOME, of gegevensmap in /etc/meldkamer/instellingen.toml"
OTHER_DISK: Final = "zet de gegevensmap op een eigen schijf van deze computer (ext4, xfs, btrfs of zfs)"
DISK_KEEPS: Final = "kan het dossier bewaren"
FOR_ONE: Final = "alleen voor de eigenaar"
FILES_SHUT: Final = "geen bestand is te lezen of te schrijven voor anderen"
SPACE_REMEDY: Final = "maak ruimte vrij: df -h, en dossier opschonen"
REPORTS_SHUT: Final = "zijn van een ander account; alleen dat en root lezen ze"
NO_REPORTS: Final = "geen"
REPORTS_REMEDY: Final = "lees het nieuwste en geef het nummer door aan de leverancier"

RESTORE: Final = "leg het werk stil en zet een reservekopie terug (zie docs/beheer.md)"
DAMAGED: Final = "het dossierbestand is beschadigd"
NEWER_PROGRAM: Final = "gebruik de nieuwste versie van het programma"
OLDER_RECORD: Final = "start een programma dat schrijft: meldkamer console, intake of deliver werkt het bij"
VERIFY: Final = "meldkamer dossier verifieer"
COPY: Final = "meldkamer dossier reservekopie /andere/schijf/dossier.db"
NO_COPY_YET: Final = "nog geen; het dossier is nieuw"
NEVER_COPIED: Final = "er is nog nooit een reservekopie gemaakt"
LOG_REMEDY: Final = "sluit een overzicht of console die lang stilstaat; daarna wordt het vanzelf kleiner"

DECIDED: Final = "vastgesteld"
POLICY_REMEDY: Final = "meldkamer beleid activeer BESTAND, met een vastgesteld beleid"
POLICY_CHECK: Final = "meldkamer beleid controleer"
POLICY_OLD: Final = "vraag de eigenaar van het beleid of het nog klopt"

FOLDER_NEEDS_NO_KEY: Final = "niet nodig: cad_soort is bestand"
NO_CAD_NO_KEY: Final = "niet nodig: er is geen CAD ingesteld"
NO_INTAKE_NO_KEY: Final = "niet nodig: er is geen intake ingesteld"
EXERCISE_NEEDS_NO_KEY: Final = "niet nodig in een oefening op deze computer"
DELIVERY_HAS_IT: Final = "de bezorging bereikt het CAD; dit account hoeft er niet bij"
INTAKE_HAS_IT: Final = "de intake draait, en start niet zonder; dit account hoeft er niet bij"
NO_CERTIFICATE: Final = "niet nodig: er is geen eigen certificaat ingesteld"
KEY_FILE_REMEDY: Final = "controleer cad_certificaat_sleutel"
KEY_FILE_OPEN: Final = "niet nodig: de sleutel is niet versleuteld"

NO_CAD: Final = "er is geen CAD ingesteld: inzetten blijven wachten, en iemand geeft ze door"
CAD_REMEDY: Final = "zet cad_url en cad_soort goed, en kijk of het CAD draait (zie docs/cad-contract.md)"
KEY_REMEDY: Final = "meldkamer geheim test cad_token"
AS_ROOT: Final = "sudo meldkamer doctor"
NO_TLS_NEEDED: Final = "niet nodig: er gaat niets over een netwerk"
READABLE: Final = "cad_url begint niet met https://: meldingen zijn onderweg leesbaar"
READABLE_REMEDY: Final = "laat het CAD een certificaat gebruiken, en zet https:// in cad_url"
CERTIFICATE_REMEDY: Final = "vernieuw het certificaat, of controleer cad_ca en cad_certificaat"
NO_END: Final = "het CAD zegt niet tot wanneer zijn certificaat geldt"
NO_INTAKE: Final = "deze meldkamer heeft geen intake"
UNSAID_INTAKE: Final = "niet nagekeken: intake_adres is niet ingesteld"
INTAKE_REMEDY: Final = 'zet intake_adres = "http://127.0.0.1:8111", of "geen" als er geen intake is'
INTAKE_START: Final = "systemctl restart meldkamer-intake; journalctl -u meldkamer-intake"
DELIVERING: Final = "draait"
DELIVERY_COMES_ALONG: Final = "draait nu niet; een console start er zelf een"
NOT_DELIVERING: Final = "draait niet: inzetten gaan niet weg"
DELIVERY_START: Final = "systemctl restart meldkamer-bezorging; journalctl -u meldkamer-bezorging"
DELIVERY_LOOK: Final = "journalctl -u meldkamer-bezorging"
NOBODY_CARRIES: Final = "niet nagekeken: er draait geen bezorging"
NO_SIGN_YET: Final = "nog niet; de bezorging is net begonnen"

PACK_COMES_ALONG: Final = "nog niet; de bezorging maakt het zodra er een console draait"
PACK_REMEDY: Final = "laat de bezorging draaien en kijk in haar logboek; nu een maken: meldkamer deliver --print"
PACK_INSIDE: Final = "in de gegevensmap; op een andere schijf staat het ook klaar als deze stuk is (noodpakket_map)"
PACK_FOLDER_REMEDY: Final = "geef het account van de bezorging schrijfrechten, en ReadWritePaths in haar unit"
NO_PHONES: Final = "leeg: op papier staan dan geen nummers om te bellen"
PHONES_REMEDY: Final = 'zet [telefoonlijst] in instellingen.toml, zoals "Uitgifte Noord" = "088 1234567"'

NO_SYSTEMD: Final = "niet nagekeken: systemd draait hier niet"
NO_SERVICES_NEEDED: Final = "niet nodig: de gegevensmap is van één gebruiker"
UNITS_REMEDY: Final = "cp /opt/meldkamer/current/levering/systemd/* /etc/systemd/system/; systemctl daemon-reload"
NEVER_VERIFIED: Final = "nog niet sinds deze computer is gestart"
VERIFYING_FAILED: Final = "de laatste keer klopte het dossier niet, of lukte het nagaan niet"


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


def no_folder_yet(home: object) -> str:
    return f"{home} is er nog niet"


def folder_closed(home: object, why: str) -> str:
    return f"dit account kan niet in {home} ({why})"


def folder_is_no_folder(home: object) -> str:
    return f"{home} is geen map"


def join_group(group: str | None) -> str:
    if group is None:
        return "voer dit uit onder het account van wie de map is, of als root"
    return f"usermod --append --groups {group} ACCOUNT, en log opnieuw in"


def folder(home: object) -> str:
    return f"{home}"


def folder_mode(home: object, mode: int) -> str:
    return f"{home} heeft rechten {mode:04o}"


def folder_of_another(home: object) -> str:
    return f"{home} is van een ander account"


def chmod(mode: str, path: object) -> str:
    return f"chmod {mode} '{path}'"


def chgrp(group: str, path: object) -> str:
    return f"chgrp -R {group} '{path}'"


def no_group(group: str) -> str:
    return f"de groep {group} bestaat niet"


def make_group(group: str) -> str:
    return f"groupadd --system {group}"


def other_group(home: object, group: str) -> str:
    return f"{home} is niet van de groep {group}"


def not_a_member(group: str) -> str:
    return f"dit account zit niet in de groep {group}"


def for_group(group: str) -> str:
    return f"alleen voor de groep {group}"


def files_open(names: Sequence[str], number: int) -> str:
    return f"{number} zijn open voor anderen of wijzen ergens anders heen, zoals {', '.join(names)}"


def shut(home: object, whom: str) -> str:
    return f"chmod -R {whom}-rwx '{home}'"


def space(megabytes: int, share: int) -> str:
    return f"{megabytes} MB vrij ({share} procent)"


def inodes(number: int) -> str:
    return f"er kunnen nog maar {number} bestanden bij"


def reports(number: int, newest: str, folder: object) -> str:
    return f"{number} in {folder}, het nieuwste van {newest}"


def library(module: str, version: str) -> str:
    return f"{version} ({module})"


def no_threads(library: str) -> str:
    return f"{library} is gebouwd zonder threads"


def steps(found: int, wanted: int) -> str:
    return f"de tabellen zijn van versie {found}, dit programma werkt met {wanted}"


def whole(steps: int) -> str:
    return f"heel, tabellen van versie {steps}"


def broken(table: str, row: int) -> str:
    return f"rij {row} van {table} klopt niet: er is iets veranderd of weggehaald"


def logs(rows: int, anchored: int | None) -> str:
    anchor = "nog geen anker" if anchored is None else f"geankerd tot en met rij {anchored}"
    return f"{rows} rijen, de nieuwste sluiten aan, {anchor}"


def copied(moment: str) -> str:
    return f"de laatste is van {moment}"


def log_size(kilobytes: int) -> str:
    return f"{kilobytes} kB"


def draft(status: str) -> str:
    return f"het beleid is {status}, niet vastgesteld"


def policy(name: str, version: str, stamp: str) -> str:
    return f"{name} {version}, kenmerk {stamp}"


def policy_faults(number: int, checks: Sequence[str]) -> str:
    return f"{number} fouten, zoals {', '.join(checks)}"


def proved(rules: int, examples: int) -> str:
    return f"{rules} regels en {examples} voorbeelden kloppen"


def policy_since(day: str) -> str:
    return f"geldt vanaf {day}"


def no_secret(name: str, said: str) -> str:
    return f"{name} is niet gevonden: {said}"


def key_file_shut(path: object) -> str:
    return f"{path} is alleen voor de bezorging te lezen"


def no_key_file(path: object) -> str:
    return f"{path} is niet te lezen"


def cad_answers(name: str) -> str:
    return f"{name} antwoordt en neemt inzetten aan"


def delivery_reaches(name: str) -> str:
    return f"{name} antwoordt; de bezorging heeft de sleutel, dit account niet"


def cad_wants_key(name: str) -> str:
    return f"{name} antwoordt, maar wil een sleutel die dit account niet heeft: of hij wordt aangenomen, is niet gezien"


def cad_strange(name: str) -> str:
    return f"{name} geeft een onverwacht antwoord"


def tls_fails(name: str, why: str) -> str:
    return f"een veilige verbinding met {name} lukt niet ({why})"


def certificate_until(moment: str) -> str:
    return f"dat van het CAD geldt tot {moment}"


def intake_answers(url: str) -> str:
    return f"antwoordt op {url}"


def old_sign(moment: str) -> str:
    return f"van {moment}: sindsdien niets"


def delivery_fails(error: str) -> str:
    return f"de bezorging bereikt het CAD niet: {error or 'zonder reden'}"


def sign(moment: str) -> str:
    return f"van {moment}"


def no_pack(path: object) -> str:
    return f"{path} is er niet"


def pack_unseen(path: object, why: str) -> str:
    return f"{path} is niet te zien ({why})"


def pack(path: object, moment: str) -> str:
    return f"{path}, gemaakt {moment}"


def no_pack_folder(folder: object) -> str:
    return f"{folder} is er niet"


def make_pack_folder(folder: object) -> str:
    return f"install -d -o meldkamer-dienst -g meldkamer -m 2770 '{folder}'"


def pack_folder_shut(folder: object) -> str:
    return f"in {folder} mag dit account niet schrijven"


def pack_folder(folder: object) -> str:
    return f"{folder}"


def phones(number: int) -> str:
    return f"{number} nummers"


def units_down(units: Sequence[str]) -> str:
    return f"{', '.join(units)} draait niet"


def start_units(units: Sequence[str]) -> str:
    return f"systemctl enable --now {' '.join(units)}; systemctl status {units[0]}"


def units_gone(units: Sequence[str]) -> str:
    return f"{', '.join(units)} is niet geïnstalleerd"


def units(units: Sequence[str]) -> str:
    return f"{', '.join(units)} draait"


def verified(moment: str) -> str:
    return f"op {moment}, zonder fouten"
