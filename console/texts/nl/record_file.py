"""Why the record itself cannot be used: the library, the file, the folder; and who does what about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

BUSY: Final = "Het dossier is bezet door een ander programma. Er is niets vastgelegd. Probeer het opnieuw."
DAMAGED: Final = (
    "Het dossierbestand is beschadigd. Er is niets vastgelegd. "
    "Noteer op papier; de beheerder moet een reservekopie terugzetten."
)
DISK_FULL: Final = "De schijf is vol. Er is niets vastgelegd. Noteer op papier en laat de beheerder ruimte maken."
READ_ONLY: Final = (
    "De gegevensmap is alleen-lezen. Er is niets vastgelegd. "
    "Noteer op papier en laat de beheerder de schijf en de rechten nakijken."
)
DISK_FAILS: Final = "De schijf geeft een fout. Er is niets vastgelegd. Noteer op papier en meld dit aan de beheerder."
NO_RECORD: Final = (
    "Het dossierbestand is geen dossier of is beschadigd. Er is niets vastgelegd. "
    "Noteer op papier; de beheerder moet een reservekopie terugzetten."
)
CANNOT_OPEN: Final = (
    "Het dossierbestand is niet te openen. "
    "Controleer of de gegevensmap bestaat, of u er rechten op hebt, en of de schijf niet alleen-lezen is geworden. "
    "Noteer zolang op papier en waarschuw de beheerder."
)
NO_PERMISSION: Final = "U hebt geen rechten op het dossierbestand. Er is niets vastgelegd. Meld dit aan de beheerder."
NO_WORD_SEARCH: Final = (
    "SQLite op deze computer kan niet op woorden zoeken (FTS5 ontbreekt). "
    "Installeer het pakket pysqlite3, of gebruik Python met een SQLite die FTS5 heeft."
)
OLDER: Final = "Het dossier is van een oudere versie. Start eerst de console; die werkt het bij."
CLOSED: Final = "Het dossier is al gesloten. Start het programma opnieuw."
TAKEN_AWAY: Final = (
    "Het dossierbestand is weggehaald of vervangen. Er is niets vastgelegd. "
    "Noteer op papier en waarschuw de beheerder; start daarna opnieuw."
)
NO_ANCHOR: Final = "geen anker"
TIME_WITHOUT_ZONE: Final = "een tijd zonder zone"
HEAD_FORM: Final = "een kop is een rijnummer, een dubbele punt en ten minste 16 tekens van de code"
HEAD_DIGITS: Final = "in de code van een kop staan alleen cijfers en de letters a tot en met f"


def unexpected(name: str) -> str:
    return f"Het dossier gaf een onverwachte fout ({name}). Er is niets vastgelegd. Meld dit aan de beheerder."


def unclear(name: str) -> str:
    return (
        f"De schijf gaf een fout bij het vastleggen ({name}). Het is niet zeker of dit bewaard is. "
        "Open de melding opnieuw, kijk wat er staat, en noteer op papier. Meld dit aan de beheerder."
    )


def loses_data(version: str) -> str:
    return (
        f"SQLite {version} op deze computer kan vastgelegde gegevens kwijtraken. "
        "Installeer het pakket pysqlite3 (0.6.1 of nieuwer), of gebruik Python met SQLite 3.51.3 of nieuwer."
    )


def setting_refused(name: str, wanted: object, stays: object) -> str:
    return (
        f"SQLite weigert de instelling {name}={wanted} (het blijft {stays}). "
        "Zo is niet zeker dat alles bewaard blijft. Meld dit aan de beheerder."
    )


def newer(there: int, known: int) -> str:
    return (
        f"Het dossier is van een nieuwere versie van dit programma (stap {there}, dit programma kent {known}). "
        "Werk dit programma bij."
    )


def half_gone(database: Path, log: str) -> str:
    return (
        f"{database} ontbreekt, maar {log} is er nog. Er is iets weggehaald. "
        "Zet het bestand terug of haal een reservekopie; verwijder niets."
    )


def no_record_yet(folder: Path) -> str:
    return f"In {folder} staat nog geen dossier. Start eerst de console (meldkamer console) op deze map."


def anchor_fails(file: Path, trouble: str) -> str:
    return (
        f"Het ankerbestand {file} is niet te schrijven ({trouble}). "
        "Vastleggen gaat door. Laat de beheerder de map van de instelling anker nakijken."
    )


def no_group(group: str) -> str:
    return f"De groep {group} bestaat niet op deze computer. Maak de groep, of pas de instelling groep aan."


def no_anchor_folder(folder: Path) -> str:
    return f"De map {folder} van de instelling anker bestaat niet. Maak de map, of pas de instelling aan."


def anchor_folder_closed(folder: Path) -> str:
    return f"In de map {folder} voor het ankerbestand mag u niet schrijven. Vraag de beheerder."


def no_folder(path: Path) -> str:
    return f"{path} is geen map. Kies een andere map met MELDKAMER_HOME."


def folder_of_another(path: Path) -> str:
    return f"De map {path} is van een andere gebruiker. Kies een eigen map, of stel een groep in."


def folder_mode(path: Path, mode: int, needed: str) -> str:
    return f"De map {path} heeft rechten {mode:04o}; nodig is {needed}. Doe: chmod {needed} '{path}'"


def folder_not_of_group(path: Path, group: str | None) -> str:
    return f"De map {path} hoort niet bij de groep {group}. Doe: chgrp -R {group} '{path}'"


def not_in_group(group: str | None) -> str:
    return f"U hoort niet bij de groep {group}. Vraag de beheerder om u toe te voegen, en log opnieuw in."


def copy_of_another(copy: Path) -> str:
    return (
        f"{copy} is een kopie van een ander dossier, of van voor iets dat later is weggehaald. Kies een andere kopie."
    )


def file_leads_elsewhere(file: Path) -> str:
    return f"{file} is een verwijzing naar elders. Haal die weg; het dossier staat in de map zelf."


def file_of_another(file: Path, own: int) -> str:
    return f"Het bestand {file} is van een andere gebruiker. Doe: chown {own} '{file}'"


def file_read_by_others(file: Path, mode: int) -> str:
    return f"Het bestand {file} is leesbaar voor anderen ({mode:04o}). Doe: chmod 0600 '{file}'"


def file_not_of_group(file: Path, group: int) -> str:
    return f"Het bestand {file} hoort niet bij de groep. Doe: chgrp {group} '{file}'"


def file_mode(file: Path, mode: int) -> str:
    return f"Het bestand {file} heeft rechten {mode:04o}; nodig is 0660. Doe: chmod 0660 '{file}'"


def file_system_unseen(path: Path) -> str:
    return f"Van de map {path} is niet na te gaan op welk bestandssysteem die staat."


def network_disk(path: Path, kind: str) -> str:
    return (
        f"De map {path} staat op een netwerk- of doorgeefschijf ({kind}); daar kan het dossier verloren gaan. "
        "Kies met MELDKAMER_HOME een map op een eigen schijf van deze computer."
    )


def passing(path: Path, kind: str) -> str:
    return f"De map {path} staat op {kind}: na een herstart kan alles weg zijn. Gebruik dit alleen om te oefenen."


def unknown_file_system(path: Path, kind: str) -> str:
    return f"De map {path} staat op een onbekend bestandssysteem ({kind}). Vraag de beheerder of dit veilig is."


def no_rights(path: Path) -> str:
    return f"U hebt geen rechten op {path}. Vraag de beheerder, of kies een andere map met MELDKAMER_HOME."


def disk_read_only(path: Path) -> str:
    return f"{path} staat op een alleen-lezen schijf. Laat de beheerder de schijf nakijken."


def disk_full(path: Path) -> str:
    return f"De schijf van {path} is vol. Laat de beheerder ruimte maken."


def folder_unusable(path: Path, why: str) -> str:
    return f"De map {path} is niet te gebruiken: {why}. Kies een andere map met MELDKAMER_HOME."
