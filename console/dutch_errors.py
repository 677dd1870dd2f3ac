"""What the system and Python say in English, as part of a Dutch sentence: why a file, port or text cannot be used."""

from __future__ import annotations

import errno
import re
import socket
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import tomllib

_REASONS: Final = {
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
_PLACE: Final = re.compile(r"\(at line (\d+), column (\d+)\)")


def in_dutch(error: OSError) -> str:
    """Say why the system refused, as a part of a sentence; a rare reason keeps its number, to look it up by."""
    if isinstance(error, socket.gaierror):
        return "die naam is niet te vinden"
    return _REASONS.get(error.errno or 0) or f"het systeem weigert het (fout {error.errno or 'zonder nummer'})"


def toml_in_dutch(error: tomllib.TOMLDecodeError) -> str:
    """Say where a text stops being TOML; what stands there is not repeated."""
    place = _PLACE.search(str(error))
    return f"regel {place[1]}, teken {place[2]}" if place else "aan het eind van het bestand"


def utf8_in_dutch(error: UnicodeDecodeError) -> str:
    """Say where bytes stop being UTF-8."""
    line = error.object[: error.start].count(b"\n") + 1
    return f"regel {line} is geen UTF-8"
