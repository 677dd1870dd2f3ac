"""Every operation of the desk asks for a role; who has it not did nothing, hears which one it takes, is on record."""

from __future__ import annotations

import ast
import asyncio
import inspect
import json
from concurrent.futures import Future
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest

from console import desk as desk_room
from console.desk import Desk, NotAllowed, RecordError
from console.model import Channel
from console.record import Home
from console.record.verifying import verify
from console.roles import Role
from tests.desk.allowed import FREE, OPERATIONS, may
from tests.desk.reads import audit_rows, read_log
from tests.seat import MARCH_2, OPERATOR, FixedClock, open_seat, ring

ROLE_SETS = list(chain.from_iterable(combinations([role.value for role in Role], count) for count in range(6)))
NOBODYS = ("uitgifte",)


def seat_of(home: Path, roles: tuple[str, ...], *, exercise: bool = True) -> Desk:
    """A desk for who has these roles, in a room that gives out roles also where they have none."""
    made = open_seat(home, roles=roles or ("trainer",), exercise=exercise, clock=FixedClock(MARCH_2))
    if not roles:
        object.__setattr__(made.doorkeeper.permit, "roles", ())
    return made


async def do(desk: Desk, operation: str) -> None:
    """Ask for an operation with things that are nothing; what it makes of them does not matter."""
    method = getattr(desk, operation)
    given: list[Any] = []
    named: dict[str, Any] = {}
    for name, each in inspect.signature(method).parameters.items():
        if each.default is inspect.Parameter.empty:
            if each.kind is inspect.Parameter.KEYWORD_ONLY:
                named[name] = object()
            else:
                given.append(object())
    found = method(*given, **named)
    if inspect.isawaitable(found):
        await found


def test_every_operation_is_in_the_table_and_marked() -> None:
    public = {name for name, _ in inspect.getmembers(Desk, inspect.isfunction) if not name.startswith("_")}
    assert public == OPERATIONS.keys() | FREE
    assert {name for name in public if not hasattr(getattr(Desk, name), "needs")} == FREE


def test_no_method_of_the_desk_reaches_the_record_without_a_mark() -> None:
    """Only what is marked, and what begins with an underscore and is so called by what is marked, touches it."""
    touching = {"_write", "_read", "_writer", "_of_calls", "_of_the_room"}
    unmarked = []
    for path in Path(str(desk_room.__file__)).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ClassDef) or node.name in {"_Reading", "Doorkeeper"}:
                continue
            for each in node.body:
                if not isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) or each.name.startswith("_"):
                    continue
                marks = [ast.unparse(mark).split("(")[0] for mark in each.decorator_list]
                reached = {sub.attr for sub in ast.walk(each) if isinstance(sub, ast.Attribute)} & touching
                if reached and "needs" not in marks:
                    unmarked.append(each.name)
    assert sorted(unmarked) == ["attempted", "close"]


@pytest.mark.parametrize("exercise", [True, False], ids=["oefening", "echt"])
@pytest.mark.parametrize("roles", ROLE_SETS, ids=lambda roles: "+".join(roles) or "geen")
def test_each_set_of_roles_may_do_what_the_table_says_and_no_more(
    tmp_path: Path, roles: tuple[str, ...], exercise: bool
) -> None:
    """Asked of the real desk on a real record, with a running loop for each so that none waits for another."""

    async def ask() -> dict[str, bool]:
        desk = seat_of(tmp_path / "huis", roles, exercise=exercise)
        found = {}
        for operation in OPERATIONS:
            try:
                await do(desk, operation)
            except NotAllowed:
                found[operation] = False
            except Exception:  # noqa: BLE001 - things that are nothing cannot be handled; that it tried is what counts
                found[operation] = True
            else:
                found[operation] = True
        await desk.close()
        refused = {json.loads(row["details"])["handeling"] for row in audit_rows(desk) if row["what"] == "geweigerd"}
        assert refused == {operation for operation, allowed in found.items() if not allowed}
        return found

    expected = {operation: may(set(roles), operation, exercise=exercise) for operation in OPERATIONS}
    assert asyncio.run(ask()) == expected


async def test_what_is_refused_reaches_neither_writer_nor_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = seat_of(tmp_path / "huis", ())
    submitted: list[str] = []
    real = desk._writer.submit

    def submit(operation: Any, *args: Any, **kwargs: Any) -> Future[Any]:
        submitted.append(operation.__name__)
        return real(operation, *args, **kwargs)

    def never(*_args: Any, **_kwargs: Any) -> None:
        pytest.fail("it got through")

    monkeypatch.setattr(desk._writer, "submit", submit)
    monkeypatch.setattr(desk._writer, "call", never)
    monkeypatch.setattr(desk._of_calls, "begin", never)
    monkeypatch.setattr(desk._of_the_room, "begin", never)
    for operation in OPERATIONS:
        with pytest.raises(NotAllowed):
            await do(desk, operation)
    assert set(submitted) == {"not_allowed"}
    assert len(submitted) == len(OPERATIONS)
    await desk.close()


