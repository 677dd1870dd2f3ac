"""What an operator can have on the screen, and by which keys: one line of the table per scene.

A scene goes on from another one, presses keys one after another, and is there when its words stand on the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import triage_rules
from console.model import Channel
from console.record import Calls, Outbox
from console.screens.app import ConsoleApp
from console.screens.call import CallScreen
from console.screens.watching import LOOK_EVERY
from tests.calm_hand import hand_at
from tests.seat import ring, screen_text
from tests.snapshots import meanwhile

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from console.desk import Desk
    from tests.seat import FixedClock


EXERCISE: Final = "OEFENING"
"""Stands in the first line of every screen, whatever window is in front of it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """`keys` are pressed when the words of `after` stand on the screen; `shows` are those of this scene.

    What others do (`meanwhile`) comes before them.
    """

    shows: str
    keys: tuple[str, ...] = ()
    after: str = ""
    meanwhile: Callable[[ConsoleApp], None] | None = None


QUESTIONS: Final = len(triage_rules.load().questions)

SCENES: dict[str, Scene] = {
    "queue": Scene("2 wachtend"),
    "search": Scene("1 van 3", ("slash", *"assen"), "queue"),
    "nothing_found": Scene("Geen melding", ("slash", *"rodeo"), "queue"),
    "take_over": Scene("OVERNEMEN", ("down", "down", "o"), "queue"),
    "silent": Scene("geluid UIT", ("b",), "queue"),
    "nothing_too_old": Scene("niets dat te lang wachtte", ("u",), "queue"),
    "history": Scene("LOGBOEK", ("l",), "queue"),
    "found": Scene("1 gevonden", (*"nepbank", "enter"), "history"),
    "past_call": Scene("--Binnengekomen", ("enter",), "found"),
    "overview": Scene("uitkomsten", ("m",), "queue"),
    "queue_keys": Scene("TOETSEN", ("question_mark",), "queue"),
    "just_taken": Scene("Urgentiecheck", ("enter",), "queue"),
    "form": Scene("sextortion", ("n", "n", "s", "e"), "just_taken"),
    "call": Scene("> 5 ?", ("n", "n", "1", "enter", "j"), "just_taken"),
    "note": Scene("Notitie: dochter belt", ("f4", *"dochter", "space", *"belt"), "call"),
    "time": Scene("Wanneer", ("g", "6"), "call"),
    "jump": Scene("Ga naar vraag: 1_", ("g", "1"), "call"),
    "certain": Scene("zeker: prio 1", ("1", "1", "enter"), "just_taken"),
    "facts": Scene("GEGEVENS", ("f2",), "just_taken"),
    "keys": Scene("TOETSEN", ("question_mark",), "just_taken"),
    "nothing_chosen": Scene("BESLUIT", ("f5",), "call"),
    "decision": Scene(">2 ", ("2",), "nothing_chosen"),
    "decided": Scene("Besluit vastgelegd", ("enter",), "decision"),
    "by_hand": Scene("DOORGEGEVEN", ("f10",), "decided"),
    "deviated": Scene("F7", ("f5", "7", "enter"), "certain"),
    "reason": Scene("Waarom:", ("f7", "2"), "deviated"),
    "hand_over": Scene("OVERDRACHT", ("f9",), "call"),
    "saying": Scene("dit is gezegd", ("ctrl+t", "2", "enter"), "call"),
    "referral": Scene("Vastgelegd: Fraudehelpdesk", ("f6", "2", "enter"), "call"),
    "help_of_a_question": Scene("VRAAG 5", ("f1",), "call"),
    "help_of_a_form": Scene("DDOS-AANVAL", ("n", "n", *"ddos", "f1"), "just_taken"),
    "help_of_a_field": Scene("NOTITIE (", ("f1",), "note"),
    "read_through": Scene("--Binnengekomen", ("ctrl+l",), "decided"),
    "offered": Scene("ctrl+o", ("f4", *"NL91ABNA0417164300"), "call"),
    "traces": Scene("SPOREN", ("escape", "f3"), "offered"),
    "payment": Scene("BETALING", ("tab", "b"), "traces"),
    "suspect": Scene("VERDACHTE", ("tab", "s"), "traces"),
    "device": Scene("APPARAAT", ("tab", "a"), "traces"),
    "consult": Scene("OVERLEG", ("f8", *"mag"), "call"),
    "consulted": Scene("OVERLEG 0:00", ("enter", "escape"), "consult"),
    "answer": Scene("VRAAG BEANTWOORDEN", ("down", "v"), "consulted"),
    "ordinary": Scene(">0 ", ("ctrl+g",), "call"),
    "call_back": Scene("TERUGBELAFSPRAAK", ("ctrl+r", *"17"), "call"),
    "decided_again": Scene("NOG EEN", ("f5", "1"), "decided"),
    "addition": Scene("AANVULLING", ("j", "f5", "a"), "decided"),
    "again": Scene("Opnieuw beoordelen", ("f12",), "decided"),
    "paper": Scene("VAN PAPIER", ("p",), "queue"),
    "paper_moment": Scene("ma 02-03-2026 10:07", (*"p1", "enter", *"1007"), "paper"),
    "paper_told": Scene("[x] j ja", ("enter", "1", "enter", "enter", *"assen", "enter", "1", "j"), "paper_moment"),
    "paper_decided": Scene("ma 02-03-2026 10:12", ("down",) * QUESTIONS + ("2", *"1012"), "paper_told"),
    "paper_ready": Scene("enter legt vast", ("enter",) * 7, "paper_decided"),
    "paper_next": Scene("is vastgelegd", ("enter",), "paper_ready"),
    "entered_later": Scene("LATER INGEVOERD", ("escape",), "paper_next"),
    "nobody": Scene("Er wachten geen meldingen."),
    "many": Scene("29 wachtend", after="queue", meanwhile=meanwhile.many_calls),
    "many_further_on": Scene("HIERBOVEN", ("end",), "many"),
    "delivery_gone": Scene("GEEN BEZORGING", after="queue", meanwhile=meanwhile.delivery_gone),
    "strange_texts": Scene("[/b]", after="queue", meanwhile=meanwhile.strange_texts),
    "strange_call": Scene("Urgentiecheck", ("home", "enter"), "strange_texts"),
    "own_key": Scene("F5 werkt in een melding", ("f5",), "queue"),
    "no_answer_yet": Scene("(0:06)", after="decided", meanwhile=meanwhile.no_answer_yet),
    "no_answer": Scene("(0:31)", after="decided", meanwhile=meanwhile.no_answer),
    "no_answer_in_queue": Scene("ONBEVESTIGD", ("escape",), "no_answer"),
    "on_their_way": Scene("aanrijdend", after="decided", meanwhile=meanwhile.on_their_way),
    "on_their_way_in_queue": Scene("prio 2 aanrijdend", ("escape",), "on_their_way"),
    "refused": Scene("GEWEIGERD", after="decided", meanwhile=meanwhile.refused),
    "refused_in_queue": Scene("GEWEIGERD", ("escape",), "refused"),
    "unclear": Scene("ONDUIDELIJK", after="decided", meanwhile=meanwhile.unclear),
    "cad_down": Scene("GMS: UIT", after="decided", meanwhile=meanwhile.cad_down),
    "too_old": Scene("1 wacht op u, de meest urgente bovenaan", ("escape", "u"), "decided", meanwhile.too_old),
    "too_old_choice": Scene("s nu sturen", ("enter",), "too_old"),
    "too_old_groups": Scene("per prio en dag", ("g",), "too_old"),
    "too_old_group": Scene("VAN 02-03-2026", ("enter",), "too_old_groups"),
    "paused": Scene("doet het niet sinds", after="queue", meanwhile=meanwhile.paused),
    "passed_on": Scene("Vastgelegd: met de hand", ("enter",), "by_hand"),
    "taken_over": Scene("NIET MEER VAN U", after="note", meanwhile=meanwhile.taken_over),
    "decided_elsewhere": Scene("al besloten", ("1", "enter"), "nothing_chosen", meanwhile.decided_elsewhere),
    "answer_came": Scene("ANTWOORD", ("enter",), "consulted", meanwhile.answered),
    "cannot_speak": Scene("Kan niet vrij praten:", ("ctrl+p",), "call"),
    "wish": Scene("NA KEUZE", ("g", "1", "3", "1"), "call"),
    "kept_traces": Scene("ABNA", ("ctrl+o", "escape", "f3"), "offered"),
    "third_party": Scene("slachtoffer", ("2", "down"), "facts"),
    "besides": Scene("+5", ("plus", "5"), "decision"),
    "appointment": Scene(">4 ", ("4",), "nothing_chosen"),
    "passed_to": Scene(">8 ", ("8",), "nothing_chosen"),
    "called_before": Scene("26-0004", ("enter",), "queue", meanwhile.called_before),
    "passed_to_earlier": Scene("DOORGEZET NAAR", ("f5", "8", "v", "enter"), "called_before"),
    "agreed": Scene("TERUGBELLEN", ("ctrl+r", *"20m", "enter"), "call"),
    "own_words": Scene("t  In eigen woorden", ("f7", "t"), "deviated"),
}


