"""Names on the net with letters beyond ASCII: beside each how the net knows it, since letters can look alike.

`bаnk.nl` with a Cyrillic а is another place than the bank's; only the name that is looked up, `xn--bnk-6cd.nl`, tells.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from console.texts import words

_DOTS: Final = ".。．｡"
"""What browsers take for the point between two labels."""

_PLAIN_ENDING: Final = (
    "nl|com|net|org|eu|biz|info|shop|online|site|website|xyz|app|io|co|uk|fr|tv|icu|top|live|link|click|store|help"
    "|support|bank|tel|dev|cc|ru|cn|pl|tk|ly|gd|page|cloud|digital|finance|services|group|frl|amsterdam|xn--.+"
)
"""Endings by which bare words are a domain; other ones need https:// or www., since `zei.de` is a missing space."""

_NAME: Final = (
    r"(?<![\w@.+-])(?P<before>(?:h(?:tt|xx)ps?|ftp)://(?:[^\s/@]{1,64}@)?|[\w.+-]{1,64}@|(?=www\.))?"
    rf"(?P<host>(?:[\w-]{{1,63}}[{_DOTS}]){{1,8}}[^\W\d_][\w-]{{0,62}})"
)
_LOOK_ALIKE: Final = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"}
_LONGEST_LABEL: Final = 63


def like_a_domain(host: str) -> bool:
    """Tell whether bare words with points between them are meant as a domain: by their ending, or by `www.`."""
    return host.casefold().startswith("www.") or bool(
        _pattern(_PLAIN_ENDING).fullmatch(host.rpartition(".")[2].casefold())
    )


def as_the_net_knows_it(host: str) -> tuple[str, bool]:
    """Give the name that is looked up for a host (UTS 46, as browsers do), and whether a register would take it."""
    names = [_label(each) for each in re.split(f"[{_DOTS}]", host) if each]
    return ".".join(name for name, _taken in names).lower(), all(taken for _name, taken in names)


def with_their_real_names(text: str, limit: int) -> str:
    """The text with, behind each name on the net that is not plain, the one that is looked up.

    It stands before the rest of a link, so that a long path does not push it beyond a cut. Behind a name that already
    has it nothing is added, also where a cut at `limit` left only its beginning, or only the beginning of the name.
    """
    if text.isascii() or not any(dot in text for dot in _DOTS):
        return text
    return _pattern(_NAME).sub(lambda found: f"{found.group()}{_real_name(text, found, limit)}", text)


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    """Made at first use: it takes longer than all else that is loaded before the queue is shown."""
    return re.compile(expression, re.IGNORECASE)


def _real_name(text: str, found: re.Match[str], limit: int) -> str:
    host = found["host"]
    ending = re.split(f"[{_DOTS}]", host)[-1]
    bare = like_a_domain(f"{host[: -len(ending) - 1]}.{ending}") or not re.search("[a-zà-ÿ]", ending.casefold())
    meant = found["before"] or bare
    real, _taken = as_the_net_knows_it(host)
    if host.isascii() or not meant or real == host.casefold():
        return ""
    said = f" ({words.safe_text.real_name(real, mixed=any(map(_mixed, re.split(f'[{_DOTS}]', host))))})"
    follows = text[found.end() :]
    begun, cut, _length = follows.rpartition(words.safe_text.CUT)
    cut_off = len(text) == limit and cut and said.startswith(begun.lstrip(_DOTS))
    return "" if follows.startswith(said) or cut_off else said


def _label(label: str) -> tuple[str, bool]:
    """One part of a name; a part that no register would take still has a name that can be looked up."""
    if label.isascii():
        return label, len(label) <= _LONGEST_LABEL
    import idna  # noqa: PLC0415 - 6 ms and a large table, for the rare text that needs it

    try:
        return idna.encode(label, uts46=True).decode(), True
    except idna.IDNAError:
        plain = unicodedata.normalize("NFKC", label).casefold()
        return plain if plain.isascii() else f"xn--{plain.encode('punycode', 'replace').decode()}", False


def _mixed(label: str) -> bool:
    """True of letters of two scripts in which some look the same."""
    scripts = {unicodedata.name(each, "").partition(" ")[0] for each in label if each.isalpha()}
    return len(scripts & _LOOK_ALIKE) > 1
