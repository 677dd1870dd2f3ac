"""What is said of the certificates that secure the link with a CAD: what was tried, why it failed, what mends it."""

from __future__ import annotations

from typing import Final

AUTHORITY: Final = "cad_ca"
CERTIFICATE: Final = "cad_certificaat"
KEY: Final = "cad_certificaat_sleutel"

BOTH: Final = "cad_certificaat en cad_certificaat_sleutel horen bij elkaar: zet ze beide, of geen van beide"
ONLY_HTTPS: Final = (
    "cad_ca of cad_certificaat is gezet, maar cad_url begint niet met https://: verbeter cad_url, of haal ze weg"
)
MISSING: Final = "dat bestand is er niet; verbeter de instelling, of zet het bestand daar"
NO_CERTIFICATE: Final = "daarin staat geen certificaat in PEM; zet er een bestand met -----BEGIN CERTIFICATE-----"
NO_KEY: Final = "daarin staat geen bruikbare sleutel in PEM; zet er een bestand met -----BEGIN PRIVATE KEY-----"
OTHER_KEY: Final = (
    "deze sleutel hoort niet bij het certificaat van cad_certificaat; zet de sleutel waarmee dat is aangevraagd"
)

UNKNOWN_AUTHORITY: Final = (
    "het certificaat is uitgegeven door iemand die hier niet bekend is. "
    "Zet cad_ca op het bestand van de uitgever; de beheerder van het CAD heeft dat"
)
THEIRS_EXPIRED: Final = "het certificaat van het CAD is verlopen. Laat de beheerder van het CAD het vernieuwen"
THEIRS_NOT_YET: Final = (
    "het certificaat van het CAD geldt nog niet. Controleer de klok van deze computer en die van het CAD"
)
OTHER_NAME: Final = (
    "het certificaat is van een ander adres. "
    "Zet in cad_url de naam die in het certificaat staat, of laat de beheerder van het CAD het verbeteren"
)
REFUSES_US: Final = (
    "het CAD eist een certificaat van ons, of vertrouwt het onze niet. "
    "Controleer cad_certificaat en cad_certificaat_sleutel met de beheerder van het CAD"
)
NO_TLS: Final = (
    "daar wordt geen beveiligde verbinding gesproken. "
    "Controleer het poortnummer in cad_url, of laat de beheerder van het CAD https aanzetten"
)
BROKE_OFF: Final = "de verbinding werd daarbij afgebroken. Eist het CAD een certificaat van ons? Zet cad_certificaat"


def not_safe(where: str, why: str) -> str:
    return f"{where}: geen veilige verbinding, {why}"


def distrusted(code: int) -> str:
    return f"het certificaat van het CAD is niet te vertrouwen (OpenSSL {code}). Vraag de beheerder van het CAD"


def wrong(setting: str, path: object, why: str) -> str:
    return f"{setting} ({path}): {why}"


def unreadable(why: str) -> str:
    return f"kan niet worden gelezen ({why}); geef het account van de bezorging toegang"


def expired(since: str) -> str:
    return f"verlopen op {since}; vraag een nieuw certificaat aan en zet het daar"


def not_yet(until: str) -> str:
    return f"geldt pas vanaf {until}; controleer de klok van deze computer"


def soon(until: str) -> str:
    return f"verloopt op {until}; vraag nu een nieuw certificaat aan"


def not_usable(reason: str) -> str:
    return f"is hier niet te gebruiken (OpenSSL {reason}); vraag een certificaat met een langere sleutel aan"


def open_to_all(path: object) -> str:
    return f"elk account op deze computer kan bij deze sleutel; doe chmod o= {path}, en overweeg een nieuwe sleutel"


def no_passphrase(why: str) -> str:
    return f"de sleutel is versleuteld en het wachtwoord ervan ontbreekt: {why}"


def wrong_passphrase(name: str) -> str:
    return f"de sleutel gaat niet open met het wachtwoord dat als {name} is gezet; zet het juiste"