def room_of(name: str, desk: Desk, clock: FixedClock) -> None:
    """Fill the room in which a scene begins."""
    first = name
    while SCENES[first].after:
        first = SCENES[first].after
    (an_empty_room if first == "nobody" else a_busy_room)(desk, clock)


def an_empty_room(desk: Desk, clock: FixedClock) -> None:
    """Nobody called yet."""
    Outbox(desk._writer).link(reachable=True, error="")
    clock.moment += timedelta(seconds=1)


def a_busy_room(desk: Desk, clock: FixedClock) -> None:
    """Three calls wait, a colleague has one, and the CAD is connected."""
    ring(desk, ago=timedelta(seconds=47), words="er staat een man aan mijn deur")
    ring(
        desk,
        ago=timedelta(seconds=21),
        number="050-5512345",
        place="Groningen",
        channel=Channel.SERVICE,
        words="net opgelicht door een nepbank",
    )
    taken = ring(
        desk,
        ago=timedelta(minutes=4, seconds=10),
        number="06-98765401",
        place="Assen",
        channel=Channel.SERVICE,
        words="bankpas meegegeven aan een jongeman",
    )
    Calls(desk._writer).claim(taken, "a.bakker")
    Outbox(desk._writer).link(reachable=True, error="")
    clock.moment += timedelta(seconds=1)


