"""What is noted besides the answers: numbered, corrected by a new version, taken back and never erased, findable."""

from __future__ import annotations

import dataclasses
import json
from datetime import timedelta
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.model import (
    Advised,
    Appointment,
    AppointmentKind,
    BankCalled,
    CallBack,
    Channel,
    Choice,
    Clue,
    ClueKind,
    Detail,
    Device,
    KnownDetail,
    OpenedByMistake,
    Party,
    PassedOn,
    Payee,
    Payment,
    Referred,
    Secured,
    Securing,
    Suspect,
    TraceKind,
    TraceOrigin,
)
from console.record import NotYours, RecordError, engine, search
from console.record.details import word_of
from console.record.verifying import verify
from tests.record.support import ADVERSARIAL, START, draft, incoming, rows
from tests.record.tampering import opened

if TYPE_CHECKING:
    from console.record import Calls, Home, Reader, Writer
    from tests.record.support import Clock

ACCOUNT = "NL91 ABNA 0417 1643 00"
CLUE = Clue(ClueKind.IBAN, ACCOUNT, "NL91ABNA0417164300")
MONTH = timedelta(days=30)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SAID = TEXT.filter(str.strip)
MOMENTS = st.integers(0, 10**7).map(lambda seconds: START + timedelta(seconds=seconds))
DETAILS = st.one_of(
    st.builds(Clue, st.sampled_from(ClueKind), SAID, TEXT, st.booleans()),
    st.builds(Payment, st.sampled_from(Payee), st.none() | st.integers(0, 10**12), TEXT, TEXT, TEXT),
    st.builds(Device, SAID, TEXT),
    st.builds(Suspect, SAID, TEXT, TEXT, TEXT),
    st.builds(Secured, SAID, st.sampled_from(Securing)),
    st.builds(Advised, SAID),
    st.builds(BankCalled, st.sampled_from(Party), TEXT),
    st.builds(Appointment, st.sampled_from(AppointmentKind), st.sampled_from(Party), SAID),
    st.builds(CallBack, MOMENTS, TEXT, TEXT, st.booleans()),
    st.builds(Referred, SAID),
    st.builds(PassedOn, SAID, TEXT),
    st.builds(OpenedByMistake),
)
ONE_OF_EACH: tuple[Detail, ...] = (
    CLUE,
    Payment(Payee.BANK, 125_050, ACCOUNT, "J. Jansen", "vandaag 13.40"),
    Device("laptop", "staat nog aan"),
    Suspect("man, pet", "richting station", "grijze Golf", "AB-123-C"),
    Secured("schermafdruk", Securing.SECURED),
    Advised("niet-ophangen"),
    BankCalled(Party.CALLER, "ING"),
    Appointment(AppointmentKind.STATION, Party.SERVICE_CENTRE, "morgen 10.00, Assen"),
    CallBack(START + timedelta(hours=1), "06-12345678", "vragen hoe het is"),
    Referred("fraudehelpdesk"),
    PassedOn("Team Cyber", "26-0001"),
    OpenedByMistake(),
)


def test_one_of_each_kind_is_here() -> None:
    assert {type(detail) for detail in ONE_OF_EACH} == set(get_args(Detail))


def test_every_kind_comes_back_as_it_was_noted(calls: Calls, reader: Reader, clock: Clock, home: Home) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    for number, detail in enumerate(ONE_OF_EACH, start=1):
        assert calls.add(claim, detail) == number
    assert reader.file(claim.call_id).details == tuple(
        KnownDetail(number, detail, clock.now, "jan") for number, detail in enumerate(ONE_OF_EACH, start=1)
    )
    assert verify(home).faults == ()


