"""What `meldkamer doctor` saw of the data folder, record, policy, secrets, links, downtime pack and services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

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
