"""The report of a shift or a week: the same numbers as a count of all rows, none too small, nobody in it."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console import report
from console.model import Advised, Certainty, Choice, Fact, Secured, Securing, Source
from console.report import period as periods
from console.report.counting import half_and_most, share, tellable
from console.report.period import Period, PeriodError
from console.report.writing import Report, as_csv, as_page, as_text
from console.times import local, now
from tests.overview.room import Room, program

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

    from console.report.tables import Table

NOW = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = Room(tmp_path, NOW - timedelta(hours=6), taking_norm=20)
    yield room
    room.close()


def handle(room: Room, count: int, choice: Choice, *, form: str = "sextortion", seconds: float = 30) -> None:
    for _ in range(count):
        claim = room.take(call_id := room.ring(ago=timedelta(seconds=10)))
        room.calls.answer(claim, "vorm", form)
        room.clock.forward(seconds=seconds)
        room.decide(call_id, choice)


def made(room: Room) -> Report:
    return report.make(room.settings, Period(NOW - timedelta(hours=8), NOW, whole_days=False))


def rows(table: Table) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in table.rows}


def titled(found: Report, title: str) -> dict[str, tuple[str, ...]]:
    return rows(next(table for table in found.tables if table.title == title))


def test_it_counts_what_was_handled(room: Room) -> None:
    handle(room, 12, Choice.ONLINE)
    handle(room, 9, Choice.PRIO2, seconds=90)
    handle(room, 2, Choice.STATION, form="ddos")
    for message in room.sent:
        room.outbox.sending(message)
        room.clock.forward(seconds=4)
        room.outbox.accepted(message, "26-1")
    found = made(room)
    assert "Meldingen: 23." in found.lines
    assert titled(found, "Kanaal")["112"] == ("23",)
    outcomes = titled(found, "Besluiten")
    assert (outcomes["online"], outcomes["bureau"]) == (("12",), ("(te klein)",))
    assert outcomes["prio 2"] == ("(te klein)",), "the sum would tell how many went to the station"
    times = titled(found, "Tijden")
    assert times["tot aannemen"] == ("0:10", "0:10")
    assert times["tot eerste besluit"] == ("0:40", "1:40")
    assert times["aangenomen binnen 0:20"] == ("100 %", "")
    assert titled(found, "Inzetten naar het CAD")["bevestigd"] == ("9",)


def test_two_tables_together_give_no_small_number_away(room: Room) -> None:
    """Two callers went to the station, and two of the many who report online had a rare crime."""
    handle(room, 6, Choice.PRIO1)
    handle(room, 9, Choice.ONLINE)
    handle(room, 8, Choice.ONLINE, form="phishing")
    handle(room, 2, Choice.ONLINE, form="ddos")
    handle(room, 2, Choice.STATION, form="doxing")
    found = made(room)
    forms = next(table for table in found.tables if table.title == "Laatste besluit per vorm")
    column = {name: [row[place] for row in forms.rows] for place, name in enumerate(forms.columns)}
    hidden = "(te klein)"
    assert sorted(column["online"]) == [hidden] * 3, "9 and 8 of 19 leave 2"
    assert column["prio 1"].count(hidden) == 1
    assert titled(found, "Besluiten")["prio 1"] == (hidden,)
    assert hidden in column["bureau"]


def test_what_good_handling_asks_for(room: Room) -> None:
    handle(room, 20, Choice.ONLINE)
    for number, claim in enumerate(list(room.claims.values())):
        if number < 10:
            room.calls.answer(claim, "kwetsbaar", "nee")
        if number < 5:
            room.calls.add(claim, Advised("bank"))
        if number < 15:
            room.calls.add(claim, Secured("afschrift", Securing.ASKED))
        room.calls.fact(claim, Fact("eerder overkomen: nee", Source.SAID, Certainty.SURE))
    shares = titled(made(room), "Van de meldingen met een besluit")
    assert list(shares.values()) == [("50 %",), ("25 %",), ("75 %",), ("100 %",)]


def test_why_was_deviated_says_the_ground_and_not_the_words(room: Room) -> None:
    for number in range(18):
        room.take(call_id := room.ring())
        room.decide(call_id, Choice.ONLINE, deviates=True)
        decision = room.overlook._reader.file(call_id).decisions[-1]
        given_as = "Geen eenheid beschikbaar" if number < 7 else "Truus wilde het niet"
        if number < 12:
            room.calls.give_reason(room.claims[call_id], decision.id, given_as)
    found = made(room)
    told = titled(found, "Afgeweken, en waarom")
    assert (told["Geen eenheid beschikbaar"], told["eigen woorden"], told["nog geen reden"]) == (("7",), ("5",), ("6",))
    assert "Truus" not in as_text(found) + as_page(found) + as_csv(found)


def test_nothing_of_a_person_is_in_any_of_the_three(room: Room) -> None:
    chance = Random(4)
    for _ in range(120):
        room.anything(chance)
        room.clock.now = min(room.clock.now, NOW - timedelta(seconds=1))
    written = made(room)
    for text in (as_text(written), as_page(written), as_csv(written)):
        for private in ("Bakker", "Brink", "12345678", "Gieten", "jan", "26-0001", "er staat een man"):
            assert private not in text, private


def test_all_three_say_the_same(room: Room) -> None:
    handle(room, 8, Choice.ONLINE, form="<b>&vorm")
    written = made(room)
    text, page = as_text(written), as_page(written)
    told = list(csv.reader(io.StringIO(as_csv(written)), delimiter=";"))
    for table, row, column, cell in told[1:]:
        assert table in text
        assert row in text
        assert column in text
        assert cell in text
    assert "<b>" not in page
    assert "&lt;b&gt;&amp;vorm" in page
    assert page.count("<svg") >= 3
    for table in page.split("<table>")[1:]:
        rows = table.split("</table>")[0].splitlines()
        assert len({row.count("</td>") + row.count("</th>") for row in rows if row.startswith("<tr>")}) == 1
    assert not re.search(r"https?:|<script|url\(", page)


@given(st.dictionaries(st.integers(0, 12), st.integers(0, 60), max_size=12))
def test_a_small_number_can_never_be_worked_out(counts: dict[int, int]) -> None:
    told = tellable(counts)
    hidden = [key for key, count in told.items() if count is None]
    assert all(count == told[key] for key, count in counts.items() if told[key] is not None)
    assert all(told[key] is None for key, count in counts.items() if 0 < count < 5)
    alone = [key for key in hidden if 0 < counts[key] < 5]
    if len(hidden) == 1:
        assert alone == hidden
        assert sum(counts.values()) == counts[hidden[0]], "else the sum gives it away"


@given(st.lists(st.floats(0, 1e6), max_size=80))
def test_half_and_nine_of_ten_are(seconds: list[float]) -> None:
    found = half_and_most(seconds)
    assert (found is None) == (len(seconds) < 5)
    if found is not None:
        half, most = found
        assert 2 * sum(each <= half for each in seconds) >= len(seconds)
        assert 10 * sum(each <= most for each in seconds) >= 9 * len(seconds)


def test_a_share_of_few_is_not_told() -> None:
    assert (share(19, 19), share(19, 20)) == ("te weinig", "95 %")


def test_a_week_goes_by_the_clock_on_the_wall() -> None:
    found = periods.week("2026-10-22", NOW)
    assert found.end - found.start == timedelta(days=7, hours=1), "the night of the clock is an hour longer"
    assert [f"{local(each):%a %H}" for each in found.parts()][::3] == ["Mon 00", "Thu 00", "Sun 00"]
    assert len(list(found.parts())) == 7
    assert periods.week(None, NOW) == periods.week("2026-11-09", NOW)


@pytest.mark.parametrize(
    ("begins", "ends", "hours"),
    [
        ("07:00", "15:00", 8),
        ("23:00", "7:00", 8),
        ("2026-10-24 23:00", "07:00", 9),
        ("2026-10-24 23:00", "2026-10-25 07:00", 9),
        ("2026-03-28 23:00", "07:00", 7),
    ],
)
def test_a_shift_can_end_the_day_after_and_span_the_night_of_the_clock(begins: str, ends: str, hours: int) -> None:
    found = periods.shift(begins, ends, NOW)
    assert found.end - found.start == timedelta(hours=hours)
    assert len(list(found.parts())) == hours


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ("7", "15:00"),
        ("25:00", "26:00"),
        ("07:00", None),
        (None, "07:00"),
        ("2026-13-01 07:00", "08:00"),
        ("2026-11-20 07:00", "2026-11-19 07:00"),
        ("2026-11-20 07:00", "2026-11-22 07:00"),
        ("\x1b[2J", "08:00"),
    ],
)
def test_what_is_no_shift_is_said(begins: str | None, ends: str | None) -> None:
    with pytest.raises(PeriodError) as caught:
        periods.shift(begins, ends, NOW)
    assert str(caught.value).isprintable()


def test_every_call_of_the_period_is_in_it_once(room: Room) -> None:
    for _ in range(30):
        room.ring()
        room.clock.forward(minutes=25)
    early, late = NOW - timedelta(hours=5), NOW - timedelta(hours=2)
    parts = [report.make(room.settings, Period(*each, whole_days=False)) for each in ((early, late), (late, NOW))]
    whole = report.make(room.settings, Period(early, NOW, whole_days=False))
    counted = [int(re.sub(r"\D", "", found.lines[1])) for found in (*parts, whole)]
    rung = [datetime.fromisoformat(row["rung_at"]) for row in room.table("call")]
    assert counted == [
        sum(early <= each < late for each in rung),
        sum(late <= each < NOW for each in rung),
        sum(early <= each < NOW for each in rung),
    ]
    assert min(counted) > 0


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return program(home, "rapport", *arguments)


def test_the_program_writes_three_files_once(room: Room, tmp_path: Path) -> None:
    room.clock.now = now()
    room.ring()
    target = tmp_path / "uit"
    target.mkdir()
    done = run(room.settings.home, "week", "--datum", f"{local(now()):%Y-%m-%d}", "--uit", str(target))
    assert (done.returncode, done.stderr) == (0, "")
    files = sorted(target.iterdir())
    assert [path.suffix for path in files] == [".csv", ".html", ".txt"]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert "minder dan 5" in files[2].read_text(encoding="utf-8")
    again = run(room.settings.home, "week", "--datum", f"{local(now()):%Y-%m-%d}", "--uit", str(target))
    assert again.returncode == 78
    assert "Kies een map" in again.stderr


def test_the_program_prints_and_refuses_in_words(room: Room, tmp_path: Path) -> None:
    done = run(room.settings.home, "dienst")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Dienst bij meldkamer.politie.example\n====")
    assert "Register tot en met regel" in done.stdout
    assert run(room.settings.home, "dienst", "--van", "07:00").returncode == 2
    assert run(room.settings.home, "week", "--datum", "gisteren").returncode == 2
    assert run(tmp_path / "niets", "dienst").returncode == 78
