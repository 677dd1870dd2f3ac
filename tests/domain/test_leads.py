"""What there is to go on: what stands, what was never asked, and what a bank still needs."""

from __future__ import annotations

from dataclasses import replace

from console.domain import leads
from console.model import CallFile, Clue, ClueKind, Detail, Device, KnownDetail, Payee, Payment, Secured, Securing
from console.widgets.offer import offers
from tests.domain.test_dispatching import MOMENT, call_file

CLUE = Clue(ClueKind.IBAN, "nl91", "NL91ABNA0417164300")


def with_details(*details: Detail | None) -> CallFile:
    """A call with these details; None makes the one before it taken back."""
    known: list[KnownDetail] = []
    for detail in details:
        if detail is None:
            known[-1] = replace(known[-1], taken_back=True)
        else:
            known.append(KnownDetail(len(known) + 1, detail, MOMENT, "a"))
    return replace(call_file({}), details=tuple(known))


def test_what_was_taken_back_is_nothing_to_go_on_and_is_not_offered_again() -> None:
    file = with_details(CLUE, None, Device("laptop"))
    assert leads.clues(file) == ()
    assert leads.devices(file) == ((2, Device("laptop")),)
    assert not leads.has_leads(file)
    assert leads.is_kept(file, CLUE)
    assert leads.number_of(file, Device("laptop")) == 2


def test_asked_and_none_is_not_the_same_as_never_asked_and_ends_with_the_first_clue() -> None:
    none = Secured(leads.LEADS, Securing.ABSENT)
    assert not leads.none_known(with_details())
    assert leads.none_known(with_details(none))
    assert not leads.none_known(with_details(none, None))
    assert not leads.none_known(with_details(none, CLUE))
    assert leads.none_known(with_details(none, CLUE, None))


def test_the_checklist_stands_as_it_was_last_told() -> None:
    file = with_details(Secured("chat", Securing.ASKED), Secured("pas", Securing.SECURED), None)
    assert leads.secured(file) == {"chat": Securing.ASKED}
    assert leads.number_of_secured(file, "pas") == 2
    assert leads.number_of_secured(file, "camera") is None


def test_what_a_bank_still_needs_is_named() -> None:
    assert leads.lacking(Payment(Payee.BANK)) == ("cents", "account", "name", "at")
    assert leads.lacking(Payment(Payee.BANK, 0, "x", " ", "13.40")) == ("name",)
    assert leads.lacking(Payment(Payee.SHOP, 1, "order 7", "Bol", "nu")) == ()


def test_the_note_offers_what_was_never_kept_and_not_the_number_of_the_caller() -> None:
    note = "om 14:05 € 500 van 06-12345678 naar NL91ABNA0417164300 en 06-87654321"
    file = call_file({})
    today = MOMENT.date()
    found = [clue.value for clue in offers(file, note, today)]
    assert found == ["NL91ABNA0417164300", "+31687654321", "14:05", "€ 500,00"]
    assert [clue.value for clue in offers(with_details(CLUE, None), note, today)] == found[1:]
    assert offers(file, "", today) == ()
