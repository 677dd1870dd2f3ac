"""The queue's list: what a line says, and where its cursor stands while the room changes under it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.geometry import Size

from console.model import (
    Channel,
    Choice,
    Consultation,
    Delivery,
    DeliveryState,
    QueueRow,
    Stage,
    Transfer,
    UnitStatus,
)
from console.times import waiting_words
from console.widgets.call_list import CallList
from console.widgets.queue_words import columns, heading, row_words, state_words
from tests.seat import MARCH_2


def a_row(
    number: int,
    stage: Stage = Stage.WAITING,
    *,
    owner: str | None = None,
    choice: Choice | None = None,
    delivery: DeliveryState | None = None,
    reason_missing: bool = False,
) -> QueueRow:
    """A call that rang `number` minutes after 14:05."""
    return QueueRow(
        call_id=f"26-{number:04}",
        channel=Channel.SERVICE,
        number="050-5512345",
        place="Groningen",
        first_words="net opgelicht door een nepbank",
        received_at=MARCH_2 + timedelta(minutes=number),
        stage=stage,
        owner=owner,
        claimed_at=None,
        choice=choice,
        delivery=delivery,
        reason_missing=reason_missing,
        stale_since=None,
        transfer=None,
        assessment=1,
    )


def a_delivery(priority: int, state: Delivery, unit: UnitStatus | None = None) -> DeliveryState:
    return DeliveryState("bericht", "26-0001", priority, state, MARCH_2, unit_status=unit)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (a_row(1), "WACHT"),
        (a_row(1, Stage.IN_PROGRESS, owner="a.bakker"), "a.bakker"),
        (a_row(1, Stage.IN_PROGRESS, owner="a.bakker", choice=Choice.CONSULT), "overleg a.bakker"),
        (a_row(1, Stage.DECIDED, owner="a.bakker", choice=Choice.ADVICE), "advies"),
        (a_row(1, Stage.DECIDED, owner="a.bakker", choice=Choice.ADVICE, reason_missing=True), "advies reden?"),
        (
            a_row(
                1,
                Stage.IN_PROGRESS,
                owner="a.bakker",
                choice=Choice.CONSULT,
                delivery=a_delivery(1, Delivery.SENT),
            ),
            "prio 1 verzonden",
        ),
        (
            a_row(
                1,
                Stage.DECIDED,
                choice=Choice.PRIO2,
                delivery=a_delivery(1, Delivery.ACCEPTED, UnitStatus.ON_SCENE),
                reason_missing=True,
            ),
            "prio 1 ter plaatse reden?",
        ),
    ],
)
def test_a_line_says_how_the_call_stands(row: QueueRow, says: str) -> None:
    assert state_words(row, MARCH_2) == says


def test_at_80_cells_no_state_is_cut() -> None:
    for state, unit in product(Delivery, [None, *UnitStatus]):
        row = a_row(1, Stage.DECIDED, choice=Choice.PRIO1, delivery=a_delivery(1, state, unit), reason_missing=True)
        assert cell_len(state_words(row, MARCH_2)) <= columns(80).state
    for choice in Choice:
        decided = a_row(1, Stage.DECIDED, choice=choice, reason_missing=True)
        assert cell_len(state_words(decided, MARCH_2)) <= columns(80).state


def test_the_first_words_get_more_room_than_any_column_but_the_state() -> None:
    assert columns(80).words > max(columns(80).number, columns(80).place)
    assert columns(200).words > 100


@pytest.mark.parametrize("width", [80, 99, 100, 120, 200])
def test_columns_never_touch_and_fill_the_line(width: int) -> None:
    cells = ("1:02:09", "0900", "0031612345678", "'s-Hertogenbosch", "w" * 300, "s" * 60)
    line = columns(width).line(cells)
    assert cell_len(line) == width
    assert len(line.split()) == 6
    assert cell_len(heading(width)) == width
    assert heading(width).index("staat") == width - columns(width).state


def test_wide_letters_do_not_push_a_line_out_of_its_columns() -> None:
    line = columns(80).line(("0:47", "112", "06", "東京都千代田区", "😀" * 30, "WACHT"))
    assert cell_len(line) == 80
    assert line.endswith("WACHT" + " " * (columns(80).state - 5))


@pytest.mark.parametrize(
    ("waits", "says"),
    [
        (timedelta(seconds=47), "0:47"),
        (timedelta(hours=9, minutes=59, seconds=59), "9:59:59"),
        (timedelta(hours=10), "10 uur"),
        (timedelta(hours=30, minutes=59), "30 uur"),
        (timedelta(hours=48), "2 dagen"),
        (timedelta(days=4, hours=5), "4 dagen"),
        (timedelta(days=12), "12 dgn"),
        (timedelta(seconds=-5), "0:00"),
    ],
)
def test_a_long_wait_is_said_short(waits: timedelta, says: str) -> None:
    assert waiting_words(MARCH_2, MARCH_2 + waits) == says
    assert len(says) <= 7


class ListApp(App[None]):
    """Nothing but the list."""

    def __init__(self) -> None:
        super().__init__()
        self.list = CallList(MARCH_2)

    def compose(self) -> ComposeResult:
        yield self.list


def current(app: ListApp) -> str:
    assert app.list.current is not None
    return app.list.current.call_id


async def test_the_cursor_follows_its_call_when_others_come_and_go() -> None:
    async with ListApp().run_test(size=(80, 10)) as pilot:
        app = pilot.app
        assert isinstance(app, ListApp)
        app.list.show([a_row(2), a_row(3)])
        await pilot.press("down")
        app.list.show([a_row(1), a_row(2), a_row(3), a_row(4)])
        assert current(app) == "26-0003"


async def test_the_cursor_stays_at_its_height_when_its_call_is_taken_or_decided() -> None:
    async with ListApp().run_test(size=(80, 10)) as pilot:
        app = pilot.app
        assert isinstance(app, ListApp)
        rows = [a_row(number) for number in range(1, 5)]
        app.list.show(rows)
        await pilot.press("down")
        rows[1] = replace(rows[1], stage=Stage.IN_PROGRESS, owner="bas")
        app.list.show(rows)
        assert current(app) == "26-0003"
        await pilot.press("end")
        assert current(app) == "26-0002"
        rows[1] = replace(rows[1], stage=Stage.DECIDED, choice=Choice.ADVICE, reason_missing=True)
        app.list.show(rows)
        assert current(app) == "26-0002", "the last line is still its height"


async def test_after_a_new_order_the_cursor_is_in_sight() -> None:
    async with ListApp().run_test(size=(80, 10)) as pilot:
        app = pilot.app
        assert isinstance(app, ListApp)
        app.list.show(a_row(number) for number in range(100, 130))
        assert current(app) == "26-0100"
        app.list.show(a_row(number) for number in range(130))
        await pilot.wait_for_scheduled_animations()
        assert current(app) == "26-0100"
        assert in_sight(app)
        await pilot.press("end")
        app.list.show([a_row(number) for number in range(40, 130)])
        await pilot.wait_for_scheduled_animations()
        assert current(app) == "26-0129"
        assert in_sight(app)


async def test_after_a_smaller_window_the_cursor_is_in_sight() -> None:
    async with ListApp().run_test(size=(80, 30)) as pilot:
        app = pilot.app
        assert isinstance(app, ListApp)
        app.list.show(a_row(number) for number in range(60))
        await pilot.press(*["down"] * 25)
        await pilot.resize_terminal(80, 8)
        await pilot.pause()
        assert in_sight(app)


def in_sight(app: ListApp) -> bool:
    """The marked line is among those that are drawn, and the terminal's own cursor stands on it."""
    height = app.list.size.height
    marked = [y for y in range(height) if app.list.render_line(y).text.startswith(">")]
    return len(marked) == 1 and app.list.pointer.y == marked[0] - app.list.content_region.y