def test_what_is_added_with_the_same_token_is_one_detail_as_it_now_stands(calls: Calls, reader: Reader) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    assert [calls.add(claim, Device(each), "een") for each in ("lap", "laptop", "laptop")] == [1, 1, 1]
    assert calls.add(claim, Device("laptop"), "twee") == 2
    assert calls.add(claim, Device("laptop")) == 3
    assert [each.detail for each in reader.file(claim.call_id).details] == [Device("laptop")] * 3
    with pytest.raises(RecordError, match="gegevensdrager"):
        calls.add(claim, Advised("niet-ophangen"), "een")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(DETAILS, DETAILS, st.booleans()), min_size=1, max_size=5))
def test_whatever_is_noted_the_newest_version_stands(
    calls: Calls, reader: Reader, home: Home, noted: list[tuple[Detail, Detail, bool]]
) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    expected: list[tuple[int, Detail, bool]] = []
    for first, second, gone in noted:
        number = calls.add(claim, first)
        stands = first
        if type(first) is type(second):
            calls.change(claim, number, second)
            stands = second
        if gone:
            calls.take_back(claim, number)
        expected.append((number, stands, gone))
    file = reader.file(claim.call_id)
    assert [(each.number, each.detail, each.taken_back) for each in file.details] == expected
    promised = [each.at for _, each, gone in expected if isinstance(each, CallBack) and not (gone or each.done)]
    (row,) = (row for row in reader.board().rows if row.call_id == claim.call_id)
    assert row.call_back_at == min(promised, default=None)
    assert verify(home).faults == ()


def test_a_correction_is_a_new_row_and_the_old_one_stays(
    calls: Calls, reader: Reader, writer: Writer, clock: Clock
) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    calls.add(claim, Device("telefoon"))
    calls.add(claim, Device("laptop"))
    clock.forward(minutes=1)
    calls.change(claim, 1, Device("telefoon", "uit"))
    calls.take_back(claim, 2)
    since = clock.now
    clock.forward(minutes=1)
    for _ in range(2):
        calls.change(claim, 1, Device("telefoon", "uit"))
        calls.take_back(claim, 2)
    assert reader.file(claim.call_id).details == (
        KnownDetail(1, Device("telefoon", "uit"), since, "jan"),
        KnownDetail(2, Device("laptop"), since, "jan", taken_back=True),
    )
    assert [row["number"] for row in rows(writer, "SELECT number FROM detail ORDER BY seq")] == [1, 2, 1, 2]
    calls.change(claim, 2, Device("laptop"))
    assert not reader.file(claim.call_id).details[1].taken_back
    assert [row["what"] for row in rows(writer, "SELECT what FROM audit ORDER BY seq")][1:] == [
        "gegevensdrager vastgelegd",
        "gegevensdrager vastgelegd",
        "gegevensdrager verbeterd",
        "gegevensdrager teruggenomen",
        "gegevensdrager verbeterd",
    ]


def test_each_call_counts_its_own(calls: Calls) -> None:
    one, other = (calls.open_by_hand(Channel.OTHER, "jan") for _ in range(2))
    assert [calls.add(claim, Advised("x")) for claim in (one, other, one)] == [1, 1, 2]


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        (Clue(ClueKind.OTHER, " ", "x"), "spoor"),
        (Device(""), "gegevensdrager"),
        (Suspect(" ", "", "", ""), "signalement"),
        (Advised(""), "advies"),
        (Referred(""), "verwijzing"),
        (Payment(Payee.BANK, -1), "onder nul"),
        (Device("\ud800"), "half teken"),
    ],
)
def test_what_says_nothing_is_refused_in_words(calls: Calls, writer: Writer, detail: Detail, words: str) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    before = rows(writer, "SELECT * FROM audit")
    with pytest.raises(RecordError, match=words):
        calls.add(claim, detail)
    assert rows(writer, "SELECT * FROM audit") == before
    assert rows(writer, "SELECT * FROM detail") == []


def test_a_number_keeps_its_kind_and_must_be_there(calls: Calls, reader: Reader) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    calls.add(claim, CLUE)
    with pytest.raises(RecordError, match="is een spoor"):
        calls.change(claim, 1, Device("laptop"))
    with pytest.raises(RecordError, match="niets vastgelegd onder nummer 2"):
        calls.change(claim, 2, CLUE)
    with pytest.raises(RecordError, match="niets vastgelegd onder nummer 0"):
        calls.take_back(claim, 0)
    assert [each.detail for each in reader.file(claim.call_id).details] == [CLUE]


