"""Who has which role: by account and by group, as the system has them; and what each role is for."""

from __future__ import annotations

import grp
import os
from pathlib import Path

import pytest

from console import doorway, permits, roles
from console.accounts import os_user
from console.record.errors import NotAllowed
from console.roles import RIGHTS, Permit, Right, Role
from console.settings import Settings
from console.texts import words


def of(tmp_path: Path, *given: tuple[str, tuple[str, ...]], exercise: bool = False) -> Permit:
    return permits.of_this_account(Settings(home=tmp_path, exercise=exercise, roles=given))


def test_an_account_has_every_role_that_names_it_or_a_group_it_is_in() -> None:
    given = [("ovd", ["j.devries"]), ("centralist", ["@mk", "a.bakker"]), ("beheer", ["@it"])]
    permit = roles.permit(given, "j.devries", {"mk", "users"}, exercise=False)
    assert permit.roles == (Role.OPERATOR, Role.SHIFT_LEAD)
    assert roles.permit(given, "mk", {"j.devries"}, exercise=False).roles == ()
    assert roles.permit([], "wie dan ook", (), exercise=False) == Permit("wie dan ook")


def test_the_account_and_its_groups_are_those_of_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    group = grp.getgrall()[-1]
    monkeypatch.setattr(os, "getgroups", lambda: [group.gr_gid])
    assert of(tmp_path, ("ovd", (f"@{group.gr_name}",))).roles == (Role.SHIFT_LEAD,)
    assert of(tmp_path, ("ovd", (os_user(),))).roles == (Role.SHIFT_LEAD,)
    monkeypatch.setattr(os, "getgroups", list)
    monkeypatch.setattr(os, "getegid", lambda: group.gr_gid)
    assert of(tmp_path, ("ovd", (f"@{group.gr_name}",))).roles == (Role.SHIFT_LEAD,)
    monkeypatch.setattr(os, "getegid", lambda: 3_999_999_999)
    assert of(tmp_path, ("ovd", (f"@{group.gr_name}",))).roles == ()


def test_a_group_or_account_that_is_not_there_holds_nobody(tmp_path: Path) -> None:
    permit = of(tmp_path, ("ovd", ("@deze-groep-is-er-niet", "dit-account-ook-niet")))
    assert permit.roles == ()
    assert not [right for right in Right if permit.may(right)]
    assert permit.refusal(Right.SEE).startswith(
        f"In de console werken mag als centralist, uitgifte of ovd; {os_user()} heeft geen rol."
    )


def test_a_trainer_is_told_that_it_only_counts_in_an_exercise(tmp_path: Path) -> None:
    real = of(tmp_path, ("trainer", (os_user(),)))
    assert [right for right in Right if real.may(right)] == [Right.OVERSEE]
    assert "u hebt trainer (die geldt alleen in een oefening)" in real.refusal(Right.HANDLE)
    practice = of(tmp_path, ("trainer", (os_user(),)), exercise=True)
    assert {right for right in Right if practice.may(right)} == RIGHTS[Role.SHIFT_LEAD]


def test_what_each_role_is_for() -> None:
    assert RIGHTS[Role.SHIFT_LEAD] > RIGHTS[Role.OPERATOR] > RIGHTS[Role.DISPATCHER]
    assert Right.DECIDE not in RIGHTS[Role.DISPATCHER]
    assert not RIGHTS[Role.MANAGER] & {Right.SEE, Right.READ, Right.HANDLE, Right.DECIDE, Right.TAKE_OVER}
    assert {role for role in Role if Right.KEEP in RIGHTS[role]} == {Role.MANAGER}
    assert {role for role in Role if Right.SET_POLICY in RIGHTS[role]} == {Role.MANAGER}
    assert all(Right.OVERSEE in RIGHTS[role] for role in Role)


def test_every_right_has_its_words() -> None:
    assert list(words.roles.DOING) == [right.value for right in Right]


def test_whoever_may_not_even_look_in_the_folder_is_refused_in_words(tmp_path: Path) -> None:
    closed = tmp_path / "dicht" / "huis"
    closed.mkdir(parents=True)
    closed.parent.chmod(0)
    settings = Settings(home=closed, roles=(("centralist", ("j.devries",)),))
    ours = os.geteuid()
    try:
        if ours == 0:
            tmp_path.chmod(0o755)
            os.seteuid(65_534)
        with pytest.raises(NotAllowed, match="In de console werken mag als centralist"):
            doorway.demand(settings, Right.SEE, "console")
    finally:
        os.seteuid(ours)
        closed.parent.chmod(0o700)
