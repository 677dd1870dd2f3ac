"""What an investigator can follow, found in what is typed: each as a clue, with where it stands in the text.

Accounts, phone numbers, ids of programs to look along, links (also written so that nobody opens them: `hxxp`,
`bank[.]nl`), mail, wallets, sums and times. A wrong check digit is marked and never refused: people mishear. Pure; what
is found is offered to the operator, who decides what is kept, and is never an input of a rule.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from console.domain import linking
from console.domain.amounts import amounts_in
from console.domain.moments import moments_in
from console.domain_names import like_a_domain
from console.model import Clue, ClueKind, TraceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

MOST: Final = 50
"""Clues of one text, so that a pasted list cannot flood a call."""

_MASK: Final = "|"
_OWN: Final = re.compile(r"(?:[\w-]+\.)*politie\.nl")
_KINDS: Final = {
    TraceKind.IBAN: ClueKind.IBAN,
    TraceKind.PHONE: ClueKind.PHONE,
    TraceKind.REMOTE: ClueKind.REMOTE,
}

_POINT: Final = r"(?:\.|\[\.\]|\(\.\)|\[punt\]|\(punt\)|\[dot\]|\(dot\))"
_POINTS: Final = re.compile(_POINT, re.IGNORECASE)
_SCHEME: Final = re.compile(r"h-?[tx]-?[tx]-?p(-?s)?:(?://)?", re.IGNORECASE)
_LINK: Final = rf"(?<![A-Za-z0-9]){_SCHEME.pattern}(?=[^\s/])[^\s<>\"']+"
_HOST: Final = rf"(?<![\w.@-])(?P<host>(?:[\w-]{{1,200}}{_POINT}){{1,8}}[^\W\d_][\w-]{{1,62}})"
_PAGE: Final = re.compile(rf"{_LINK}|{_HOST}(?P<path>(?::[0-9]{{1,5}})?[/?#][^\s<>\"']*)", re.IGNORECASE)
_BARE: Final = re.compile(rf"{_HOST}(?![\w@-])(?P<path>(?::[0-9]{{1,5}}(?![0-9]))?)", re.IGNORECASE)
_REST: Final = re.compile("(?=[/?#])")
_PORT: Final = re.compile(":[0-9]{1,5}$")
_TRAILING: Final = ".,;:!?)]}"
_MAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_COIN: Final = re.compile(r"(?<![A-Za-z0-9])[13LMDT][1-9A-HJ-NP-Za-km-z]{25,34}(?![A-Za-z0-9])")
_SEGWIT: Final = re.compile(r"(?<![A-Za-z0-9])(?:bc1[02-9ac-hj-np-z]{11,71}|BC1[02-9AC-HJ-NP-Z]{11,71})(?![A-Za-z0-9])")
_ETHER: Final = re.compile(r"(?<![A-Za-z0-9])0x[0-9A-Fa-f]{38,42}(?![A-Za-z0-9])")
_MOBILE: Final = re.compile(r"(?<![\w+])(?:(?:\+|00)31[ -]?(?:\(0\))?|0)6[ -]?[0-9](?:[ -]?[1-9]|0){5,9}(?![\w])")
_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32M: Final = 0x2BC830A3
"""What the check sum of the newer `bc1p` addresses comes to, by BIP 350; that of the older ones comes to 1."""

_PLATFORM: Final = re.compile(
    r"(?<!\w)(?:instagram|insta|facebook|snapchat|snap|telegram|tiktok|marktplaats|vinted|tinder|discord|linkedin"
    r"|steam|profiel|account|gebruikersnaam)(?!\w)|(?<![\w.])@[\w.]{2,}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A clue with where it stands in the text: from `start` up to `end`."""

    clue: Clue
    start: int
    end: int


def recognise(text: str, today: date | None = None) -> tuple[Recognised, ...]:
    """Find the clues of a text, each value once, in the order in which they stand there; `today` dates *gisteren*."""
    plain, at = _shaped(text[: linking.LONGEST])
    found: dict[tuple[ClueKind, str], Recognised] = {}
    for kind, value, valid, start, end in sorted(_clues(plain, today), key=lambda each: each[3]):
        first, last = (start, end) if at is None else (at[start], at[end - 1] + 1)
        found.setdefault((kind, value), Recognised(Clue(kind, text[first:last], value, valid), first, last))
    return tuple(found.values())[:MOST]


def clues_of_line(line: str, today: date | None = None) -> tuple[Clue, ...]:
    """Read a line that was typed to be kept: what is recognised in it, or else the line itself.

    Each clue keeps the whole line as its text, because the words beside a number say what it is.
    """
    text = " ".join(line.split())
    if not text:
        return ()
    found = tuple(Clue(each.clue.kind, text, each.clue.value, each.clue.valid) for each in recognise(text, today))
    if found:
        return found
    return (Clue(ClueKind.ACCOUNT if _PLATFORM.search(text) else ClueKind.OTHER, text, text),)


_Found = tuple[ClueKind, str, bool, int, int]


