"""Why a file, port or text cannot be used, as part of a sentence."""

from __future__ import annotations

import errno
from typing import Final

REASONS: Final = {
    errno.ENOENT: "het bestaat niet",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.EISDIR: "het is een map",
    errno.ENOTEMPTY: "de map is niet leeg",
    errno.EEXIST: "er staat al iets met die naam",
    errno.EACCES: "dit account heeft er geen rechten op",
    errno.EPERM: "dit account mag dat niet",
    errno.EROFS: "de schijf is alleen-lezen",
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "de ruimte van dit account is op",
    errno.EIO: "de schijf of de terminal geeft een fout",
    errno.ELOOP: "het is een verwijzing, of verwijst in een kring",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.EXDEV: "het staat op een andere schijf",
    errno.EBUSY: "het is in gebruik",
    errno.EMFILE: "dit programma heeft te veel bestanden open",
    errno.ENFILE: "deze computer heeft te veel bestanden open",
    errno.ENOMEM: "deze computer heeft te weinig geheugen",
    errno.EPIPE: "de lezer is er niet meer",
    errno.EADDRINUSE: "daar luistert al een programma",
    errno.EADDRNOTAVAIL: "dat adres heeft deze computer niet",
    errno.ECONNREFUSED: "daar luistert niemand",
    errno.ECONNRESET: "de verbinding is verbroken",
    errno.ETIMEDOUT: "er kwam op tijd geen antwoord",
    errno.ENETUNREACH: "dat netwerk is niet bereikbaar",
    errno.EHOSTUNREACH: "die computer is niet bereikbaar",
}
NO_SUCH_NAME: Final = "die naam is niet te vinden"
END_OF_FILE: Final = "aan het eind van het bestand"


def refused(number: int | None) -> str:
    return f"het systeem weigert het (fout {number or 'zonder nummer'})"


def place(line: str, column: str) -> str:
    return f"regel {line}, teken {column}"


def line_of(file: object, line: int) -> str:
    return f"{file}, regel {line}"


def not_utf8(line: int) -> str:
    return f"regel {line} is geen UTF-8"
