"""Where a caller can go: what fits, what answers now, and that nothing unchecked is read out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

import triage_rules
from console.domain import referral
from console.domain.opening_hours import Access
from console.domain.referral import ReferralError, check_names, directory, for_call, organisation
from tests.spoken import forbidden, sentences, too_long

POLICY = triage_rules.load()
MONDAY_NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
MONDAY_NIGHT = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
FRAUD = {"vorm": "bankhelpdeskfraude"}


def names(answers: dict[str, str], moment: datetime = MONDAY_NOON) -> list[str]:
    """The ids that fit, in the order in which they are shown."""
    return [fit.organisation.id for fit in for_call(POLICY, answers, moment)]


def test_at_night_the_closed_come_last_and_say_when_they_open() -> None:
    noon, night = names(FRAUD), names(FRAUD, MONDAY_NIGHT)
    assert noon.index("fraudehelpdesk") < noon.index("bureau")
    assert night[-1] == "fraudehelpdesk"
    closed = for_call(POLICY, FRAUD, MONDAY_NIGHT)[-1]
    assert closed.access is Access.CLOSED
    assert closed.opens is not None
    assert f"{closed.opens:%a %H:%M}" == "Tue 09:00"


@pytest.mark.parametrize("form", [None, *(form.id for form in POLICY.forms)])
@pytest.mark.parametrize("moment", [MONDAY_NOON, MONDAY_NIGHT])
def test_the_station_and_support_for_victims_always_fit(form: str | None, moment: datetime) -> None:
    assert {"bureau", "slachtofferhulp"} <= set(names({"vorm": form} if form else {}, moment))


def test_online_is_offered_only_where_it_may_exist_and_to_whom_can_use_it() -> None:
    assert "online" in names({"vorm": "hulpvraagfraude"})
    assert "online" not in names({"vorm": "identiteitsfraude"})
    assert "online" not in names({"vorm": "hulpvraagfraude", "kan_online": "nee"})
    assert "online" not in names({"vorm": "sextortion"})
    assert "online" not in names({})


def test_what_nobody_knows_of_online_reporting_is_for_checking() -> None:
    for form in POLICY.forms:
        offered = [fit for fit in for_call(POLICY, {"vorm": form.id}, MONDAY_NOON) if fit.organisation.id == "online"]
        assert bool(offered) == (form.online is True or (form.online is None and "BUREAU" not in form.groups)), form.id
        assert all(fit.check == fit.doubtful == (form.online is None) for fit in offered), form.id


def test_a_situation_brings_its_own_organisation_whatever_the_form() -> None:
    assert names({"gevaar": "zelf"})[0] == "113"
    assert "veilig_thuis" in names({"dader": "huiselijk", "vorm": "hacken"})
    assert "veilig_thuis" not in names({"dader": "bekende", "vorm": "hacken"})
    assert "helpwanted" in names({"seksueel_beeld": "ja"})


def test_every_form_has_somewhere_of_its_own_or_the_bank() -> None:
    general = {"bureau", "online", "slachtofferhulp", "veiliginternetten"}
    for form in POLICY.forms:
        if form.id not in {"doxing", "geen_online_criminaliteit"}:
            assert set(names({"vorm": form.id})) - general, form.id


def test_nothing_that_is_read_out_promises_blames_or_is_too_long() -> None:
    for each in directory():
        assert sentences(each.say), each.id
        assert not forbidden(each.say), each.id
        assert not too_long(each.say), each.id


def test_a_number_that_was_not_checked_is_never_read_out() -> None:
    for each in directory():
        if each.reach.check:
            assert not any(letter.isdigit() for letter in each.say), each.id
            assert each.reach.text not in each.say, each.id
        else:
            assert each.reach.source, each.id
        assert each.open.check or each.open.source or each.access is Access.WEBSITE, each.id


def test_hours_that_nobody_knows_are_for_checking() -> None:
    for fit in for_call(POLICY, {"vorm": "sextortion"}, MONDAY_NOON):
        if fit.access is Access.UNKNOWN:
            assert fit.check, fit.organisation.id


def test_a_list_that_names_what_the_policy_does_not_have_is_refused() -> None:
    first = directory()[0]
    with pytest.raises(ReferralError, match="noemt een vorm die het beleid niet heeft: bestaat_niet"):
        check_names((replace(first, forms=frozenset({"bestaat_niet"})),), POLICY)
    with pytest.raises(ReferralError, match="noemt een antwoord dat niet bestaat: gevaar"):
        check_names((replace(first, when=({"gevaar": ("misschien",)},)),), POLICY)


def test_ids_are_unique_and_found_back() -> None:
    ids = [each.id for each in directory()]
    assert len(set(ids)) == len(ids)
    assert all(organisation(each.id) is each for each in directory())
    assert organisation("van vroeger") is None


def test_what_has_the_mark_of_our_own_knowledge_is_for_checking_whatever_else_is_written() -> None:
    entry: dict[str, object] = {
        "id": "x",
        "naam": "X",
        "waarvoor": "iets",
        "bereik": {"tekst": "0900-1", "merk": "c", "bron": "", "controleren": False},
        "open": {"website": True},
        "zeg": "U kunt X bellen.",
    }
    assert referral._organisation(entry).reach.check


@pytest.mark.parametrize(
    ("part", "value", "wrong"),
    [
        ("zeg", None, "bij x ontbreekt een onderdeel"),
        ("bereik", "0900-1", "bij x ontbreekt een onderdeel"),
        ("open", {"dagen": ["ma"], "van": "9"}, "de openingstijden van x zijn niet te lezen"),
        ("open", {"dagen": ["mo"]}, "de openingstijden van x zijn niet te lezen"),
    ],
)
def test_an_entry_that_lacks_something_is_refused_by_name(part: str, value: object, wrong: str) -> None:
    entry: dict[str, object] = {
        "id": "x",
        "naam": "X",
        "waarvoor": "iets",
        "bereik": {"tekst": "0900-1", "merk": "b", "bron": "B1", "controleren": False},
        "zeg": "U kunt X bellen.",
        part: value,
    }
    with pytest.raises(ReferralError, match=wrong):
        referral._organisation(entry)
