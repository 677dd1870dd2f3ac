"""What an address, a role or a listening ear already answers (policy.md, before the questions)."""

from __future__ import annotations

from typing import Final

from console.model import Role

DANGER: Final = "gevaar"
"""Never answered with no by who cannot speak freely."""

IN_NL: Final = "slachtoffer_in_nederland"
"""Asked only where no address of the victim says so."""

NOT_THE_VICTIM: Final = {Role.THIRD_PARTY, Role.BANK, Role.WITNESS, Role.OTHER_ROOM}
"""Whose address places nobody."""

YES: Final = "ja"
NO: Final = "nee"
