"""Nothing ends the console by accident, nothing leaves it for the terminal, and it says how to leave."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from textual.events import Key, Paste

from console.desk import Desk
from console.model import Attempt
from console.screens.app import ConsoleApp
from console.terminal.safe_app import SafeApp
from tests.desk.reads import audit_rows
from tests.seat import open_seat, ring, seated

FROM_CALL = "Ga eerst terug naar de wachtrij (escape); stoppen kan daar met ctrl+q"


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_in_a_call_and_in_its_note_it_says_how_to_leave(desk: Desk, key: str) -> None:
    ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter", key)
        await seat.see(FROM_CALL)
        seat.call.say("")
        await seat.press("f4", key)
        await seat.see(FROM_CALL)
        assert seat.app.is_running


async def test_ctrl_q_leaves_from_the_queue_only(desk: Desk) -> None:
    ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter", "f5", "ctrl+q")
        await seat.until(lambda: FROM_CALL in str(seat.call.notice.content), "the sentence behind the dialog")
        await seat.press("escape", "escape")
        await seat.see("WACHTRIJ")
        await seat.press("slash", "ctrl+q")
        await seat.until(lambda: seat.app._exit, "the end")
        assert seat.app.return_value == 0


async def test_ctrl_c_in_the_search_says_how_to_leave(desk: Desk) -> None:
    async with seated(desk) as seat:
        await seat.press("slash", "ctrl+c")
        await seat.see("Stoppen: ctrl+q.")


async def test_copied_words_of_a_caller_stay_in_the_console(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter", "f4")
        await seat.type("dochter")
        written: list[str] = []
        driver = seat.app._driver
        assert driver is not None
        monkeypatch.setattr(driver, "write", written.append)
        await seat.press("shift+home", "ctrl+c")
        await seat.see("naar buiten kopiëren kan hier niet")
        assert not [text for text in written if "\x1b]52" in text]
        await seat.press("end", "ctrl+v")
        await seat.see("Notitie: dochterdochter")


async def test_nothing_is_stopped_opened_or_pictured(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    async with seated(desk) as seat:
        refusals: dict[str, Callable[[], object]] = {
            "stilzetten kan niet": seat.app.action_suspend_process,
            "Een adres openen kan hier niet": lambda: seat.app.open_url("http://voorbeeld.invalid"),
            "Een afdruk van het scherm": seat.app.action_screenshot,
            "afdruk van het scherm bewaren": seat.app.deliver_screenshot,
            "bewaren kan hier niet": seat.app.save_screenshot,
            "van het scherm bewaren kan hier niet": lambda: seat.app.deliver_text(StringIO("mw. Jansen")),
            "het scherm bewaren kan hier niet": lambda: seat.app.deliver_binary(BytesIO(b"mw. Jansen")),
            "Een menu met opdrachten": seat.app.action_command_palette,
            "menu met opdrachten": seat.app.action_change_theme,
            "Andere toetsen instellen": lambda: seat.app.set_keymap({"app.stoppen": "x"}),
            "toetsen instellen": lambda: seat.app.update_keymap({"app.stoppen": "x"}),
            "naar buiten": lambda: seat.app.copy_to_clipboard("mw. Jansen"),
        }
        for says, refuse in refusals.items():
            seat.queue.say("")
            refuse()
            await seat.see(says)
        for action in ("app.screenshot", "app.suspend_process", "app.command_palette", "app.change_theme"):
            await seat.app.run_action(action)
        assert len(seat.app.screen_stack) == 2
    assert pictures(tmp_path) == []
    noted: Counter[str] = Counter()
    for row in audit_rows(desk):
        if row["what"] == "geweigerd":
            details = json.loads(row["details"])
            noted[details["poging"]] += details["keer"]
    assert dict(noted) == {
        Attempt.SUSPEND: 2,
        Attempt.ADDRESS: 1,
        Attempt.SCREENSHOT: 4,
        Attempt.FILE: 2,
        Attempt.PALETTE: 4,
        Attempt.KEYS: 2,
        Attempt.CLIPBOARD: 1,
    }


def pictures(folder: Path) -> list[Path]:
    return list(folder.rglob("*.svg"))


async def test_an_app_without_a_place_for_words_rings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[bool] = []
    monkeypatch.setattr(SafeApp, "bell", lambda _app: rung.append(True))
    app: SafeApp[None] = SafeApp(tmp_path)
    app.copy_to_clipboard("mw. Jansen")
    assert rung == [True]
    assert app.clipboard == "mw. Jansen"


async def test_a_call_opened_by_mistake_closes_when_it_is_left_and_says_so(desk: Desk) -> None:
    async with seated(desk) as seat:
        await seat.press("n")
        await seat.see("Urgentiecheck")
        call_id = seat.call.case.file.call_id
        await seat.press("escape")
        await seat.see("0 in behandeling", f"Melding {call_id} was leeg en is afgesloten als per ongeluk geopend.")
        await seat.press("l", *call_id, "enter")
        await seat.see("besloten")
        await seat.press("enter")
        await seat.see("Per ongeluk geopend, niets vastgelegd")


async def test_a_call_that_rang_stays_with_who_left_it_empty(desk: Desk) -> None:
    ring(desk)
    async with seated(desk) as seat:
        await seat.see("1 wachtend")
        await seat.press("enter", "escape")
        await seat.see("1 in behandeling")


async def test_a_call_with_only_a_note_stays_open_when_it_is_left(desk: Desk) -> None:
    async with seated(desk) as seat:
        await seat.press("n", "f4", "x", "escape", "escape")
        await seat.see("1 in behandeling")


async def test_after_a_crash_the_queue_begins_at_the_call_that_was_in_hand(desk: Desk, tmp_path: Path) -> None:
    others = [ring(desk) for _ in range(3)]
    earlier, mine = ring(desk), ring(desk)
    for call_id in (earlier, mine):
        await desk.take(call_id)
    desk._calls.claim(others[0], "a.bakker")
    await desk.close()
    async with seated(open_seat(tmp_path / "huis")) as seat:
        await seat.until(lambda: seat.queue.list.current is not None, "the queue")
        assert seat.queue.list.current is not None
        assert seat.queue.list.current.call_id == mine
        await seat.press("up")
        ring(seat.app.desk)
        await seat.see("3 wachtend")
        assert seat.queue.list.current.call_id != mine, "later news moves no cursor"


async def test_a_key_that_comes_while_the_program_ends_is_no_crash(tmp_path: Path) -> None:
    app = ConsoleApp(desk := open_seat(tmp_path))
    for event in (Key("n", "n"), Paste("melder belde")):
        await app.on_event(event)
    await desk.close()
