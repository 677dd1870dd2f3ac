"""What to say to the caller, with a tick for each line that was said and for who called the bank."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from console.domain.advice import banks_called, line, lines_said, to_say
from console.model import Advised, BankCalled, Detail, Party
from console.safe_text import one_line
from console.screens.pick import PickDialog
from console.texts import words
from console.widgets.pick_list import Pick

if TYPE_CHECKING:
    from console.case import Case

_BANK: Final = "bank:"
_WHO: Final = (Party.CALLER, Party.OPERATOR, Party.UNIT)


class SayingScreen(PickDialog):
    """The lines that fit now; each tick is on disk before the next key is read."""

    def __init__(
        self,
        case: Callable[[], Case],
        add: Callable[[Detail], Awaitable[str]],
        take_back: Callable[[int], Awaitable[str]],
    ) -> None:
        """`case` gives the call as it stands; `add` and `take_back` give "" or what is wrong."""
        super().__init__(words.saying.title(case().file.call_id), lambda: picks_of(case()), self._said)
        self._case = case
        self._add = add
        self._take_back = take_back

    async def _said(self, pick: Pick) -> str:
        number = _recorded(self._case(), pick.id)
        return await (self._add(_detail(pick.id)) if number is None else self._take_back(number))

    def about(self, pick: Pick) -> str:
        """The whole line, as it is read out."""
        found = line(pick.id)
        if found is None:
            return words.saying.ABOUT_THE_BANK
        return "\n".join([words.saying.quoted(found.text), *([found.note] if found.note else [])])

    def told(self, pick: Pick) -> str:
        """That it is on record."""
        return words.saying.BANK_RECORDED if pick.id.startswith(_BANK) else words.saying.LINE_RECORDED


def picks_of(case: Case) -> list[Pick]:
    """Give the lines that help now, what was said last, and who called the bank."""
    said, banks = lines_said(case.file), banks_called(case.file)
    lines = [Pick(each.id, each.text, each.id in said) for each in to_say(case.file, case.state.answers)]
    who = list(dict.fromkeys([*_WHO, *(each.by for each in banks.values())]))
    names = {each.by: one_line(each.name) for each in banks.values()}
    return [
        *lines,
        *(
            Pick(
                _BANK + party.value,
                words.saying.bank_called(words.saying.PARTY[party], names.get(party, "")),
                party in names,
            )
            for party in who
        ),
    ]


def _detail(pick: str) -> Detail:
    return BankCalled(Party(pick.removeprefix(_BANK))) if pick.startswith(_BANK) else Advised(pick)


def _recorded(case: Case, pick: str) -> int | None:
    """The number under which this is recorded now, None when it is not."""
    if not pick.startswith(_BANK):
        return lines_said(case.file).get(pick)
    wanted = Party(pick.removeprefix(_BANK))
    return next((number for number, each in banks_called(case.file).items() if each.by is wanted), None)
