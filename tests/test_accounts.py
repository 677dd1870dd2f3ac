"""Who started a program, also where the system has no name for them."""

from __future__ import annotations

import os
import pwd
from typing import TYPE_CHECKING

from console.accounts import os_user

if TYPE_CHECKING:
    import pytest


def test_an_account_goes_by_its_name() -> None:
    assert os_user() == pwd.getpwuid(os.geteuid()).pw_name


def test_an_account_without_a_name_goes_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 3_999_999_999)
    assert os_user() == "3999999999"