def _clues(plain: str, today: date | None) -> Iterator[_Found]:
    """Look for one kind after another; what one of them took is no longer there for the next."""
    if not plain.strip():
        return
    rest, found = plain, list[_Found]()
    for pattern, read in (
        (_PAGE, _page),
        (_MAIL, _mail),
        (_BARE, _bare),
        (_ETHER, _ether),
        (_SEGWIT, _segwit),
        (_COIN, _coin),
    ):
        rest = _take(rest, pattern, read, found)
    places = [each for each in linking.places(rest) if each.trace.kind in _KINDS]
    found += [(_KINDS[each.trace.kind], each.trace.value, each.trace.valid, each.start, each.end) for each in places]
    rest = _masked(rest, ((each.start, each.end) for each in places))
    rest = _take(rest, _MOBILE, _mobile, found)
    sums = list(amounts_in(rest))
    found += [(ClueKind.AMOUNT, each.said, each.clear, each.start, each.end) for each in sums]
    rest = _masked(rest, ((each.start, each.end) for each in sums))
    found += [(ClueKind.TIME, each.said, True, each.start, each.end) for each in moments_in(rest, today)]
    yield from found


def _take(
    text: str,
    pattern: re.Pattern[str],
    read: Callable[[re.Match[str]], tuple[ClueKind, str, bool, int] | None],
    found: list[_Found],
) -> str:
    """Add what `read` makes of each match (None: it is something else); gives the text with that masked."""
    taken = []
    for match in pattern.finditer(text):
        clue = read(match)
        if clue is not None:
            kind, value, valid, end = clue
            if value:
                found.append((kind, value, valid, match.start(), end))
            taken.append((match.start(), match.end()))
    return _masked(text, taken)


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    parts, position = [], 0
    for start, end in sorted(spans):
        parts += [text[position:start], _MASK * (end - start)]
        position = max(position, end)
    return "".join(parts) + text[position:]


def _shaped(text: str) -> tuple[str, list[int] | None]:
    """The text in one shape, and for each of its characters where that came from; None where nothing moved."""
    if text.isascii():
        return text, None
    shaped: list[str] = []
    at: list[int] = []
    for position, character in enumerate(text):
        plain = character if character.isascii() else linking.in_plain_shape(character)
        shaped.append(plain)
        at.extend([position] * len(plain))
    return "".join(shaped), at


def _page(match: re.Match[str]) -> tuple[ClueKind, str, bool, int] | None:
    if match["host"] is not None:
        return _bare(match)
    link = match.group().rstrip(_TRAILING)
    return _web(_SCHEME.sub("", link, count=1), match.start() + len(link))


def _bare(match: re.Match[str]) -> tuple[ClueKind, str, bool, int] | None:
    host, path = match["host"], match["path"].rstrip(_TRAILING)
    plain = _POINTS.sub(".", host)
    if plain == host and not like_a_domain(host):
        return None
    return _web(host + path, match.end("host") + len(path))


def _web(address: str, end: int) -> tuple[ClueKind, str, bool, int] | None:
    """A web address as it is kept: without its scheme, so that no terminal makes it a link to open by accident.

    Where only the scheme tells that it is one, it is kept with `http://`.
    """
    host, *path = _REST.split(address, maxsplit=1)
    traces = linking.of_domain(f"http://{_POINTS.sub('.', host)}")
    if not traces:
        return None
    domain = traces[0].value
    if _OWN.fullmatch(domain):
        return ClueKind.URL, "", True, end
    told = "" if like_a_domain(domain) else "http://"
    port = "".join(_PORT.findall(host))
    return ClueKind.URL, f"{told}{domain}{port}{''.join(path)}".rstrip(f"/{_TRAILING}"), traces[0].valid, end


def _mail(match: re.Match[str]) -> tuple[ClueKind, str, bool, int] | None:
    address = match.group().rstrip(".-_")
    own = _OWN.fullmatch(address.rpartition("@")[2].lower())
    value = "".join(each.lower() if each.isascii() else each for each in address)
    return ClueKind.MAIL, "" if own else value, True, match.start() + len(address)


def _ether(match: re.Match[str]) -> tuple[ClueKind, str, bool, int] | None:
    """An address of Ethereum: its length is checked; the check by capitals needs a hash that Python lacks."""
    return ClueKind.WALLET, match.group().lower(), len(match.group()) == 42, match.end()


def _segwit(match: re.Match[str]) -> tuple[ClueKind, str, bool, int] | None:
    from stdnum import bitcoin  # noqa: PLC0415 - loaded at first use, as in `linking`

    value = match.group().lower()
    if value[3] == "q":
        return ClueKind.WALLET, value, bitcoin.is_valid(value), match.end()
    words = [3, 3, 0, 2, 3, *(_BECH32.index(character) for character in value[3:])]
    return ClueKind.WALLET, value, bitcoin.bech32_checksum(words) == _BECH32M, match.end()


def _coin(match: re.Match[str]) -> tuple[ClueKind, str, bool, int] | None:
    """An address of Bitcoin, Litecoin, Dogecoin or Tron; one with a wrong check sum only where it looks like one."""
    value = match.group()
    number = 0
    for character in value:
        number = number * 58 + _BASE58.index(character)
    valid = number < 1 << 200
    if valid:
        body, check = divmod(number, 1 << 32)
        twice = hashlib.sha256(hashlib.sha256(body.to_bytes(21, "big")).digest()).digest()
        valid = twice[:4] == check.to_bytes(4, "big")
    mixed = any(each.islower() for each in value) and any(each.isupper() for each in value)
    if not valid and not (mixed and value[0] in "13T" and any(each.isdigit() for each in value[1:])):
        return None
    return ClueKind.WALLET, value, valid, match.end()


def _mobile(match: re.Match[str]) -> tuple[ClueKind, str, bool, int] | None:
    """A mobile number with a digit too few or too many: what was meant is clear, that it is wrong too."""
    traces = linking.of_phone(match.group())
    return (ClueKind.PHONE, traces[0].value, traces[0].valid, match.end()) if traces else None
