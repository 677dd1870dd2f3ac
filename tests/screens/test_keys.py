"""The keys: each has one meaning, the bottom line tells the truth about them, the help shows them all in Dutch."""

from __future__ import annotations

import pytest
from textual.binding import Binding

from console.desk import Desk
from console.screens.app import ConsoleApp
from console.screens.keys import key_lines
from console.screens.queue import QueueScreen
from console.screens.reading import ReadingScreen
from console.widgets.call_list import CallList
from tests.seat import Seat, ring, seated


@pytest.mark.parametrize(
    ("place", "binding"),
    [
        (QueueScreen, Binding("n", "filter", "zoek")),
        (QueueScreen, Binding("tab", "filter", "zoek")),
        (QueueScreen, Binding("ctrl+c", "filter", "zoek")),
        (CallList, Binding("question_mark", "move(1)", "omlaag")),
        (ReadingScreen, Binding("escape", "app.leave", "stoppen")),
    ],
)
def test_a_key_with_two_meanings_refuses_to_start(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, place: type, binding: Binding
) -> None:
    ConsoleApp(desk)
    monkeypatch.setattr(place, "BINDINGS", [*place.__dict__["BINDINGS"], binding])
    with pytest.raises(RuntimeError, match=f"{binding.key.replace('+', '.')} has two meanings in {place.__name__}"):
        ConsoleApp(desk)


def meanings(seat: Seat) -> dict[str, set[str]]:
    """What each key could do where the focus is now, of the bindings that are ours."""
    found: dict[str, set[str]] = {}
    for _node, bindings in seat.app.screen._modal_binding_chain:
        for key, binding in bindings:
            if binding.id:
                found.setdefault(key, set()).add(binding.action)
    return found


async def test_no_key_has_two_meanings_in_any_place(desk: Desk) -> None:
    ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        places: list[tuple[str, ...]] = [
            (),
            ("slash",),
            ("escape", "question_mark"),
            ("escape", "enter"),
            ("question_mark",),
            ("escape", "f2"),
            ("tab", "tab"),
            ("escape", "f5"),
        ]
        for keys in places:
            await seat.press(*keys)
            double = {key: actions for key, actions in meanings(seat).items() if len(actions) > 1}
            assert not double, f"after {keys}"


async def test_the_bottom_line_names_the_keys_of_the_place(desk: Desk) -> None:
    ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        assert seat.hints == "enter aannemen  n nieuw  o overnemen  / zoek  l logboek  ? toetsen"
        await seat.press("slash")
        await seat.until(
            lambda: seat.hints == "enter naar de lijst  esc wissen  ctrl+q stoppen  F1 hulp bij dit veld",
            "the keys of the search",
        )
        await seat.press("escape")
        await seat.until(lambda: seat.hints.startswith("enter aannemen"), "the keys of the queue")


async def test_in_the_note_escape_is_said_to_go_to_the_questions(desk: Desk) -> None:
    ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter")
        await seat.see("esc wachtrij")
        await seat.press("f4")
        await seat.see("esc naar vragen")
        assert "esc wachtrij" not in seat.text
        await seat.press("escape")
        await seat.see("MELDING", "esc wachtrij")


async def test_under_a_dialog_the_bottom_line_is_empty_and_right_again_afterwards(desk: Desk) -> None:
    ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press("question_mark")
        await seat.until(lambda: not seat.hints, "no keys")
        await seat.press("escape")
        await seat.until(lambda: seat.hints.startswith("enter aannemen"), "the keys of the queue")
        await seat.press("enter")
        await seat.see("F5 besluit")
        await seat.press("f5")
        await seat.until(lambda: "F5 besluit" not in seat.text, "no keys")
        await seat.press("escape")
        await seat.see("F5 besluit")


@pytest.mark.parametrize(("key", "shown"), [("question_mark", "TOETSEN"), ("f1", "Alle meldingen die wachten")])
async def test_one_key_opens_the_help_and_closes_it(desk: Desk, key: str, shown: str) -> None:
    async with seated(desk) as seat:
        await seat.press(key)
        await seat.see(shown)
        await seat.press(key)
        await seat.until(lambda: shown not in seat.text, "the queue")


ENGLISH = ("Scroll", "Move", "cursor", "Delete", "Cut", "Copy", "Paste", "Submit", "Go to", "Page", "Select")


async def test_the_help_is_dutch_and_can_be_read_to_its_end_wherever_it_is_asked(desk: Desk) -> None:
    ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        for way_in, way_on in (
            (("question_mark",), ("escape",)),
            (("slash", "f1", "question_mark"), ("escape", "escape")),
            (("enter", "question_mark"), ("escape",)),
            (("f4", "f1", "question_mark"), ("escape", "escape")),
        ):
            await seat.press(*way_in)
            await seat.see("TOETSEN")
            seen = seat.text
            for _ in range(seat.app.screen.query_one("#leestekst").max_scroll_y):
                await seat.press("down")
                seen += seat.text
            assert "0 gewone protocol; enter bevestigt." in seen
            assert not [word for word in ENGLISH if word in seen], seen
            await seat.press(*way_on)


async def test_help_that_does_not_fit_scrolls_and_says_so(desk: Desk) -> None:
    async with seated(desk, size=(80, 12)) as seat:
        await seat.press("question_mark")
        await seat.see("TOETSEN (escape: terug; pijl omlaag: meer)")
        assert "enter bevestigt." not in seat.text
        await seat.press(*["down"] * 20)
        await seat.see("enter bevestigt.")
        await seat.press(*["up"] * 20)
        await seat.see("aannemen")


def test_keys_of_one_action_share_a_line() -> None:
    lines = key_lines(
        [
            Binding("up", "screen.ask_move(-1)", "vraag omhoog", id="a"),
            Binding("down", "screen.ask_move(1)", "vraag omlaag", id="b"),
            Binding("f5", "decide", "besluit", id="c"),
        ]
    )
    assert [" ".join(line.split()) for line in lines] == [
        "F5 besluit",
        "pijl omhoog, pijl omlaag vraag omhoog, omlaag",
    ]


def test_function_keys_stand_in_their_order_below_each_other_and_the_others_beside_them() -> None:
    lines = key_lines(
        [
            Binding("enter", "take", "aannemen", id="a"),
            Binding("f10", "by_hand", "doorgegeven", id="b"),
            Binding("f2", "facts", "gegevens", id="c"),
        ]
    )
    assert [line.split() for line in lines] == [["F2", "gegevens", "enter", "aannemen"], ["F10", "doorgegeven"]]