async def test_an_empty_list_says_why_it_is_empty() -> None:
    async with ListApp().run_test(size=(80, 10)) as pilot:
        app = pilot.app
        assert isinstance(app, ListApp)
        assert app.list.size == Size(80, 10)
        assert "Er wachten geen meldingen." in app.list.render_line(0).text
        app.list.show([], empty="Niets gevonden.")
        assert "Niets gevonden." in app.list.render_line(0).text


def test_the_list_has_no_keys_but_its_own() -> None:
    bindings = CallList._merged_bindings
    assert bindings is not None
    assert all(binding.id and binding.id.startswith("lijst.") for _key, binding in bindings)


@pytest.mark.parametrize("number", ["+31612345678", "050-5512345", "06 12 34 56 78", "+31 6 1234 5678", "0900-8844"])
@pytest.mark.parametrize("width", [79, 80, 100, 120])
def test_a_dutch_number_is_never_cut(number: str, width: int) -> None:
    line = row_words(replace(a_row(1), number=number), width, MARCH_2)
    digits = number.translate(str.maketrans("", "", " -"))
    assert number in line or digits in line
    assert ".." not in line[15:29]


def test_how_long_a_colleague_has_a_call_is_said_beside_the_name() -> None:
    held = replace(a_row(1, Stage.IN_PROGRESS, owner="a.bakker"), claimed_at=MARCH_2)
    assert state_words(held, MARCH_2 + timedelta(seconds=130)) == "a.bakker 2:10"
    assert state_words(replace(held, claimed_at=None), MARCH_2) == "a.bakker"
    silent = replace(held, stale_since=MARCH_2)
    assert state_words(silent, MARCH_2 + timedelta(seconds=130)) == "STIL a.bakker 2:10"


