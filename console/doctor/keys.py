"""Whether each program finds its secret; never the secret, its length or a digest of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console import credentials, sealing
from console.doctor.finding import attention, ok, wrong
from console.settings import NO_INTAKE
from console.texts import words

if TYPE_CHECKING:
    from console.doctor.finding import Finding
    from console.doctor.running import Checks
    from console.doctor.world import World


def find(world: World, name: str) -> tuple[str | None, str]:
    """Look for a secret where its program does, and where it lies ready for a service; and say what was found there.

    Raises:
        CredentialError: it is there and cannot be used.
    """

    def look() -> tuple[str | None, str]:
        searched = credentials.search(name)
        if searched.secret is not None:
            return searched.secret, searched.tried[-1]
        said = [*searched.tried[:-1]]
        file = sealing.file_of(name, world.sealed)
        try:
            laid = sealing.unseal(name, world.sealed)
        except sealing.SealError as error:
            return None, "; ".join((*said, str(error)))
        if laid is None:
            return None, "; ".join((*said, words.secret.none_ready(file)))
        return credentials.usable(laid, str(file)), words.secret.ready(file)

    return world.once(f"secret {name}", look)


def lies_ready(world: World, name: str) -> bool:
    """Tell whether a secret lies ready for its service, which only root can open."""
    try:
        return sealing.file_of(name, world.sealed).exists()
    except OSError:
        return False


def _judged(world: World, name: str, *, needed: bool) -> Finding:
    try:
        secret, said = find(world, name)
    except credentials.CredentialError as error:
        return wrong(str(error), credentials.how_to_set(name))
    if secret is not None or (lies_ready(world, name) and not world.is_root):
        return ok(said)
    return (wrong if needed else attention)(words.doctor_room.no_secret(name, said), credentials.how_to_set(name))


def _of_the_cad(world: World) -> Finding:
    if world.room.cad_kind == "bestand":
        return ok(words.doctor_room.FOLDER_NEEDS_NO_KEY)
    if world.room.cad_url is None:
        return ok(words.doctor_room.NO_CAD_NO_KEY)
    from console.doctor.links import reached_lately  # noqa: PLC0415 - each of both may ask the other

    if reached_lately(world) and not world.is_root:
        return ok(words.doctor_room.DELIVERY_HAS_IT)
    return _judged(world, "cad_token", needed=False)


def _of_the_intake(world: World) -> Finding:
    if world.room.intake_url in {None, NO_INTAKE}:
        return ok(words.doctor_room.NO_INTAKE_NO_KEY)
    if world.room.exercise:
        return ok(words.doctor_room.EXERCISE_NEEDS_NO_KEY)
    from console.doctor.links import intake_answers  # noqa: PLC0415 - as above

    if intake_answers(world) and not world.is_root:
        return ok(words.doctor_room.INTAKE_HAS_IT)
    return _judged(world, "intake_token", needed=True)


def _of_our_certificate(world: World) -> Finding:
    file = world.room.cad_certificate_key
    if file is None:
        return ok(words.doctor_room.NO_CERTIFICATE)
    try:
        locked = b"ENCRYPTED" in file.read_bytes()
    except PermissionError:
        return ok(words.doctor_room.key_file_shut(file))
    except OSError:
        return wrong(words.doctor_room.no_key_file(file), words.doctor_room.KEY_FILE_REMEDY)
    return _judged(world, "cad_sleutel_wachtwoord", needed=True) if locked else ok(words.doctor_room.KEY_FILE_OPEN)


CHECKS: Final[Checks] = {
    "cad_token": _of_the_cad,
    "intake_token": _of_the_intake,
    "cad_sleutel_wachtwoord": _of_our_certificate,
}
