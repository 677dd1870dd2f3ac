"""Where a caller can go besides the police: which organisations fit a call, and which of them answer now.

What was not read back in a source is shown as *controleren* and its number is not in the text to read out.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import triage_rules
from console.domain.opening_hours import Access, Hours
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from triage_rules import Form, Policy

_DAYS: Final = ("ma", "di", "wo", "do", "vr", "za", "zo")
_ONLINE: Final = "kan_online"


class ReferralError(Exception):
    """The list of organisations cannot be used; the text says which entry and what is wrong."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Something said of an organisation: where it was read (`source`), and whether to check it before saying it."""

    text: str
    source: str
    check: bool


@dataclass(frozen=True, slots=True)
class Organisation:
    """Somewhere a caller can go; `say` is read out, `beware` is for the operator.

    It fits when `always`, for the `forms`, or where all answers of one of `when` are given. `online` marks the online
    report, which fits where the policy leaves it open for the form. `access` OPEN without `hours` means day and
    night.
    """

    id: str
    name: str
    purpose: str
    forms: frozenset[str]
    when: tuple[Mapping[str, tuple[str, ...]], ...]
    always: bool
    online: bool
    reach: Stated
    open: Stated
    access: Access
    hours: Hours | None
    say: str
    beware: str


@dataclass(frozen=True, slots=True)
class Fit:
    """An organisation that fits a call, and how it can be reached at the moment that was asked for.

    `until` is when it closes, `opens` when it opens again; both None where that does not apply. `doubtful` is the
    online report where nobody knows whether it exists for the form.
    """

    organisation: Organisation
    access: Access
    until: datetime | None = None
    opens: datetime | None = None
    doubtful: bool = False

    @property
    def check(self) -> bool:
        """True where something must be checked before it is said."""
        return self.doubtful or self.organisation.reach.check or self.organisation.open.check


def for_call(policy: Policy, answers: Mapping[str, str], moment: datetime) -> tuple[Fit, ...]:
    """Give what fits these answers: what answers now first, what is closed last, else in the order of the list."""
    form = next((each for each in policy.forms if each.id == answers.get("vorm")), None)
    found = [_at(each, moment, form.online if form else None) for each in directory() if _fits(each, answers, policy)]
    return tuple(sorted(found, key=lambda fit: fit.access is Access.CLOSED))


def may_be_online(form: Form) -> bool:
    """False where the policy says that a form cannot be reported online, or sends its group to the station (A1)."""
    return form.online is True or (form.online is None and "BUREAU" not in form.groups)


def organisation(organisation_id: str) -> Organisation | None:
    """Give the organisation with this id; None for one that left the list since it was recorded."""
    return next((each for each in directory() if each.id == organisation_id), None)


@lru_cache(maxsize=1)
def directory() -> tuple[Organisation, ...]:
    """Read the packaged list, in its order.

    Raises:
        ReferralError: an entry lacks a part, or names a form, question or value that the policy does not have.
    """
    entries = tomllib.loads(files(words.__name__).joinpath("verwijzing.toml").read_text(encoding="utf-8"))["instantie"]
    found = tuple(_organisation(entry) for entry in entries)
    check_names(found, triage_rules.load())
    return found


def check_names(organisations: tuple[Organisation, ...], policy: Policy) -> None:
    """Refuse a list that names what the policy does not have: such an entry would silently never fit.

    Raises:
        ReferralError: the first such name.
    """
    forms = {form.id for form in policy.forms}
    values = {question.id: {value.id for value in question.values} for question in policy.questions}
    for each in organisations:
        if unknown := sorted(each.forms - forms):
            raise ReferralError(words.referral.unknown_form(each.id, unknown[0]))
        for question, wanted in (pair for table in each.when for pair in table.items()):
            if question not in values or not set(wanted) <= values[question]:
                raise ReferralError(words.referral.unknown_answer(each.id, question))


def _fits(each: Organisation, answers: Mapping[str, str], policy: Policy) -> bool:
    form = answers.get("vorm")
    if each.online:
        known = next((one for one in policy.forms if one.id == form), None)
        return known is not None and may_be_online(known) and answers.get(_ONLINE) != "nee"
    return (
        each.always
        or form in each.forms
        or any(all(answers.get(name) in values for name, values in table.items()) for table in each.when)
    )


def _at(each: Organisation, moment: datetime, online: bool | None) -> Fit:
    if each.hours is None:
        return Fit(each, each.access, doubtful=each.online and online is None)
    if each.hours.open_at(moment):
        return Fit(each, Access.OPEN, until=each.hours.closes_at(moment))
    return Fit(each, Access.CLOSED, opens=each.hours.next_opening(moment))


def _organisation(entry: dict[str, object]) -> Organisation:
    name = entry.get("id", "zonder id")
    match entry:
        case {
            "id": str(organisation_id),
            "naam": str(said),
            "waarvoor": str(purpose),
            "bereik": {"tekst": str(reach), "merk": str(mark), "bron": str(source), "controleren": bool(check)},
            "zeg": str(say),
        }:
            stated, access, hours = _open(str(name), entry.get("open"))
            return Organisation(
                id=organisation_id,
                name=said,
                purpose=purpose,
                forms=frozenset(_texts(entry.get("vormen", []))),
                when=tuple(_tables(entry.get("als", []))),
                always=entry.get("altijd") is True,
                online=entry.get("online") is True,
                reach=Stated(reach, source, check or mark == "c"),
                open=stated,
                access=access,
                hours=hours,
                say=say,
                beware=str(entry.get("let_op", "")),
            )
        case _:
            raise ReferralError(words.referral.incomplete(str(name)))


def _open(name: str, entry: object) -> tuple[Stated, Access, Hours | None]:
    """Read opening hours; nothing written means nobody knows them, which must be checked."""
    match entry:
        case None:
            return Stated("", "", check=True), Access.UNKNOWN, None
        case {"website": True}:
            return Stated("", "", check=False), Access.WEBSITE, None
        case {"op_afspraak": True, "bron": str(source), "controleren": bool(check)}:
            return Stated("", source, check), Access.BY_APPOINTMENT, None
        case {"altijd": True, "bron": str(source), "controleren": bool(check)}:
            return Stated("", source, check), Access.OPEN, None
        case {
            "dagen": list(days),
            "van": time() as opens,
            "tot": time() as closes,
            "feestdagen": bool(holidays),
            "bron": str(source),
            "controleren": bool(check),
        } if set(days) <= set(_DAYS) and days and opens < closes:
            hours = Hours(frozenset(_DAYS.index(day) for day in days), opens, closes, holidays)
            return Stated("", source, check), Access.OPEN, hours
        case _:
            raise ReferralError(words.referral.no_hours(name))


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _tables(value: object) -> list[dict[str, tuple[str, ...]]]:
    tables = value if isinstance(value, list) else []
    return [{str(name): tuple(_texts(values)) for name, values in dict(table).items()} for table in tables]
