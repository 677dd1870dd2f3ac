"""A name that could be taken for another is never shown alone: beside it stands the one that is looked up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.cad.eido import told
from console.domain_names import as_the_net_knows_it
from console.safe_text import as_typed, one_line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("kijk op bаnk.nl nu", "kijk op bаnk.nl (xn--bnk-6cd.nl, gemengd schrift) nu"),
        (
            "https://www.rаbobank.nl/inloggen?x=1.",
            "https://www.rаbobank.nl (www.xn--rbobank-2fg.nl, gemengd schrift)/inloggen?x=1.",
        ),
        ("mail van helpdesk@íng.nl", "mail van helpdesk@íng.nl (xn--ng-mja.nl)"),
        ("http://ing.nl@bаnk.nl/", "http://ing.nl@bаnk.nl (xn--bnk-6cd.nl, gemengd schrift)/"),
        ("hxxps://пример.рф", "hxxps://пример.рф (xn--e1afmkfd.xn--p1ai)"),
        ("пример.рф", "пример.рф (xn--e1afmkfd.xn--p1ai)"),
        ("аррӏе.com", "аррӏе.com (xn--80ak6aa92e.com)"),
        ("bank。nl", "bank。nl (bank.nl)"),
        ("straße.online", "straße.online (xn--strae-oqa.online)"),
        ("💩.la en http://💩.la", "💩.la en http://💩.la"),
        ("bаnk.nl (ing.nl)", "bаnk.nl (xn--bnk-6cd.nl, gemengd schrift) (ing.nl)"),
    ],
)
def test_the_real_name_stands_beside_it(text: str, shown: str) -> None:
    for clean in (visible, one_line):
        assert clean(text).startswith(shown)
        assert clean(clean(text)) == clean(text)
    assert told(text).startswith(shown)


@pytest.mark.parametrize(
    "text",
    [
        "Eén man.Die belt aan, café.Hij",
        "gewoon ing.nl, https://politie.nl/é en één@politie.nl",
        "xn--bnk-6cd.nl",
        "dhr. Jansén, tel. 06-12345678",
        "",
    ],
)
def test_what_is_no_name_or_is_plain_is_left_alone(text: str) -> None:
    assert one_line(text) == text


def test_a_field_holds_only_what_was_written() -> None:
    assert as_typed("bаnk.nl") == "bаnk.nl"


@pytest.mark.parametrize("length", range(60, 110))
def test_a_cut_in_the_real_name_is_made_once(length: int) -> None:
    text = f"{'a ' * (length // 2)}bаnk.nl en meer"
    shown = visible(text, 100)
    assert visible(shown, 100) == shown
    assert len(shown) <= 100


@pytest.mark.parametrize("before", range(0, 90, 3))
@pytest.mark.parametrize("link", ["http://bаnk.nl/{}", "www.bаnk.nl?a=http://ïng.nl/{}"])
def test_no_length_of_a_link_hides_its_real_name(link: str, before: int) -> None:
    text = "a" * before + " " + link.format("x" * 300)
    shown = visible(text, 100)
    assert visible(shown, 100) == shown
    assert before > 20 or "xn--" in shown


@pytest.mark.parametrize("before", range(30, 80))
def test_a_name_that_is_cut_off_gets_no_name_of_a_part(before: int) -> None:
    shown = visible("a" * before + " ｗ．bаnk．nl．com " + "x" * 100, 100)
    assert visible(shown, 100) == shown


@pytest.mark.parametrize(
    ("host", "name", "taken"),
    [
        ("Straße.DE", "xn--strae-oqa.de", True),
        ("bank。nl", "bank.nl", True),
        ("💩.la", "xn--ls8h.la", False),
        (f"{'a' * 64}.nl", f"{'a' * 64}.nl", False),
    ],
)
def test_the_name_is_the_one_that_a_browser_asks_for(host: str, name: str, *, taken: bool) -> None:
    assert as_the_net_knows_it(host) == (name, taken)


PARTS = st.sampled_from(
    ["bаnk", ".", "。", "nl", "com", "@", "http://", "www.", "é", " ", "(", ")", "xn--", "рф", "…", "-", "a" * 70]
)


@given(st.lists(PARTS, max_size=30).map("".join))
def test_any_text_is_shown_and_twice_is_once(text: str) -> None:
    shown = visible(text, 100)
    assert visible(shown, 100) == shown
    assert len(shown) <= 100


def test_a_long_text_of_half_names_takes_no_time() -> None:
    """A regular expression that tried everything would never end here."""
    for part in ("é.", "é@", "http://é", "a-é.", "é" * 63 + ".", "www.é."):
        assert visible(part * 500_000)
