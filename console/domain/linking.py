"""What a call may share with another one, found in what was said or typed and brought to one normal form.

Bank accounts, phone numbers, ids of programs to look along on a screen, web domains, addresses and number plates.
Pure: no clock, no file. The libraries behind it are loaded at first use, so that a console starts without them. What is
found is shown to an operator and searched for, and is never an input of a rule.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from console.domain_names import as_the_net_knows_it, like_a_domain
from console.model import Trace, TraceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LONGEST: Final = 20_000
"""Characters of one text that are looked at: what a person says in a call is far shorter."""

MOST: Final = 50
"""Traces taken from one text, so that a pasted list cannot flood a call."""

_MOST_PHONES: Final = 4 * MOST
"""Numbers read in one text: each costs 0.2 ms, and the same one may stand there again."""

_OWN: Final = {"+319008844", "+31343578844", "politie.nl"}
"""The police itself, which half of all calls would share."""

_MASK: Final = "|"
_HIDDEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))

_IBAN: Final = re.compile(r"(?<![A-Za-z0-9])(?=([A-Za-z]{2}[0-9]{2}(?:[ .-]?[A-Za-z0-9]){8,30}))[A-Za-z]{2}[0-9]{2}")
_LIKE_AN_IBAN: Final = re.compile(
    "NL[0-9]{2}[A-Z]{4}[0-9]{7,13}|BE[0-9]{14}|DE[0-9]{20}|LT[0-9]{18}|ES[0-9]{22}|(?:GB|IE)[0-9]{2}[A-Z]{4}[0-9]{14}"
)
"""What is surely meant as an account although its check digits or its length are wrong."""

_DIGITS: Final = re.compile(r"\+?[0-9](?:[ .-]?[0-9])*")
_REMOTE: Final = re.compile(r"(any ?desk)|team ?viewer", re.IGNORECASE)
_REMOTE_ALIAS: Final = re.compile(r"(?<![\w.@-])[a-z0-9][a-z0-9._-]{1,40}@ad(?![\w.@-])", re.IGNORECASE)
_NEAR: Final = 40

_LINK: Final = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_MAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_HOST: Final = re.compile(r"(?<![\w.@-])(?:[\w-]{1,63}\.){1,8}[^\W\d_][\w-]{1,62}(?![\w@-])")
_NUMBER: Final = (
    r"(?P<number>[1-9][0-9]{0,4})(?: ?- ?(?P<plus>[A-Za-z0-9]{1,4})| ?(?P<letter>bis|hs|[A-Za-z]))?(?![\w])"
)
_POSTCODE: Final = re.compile(r"(?<!\w)[1-9][0-9]{3}(?:[A-Za-z]{2}| [A-Z]{2})(?!\w)")
_NUMBER_BEFORE: Final = re.compile(rf"(?<![0-9]){_NUMBER}[, ]{{1,3}}$", re.IGNORECASE)
_NUMBER_AFTER: Final = re.compile(rf"[, ]{{1,3}}(?:huisnummer |huisnr\.? |nummer |nr\.? )?{_NUMBER}", re.IGNORECASE)
_WORD: Final = r"[^\W\d_][\w'’.-]{1,40}"
_STREET: Final = re.compile(
    rf"(?P<street>{_WORD}) {_NUMBER},? (?:in |te |[1-9][0-9]{{3}} ?[A-Z]{{2}},? )?"
    rf"(?P<place>(?:(?:de|den|het|sint|st\.|nieuw|oud) )?{_WORD})",
    re.IGNORECASE,
)
_STREET_ENDING: Final = re.compile(
    "(?:straat|weg|laan|plein|kade|singel|gracht|dijk|pad|hof|steeg|dreef|brink|markt|park|wal|haven|kamp|akker)$"
)
_LEADING_WORDS: Final = re.compile(r"(?:[^\W\d_a-z][\w'’.-]* (?:(?:van|de|der|den|het|ten|ter|'t|’t) ){0,2}){1,4}$")
_FIELD: Final = re.compile(
    rf"(?P<street>[^\d,][^,]{{0,80}}?) {_NUMBER} ?, ?(?:[1-9][0-9]{{3}} ?[A-Z]{{2}} )?(?P<place>[^,\d]{{2,60}})",
    re.IGNORECASE,
)

_PLATES: Final = re.compile(
    "[A-Z]{2}[0-9]{4}|[0-9]{4}[A-Z]{2}|[0-9]{2}[A-Z]{2}[0-9]{2}|[A-Z]{2}[0-9]{2}[A-Z]{2}|[A-Z]{4}[0-9]{2}"
    "|[0-9]{2}[A-Z]{4}|[0-9]{2}[A-Z]{3}[0-9]|[0-9][A-Z]{3}[0-9]{2}|[A-Z]{2}[0-9]{3}[A-Z]|[A-Z][0-9]{3}[A-Z]{2}"
    "|[A-Z]{3}[0-9]{2}[A-Z]|[A-Z][0-9]{2}[A-Z]{3}|[0-9][A-Z]{2}[0-9]{3}|[0-9]{3}[A-Z]{2}[0-9]"
)
"""The Dutch series of number plates, sidecode 1 to 14, without the dashes."""


@dataclass(frozen=True, slots=True)
class Place:
    """A trace with where it stands in its text: from `start` up to `end`."""

    trace: Trace
    start: int
    end: int


def load() -> None:
    """Load the libraries now: for a service that must not wait for them at its first call, nor miss them later."""
    find("06-12345678 NL91ABNA0417164300 1012 JS 1")


def find(text: str) -> tuple[Trace, ...]:
    """Find what may be shared in free text, each value once, in no particular order of kinds.

    A word near it is needed for the id of AnyDesk or TeamViewer: nine digits alone are more often something else.
    """
    shown = _plain(text)
    if not shown.strip():
        return ()
    found, rest = _found_in(shown)
    return _once_each([*(each.trace for each in found), *_addresses(rest)])


def places(text: str) -> tuple[Place, ...]:
    """Find the same but addresses, with where each stands: for a text that is in its plain shape already."""
    found, _rest = _found_in(text[:LONGEST])
    return tuple(each for each in found if each.trace.value not in _OWN)


def in_plain_shape(character: str) -> str:
    """Give one character as it is compared: full-width digits and dashes as others, empty for an invisible one."""
    return _HIDDEN.sub("", unicodedata.normalize("NFKC", character)).translate(_DASHES)


def of_phone(text: str) -> tuple[Trace, ...]:
    """Read a field that holds a phone number; a number that cannot exist is marked, `anoniem` is none."""
    shown = _plain(text).strip()
    if not shown:
        return ()
    from phonenumbers import (  # noqa: PLC0415 - see the module's first lines
        NumberParseException,
        PhoneNumberFormat,
        format_number,
        is_valid_number,
        parse,
    )

    if not 6 <= len(re.findall("[0-9]", shown)) <= 20:
        return ()
    try:
        number = parse(shown, "NL")
    except NumberParseException:
        digits = "".join(re.findall("[0-9]", shown))
        return (Trace(TraceKind.PHONE, digits, shown, valid=False),)
    normal = format_number(number, PhoneNumberFormat.E164)
    return _once_each([Trace(TraceKind.PHONE, normal, shown, is_valid_number(number))])


def of_address(text: str) -> tuple[Trace, ...]:
    """Read a field that holds an address; one that says no number or no place is none."""
    shown = _plain(text)
    if not shown.strip():
        return ()
    found = _addresses(shown)
    for line in shown.splitlines():
        match = _FIELD.fullmatch(" ".join(line.split()))
        if match is not None:
            found.append(_street_trace(match["street"], match))
    return _once_each(found)


def of_iban(text: str) -> tuple[Trace, ...]:
    """Read a field that holds a bank account; wrong check digits are marked."""
    return _once_each(trace for trace in find(text) if trace.kind == TraceKind.IBAN)


def of_domain(text: str) -> tuple[Trace, ...]:
    """Read a field that holds a web domain or a link, whatever its ending."""
    shown = _plain(text).strip()
    if not shown or any(character.isspace() for character in shown):
        return ()
    trace = _domain(_host_of(shown if "://" in shown else f"http://{shown}"), shown)
    return () if trace is None else (trace,)


def of_remote(text: str) -> tuple[Trace, ...]:
    """Read a field that holds the id of a program to look along: both programs when it names neither."""
    found = [trace for trace in find(text) if trace.kind == TraceKind.REMOTE]
    if not found:
        shown = _plain(text)
        found = [each for name in ("AnyDesk", "TeamViewer") for each in find(f"{name} {shown}")]
    return _once_each(trace for trace in found if trace.kind == TraceKind.REMOTE)


def of_plate(text: str) -> tuple[Trace, ...]:
    """Read a field that holds a number plate; one of no Dutch series is marked: it may be foreign, or half seen."""
    shown = _plain(text).strip()
    value = "".join(re.findall("[A-Z0-9]", shown.upper()))
    if not 3 <= len(value) <= 10:
        return ()
    return (Trace(TraceKind.PLATE, value, shown, _PLATES.fullmatch(value) is not None),)


def of_question(text: str) -> tuple[Trace, ...]:
    """Read what somebody looks for: all that it may be, each way in which it can be read."""
    said = _plain(text).strip()
    found = [*find(said), *of_address(said)]
    if not re.search("[A-Za-z]", said):
        found += of_phone(said)
    if "." in said:
        found += of_domain(said)
    if re.fullmatch(r"[0-9 ]{9,13}", said):
        found += of_remote(said)
    found += (trace for trace in of_plate(said) if trace.valid)
    return _once_each(found)


def _plain(text: str) -> str:
    """One shape for what looks the same: full-width digits, dashes, no invisible characters."""
    return _HIDDEN.sub("", unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]).translate(_DASHES)


def _once_each(traces: Iterable[Trace]) -> tuple[Trace, ...]:
    kept: dict[tuple[TraceKind, str], Trace] = {}
    for trace in traces:
        if trace.value not in _OWN:
            kept.setdefault((trace.kind, trace.value), trace)
    return tuple(kept.values())[:MOST]


def _found_in(text: str) -> tuple[list[Place], str]:
    """What stands where, and the text with that masked, so that each part of it is read as one thing."""
    found: list[Place] = []
    if not text.strip():
        return found, text
    rest = text
    for pattern, read in (
        (_IBAN, _iban_at),
        (_LINK, _link_at),
        (_REMOTE_ALIAS, _alias_at),
        (_MAIL, _mail_at),
        (_HOST, _host_at),
        (_DIGITS, _remote_at),
    ):
        rest = _take(rest, pattern, read, found)
    return [*found, *_phones(rest)], rest


def _take(
    text: str,
    pattern: re.Pattern[str],
    read: Callable[[str, re.Match[str]], tuple[Trace | None, int]],
    found: list[Place],
) -> str:
    """Add what `read` makes of each match, and give the text with that masked.

    `read` gives the trace and where it ends; an end at the start of the match means it is something else.
    """
    parts: list[str] = []
    position = 0
    while (match := pattern.search(text, position)) is not None:
        trace, end = read(text, match)
        if trace is not None:
            found.append(Place(trace, match.start(), match.start() + len(trace.text)))
        if end > match.start():
            parts.append(text[position : match.start()] + _MASK * (end - match.start()))
            position = end
        else:
            parts.append(text[position : match.end()])
            position = match.end()
    return "".join(parts) + text[position:]


def _iban_at(text: str, match: re.Match[str]) -> tuple[Trace | None, int]:
    """The longest account that starts here: a name or an amount may follow it without any sign."""
    from stdnum import iban  # noqa: PLC0415 - see the module's first lines
    from stdnum.iso7064 import mod_97_10  # noqa: PLC0415

    marks = [at for at in range(*match.span(1)) if text[at].isalnum()]
    letters = "".join(text[at] for at in marks).upper()
    ends = [
        length
        for length in range(min(len(letters), 34), 14, -1)
        if marks[length - 1] + 1 == len(text) or not text[marks[length - 1] + 1].isalnum()
    ]

    def right(number: str) -> bool:
        return mod_97_10.is_valid(number[4:] + number[:4]) and iban.is_valid(number, check_country=False)

    for check in (right, _LIKE_AN_IBAN.fullmatch):
        for length in ends:
            if check(letters[:length]):
                end = marks[length - 1] + 1
                return Trace(TraceKind.IBAN, letters[:length], text[match.start() : end], check is right), end
    return None, match.start()


def _link_at(_: str, match: re.Match[str]) -> tuple[Trace | None, int]:
    link = match.group().rstrip(".,;:!?)]}")
    return _domain(_host_of(link), link), match.end()


def _mail_at(_: str, match: re.Match[str]) -> tuple[Trace | None, int]:
    return None, match.end()


def _host_at(_: str, match: re.Match[str]) -> tuple[Trace | None, int]:
    host = match.group()
    return (_domain(host, host), match.end()) if like_a_domain(host) else (None, match.start())


def _host_of(link: str) -> str:
    try:
        return urlsplit(link).hostname or ""
    except ValueError:
        return ""


def _domain(host: str, shown: str) -> Trace | None:
    """The domain as the net knows it. A name that no register would take is marked, not refused."""
    labels = [label for label in host.casefold().removeprefix("www.").split(".") if label]
    if len(labels) < 2:
        return None
    name, taken = as_the_net_knows_it(".".join(labels))
    return Trace(TraceKind.DOMAIN, name, shown, taken)


def _alias_at(_: str, match: re.Match[str]) -> tuple[Trace | None, int]:
    return Trace(TraceKind.REMOTE, f"anydesk {match.group().lower()}", match.group(), valid=True), match.end()


def _remote_at(text: str, match: re.Match[str]) -> tuple[Trace | None, int]:
    digits = "".join(re.findall("[0-9]", match.group()))
    if match.group()[0] in "+0" or len(digits) not in {9, 10}:
        return None, match.start()
    before = list(_REMOTE.finditer(text, max(0, match.start() - _NEAR), match.start()))
    after = _REMOTE.search(text, match.end(), match.end() + _NEAR)
    nearest = before[-1] if before else after
    if nearest is None:
        return None, match.start()
    program = "anydesk" if nearest[1] else "teamviewer"
    return Trace(TraceKind.REMOTE, f"{program} {digits}", match.group(), valid=True), match.end()


def _phones(text: str) -> list[Place]:
    from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher, format_number  # noqa: PLC0415 - as above

    found = []
    for match in islice(PhoneNumberMatcher(text, "NL"), _MOST_PHONES):
        normal = format_number(match.number, PhoneNumberFormat.E164)
        found.append(Place(Trace(TraceKind.PHONE, normal, match.raw_string, valid=True), match.start, match.end))
    return found


def _addresses(text: str) -> list[Trace]:
    from stdnum.nl import postcode  # noqa: PLC0415 - as above

    found: list[Trace] = []
    for code in _POSTCODE.finditer(text):
        compact = code.group().replace(" ", "").upper()
        number = _NUMBER_BEFORE.search(text, max(0, code.start() - 16), code.start()) or _NUMBER_AFTER.match(
            text, code.end()
        )
        if number is not None:
            shown = text[min(number.start(), code.start()) : max(number.end(), code.end())].strip(" ,")
            value = f"{compact} {_house(number)}"
            found.append(Trace(TraceKind.ADDRESS, value, shown, postcode.is_valid(compact)))
    for match in _STREET.finditer(text):
        if _STREET_ENDING.search(match["street"].casefold()):
            leading = _LEADING_WORDS.search(text, max(0, match.start() - 80), match.start())
            street = (leading.group() if leading and match["street"][0].isupper() else "") + match["street"]
            found.append(_street_trace(street, match))
    return found


def _street_trace(street: str, match: re.Match[str]) -> Trace:
    value = f"{_words(street)} {_house(match)} {_words(match['place'])}"
    return Trace(TraceKind.ADDRESS, value, " ".join(match.group().split()), valid=True)


def _house(match: re.Match[str]) -> str:
    extra = match["plus"] or match["letter"] or ""
    return f"{match['number']}{'-' if extra[:1].isdigit() else ''}{extra.upper()}"


def _words(text: str) -> str:
    """Letters and digits only, without accents, so that two ways of typing one street are one street."""
    bare = "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))
    return " ".join(re.findall(r"\w+", bare.casefold().replace("'", "").replace("’", "")))
