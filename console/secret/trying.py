"""`meldkamer geheim test`: says per place what was found, and tries the secret where that changes nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from console import credentials, sealing
from console.exit_codes import ENDED, UNREACHABLE
from console.secret import REFUSED
from console.settings import NO_INTAKE
from console.texts import words

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from console.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Look for a secret and try it; the exit code."""
    name: str = arguments.name
    print(words.secret.looked_for(name))
    secret = _found(name, arguments.map)
    if secret is None:
        print(words.secret.nowhere(credentials.how_to_set(name)))
        return REFUSED
    code, said = _tried(name, secret, settings)
    print(f"  {said}")
    return code


def _found(name: str, folder: Path) -> str | None:
    """Look in the places of a program, then where it lies ready for a service; say what each has."""
    search = credentials.search(name)
    for line in search.tried:
        print(f"  {line}")
    laid: bytes | None = None
    try:
        laid = sealing.unseal(name, folder)
        file = sealing.file_of(name, folder)
        print(f"  {words.secret.none_ready(file) if laid is None else words.secret.ready(file)}")
    except sealing.SealError as error:
        print(f"  {error}")
    if search.secret is not None or laid is None:
        return search.secret
    return credentials.usable(laid, str(sealing.file_of(name, folder)))


def _tried(name: str, secret: str, settings: Settings) -> tuple[int, str]:
    if name == "cad_token":
        return _at_the_cad(secret, settings)
    if name == "intake_token":
        return _at_the_intake(secret, settings)
    if settings.cad_certificate_key is None:
        return ENDED, words.secret.NO_KEY_FILE
    from console.cad.probing import opens  # noqa: PLC0415 - only this secret pays for loading it

    trouble = opens(settings, secret)
    return (REFUSED, trouble) if trouble else (ENDED, words.secret.opens(settings.cad_certificate_key))


def _at_the_cad(secret: str, settings: Settings) -> tuple[int, str]:
    from console.cad.probing import Access, probe  # noqa: PLC0415 - as above

    if settings.cad_kind == "bestand":
        return ENDED, words.secret.FOLDER_NEEDS_NONE
    found = asyncio.run(probe(settings, credentials.Given("cad_token", secret)))
    codes = {Access.ACCEPTED: ENDED, Access.REFUSED: REFUSED, Access.NO_CAD: ENDED}
    said = {
        Access.ACCEPTED: words.secret.cad_takes_it(settings.cad_name, found.trouble),
        Access.REFUSED: words.secret.cad_refuses_it(found.trouble),
        Access.NO_CAD: words.secret.no_cad(found.trouble),
    }
    return codes.get(found.access, UNREACHABLE), said.get(
        found.access, words.secret.cad_not_asked(settings.cad_name, found.trouble)
    )


def _at_the_intake(secret: str, settings: Settings) -> tuple[int, str]:
    from console.intake.probing import Door, knock  # noqa: PLC0415 - as above

    if settings.intake_url in {None, NO_INTAKE}:
        return ENDED, words.secret.NO_INTAKE
    found = knock(settings.intake_url, secret)
    codes = {Door.OPEN: ENDED, Door.WRONG_KEY: REFUSED}
    return codes.get(found.door, UNREACHABLE), found.said or words.secret.intake_takes_it(settings.intake_url)