def test_who_lost_the_call_notes_nothing(calls: Calls, reader: Reader) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    calls.add(claim, CLUE)
    calls.claim(claim.call_id, "jan")
    for refused in (
        lambda: calls.add(claim, CLUE),
        lambda: calls.change(claim, 1, Clue(ClueKind.IBAN, "x", "x")),
        lambda: calls.take_back(claim, 1),
    ):
        with pytest.raises(NotYours):
            refused()
    assert [(each.detail, each.taken_back) for each in reader.file(claim.call_id).details] == [(CLUE, False)]


def test_a_decided_call_waits_for_who_promised_to_call_back(calls: Calls, reader: Reader, clock: Clock) -> None:
    claim = calls.claim(calls.ring(incoming()).call_id, "jan")
    calls.decide(claim, draft(choice=Choice.ADVICE), None)
    assert reader.board().rows == ()
    late, soon = START + timedelta(hours=2), START + timedelta(hours=1)
    calls.add(claim, CallBack(late))
    number = calls.add(claim, CallBack(soon))
    assert [row.call_back_at for row in reader.board().rows] == [soon]
    clock.forward(hours=1)
    calls.change(claim, number, CallBack(soon, done=True))
    assert [row.call_back_at for row in reader.board().rows] == [late]
    calls.take_back(claim, 1)
    assert reader.board().rows == ()


@pytest.mark.parametrize(
    ("detail", "shared"),
    [
        (CLUE, (TraceKind.IBAN, "NL91ABNA0417164300")),
        (Clue(ClueKind.PHONE, "06-12345679", ""), (TraceKind.PHONE, "+31612345679")),
        (Clue(ClueKind.REMOTE, "AnyDesk 123 456 789", ""), (TraceKind.REMOTE, "anydesk 123456789")),
        (Clue(ClueKind.URL, "ing-veilig.example", ""), (TraceKind.DOMAIN, "ing-veilig.example")),
        (Clue(ClueKind.OTHER, f"naar {ACCOUNT}", ""), (TraceKind.IBAN, "NL91ABNA0417164300")),
        (Clue(ClueKind.IBAN, "via www.ing-veilig.nl", ""), (TraceKind.DOMAIN, "ing-veilig.nl")),
        (Payment(Payee.BANK, None, "NL91ABNA0417164301"), (TraceKind.IBAN, "NL91ABNA0417164301")),
        (Payment(Payee.SHOP, None, "www.winkel.nl"), (TraceKind.DOMAIN, "winkel.nl")),
        (Suspect(plate="ab 123 c"), (TraceKind.PLATE, "AB123C")),
        (Suspect("man, belde met 06-12345679"), (TraceKind.PHONE, "+31612345679")),
        (CallBack(START, "050-5512345"), (TraceKind.PHONE, "+31505512345")),
    ],
)
def test_a_detail_ties_its_call_to_others(
    calls: Calls, reader: Reader, detail: Detail, shared: tuple[TraceKind, str]
) -> None:
    claim, other = (calls.open_by_hand(Channel.OTHER, "jan") for _ in range(2))
    number = calls.add(claim, detail)
    (known,) = reader.file(claim.call_id).traces
    assert ((known.trace.kind, known.trace.value), known.origin) == (shared, TraceOrigin.DETAIL)
    calls.add(other, detail)
    assert [each.call_id for each in reader.related(other.call_id, MONTH)] == [claim.call_id]
    calls.take_back(claim, number)
    assert reader.file(claim.call_id).traces == ()
    assert reader.related(other.call_id, MONTH) == ()


