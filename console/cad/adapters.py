"""Which CAD this control room has: the adapter that its settings ask for, ready to be opened."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import urlsplit

from console.cad.client import WHOLE_CONTRACT, HttpCad
from console.cad.folder import FolderCad
from console.cad.names import TableError, tables_of
from console.cad.peer import Abilities, Cad, NoCad
from console.cad.ticketscad import TicketsCad
from console.cad.ticketscad_table import TicketsCadTableError, demand_classes, read_table
from console.cad.tls import Papers, TlsError, secure, soon_expired
from console.cad.wire import AddressError
from console.classification import ClassificationError, classifications
from console.credentials import CredentialError, Keys, how_to_set
from console.texts import words
from console.times import now

if TYPE_CHECKING:
    import ssl
    from types import TracebackType

    from console.settings import Settings

_KEY: Final = "cad_token"
_log = logging.getLogger("meldkamer.bezorging")


class Adapter(Cad, Protocol):
    """A CAD that is opened before it is used, and closed after."""

    async def __aenter__(self) -> Any:
        """Open what it needs."""
        ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        ...


def choose(settings: Settings, keys: Keys | None = None) -> Adapter | NoCad:
    """Make the adapter of this control room; a setting that is missing or cannot be used is what the screens say.

    `keys` are where its secrets come from; without it nobody is asked for them.
    """
    keys = keys or Keys()
    if settings.cad_kind != "eido" and _told_abilities(settings) != WHOLE_CONTRACT:
        _log.warning(words.cad.ONLY_FOR_EIDO)
    try:
        return _made(settings, keys)
    except (AddressError, ClassificationError, TableError, TicketsCadTableError, TlsError) as error:
        return NoCad(str(error))


def _made(settings: Settings, keys: Keys) -> Adapter | NoCad:
    classes = classifications(settings.classifications)
    table = tables_of(settings.cad_table if settings.cad_kind == "eido" else None, classes)
    if settings.cad_kind == "bestand":
        if settings.cad_folder is None:
            return NoCad(words.cad.NO_FOLDER)
        return FolderCad(settings.cad_folder, name=settings.cad_name)
    if settings.cad_url is None:
        return NoCad(words.cad.NO_ADDRESS)
    if not _private(settings.cad_url):
        _log.warning(words.cad.READABLE_ON_THE_WAY)
    tls = _secured(settings, settings.cad_url, keys)
    if settings.cad_kind == "eido":
        return HttpCad(
            settings.cad_url,
            settings.room,
            name=settings.cad_name,
            token=_token(keys),
            tls=tls,
            abilities=_told_abilities(settings),
            table=table,
        )
    if settings.cad_table is None:
        return NoCad(words.cad.NO_TABLE)
    types = read_table(settings.cad_table)
    demand_classes(types, settings.cad_table, classes.codes())
    return TicketsCad(settings.cad_url, types, name=settings.cad_name, token=_token(keys), tls=tls)


def _told_abilities(settings: Settings) -> Abilities:
    """What the installer says of a CAD of our contract; who cannot be asked after a message confirms none either."""
    if settings.cad_deduplicates and settings.cad_looks_up:
        return WHOLE_CONTRACT
    return Abilities(
        deduplicates=settings.cad_deduplicates,
        looks_up=settings.cad_looks_up,
        confirms=settings.cad_looks_up,
        settles_after=float(settings.cad_settles_after),
    )


def _secured(settings: Settings, url: str, keys: Keys) -> ssl.SSLContext | None:
    """Make what secures the link where this room has certificates for it; one that soon ends is told in the log."""
    papers = Papers(settings.cad_authority, settings.cad_certificate, settings.cad_certificate_key)
    if not papers:
        return None
    if urlsplit(url).scheme != "https":
        raise TlsError(words.tls.ONLY_HTTPS)
    for line in soon_expired(papers, now()):
        _log.warning(line)
    return secure(papers, now(), keys.find)


def _token(keys: Keys) -> str | None:
    """Give the key; without a usable one it is still tried, for a CAD may need none, and the log says why."""
    try:
        found = keys.search(_KEY)
    except CredentialError as error:
        _log.warning("%s", error)
        return None
    if found.secret is None:
        _log.warning(words.credentials.nowhere(_KEY, found.tried, how_to_set(_KEY)))
    return found.secret


def _private(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in {"127.0.0.1", "::1", "localhost"}


def in_words(abilities: Abilities, name: str) -> str:
    """Say what a CAD can do and what a person does, for the log of who installs it."""
    named = {said: getattr(abilities, ability) for ability, said in words.cad.ABILITIES.items()}
    return words.cad.abilities(
        name,
        [said for said, can in named.items() if can],
        [said for said, can in named.items() if not can],
        ", ".join(words.cad.priority(ours, theirs) for ours, theirs in abilities.priorities.items()),
        ", ".join(words.cad.limit(field, most) for field, most in abilities.limits.items()),
    )
