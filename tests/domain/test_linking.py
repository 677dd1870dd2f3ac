"""What calls may share is found however it is written, and nothing that a person types can stop a call."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban

from console.domain import linking
from console.model import Trace, TraceKind
from tests.record.support import ADVERSARIAL

ACCOUNT = "NL91ABNA0417164300"

NUMBERS = st.integers(10_000_000, 59_999_999).map(str)
BANKS = st.sampled_from(["ABNA", "INGB", "RABO", "BUNQ", "TRIO"])
ACCOUNTS = st.builds("{}{}".format, BANKS, st.integers(0, 9_999_999_999).map("{:010d}".format))
SEPARATORS = st.sampled_from(["", " ", ".", "-", "\u00a0", "\u2011"])
AROUND = st.sampled_from(["", "mevr. zegt ", "naar: ", "€ 250 op ", "(", "x\n"])
AFTER = st.sampled_from(["", " van Jansen", ", 14:05", ")", ". 2.500 euro", "\n06"])


def values(text: str, kind: TraceKind) -> dict[str, bool]:
    return {trace.value: trace.valid for trace in linking.find(text) if trace.kind == kind}


def dutch(account: str) -> str:
    number = f"NL00{account}"
    return f"NL{iban.calc_check_digits(number)}{account}"


@given(ACCOUNTS, SEPARATORS, AROUND, AFTER, st.booleans())
def test_an_account_is_found_however_it_is_typed(
    account: str, separator: str, before: str, after: str, small: bool
) -> None:
    number = dutch(account)
    typed = separator.join(number[at : at + 4] for at in range(0, len(number), 4))
    text = f"{before}{typed.lower() if small else typed}{after}"
    assert values(text, TraceKind.IBAN) == {number: True}


@given(ACCOUNTS, st.integers(4, 17), st.integers(1, 9))
def test_one_wrong_digit_is_marked_and_kept(account: str, place: int, more: int) -> None:
    number = dutch(account)
    if number[place].isalpha():
        place = 10
    wrong = f"{number[:place]}{(int(number[place]) + more) % 10}{number[place + 1 :]}"
    assert values(f"naar {wrong} zei hij", TraceKind.IBAN) == {wrong: False}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("DE89 3704 0044 0532 0130 00", {"DE89370400440532013000": True}),
        ("GB29NWBK60161331926819 500 euro", {"GB29NWBK60161331926819": True}),
        ("BE68 5390 0754 7034", {"BE68539007547034": True}),
        ("BE68 5390 0754 7035", {"BE68539007547035": False}),
        ("NL91ABNA041716430 een cijfer te weinig", {"NL91ABNA041716430": False}),
        (f"{ACCOUNT} en nog eens nl91 abna 0417 1643 00", {ACCOUNT: True}),
        (f"kenteken ab12 en daarna {ACCOUNT}", {ACCOUNT: True}),
        ("ＮＬ９１ＡＢＮＡ０４１７１６４３００", {ACCOUNT: True}),
        ("NL91\u200bABNA\u200b0417164300", {ACCOUNT: True}),
        ("kenteken AB12 3456, factuur NL2026 0001", {}),
        ("X" + ACCOUNT, {}),
    ],
)
def test_accounts(text: str, found: dict[str, bool]) -> None:
    assert values(text, TraceKind.IBAN) == found


@given(NUMBERS, st.sampled_from(["06{}", "06-{}", "+316{}", "+31 6 {}", "0031 6 {}", "06 {}", "+31 (0)6 {}"]), AROUND)
def test_a_mobile_number_is_one_number_however_it_is_typed(number: str, shape: str, before: str) -> None:
    spaced = f"{number[:2]} {number[2:4]} {number[4:6]} {number[6:]}" if " " in shape else number
    assert [trace.value for trace in linking.of_phone(shape.format(spaced))] == [f"+316{number}"]
    assert values(before + shape.format(number), TraceKind.PHONE) == {f"+316{number}": True}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bel 06-12345678 terug", {"+31612345678": True}),
        ("050-5512345 of (050) 551 23 46", {"+31505512345": True, "+31505512346": True}),
        ("hij belde met +44 20 7946 0958", {"+442079460958": True}),
        ("0900-8844 en 112", {}),
        ("om 14:05:12 op 21-11-2026 € 12.345.678", {}),
        ("BSN 123456782", {}),
    ],
)
def test_phone_numbers_in_text(text: str, found: dict[str, bool]) -> None:
    assert values(text, TraceKind.PHONE) == found


@pytest.mark.parametrize(
    ("text", "trace"),
    [
        ("06-12345678", Trace(TraceKind.PHONE, "+31612345678", "06-12345678", valid=True)),
        ("06-123456", Trace(TraceKind.PHONE, "+316123456", "06-123456", valid=False)),
        ("112", None),
        ("anoniem", None),
        ("0900-8844", None),
        ("", None),
    ],
)
def test_a_phone_field(text: str, trace: Trace | None) -> None:
    assert linking.of_phone(text) == (() if trace is None else (trace,))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("anydesk 123 456 789", {"anydesk 123456789": True}),
        ("Any Desk: 1 234 567 890", {"anydesk 1234567890": True}),
        ("het nummer 123456789 van TeamViewer", {"teamviewer 123456789": True}),
        ("teamviewer 987654321, later anydesk 123456789", {"teamviewer 987654321": True, "anydesk 123456789": True}),
        ("alias helpdesk.ing@ad", {"anydesk helpdesk.ing@ad": True}),
        ("anydesk, hij belt met 0612345678", {}),
        ("anydesk, hij belt met +31612345678", {}),
        ("123456789", {}),
        ("anydesk 12345678 of 12345678901", {}),
        ("anydesk " + "." * 60 + " 123456789", {}),
    ],
)
def test_programs_to_look_along(text: str, found: dict[str, bool]) -> None:
    assert values(text, TraceKind.REMOTE) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://www.ING-veilig.nl/inloggen?a=b.", {"ing-veilig.nl": True}),
        ("ga naar www.ing-veilig.nl.", {"ing-veilig.nl": True}),
        ("login.ing-veilig.nl", {"login.ing-veilig.nl": True}),
        ("https://ing.nl@evil.com/x", {"evil.com": True}),
        ("p\u0430ypal.com", {"xn--pypal-4ve.com": True}),
        ("https://xn--pypal-4ve.com", {"xn--pypal-4ve.com": True}),
        ("http://185.1.2.3:8080/x", {"185.1.2.3": True}),
        ("www.iets.de", {"iets.de": True}),
        ("hij zei.de bank belde op.me daarna", {}),
        ("mail naar jan@gmail.com", {}),
        ("politie.nl", {}),
        ("http://[kapot", {}),
    ],
)
def test_web_domains(text: str, found: dict[str, bool]) -> None:
    assert values(text, TraceKind.DOMAIN) == found


def test_a_domain_that_no_register_takes_is_marked() -> None:
    (trace,) = linking.of_domain("http://" + "a" * 70 + ".nl")
    assert (trace.value, trace.valid) == ("a" * 70 + ".nl", False)
    assert [each.value for each in linking.of_domain("iets.example")] == ["iets.example"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Brink 4, 9461 AS Gieten", {"9461AS 4", "brink 4 gieten"}),
        ("9461as 4", {"9461AS 4"}),
        ("postcode 9461 AS, nummer 12b", {"9461AS 12B"}),
        ("Kerkstraat 12-3, 1012 JS Amsterdam", {"1012JS 12-3", "kerkstraat 12-3 amsterdam"}),
        ("hij woont Oude Kerkstraat 4a in Gieten", {"oude kerkstraat 4A gieten"}),
        ("dorpsstraat 7 te Rolde", {"dorpsstraat 7 rolde"}),
        ("Maasdamstraat 12, Den Haag", {"maasdamstraat 12 den haag"}),
        ("om 14 uur in Assen, 2 mannen", set()),
        ("1000 in een keer", set()),
        ("9461 AS", set()),
    ],
)
def test_addresses_in_text(text: str, found: set[str]) -> None:
    assert set(values(text, TraceKind.ADDRESS)) == found


def test_an_address_field_needs_no_known_kind_of_street() -> None:
    assert {trace.value for trace in linking.of_address("Brink 4, Gieten")} == {"brink 4 gieten"}
    assert {trace.value for trace in linking.of_address("Café-hoek 4 , 9461 as  Gieten")} >= {"cafe hoek 4 gieten"}
    assert linking.of_address("Gieten") == ()


def test_a_postcode_that_was_never_given_out_is_marked() -> None:
    assert values("1234 SS 5", TraceKind.ADDRESS) == {"1234SS 5": False}


PIECES = st.sampled_from(
    [
        *ADVERSARIAL[:-2],
        ACCOUNT,
        "nl91",
        "06",
        "-",
        ".",
        "@ad",
        "anydesk ",
        "https://",
        "xn--",
        "9461 AS",
        " 4",
        "straat",
    ]
)


@settings(max_examples=300)
@given(st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=8))).map("".join)))
def test_no_text_stops_a_call(text: str) -> None:
    readers = (linking.find, linking.of_phone, linking.of_address, linking.of_iban, linking.of_domain)
    for read in (*readers, linking.of_remote, linking.of_plate, linking.of_question):
        found = read(text)
        assert len(found) <= linking.MOST
        assert len({(trace.kind, trace.value) for trace in found}) == len(found)
        for trace in found:
            assert trace.value
            assert trace.value == trace.value.strip()
            (trace.value + trace.text).encode()


@pytest.mark.parametrize("text", ADVERSARIAL)
def test_adversarial_text_hides_nothing_after_it(text: str) -> None:
    assert ACCOUNT in values(f"{text}\n{ACCOUNT}", TraceKind.IBAN)


def test_only_so_much_of_a_text_is_looked_at() -> None:
    text = " ".join(dutch(f"ABNA{number:010d}") for number in range(2000))
    assert len(linking.find(text)) == linking.MOST
    assert linking.find("x" * linking.LONGEST + " " + ACCOUNT) == ()


@pytest.mark.parametrize(
    "plate",
    [
        *("DZ-01-23", "01-23-DZ", "01-DZ-23", "DZ-01-PF", "DZ-PF-01", "01-DZ-PF", "01-DZP-2", "1-DZP-23"),
        *("DZ-123-P", "D-123-ZP", "DZP-12-F", "D-12-ZPF", "1-DZ-234", "123-DZ-4"),
    ],
)
def test_a_plate_of_every_dutch_series_is_known_however_it_is_typed(plate: str) -> None:
    value = plate.replace("-", "")
    for text in (plate, plate.lower(), plate.replace("-", " "), f"  {value} "):
        (trace,) = linking.of_plate(text)
        assert (trace.kind, trace.value, trace.valid) == (TraceKind.PLATE, value, True)


@pytest.mark.parametrize("text", ["B-MW 1234", "DZ-1", "QQQQQQ"])
def test_a_plate_of_no_dutch_series_is_kept_and_marked(text: str) -> None:
    (trace,) = linking.of_plate(text)
    assert not trace.valid


@pytest.mark.parametrize("text", ["", " - ", "4", "DZ", "een grijze Golf met trekhaak"])
def test_what_is_too_short_or_too_long_is_no_plate(text: str) -> None:
    assert linking.of_plate(text) == ()


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        (ACCOUNT, {TraceKind.IBAN}),
        ("06-12345678", {TraceKind.PHONE}),
        ("ab-123-c", {TraceKind.PLATE}),
        ("winkel.museum", {TraceKind.DOMAIN}),
        ("123 456 789", {TraceKind.REMOTE, TraceKind.PHONE}),
        ("Brink 4, Gieten", {TraceKind.ADDRESS}),
        ("grijze Golf", set()),
        ("Jansen", set()),
        ("", set()),
    ],
)
def test_a_question_is_read_in_each_way_that_it_can_be(question: str, kinds: set[TraceKind]) -> None:
    assert {trace.kind for trace in linking.of_question(question)} == kinds
