"""What an operator tells a caller during a call: the lines to say with their ticks, and where else to go."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from console.domain.referral import ReferralError, directory
from console.screens.help import Help
from console.screens.open_call import OpenCall
from console.screens.referral import ReferralScreen
from console.screens.saying import SayingScreen
from console.texts import words
from console.widgets.explaining import form_lines, picker_lines, question_lines

if TYPE_CHECKING:
    from console.case import Case
    from console.model import Detail


class AdvisingCall(OpenCall):
    """A call in which what is said to the caller is recorded line by line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "refer", words.referral.REFER, show=False, priority=True, id="melding.doorverwijzen"),
        Binding("ctrl+t", "say_lines", words.saying.SAYING, show=False, priority=True, id="melding.zeg"),
    ]

    def help_here(self) -> Help | None:
        """The question under the cursor; on the crime form the form that is chosen or was answered."""
        if self.focused is not self.checklist:
            return None
        asking, policy = self.asking, self.case.policy
        question = asking.question
        heading = words.field_help.question(asking.number(question.id))
        if question.kind != "vorm":
            return Help(heading, tuple(question_lines(policy, question, asking.form)))
        chosen = next((form for form in policy.forms if form.id == asking.chosen_form), None)
        if chosen is None:
            return Help(heading, tuple(picker_lines(policy)))
        return Help(words.field_help.form(chosen.label), tuple(form_lines(chosen)))

    async def action_refer(self) -> None:
        """Show where the caller can go, and record what was given."""
        try:
            directory()
        except ReferralError as error:
            self.say(str(error))
            return
        await self.app.push_screen(ReferralScreen(self._now, self.desk.clock, self._noted, self._taken_back))

    async def action_say_lines(self) -> None:
        """Show what helps now, and record what was said."""
        await self.app.push_screen(SayingScreen(self._now, self._noted, self._taken_back))

    def _now(self) -> Case:
        return self.case

    async def _noted(self, detail: Detail) -> str:
        return await self._tried(lambda case: self.desk.add(case, detail), "")

    async def _taken_back(self, number: int) -> str:
        return await self._tried(lambda case: self.desk.take_back(case, number), "")
