"""What happens while a prompt waits: said as new lines, once, and the prompt again."""

from __future__ import annotations

import asyncio
import io
import os
from contextlib import suppress

from console.line_mode.news import by_command
from console.line_mode.room import RoomInLines
from console.line_mode.talk import HungUpError, Talk, Typed
from console.record import Calls, Outbox
from console.texts import words
from tests.line_mode.conftest import Sitting
from tests.line_mode.test_call import HEADER
from tests.seat import ring


class Typing:
    """Somebody who types now and then."""

    def __init__(self, sitting: Sitting, call: str) -> None:
        self.out = io.StringIO()
        self._reading, self._writing = os.pipe()
        room = RoomInLines(sitting.desk, Talk(Typed(self._reading), self.out))
        self._task = asyncio.create_task(room.one(call) if call else room.work())

    def type(self, *lines: str) -> None:
        os.write(self._writing, "".join(f"{line}\n" for line in lines).encode())

    async def hears(self, text: str) -> str:
        for _ in range(1500):
            if text in self.out.getvalue():
                return self.out.getvalue()
            await asyncio.sleep(0.01)
        raise AssertionError(f"not heard: {text}\n{self.out.getvalue()}")

    async def end(self) -> str:
        os.close(self._writing)
        with suppress(HungUpError):
            await self._task
        os.close(self._reading)
        return self.out.getvalue()


async def test_a_call_that_comes_in_is_said_with_the_next_number(sitting: Sitting) -> None:
    typing = Typing(sitting, "")
    await typing.hears("Er wacht geen melding.")
    call_id = ring(sitting.desk, words="help")
    await typing.hears(f"NIEUW  1  WACHT, 0:00, 112, Gieten: help ({call_id})\nMelding> ")
    typing.type("1", *HEADER)
    await typing.hears("Vraag 1 van 14.")
    await typing.end()


async def test_the_road_of_a_dispatch_is_said_step_by_step_until_it_is_confirmed(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    outbox = Outbox(sitting.desk._writer)
    outbox.link(reachable=True)
    typing = Typing(sitting, call_id)
    typing.type(*HEADER, "besluit", "1", "ja")
    await typing.hears(words.line_mode.AWAITING)
    message_id = sitting.file(call_id).deliveries[0].message_id
    outbox.sending(message_id)
    outbox.delivered(message_id, "CAD-7")
    await typing.hears("Nummer in GMS: CAD-7")
    outbox.accepted(message_id, "CAD-7")
    said = await typing.hears("Opdracht> ")
    assert "bevestigd" in said
    assert said.count("Zeg: “De politie komt nu met spoed.") == 1
    await typing.end()


async def test_an_answer_of_the_shift_lead_is_said(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    typing = Typing(sitting, call_id)
    typing.type(*HEADER, "overleg", "mag dit?")
    await typing.hears("Gevraagd.")
    await sitting.desk.take_up(call_id, 1)
    await sitting.desk.reply(call_id, 1, "ja [/b]\x1b[2J")
    said = await typing.hears("antwoordt: ja")
    assert "\x1b" not in said
    await typing.end()


async def test_losing_the_call_is_said_at_once_and_ends_it(sitting: Sitting) -> None:
    call_id = ring(sitting.desk)
    typing = Typing(sitting, call_id)
    typing.type(*HEADER)
    await typing.hears("Vraag 1 van 14.")
    Calls(sitting.desk._writer).take_over(call_id, "a.bakker", owner=sitting.desk.operator, reason="stil")
    await typing.hears("Deze melding is niet meer van u maar van a.bakker.")
    typing.type("n")
    await typing.end()
    assert "gevaar" not in sitting.file(call_id).answers


_KEYS = {f"F{number}" for number in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12)} | {f"ctrl+{letter}" for letter in "gloprt"}


def test_every_key_of_the_screen_has_a_word_here() -> None:
    assert by_command("leg dat vast met F10, of F2.") == "leg dat vast met 'hand', of 'gegevens'."
    assert by_command("spreek af: ctrl+r.") == "spreek af: 'terugbel'."
    assert by_command("F1 en F21") == "F1 en F21"
    assert words.line_mode.COMMANDS.keys() == _KEYS
