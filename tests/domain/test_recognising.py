"""What an investigator can follow is found however it is typed, stands where it is said to stand, and stops nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.amounts import MOST_CENTS, cents_of, in_euro
from console.domain.recognising import MOST, clues_of_line, recognise
from console.model import Clue, ClueKind
from tests.domain.test_linking import ACCOUNT, ACCOUNTS, AROUND, NUMBERS, SEPARATORS, dutch
from tests.record.support import ADVERSARIAL

SATURDAY = date(2026, 11, 21)
BITCOIN = "1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD"
SEGWIT = "bc1qardv855yjngspvxuttq897aqca3lxju2y69jce"
TAPROOT = "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr"
ETHER = "0x52908400098527886e0f7030069857d2e4169ee7"
PARTS = st.sampled_from(
    [
        ACCOUNT,
        "06-12345678",
        "06-1234567",
        "€ 1.250,50",
        "12,5k",
        "gisteren 22.10",
        "14:05",
        "hxxps://ing[.]nl/in?a=1",
        "www.iets.de/x.",
        "p\u0430ypal.com",
        "Jan@Gmail.com",
        "anydesk 123 456 789",
        BITCOIN,
        SEGWIT,
        ETHER,
        "ＮＬ９１ＡＢＮＡ０４１７１６４３００",
        "\u200b",
        "\ufb03",
        "👩\u200d👩\u200d👧",
        "\u0130",
        " ",
        "\n",
        "[/b]",
        "\x1b]0;x\x07",
        "\u202e",
        ". ",
        "-",
        "0",
    ]
)
TEXTS = st.lists(PARTS | st.text(max_size=12), max_size=14).map("".join)


def values(text: str, kind: ClueKind) -> dict[str, bool]:
    return {each.clue.value: each.clue.valid for each in recognise(text, SATURDAY) if each.clue.kind is kind}


@settings(max_examples=400)
@given(TEXTS | st.text(max_size=200) | st.sampled_from(ADVERSARIAL))
def test_any_text_is_read_each_clue_where_it_stands(text: str) -> None:
    found = recognise(text, SATURDAY)
    assert len({(each.clue.kind, each.clue.value) for each in found}) == len(found) <= MOST
    assert [each.start for each in found] == sorted(each.start for each in found)
    for each in found:
        assert text[each.start : each.end] == each.clue.text != ""
        assert each.clue.value == each.clue.value.strip() != ""


@settings(max_examples=400)
@given(TEXTS)
def test_the_normal_form_of_a_clue_is_read_as_that_clue(text: str) -> None:
    for each in recognise(text, SATURDAY):
        assert each.clue.value in values(each.clue.value, each.clue.kind), each


@given(ACCOUNTS, SEPARATORS, AROUND)
def test_an_account_is_a_clue_and_a_wrong_digit_is_marked(account: str, separator: str, before: str) -> None:
    number = dutch(account)
    typed = separator.join(number[at : at + 4] for at in range(0, len(number), 4))
    assert values(before + typed, ClueKind.IBAN) == {number: True}
    wrong = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    assert values(before + wrong, ClueKind.IBAN) == {wrong: False}


@given(NUMBERS, AROUND)
def test_a_mobile_number_with_a_digit_too_few_or_too_many_is_marked(number: str, before: str) -> None:
    assert values(f"{before}06-{number}", ClueKind.PHONE) == {f"+316{number}": True}
    assert values(f"{before}06{number[:-1]}", ClueKind.PHONE) == {f"+316{number[:-1]}": False}
    assert values(f"{before}+31 6 {number}7", ClueKind.PHONE) == {f"+316{number}7": False}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("€ 1.250,50", {"€ 1.250,50": True}),
        ("1250 euro en nog eens 1.250,00 euro", {"€ 1.250,00": True}),
        ("12,5k", {"€ 12.500,00": True}),
        ("EUR 500 of 500,-", {"€ 500,00": True}),
        ("€ 12.50.", {"€ 12,50": True}),
        ("1,250 euro", {"€ 1.250,00": False}),
        ("3 ton euro", {"€ 300.000,00": True}),
        ("om 14:05 € 250", {"€ 250,00": True}),
        ("0,5 btc", {"0,5 BTC": True}),
        ("$ 1.000", {"$ 1.000,00": True}),
        ("100 en 200, 12-k-3, 1.2345 euro, 10000000000000 euro", {}),
    ],
)
def test_sums(text: str, found: dict[str, bool]) -> None:
    assert values(text, ClueKind.AMOUNT) == found


@given(st.integers(0, MOST_CENTS - 1))
def test_a_sum_is_read_as_it_is_written(cents: int) -> None:
    assert cents_of(in_euro(cents)) == cents
    assert cents_of(in_euro(cents)[2:]) == cents


@pytest.mark.parametrize("text", ["", "geen idee", "$ 3", "3 of 4", "\x1b3\x1b", "9" * 5000, "€ € 3"])
def test_what_is_no_sum_in_euro_is_none(text: str) -> None:
    assert cents_of(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("14:05", "14:05"),
        ("om 14.05 uur", "14:05"),
        ("14u05", "14:05"),
        ("gisteren 22.10", "20-11 22:10"),
        ("eergisteren om 9:05", "19-11 09:05"),
        ("vanmiddag 3.15", "21-11 15:15"),
        ("gisteravond half tien", "20-11 21:30"),
        ("kwart over twee 's middags", "14:15"),
        ("'s avonds tien voor half acht", "19:20"),
        ("maandag 10:00", "maandag 10:00"),
        ("3 november om 8:01", "03-11 08:01"),
        ("21-11-2025 14:05:12", "21-11-2025 14:05:12"),
        ("om 14 uur", "14:00"),
        ("kwart over twee", None),
        ("om 3 uur", None),
        ("1:30 uur geleden", None),
        ("3 uur geleden", None),
        ("22.10", None),
        ("25:61", None),
        ("32-13 14:05", None),
        ("gisteravond 12 uur", None),
    ],
)
def test_times_are_found_where_it_is_clear_which_they_are(text: str, said: str | None) -> None:
    assert values(text, ClueKind.TIME) == ({} if said is None else {said: True})


def test_without_a_day_of_today_the_word_stays() -> None:
    assert [each.clue.value for each in recognise("gisteren 22.10")] == ["gisteren 22:10"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hxxps://ing-veilig[.]nl/in?a=b.", "ing-veilig.nl/in?a=b"),
        ("h-x-x-p://ing(punt)com", "ing.com"),
        ("ga naar ing-veilig.nl/inloggen!", "ing-veilig.nl/inloggen"),
        ("www.iets.de/", "http://iets.de"),
        ("https://iets.de:8080/x", "http://iets.de:8080/x"),
        ("http://185.1.2.3/x", "http://185.1.2.3/x"),
        ("p\u0430ypal.com", "xn--pypal-4ve.com"),
        ("https://ing.nl@evil.com/x", "evil.com/x"),
        ("zei.de bank, politie.nl, https://www.politie.nl/x, a@ing.nl", None),
        ("http://[kapot", None),
    ],
)
def test_web_addresses_are_kept_without_what_makes_them_a_link(text: str, found: str | None) -> None:
    assert values(text, ClueKind.URL) == ({} if found is None else {found: True})


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        (BITCOIN, True),
        (BITCOIN[:-1] + "X", False),
        (SEGWIT, True),
        (SEGWIT[:-1] + "f", False),
        (TAPROOT, True),
        (TAPROOT[:-1] + "q", False),
        (ETHER, True),
        (ETHER[:-1], False),
        ("TJRabPrwbZy45sbavfcjinPJC18kjpRTv8", True),
        ("TJRabPrwbZy45sbavfcjinPJC18kjpRTv9", False),
        ("LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1", True),
        ("DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L", True),
    ],
)
def test_wallets_are_checked_by_their_own_sum(text: str, valid: bool) -> None:
    assert values(f"naar {text}, zei hij", ClueKind.WALLET) == {text: valid}


@pytest.mark.parametrize(
    ("before", "shown", "after"),
    [
        ("é👩‍👩 ", "ＮＬ９１ＡＢＮＡ０４１７１６４３００", "！ ok"),
        ("\u200b\u200b", "NL91\u200bABNA\u200b0417164300", "\u200b van"),
        ("ﬃ naar ", "NL91 ABNA 0417 1643 00", " é"),
    ],
)
def test_a_clue_is_exactly_what_was_typed_of_it(before: str, shown: str, after: str) -> None:
    (found,) = recognise(before + shown + after)
    assert (found.clue.value, found.clue.text) == (ACCOUNT, shown)
    assert (found.start, found.end) == (len(before), len(before) + len(shown))


def test_a_long_word_that_is_no_wallet_is_none() -> None:
    assert recognise("Donaudampfschiffahrtsgesellschaft 123456789123456789123456789") == ()


def test_mail_and_programs_to_look_along() -> None:
    assert values("Jan.X@Gmail.com. en info@politie.nl", ClueKind.MAIL) == {"jan.x@gmail.com": True}
    assert values("any desk: 1 234 567 890", ClueKind.REMOTE) == {"anydesk 1234567890": True}


def test_a_line_is_kept_whole_beside_what_is_recognised_in_it() -> None:
    line = "naar NL91 ABNA 0417 1643 00  van J. Jansen, € 250"
    text = " ".join(line.split())
    assert clues_of_line(line) == (
        Clue(ClueKind.IBAN, text, ACCOUNT, valid=True),
        Clue(ClueKind.AMOUNT, text, "€ 250,00", valid=True),
    )
    assert clues_of_line("@jan_90 op Instagram") == (
        Clue(ClueKind.ACCOUNT, "@jan_90 op Instagram", "@jan_90 op Instagram"),
    )
    assert clues_of_line("codewoord appeltaart") == (
        Clue(ClueKind.OTHER, "codewoord appeltaart", "codewoord appeltaart"),
    )
    assert clues_of_line(" \n\t ") == ()


@given(st.text(max_size=300) | st.sampled_from(ADVERSARIAL))
def test_no_typed_word_is_lost(line: str) -> None:
    text = " ".join(line.split())
    assert {clue.text for clue in clues_of_line(line)} == ({text} if text else set())


@pytest.mark.parametrize("piece", ["06-12345678 ", "1 ", "NL91 ", "a@", "0x", "1.000.", "3aB1", "h-t-t-p", "é", "€"])
def test_a_very_long_text_gives_no_more_than_a_call_can_hold(piece: str) -> None:
    assert len(recognise(piece * (10_000 // len(piece)))) <= MOST


def test_a_pasted_list_does_not_flood_the_call() -> None:
    assert len(recognise(" ".join(f"naam{number}.nl" for number in range(500)))) == MOST
