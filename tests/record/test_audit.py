"""The audit trail: one row for each thing done or denied, and never a person's data in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from console.model import Facts, Location, Role, UnitStatus
from console.record import AlreadyClaimed, Calls, DifferentCall, NotToSend, NotYours, audit
from tests.record.support import START, dispatch, draft, incoming, rows

if TYPE_CHECKING:
    from console.record import Outbox, Writer

PLANTED = {
    "number": "06-98765432",
    "name": "Hendrika Terpstra",
    "address": "Kerkpad 17, Zuidlaren",
    "words": "oplichter zegt van de bank",
    "callback": "050-1112223",
    "answer": "NL91ABNA0417164300",
    "note": "dochter Anja is bij haar",
    "reason": "buurman Sikkema belde ook",
    "error": "tijd om voor Terpstra",
    "cad": "GMS-Terpstra",
    "unit": "auto van Sikkema",
    "external": "tel:0698765432",
}


def a_whole_call(calls: Calls, outbox: Outbox) -> str:
    """Do everything that can be done with a call, what is refused included."""
    call = incoming(
        PLANTED["external"],
        number=PLANTED["number"],
        name=PLANTED["name"],
        location=Location(PLANTED["address"]),
        first_words=PLANTED["words"],
    )
    call_id = calls.ring(call).call_id
    with pytest.raises(DifferentCall):
        calls.ring(incoming(PLANTED["external"], name=PLANTED["name"]))
    stale = calls.claim(call_id, "jan")
    claim = calls.claim(call_id, "jan")
    with pytest.raises(AlreadyClaimed):
        calls.claim(call_id, "piet")
    with pytest.raises(NotYours):
        calls.note(stale, PLANTED["note"])
    calls.tell(claim, Facts(PLANTED["address"], PLANTED["callback"], Role.VICTIM, speaks_freely=True))
    calls.answer(claim, "rekening", PLANTED["answer"])
    calls.note(claim, PLANTED["note"])
    sent = dispatch(
        call_id,
        location=Location(PLANTED["address"]),
        callback=PLANTED["callback"],
        caller_name=PLANTED["name"],
        briefing=(PLANTED["words"], PLANTED["note"], PLANTED["answer"]),
        details=(PLANTED["reason"],),
    )
    made = draft(answers={"rekening": PLANTED["answer"]}, deviates=True)
    decision = calls.decide(claim, made, sent)
    calls.give_reason(claim, decision.id, PLANTED["reason"])
    outbox.sending(sent.message_id)
    outbox.postpone(sent.message_id, START, PLANTED["error"])
    outbox.unclear(sent.message_id, PLANTED["error"])
    outbox.delivered(sent.message_id, PLANTED["cad"])
    outbox.accepted(sent.message_id, PLANTED["cad"])
    outbox.unit(sent.message_id, PLANTED["unit"], UnitStatus.EN_ROUTE, START)
    outbox.unit(sent.message_id, PLANTED["unit"], UnitStatus.ASSIGNED, START)
    outbox.refused(sent.message_id, PLANTED["reason"])
    outbox.delivered(sent.message_id, PLANTED["cad"])
    with pytest.raises(NotToSend):
        outbox.sending(sent.message_id)
    outbox.link(False, PLANTED["error"])
    again = dispatch(call_id)
    calls.decide(claim, draft("nog eens"), again)
    calls.by_hand(claim, again.message_id)
    calls.release(claim)
    return call_id


def test_no_personal_data_stands_in_the_audit(calls: Calls, outbox: Outbox, writer: Writer) -> None:
    a_whole_call(calls, outbox)
    trail = rows(writer, "SELECT at, who, terminal, os_user, what, call_id, details FROM audit")
    assert len(trail) > 20
    text = json.dumps(trail, ensure_ascii=False).casefold()
    words = {word for planted in PLANTED.values() for word in (planted, *planted.split()) if len(word) > 4}
    assert [word for word in words if word.casefold() in text] == []


def test_everything_done_or_denied_leaves_its_row_with_who_and_where(
    calls: Calls, outbox: Outbox, writer: Writer
) -> None:
    call_id = a_whole_call(calls, outbox)
    trail = rows(writer, "SELECT * FROM audit ORDER BY seq")
    assert [(row["who"], row["what"]) for row in trail] == [
        ("intake", "binnengekomen"),
        ("intake", "binnenkomst geweigerd"),
        ("jan", "aangenomen"),
        ("jan", "aangenomen"),
        ("piet", "aannemen geweigerd"),
        ("jan", "notitie geweigerd"),
        ("jan", "gegevens"),
        ("jan", "beantwoord"),
        ("jan", "notitie"),
        ("jan", "besloten"),
        ("jan", "reden gegeven"),
        ("bezorging", "verzonden"),
        ("bezorging", "uitgesteld"),
        ("bezorging", "onduidelijk"),
        ("bezorging", "afgeleverd"),
        ("bezorging", "bevestigd"),
        ("bezorging", "eenheid"),
        ("bezorging", "te laat"),
        ("bezorging", "geweigerd"),
        ("bezorging", "te laat"),
        ("bezorging", "te laat"),
        ("bezorging", "koppeling"),
        ("jan", "besloten"),
        ("jan", "met de hand doorgegeven"),
        ("jan", "teruggezet"),
    ]
    assert {(row["terminal"], row["os_user"], row["at"]) for row in trail} == {
        ("pts/4", "jdevries", "2026-11-21T13:00:00.123Z")
    }
    assert {row["call_id"] for row in trail if row["what"] != "koppeling"} == {call_id}
    assert [row["seq"] for row in trail] == list(range(1, len(trail) + 1))


def test_a_digest_shows_what_was_recorded_to_who_has_the_call(calls: Calls, writer: Writer) -> None:
    for name in ("a", "b"):
        calls.note(calls.claim(calls.ring(incoming(name)).call_id, "jan"), "dezelfde notitie")
    salts = [row["salt"] for row in rows(writer, "SELECT salt FROM call ORDER BY id")]
    found = [
        json.loads(row["details"])["inhoud"]
        for row in rows(writer, "SELECT details FROM audit WHERE what = 'notitie' ORDER BY seq")
    ]
    assert [len(salt) for salt in salts] == [32, 32]
    assert found == [audit.digest(salt, "dezelfde notitie") for salt in salts]
    assert found[0] != found[1], "two calls must not be linked by what was said in them"


def test_details_are_canonical(calls: Calls, outbox: Outbox, writer: Writer) -> None:
    a_whole_call(calls, outbox)
    for row in rows(writer, "SELECT details FROM audit"):
        assert row["details"] == json.dumps(
            json.loads(row["details"]), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