ASKED = Consultation(1, "26-0001", "mag dit?", MARCH_2 - timedelta(seconds=70), "a.bakker")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (replace(a_row(1), urgent=True), "SPOED WACHT"),
        (replace(a_row(1), urgent=True, transfer=Transfer(MARCH_2, "bas", "bas", None, "pauze")), "SPOED WACHT terug"),
        (replace(a_row(1, Stage.IN_PROGRESS, owner="bas"), urgent=True), "bas"),
        (replace(a_row(1, Stage.IN_PROGRESS, owner="bas"), consultation=ASKED), "OVERLEG 1:10 bas"),
        (replace(a_row(1, Stage.DECIDED, choice=Choice.ADVICE), call_back_at=MARCH_2), "TERUGBELLEN NU advies"),
        (
            replace(a_row(1, Stage.DECIDED, choice=Choice.ADVICE), call_back_at=MARCH_2 + timedelta(minutes=145)),
            "TERUG 16:30 advies",
        ),
        (
            replace(
                a_row(1, Stage.IN_PROGRESS, owner="bas"),
                call_back_at=MARCH_2 + timedelta(minutes=145),
                consultation=ASKED,
            ),
            "OVERLEG 1:10 TERUG 16:30 bas",
        ),
        (
            replace(a_row(1, Stage.IN_PROGRESS, owner="bas"), call_back_at=MARCH_2, consultation=ASKED),
            "TERUGBELLEN NU OVERLEG 1:10 bas",
        ),
        (
            replace(a_row(1, Stage.DECIDED, choice=Choice.ADVICE), call_back_at=MARCH_2 + timedelta(days=1)),
            "TERUG 03-03 advies",
        ),
    ],
)
def test_what_somebody_must_act_on_is_said_first_in_words(row: QueueRow, says: str) -> None:
    assert state_words(row, MARCH_2) == says


@pytest.mark.parametrize(
    ("waits", "says"),
    [
        (timedelta(seconds=4), "prio 1 verzonden"),
        (timedelta(seconds=5), "prio 1 verzonden 0:05"),
        (timedelta(seconds=6), "prio 1 verzonden 0:06"),
        (timedelta(seconds=29), "prio 1 verzonden 0:29"),
        (timedelta(seconds=30), "prio 1 ONBEVESTIGD 0:30"),
        (timedelta(minutes=59, seconds=59), "prio 1 ONBEVESTIGD 59:59"),
        (timedelta(hours=9, minutes=30), "prio 1 ONBEVESTIGD 9 uur"),
        (timedelta(hours=50), "prio 1 ONBEVESTIGD 50 u"),
        (timedelta(days=12), "prio 1 ONBEVESTIGD 12 d"),
    ],
)
def test_a_dispatch_without_an_answer_says_how_long(waits: timedelta, says: str) -> None:
    row = a_row(1, Stage.DECIDED, choice=Choice.PRIO1, delivery=a_delivery(1, Delivery.SENT))
    assert state_words(row, MARCH_2 + waits) == says
    assert cell_len(says) <= columns(80).state
    confirmed = replace(row, delivery=a_delivery(1, Delivery.ACCEPTED))
    assert state_words(confirmed, MARCH_2 + waits) == "prio 1 bevestigd"


async def test_time_alone_brings_a_promise_and_a_late_dispatch_to_the_top_and_leaves_the_cursor() -> None:
    async with ListApp().run_test(size=(80, 10)) as pilot:
        app = pilot.app
        assert isinstance(app, ListApp)
        promised = replace(a_row(8, Stage.DECIDED, choice=Choice.ADVICE), call_back_at=MARCH_2 + timedelta(minutes=1))
        sent = a_row(9, Stage.DECIDED, choice=Choice.PRIO1, delivery=a_delivery(1, Delivery.SENT))
        app.list.show([a_row(1), a_row(2), promised, sent])
        await pilot.press("down")
        app.list.tick(MARCH_2 + timedelta(seconds=29))
        assert [row.call_id for row in app.list.rows] == ["26-0001", "26-0002", "26-0008", "26-0009"]
        app.list.tick(MARCH_2 + timedelta(seconds=30))
        assert [row.call_id for row in app.list.rows] == ["26-0009", "26-0001", "26-0002", "26-0008"]
        app.list.tick(MARCH_2 + timedelta(seconds=60))
        assert [row.call_id for row in app.list.rows] == ["26-0009", "26-0008", "26-0001", "26-0002"]
        assert current(app) == "26-0002"
        await pilot.pause()
        assert in_sight(app)


async def test_a_tick_puts_nothing_in_order_while_nothing_falls_due(monkeypatch: pytest.MonkeyPatch) -> None:
    async with ListApp().run_test(size=(80, 10)) as pilot:
        app = pilot.app
        assert isinstance(app, ListApp)
        app.list.show(a_row(number) for number in range(200))
        await pilot.press("end")
        monkeypatch.setattr(CallList, "show", None)
        for seconds in range(5):
            app.list.tick(MARCH_2 + timedelta(seconds=seconds))


async def test_who_waits_out_of_sight_is_counted() -> None:
    async with ListApp().run_test(size=(80, 10)) as pilot:
        app = pilot.app
        assert isinstance(app, ListApp)
        held = [a_row(number, Stage.IN_PROGRESS, owner="bas") for number in range(10, 40)]
        app.list.show([*map(a_row, range(1, 8)), *held])
        assert app.list.pressing_above == 0
        await pilot.press(*["down"] * 11)
        await pilot.pause()
        assert app.list.pressing_above == app.list.above == 5
        await pilot.press("end")
        await pilot.pause()
        assert app.list.pressing_above == 7
        await pilot.press("home")
        await pilot.pause()
        assert app.list.pressing_above == 0