async def test_a_refusal_says_which_role_it_takes_and_the_register_who_wanted_what(tmp_path: Path) -> None:
    desk = seat_of(tmp_path / "huis", NOBODYS)
    call_id = ring(desk)
    with pytest.raises(NotAllowed) as caught:
        await desk.take(call_id)
    assert isinstance(caught.value, RecordError)
    assert str(caught.value) == (
        "Meldingen behandelen mag als centralist, ovd of trainer; u hebt uitgifte. "
        "De functioneel beheerder geeft rollen."
    )
    row = audit_rows(desk)[-1]
    assert {name: row[name] for name in ("who", "os_user", "terminal", "what", "call_id")} == {
        "who": OPERATOR,
        "os_user": "root",
        "terminal": "test",
        "what": "geweigerd",
        "call_id": call_id,
    }
    assert json.loads(row["details"]) == {
        "handeling": "take",
        "recht": "behandelen",
        "rollen": "uitgifte",
        "keer": 1,
    }
    assert (await desk.board()).rows[0].owner is None
    assert read_log(desk) == []
    await desk.close()
    assert verify(Home.prepare(desk.settings.home)).whole


@pytest.mark.parametrize("typed", ["06-12345678", "Jansen, Brink 4", "26-9999", "\x1b]52;c;x\x07", "é" * 5000])
async def test_what_was_asked_for_is_in_the_register_only_when_it_is_a_call(tmp_path: Path, typed: str) -> None:
    desk = seat_of(tmp_path / "huis", NOBODYS)
    with pytest.raises(NotAllowed):
        await desk.take(typed)
    with pytest.raises(NotAllowed):
        await desk.find(typed)
    await desk.close()
    rows = audit_rows(desk)
    assert [json.loads(row["details"])["handeling"] for row in rows] == ["take", "find"]
    assert [row["call_id"] for row in rows] == [None, None]
    assert typed not in json.dumps([row["details"] for row in rows], ensure_ascii=False)


async def test_a_key_that_is_held_is_one_row_and_how_often(tmp_path: Path) -> None:
    desk = seat_of(tmp_path / "huis", NOBODYS)
    call_id = ring(desk)
    for _ in range(40):
        with pytest.raises(NotAllowed):
            await desk.take(call_id)
    with pytest.raises(NotAllowed):
        await desk.new_call()
    await desk.close()
    rows = [json.loads(row["details"]) for row in audit_rows(desk) if row["what"] == "geweigerd"]
    assert [(row["handeling"], row["keer"]) for row in rows] == [("take", 1), ("new_call", 1), ("take", 39)]


async def test_who_is_refused_stays_refused_when_the_register_cannot_be_written(tmp_path: Path) -> None:
    desk = seat_of(tmp_path / "huis", NOBODYS)
    desk._writer.home.database.rename(tmp_path / "weg")
    with pytest.raises(NotAllowed):
        await desk.take("26-0001")
    desk._writer.close()
    with pytest.raises(NotAllowed):
        await desk.new_call(Channel.EMERGENCY)
    await desk.close()


async def test_to_ask_before_typing_is_refused_as_the_thing_itself(tmp_path: Path) -> None:
    desk = seat_of(tmp_path / "huis", ("centralist",))
    await desk.demand("find")
    for _ in range(2):
        with pytest.raises(NotAllowed, match="Een melding overnemen mag als ovd"):
            await desk.demand("take_over")
    await desk.close()
    assert [json.loads(row["details"])["handeling"] for row in audit_rows(desk)] == ["take_over", "take_over"]


async def test_working_under_another_name_changes_no_right(tmp_path: Path) -> None:
    """The roles are those of the account; an exercise lets somebody work under another name, and no more."""
    desk = seat_of(tmp_path / "huis", NOBODYS)
    desk.operator = "ovd"
    with pytest.raises(NotAllowed):
        await desk.take_over("26-0001", owner="a.bakker", reason="mag dit")
    await desk.close()


async def test_without_roles_all_is_allowed_as_before(tmp_path: Path) -> None:
    desk = open_seat(tmp_path / "huis")
    for operation in OPERATIONS:
        try:
            await do(desk, operation)
        except NotAllowed:
            pytest.fail(operation)
        except Exception:  # noqa: BLE001, S112 - as above
            continue
    await desk.close()