def test_what_was_noted_is_found_by_its_words(calls: Calls, reader: Reader) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    for detail in ONE_OF_EACH:
        calls.add(claim, detail)

    def found(word: str) -> int:
        return len(reader.ask(lambda connection: search.by_text(connection, word, 5)))

    for word in ("0417", "Jansen", "13.40", "laptop", "station", "Golf", "123", "ING", "Assen", "vragen"):
        assert found(word) == 1, word
    for code in ("bankrekening", "veiliggesteld", "niet-ophangen", "centralist", "2026*"):
        assert found(code) == 0, code


@pytest.mark.parametrize("text", ADVERSARIAL[:-1])
def test_any_text_comes_back_as_it_was_typed(calls: Calls, reader: Reader, home: Home, text: str) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    said: list[Detail] = [Clue(ClueKind.OTHER, text, text), Suspect(text, text, text, text), Device(text, text)]
    for detail in said:
        calls.add(claim, detail)
    assert [each.detail for each in reader.file(claim.call_id).details] == said
    assert verify(home).faults == ()


def test_the_audit_holds_nothing_of_what_was_noted(calls: Calls, writer: Writer) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    for detail in ONE_OF_EACH:
        calls.add(claim, detail)
    told = [row["details"] for row in rows(writer, "SELECT details FROM audit")]
    assert all(set(json.loads(each)) == {"inhoud"} for each in told)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE detail SET body = '{}'",
        "UPDATE detail SET taken_back = 1",
        "DELETE FROM detail",
        "INSERT OR REPLACE INTO detail SELECT * FROM detail",
    ],
)
def test_nothing_that_was_noted_can_be_changed(calls: Calls, home: Home, statement: str) -> None:
    calls.add(calls.open_by_hand(Channel.OTHER, "jan"), CLUE)
    connection = engine.connect(home.database)
    try:
        with pytest.raises(engine.sqlite.IntegrityError, match="append-only"):
            connection.execute(statement)
    finally:
        connection.close()


@pytest.mark.parametrize(
    "crime",
    [
        "UPDATE detail SET body = replace(body, '1643', '1644') WHERE seq = 1",
        "UPDATE detail SET body = '{}' WHERE seq = 1",
        "UPDATE detail SET body = 'x' WHERE seq = 1",
        "UPDATE detail SET kind = 'advies', body = '{\"line\":\"x\"}' WHERE seq = 1",
        "UPDATE detail SET taken_back = 1 WHERE seq = 1",
        "UPDATE detail SET number = 7 WHERE seq = 1",
        "UPDATE detail SET assessment = 2 WHERE seq = 1",
        "UPDATE detail SET by = 'piet' WHERE seq = 1",
        "UPDATE detail SET at = '2026-11-21T12:00:00.123Z' WHERE seq = 1",
        "DELETE FROM detail WHERE seq = 1",
        "DELETE FROM detail WHERE seq = (SELECT max(seq) FROM detail)",
        """INSERT INTO detail SELECT seq + 100, call_id, assessment, number, kind, body, taken_back, at, by, NULL
            FROM detail WHERE seq = 1""",
        "UPDATE call SET call_back_at = NULL",
        "UPDATE call SET call_back_at = '2026-11-22T12:00:00.123Z'",
    ],
)
def test_what_was_noted_cannot_be_changed_unseen(calls: Calls, home: Home, crime: str) -> None:
    claim = calls.open_by_hand(Channel.OTHER, "jan")
    for detail in ONE_OF_EACH:
        calls.add(claim, detail)
    calls.change(claim, 1, Clue(ClueKind.IBAN, ACCOUNT, "NL91ABNA0417164300", valid=False))
    calls.take_back(claim, 2)
    assert verify(home).whole
    with opened(home) as connection:
        assert connection.execute(crime).rowcount > 0
    (fault,) = verify(home).faults
    assert claim.call_id in fault.sentence


def test_every_kind_has_a_word_of_its_own() -> None:
    assert len({word_of(detail) for detail in ONE_OF_EACH}) == len(ONE_OF_EACH)
    assert all(dataclasses.is_dataclass(detail) for detail in ONE_OF_EACH)
