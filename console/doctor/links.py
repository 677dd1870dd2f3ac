"""The CAD, the intake and the delivery: whether they answer, to whom, and how long what secures them is valid."""

from __future__ import annotations

import asyncio
import fcntl
import os
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from console.credentials import CredentialError, Given, Keys
from console.doctor.finding import NotLookedAtError, at, attention, ok, wrong
from console.dutch_errors import in_dutch
from console.record.errors import RecordError
from console.settings import NO_INTAKE
from console.texts import words

if TYPE_CHECKING:
    from console.cad.probing import Probe
    from console.doctor.finding import Finding
    from console.doctor.running import Checks
    from console.doctor.world import World
    from console.intake.probing import Knock

_SOON: Final = timedelta(days=30)
_FRESH: Final = timedelta(minutes=3)
_HERE: Final = {"127.0.0.1", "::1", "localhost"}


def keys_of(world: World) -> Keys:
    """Give the secrets as this account can find them."""
    from console.doctor.keys import find  # noqa: PLC0415 - each of both may ask the other

    try:
        secret, _ = find(world, "cad_token")
    except CredentialError:
        secret = None
    return Keys() if secret is None else Given("cad_token", secret)


def cad(world: World) -> Probe | None:
    """Ask the CAD, once for all checks; None where this room has none that can be asked."""
    if world.settings is None or (world.settings.cad_url is None and world.settings.cad_kind != "bestand"):
        return None
    settings = world.settings

    def ask() -> Probe:
        from console.cad.probing import probe  # noqa: PLC0415 - loads what talks HTTP

        return asyncio.run(probe(settings, keys_of(world)))

    return world.once("cad", ask)


def _cad(world: World) -> Finding:
    from console.cad.probing import Access  # noqa: PLC0415 - as above

    name = world.room.cad_name
    found = cad(world)
    if found is None:
        return attention(words.doctor_room.NO_CAD, words.doctor_room.CAD_REMEDY)
    if found.access is Access.ACCEPTED and not found.trouble:
        return ok(words.doctor_room.cad_answers(name))
    if found.access is Access.REFUSED and keys_of(world).find("cad_token") is None:
        if reached_lately(world):
            return ok(words.doctor_room.delivery_reaches(name))
        return attention(words.doctor_room.cad_wants_key(name), words.doctor_room.AS_ROOT)
    remedy = words.doctor_room.KEY_REMEDY if found.access is Access.REFUSED else words.doctor_room.CAD_REMEDY
    return wrong(found.trouble or words.doctor_room.cad_strange(name), remedy)


def _certificate(world: World) -> Finding:
    room = world.room
    parts = urlsplit(room.cad_url or "")
    if room.cad_url is None or room.cad_kind == "bestand" or (parts.scheme != "https" and parts.hostname in _HERE):
        return ok(words.doctor_room.NO_TLS_NEEDED)
    if parts.scheme != "https":
        return attention(words.doctor_room.READABLE, words.doctor_room.READABLE_REMEDY)
    return _validity(world)


def _validity(world: World) -> Finding:
    """Look until when the certificates hold: ours by their files, the CAD's by shaking hands with it."""
    from console.cad.probing import ends_at  # noqa: PLC0415 - as above
    from console.cad.tls import Papers, TlsError, soon_expired  # noqa: PLC0415

    room = world.room
    try:
        ours = soon_expired(Papers(room.cad_authority, room.cad_certificate, room.cad_certificate_key), world.now())
        ends = ends_at(room, keys_of(world))
    except TlsError as error:
        return wrong(str(error), words.doctor_room.CERTIFICATE_REMEDY)
    except OSError as error:
        return wrong(words.doctor_room.tls_fails(room.cad_name, in_dutch(error)), words.doctor_room.CERTIFICATE_REMEDY)
    if ours or ends is None:
        return attention(ours[0] if ours else words.doctor_room.NO_END, words.doctor_room.CERTIFICATE_REMEDY)
    said = words.doctor_room.certificate_until(at(ends))
    return attention(said, words.doctor_room.CERTIFICATE_REMEDY) if ends - world.now() < _SOON else ok(said)


def intake(world: World) -> Knock | None:
    """Ask the intake, once for all checks; None where the settings name none."""
    url = None if world.settings is None else world.settings.intake_url
    if url is None or url == NO_INTAKE:
        return None

    def ask() -> Knock:
        from console.intake.probing import health  # noqa: PLC0415 - loads what talks HTTP

        return health(url)

    return world.once("intake", ask)


def intake_answers(world: World) -> bool:
    """Tell whether the intake works, and so has its key."""
    found = intake(world)
    return found is not None and not found.said


def _intake(world: World) -> Finding:
    found = intake(world)
    if found is None:
        if world.room.intake_url == NO_INTAKE:
            return ok(words.doctor_room.NO_INTAKE)
        return attention(words.doctor_room.UNSAID_INTAKE, words.doctor_room.INTAKE_REMEDY)
    if found.said:
        return wrong(found.said, words.doctor_room.INTAKE_START)
    return ok(words.doctor_room.intake_answers(str(world.room.intake_url)))


def delivering(world: World) -> bool:
    """Tell whether a delivery holds its lock on this data folder; looking makes no file."""
    try:
        descriptor = os.open(world.home / "bezorging.slot", os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _delivery(world: World) -> Finding:
    if delivering(world):
        return ok(words.doctor_room.DELIVERING)
    if world.room.group is None:
        return ok(words.doctor_room.DELIVERY_COMES_ALONG)
    return wrong(words.doctor_room.NOT_DELIVERING, words.doctor_room.DELIVERY_START)


def _newest_word(world: World) -> tuple[bool | None, datetime | None, str]:
    from console.doctor.record import seen  # noqa: PLC0415 - each of both may ask the other

    try:
        link = seen(world).link
    except (RecordError, NotLookedAtError):
        return None, None, ""
    return link.reachable, link.seen_at, link.error


def reached_lately(world: World) -> bool:
    """Tell whether the delivery reached the CAD a moment ago: then it has the key that it needs."""
    reachable, told, _ = _newest_word(world)
    return bool(reachable) and told is not None and abs(world.now() - told) < _FRESH and delivering(world)


def _sign(world: World) -> Finding:
    """Look what the delivery itself last said of the CAD."""
    world.database  # noqa: B018 - without a record there is nothing to say
    reachable, told, error = _newest_word(world)
    if not delivering(world):
        return ok(words.doctor_room.NOBODY_CARRIES)
    if told is None:
        return ok(words.doctor_room.NO_SIGN_YET)
    if abs(world.now() - told) > _FRESH and reachable:
        return attention(words.doctor_room.old_sign(at(told)), words.doctor_room.DELIVERY_LOOK)
    if not reachable and cad(world) is not None:
        return wrong(words.doctor_room.delivery_fails(error), words.doctor_room.DELIVERY_LOOK)
    return ok(words.doctor_room.sign(at(told)))


CHECKS: Final[Checks] = {
    "cad": _cad,
    "certificaat": _certificate,
    "intake": _intake,
    "bezorging": _delivery,
    "bezorgd": _sign,
}
