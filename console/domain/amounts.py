"""Sums of money as people type them, brought to one form: `€ 1.250,50`. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CENTS: Final = 10**14
"""A thousand billion euro: what is more is no sum."""

_NUMBER: Final = (
    r"(?P<number{0}>[0-9]{{1,3}}(?:[. ][0-9]{{3}}){{1,4}}(?:,[0-9]{{1,2}})?|[0-9]{{1,12}}(?:[.,][0-9]{{1,8}})?)"
)
_TIMES: Final = r"(?P<times{0}>k| ?(?:duizend|mille|ton|miljoen|mln))?"
_UNITS: Final = {
    **dict.fromkeys(("€", "eur", "euro", "euro's"), "€"),
    **dict.fromkeys(("$", "usd", "dollar", "dollars"), "$"),
    **dict.fromkeys(("£", "gbp", "pond"), "£"),
    **dict.fromkeys(("btc", "bitcoin", "bitcoins"), "BTC"),
    **dict.fromkeys(("eth", "ethereum"), "ETH"),
    "usdt": "USDT",
}
_COINS: Final = {"BTC", "ETH", "USDT"}
_FACTORS: Final = {"k": 1_000, "duizend": 1_000, "mille": 1_000, "ton": 100_000, "miljoen": 10**6, "mln": 10**6}
_BEFORE: Final = r"(?P<before>€|\$|£|(?<![\w])(?:eur|euro|usd|gbp|btc|eth|usdt)(?![\w]))"
_AFTER: Final = (
    r"(?P<after>€(?! ?[0-9])|(?:euro's|euro|eur|dollars?|usd|pond|gbp|bitcoins?|btc|ethereum|eth|usdt)(?![\w]))"
)
_AMOUNT: Final = re.compile(
    rf"{_BEFORE} ?{_NUMBER.format(1)}{_TIMES.format(1)}(?:,--?)?(?![\w])(?!,[0-9])"
    rf"|(?<![\w.,:])(?:{_NUMBER.format(2)}{_TIMES.format(2)} ?{_AFTER}"
    rf"|{_NUMBER.format(3)}(?P<bare>k(?![\w])|,--?(?![\w-])))",
    re.IGNORECASE,
)
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3})+(?:,[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in a text: `said` is its one form, `clear` False where it can be read in two ways (`1,250 euro`)."""

    said: str
    clear: bool
    start: int
    end: int


def amounts_in(text: str) -> Iterator[Amount]:
    """Find the sums of money in a text; a number alone is none, it needs a currency, `k` or `,-`."""
    for match in _AMOUNT.finditer(text):
        number = match["number1"] or match["number2"] or match["number3"]
        unit = _UNITS.get((match["before"] or match["after"] or "€").casefold(), "€")
        times = match["times1"] or match["times2"] or (match["bare"] if match["bare"] in {"k", "K"} else "")
        value, clear = _value(number, coins=unit in _COINS)
        if value is None:
            continue
        value *= _FACTORS.get((times or "").strip().casefold(), 1)
        if value * 100 < MOST_CENTS:
            yield Amount(_said(value, unit), clear, match.start(), match.end())


def cents_of(text: str) -> int | None:
    """Read a field that holds a sum in euro, with or without its currency; None for anything else."""
    shown = " ".join(text[:100].split())
    for candidate in (shown, f"€ {shown}"):
        found = list(amounts_in(candidate))
        if len(found) == 1 and (found[0].start, found[0].end) == (0, len(candidate)) and found[0].said[0] == "€":
            return int(found[0].said[2:].replace(".", "").replace(",", ""))
    return None


def in_euro(cents: int) -> str:
    """Say a sum as people write it: `€ 1.250,50`."""
    return _said(Decimal(cents) / 100, "€")


def _value(number: str, *, coins: bool) -> tuple[Decimal | None, bool]:
    """What digits mean; three after one comma or point of coins can be thousands or a part, so that is not clear."""
    grouped = bool(_GROUPED.fullmatch(number))
    if grouped and not (coins and number.count(".") == 1):
        return Decimal(number.replace(".", "").replace(" ", "").replace(",", ".")), True
    whole, _, rest = number.replace(",", ".").partition(".")
    if coins or len(rest) <= 2:
        return Decimal(f"{whole}.{rest or 0}"), not grouped
    return (Decimal(whole + rest), False) if len(rest) == 3 else (None, False)


def _said(value: Decimal, unit: str) -> str:
    if unit in _COINS:
        return f"{value.normalize():f} {unit}".replace(".", ",")
    return f"{unit} {value:,.2f}".translate(str.maketrans(",.", ".,"))