async def play(pilot: Pilot[int], name: str) -> None:
    """Go to a scene by way of those before it, and wait until the screen is at rest."""
    scene = SCENES[name]
    if scene.after:
        await play(pilot, scene.after)
    app: Any = pilot.app
    if scene.meanwhile is not None:
        await _until(pilot, lambda: not isinstance(app.screen, CallScreen) or app.screen._notes.kept)
        scene.meanwhile(app)
        app._tick()
        await pilot.pause(2 * LOOK_EVERY)
    await hand_at(pilot).press(*scene.keys)
    if not scene.after:
        await _until(pilot, lambda: len(app.screen.list.rows) == (0 if name == "nobody" else 3))
        app._tick()
    await _until(pilot, lambda: scene.shows in screen_text(app))


async def at_rest(pilot: Pilot[int], app: ConsoleApp, wanted: str | None) -> None:
    """Wait until the screen says what is wanted, twice in a row; else until it says the same for long.

    Longer, that is, than the console takes to see what it recorded itself, on a machine with little to do.
    """
    looks: list[str] = []
    for _ in range(200):
        await pilot.pause(LOOK_EVERY / 2)
        look = screen_text(app)
        looks = [*looks[-4:], look] if EXERCISE in look.splitlines()[0] else []  # else what is behind is still drawn
        if looks[-2:] == [wanted, wanted] or (wanted is None and len(looks) == 5 and len(set(looks)) == 1):
            return
    if wanted is None:
        raise AssertionError("the screen did not come to rest")


async def _until(pilot: Pilot[int], condition: Callable[[], object]) -> None:
    app: Any = pilot.app
    for _ in range(2500):
        if condition():
            await pilot.pause()
            return
        await pilot.pause(0.02)
    raise AssertionError(f"the scene did not come; on screen:\n{screen_text(app)}")
