"""Where a secret was looked for, why it was not there, and the command that puts it there."""

from __future__ import annotations

from typing import Final

KEY_RING: Final = "de sleutelbos"
NO_KEY_RING: Final = "er is hier geen sleutelbos die versleutelt (SecretService of KWallet)"
KEY_RING_LOCKED: Final = "de sleutelbos zit op slot; ontgrendel hem op de desktop"
NOBODY_TO_ASK: Final = "er is geen terminal waarin iemand het kan intypen"
NOTHING_TYPED: Final = "in de terminal is niets ingetypt"
TYPED: Final = "wat in de terminal is ingetypt"


def ask(name: str) -> str:
    return f"{name} staat nergens klaar. Typ of plak hem (hij wordt niet getoond; niets = geen): "


def how_to_set(name: str) -> str:
    return (
        f"als dienst: meldkamer geheim zet {name} --dienst, en LoadCredentialEncrypted={name} in de unit; "
        f"op een werkplek: meldkamer geheim zet {name}"
    )


def nowhere(name: str, tried: tuple[str, ...], mend: str) -> str:
    return f"{name} is niet gevonden: {'; '.join(tried)}. Heeft het CAD hem nodig, {mend}"


def no_directory(variable: str) -> str:
    return f"${variable} is niet gezet"


def directory_without(variable: str, name: str) -> str:
    return f"${variable} heeft geen {name}"


def directory_has(variable: str, name: str) -> str:
    return f"${variable} heeft {name}"


def unreadable(path: object, why: str) -> str:
    return f"{path} kan niet worden gelezen ({why}): controleer dat bestand"


def open_to_all(path: object) -> str:
    return f"{path} kan door elk account op deze computer worden gelezen: doe chmod 0400, en vraag een nieuwe sleutel"


def no_key(where: str, most: int) -> str:
    return f"{where} bevat geen bruikbare sleutel: zet er één regel zonder spaties van ten hoogste {most} tekens in"


def key_ring_broken(kind: str) -> str:
    return f"de sleutelbos is niet te gebruiken ({kind})"


def key_ring_silent(seconds: float) -> str:
    return f"de sleutelbos antwoordde niet binnen {seconds:.0f} seconden"


def key_ring_without(name: str) -> str:
    return f"de sleutelbos heeft geen {name}"


def key_ring_has(name: str) -> str:
    return f"de sleutelbos heeft {name}"
