"""The settings file of the machine: what is wrong with it, and what mends it."""

from __future__ import annotations

from typing import Final

NEEDS_FOLDER: Final = 'zet er gegevensmap = "/var/lib/meldkamer" in: voor die map geldt het'
NOBODY_HAS_A_ROLE: Final = 'hier hoort ten minste één rol met een account, zoals centralist = ["j.devries"]'


def link(path: object) -> str:
    return (
        f"{path} is een verwijzing. Voor de instellingen van deze computer moeten het bestand zelf en de echte mappen "
        f"daar staan. Kijk waar het heen wijst (ls -l {path}) en zet het er neer."
    )


def no_file(path: object) -> str:
    return f"{path} is geen gewoon bestand. Haal weg wat er staat en zet er het bestand met instellingen neer."


def of_another(path: object, owner: int, expected: str) -> str:
    return (
        f"{path} is van account {owner} en moet van {expected} zijn: wie het mag wijzigen, verdeelt de rollen. "
        f"Kijk eerst na wat er staat; daarna als root: chown {expected} {path}"
    )


def others_may_write(path: object, mode: int) -> str:
    return (
        f"Anderen dan root mogen {path} wijzigen (rechten {mode:04o}): wie dat mag, verdeelt de rollen. "
        f"Kijk eerst na wat er staat; daarna als root: chmod go-w {path}"
    )


def unreadable(path: object, reason: str) -> str:
    return (
        f"{path} kan niet worden gelezen: {reason}. Elk account moet het bestand kunnen lezen: als root chmod 0755 op "
        "de map en chmod 0644 op het bestand. Er hoort geen sleutel in."
    )


def missing(path: object) -> str:
    return (
        f"Met --vergrendeld is {path} nodig, en dat is er niet. "
        "Maak het als root, met gegevensmap en [rollen]; docs/installatie.md zegt hoe."
    )


def needs_roles(path: object) -> str:
    return (
        f"Met --vergrendeld moet in {path} staan wie welke rol heeft. "
        'Zet er [rollen] in, zoals: centralist = ["@mk-centralisten"]'
    )


def only_there(key: str, where: str, path: object) -> str:
    return (
        f"Instelling '{key}' in {where} telt niet: die hoort alleen in {path}, dat alleen root wijzigt. Haal haar weg."
    )


def not_by_variable(key: str, path: object) -> str:
    return (
        f"Instelling '{key}' is met een variabele anders gezet dan in {path}. Zijn er rollen, dan mag dat niet. "
        "Haal de variabele weg."
    )


def no_longer(path: object) -> str:
    return (
        f"{path} geldt niet meer voor deze gegevensmap, of is weg. "
        "De vorige instellingen blijven gelden. Zet het terug, of start opnieuw."
    )


def no_role(name: str, known: str) -> str:
    return f"{name} is geen rol; bekend zijn: {known}"


def no_accounts(role: str) -> str:
    return f'bij {role} hoort een lijst van accounts en @groepen, zoals ["j.devries", "@mk-centralisten"]'


def no_account(role: str, name: str) -> str:
    return f"bij {role} is {name} geen account of @groep"
