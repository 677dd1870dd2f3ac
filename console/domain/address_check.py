"""What is still wrong with the place that a unit would be sent to: words for the operator, never a refusal.

A unit that stands at the wrong door is late, so what is missing or was never asked back is said before it goes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from console.domain.dispatching import address_of, victim_elsewhere
from console.domain.topics import Topic, known_about, said_about
from console.model import Role
from console.safe_text import one_line
from console.texts import words

if TYPE_CHECKING:
    from console.model import CallFile

_POSTCODE: Final = re.compile(r"(?<![0-9])[1-9][0-9]{3} ?[A-Za-z]{2}(?![\w])")
_NUMBER: Final = re.compile(
    r"(?<![\w.])[1-9][0-9]{0,4}(?: ?- ?[A-Za-z0-9]{1,4}(?!\w)| ?(?:bis|hs|[A-Za-z])(?!\w))?(?![0-9])", re.IGNORECASE
)
_CODE: Final = "|"
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")
_NAME: Final = re.compile(r"[^\W\d_]|\|")
FOR_ANOTHER: Final = {Role.THIRD_PARTY, Role.PARENT, Role.BANK, Role.WITNESS, Role.OTHER_ROOM}
"""Who calls about somebody else, who may be at another address."""
_LONGEST: Final = 500
"""Characters of an address that are looked at; a field holds fewer."""


def check(file: CallFile) -> tuple[str, ...]:
    """Give what an operator must know of the address before a unit goes, the worst first; empty when all is well."""
    address = address_of(file)
    if not address.strip():
        place = file.incoming.location
        at_a_point = not file.told and place.lat is not None and place.lon is not None
        missing = words.address_check.ONLY_A_POINT if at_a_point else words.address_check.MISSING
        return (*_elsewhere(file), missing)
    return (*_elsewhere(file), *_incomplete(address[:_LONGEST]), *_unsure(file, address), *_of_victim(file))


def _elsewhere(file: CallFile) -> tuple[str, ...]:
    """That the victim was said to be somewhere else than where the unit is sent."""
    said = victim_elsewhere(file)
    return (words.address_check.victim_elsewhere(one_line(said)),) if said else ()


def _incomplete(address: str) -> tuple[str, ...]:
    """What a street, a house number and a place would have and this has not; a postcode stands for a place."""
    numbered = _POSTCODE.sub(_CODE, address)
    number = _house_number(numbered)
    street, rest = (numbered, "") if number is None else (numbered[: number.start()], numbered[number.end() :])
    placed = _CODE in numbered or len([part for part in _parts(street) if _LETTERS.search(part)]) > 1
    if number is None:
        return (words.address_check.NO_NUMBER if placed else words.address_check.incomplete(one_line(address)),)
    return () if placed or _LETTERS.search(rest) else (words.address_check.NO_PLACE,)


def _house_number(address: str) -> re.Match[str] | None:
    """The first number after a street; one that begins the address belongs to its name (`1e Oosterparkstraat`)."""
    return next((each for each in _NUMBER.finditer(address) if _NAME.search(address, 0, each.start())), None)


def _parts(address: str) -> list[str]:
    return re.split("[,\n]", address)


def _unsure(file: CallFile, address: str) -> tuple[str, ...]:
    """Whether the caller repeated this address, and whether the exchange knew another."""
    confirmed, came_in = said_about(file, Topic.ADDRESS), file.incoming.location.address
    if _words(confirmed) == _words(address):
        return ()
    if confirmed:
        return (words.address_check.changed(one_line(confirmed)),)
    if _words(came_in) == _words(address):
        return (words.address_check.NOT_ASKED_BACK,)
    return () if set(_words(came_in)) <= set(_words(address)) else (words.address_check.other_place(one_line(came_in)),)


def _of_victim(file: CallFile) -> tuple[str, ...]:
    """Somebody else's caller stands elsewhere more often than not."""
    asked = known_about(file, Topic.WHERE_NOW) is not None
    return (words.address_check.OF_VICTIM,) if file.facts.role in FOR_ANOTHER and not asked else ()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
