"""One call in lines: its questions one after another, and a word for everything else that can be done in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.domain import advice
from console.domain.paper_course import course
from console.line_mode import (
    adding,
    agreeing,
    deciding,
    header,
    keeping,
    noting,
    passing_on,
    questions,
    reading,
    standing,
    tracing,
)
from console.line_mode.news import News, by_command
from console.line_mode.talk import MAX_ENTRY
from console.model import Channel
from console.record import NotYours, RecordError
from console.safe_text import one_line
from console.texts import words
from console.times import clock_time, said_time
from triage_rules import AnswerError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from console.desk import Case, Desk
    from console.line_mode.talk import Talk
    from triage_rules import Question


class CallInLines:
    """An operator and one call, until they leave it."""

    def __init__(self, desk: Desk, talk: Talk, case: Case) -> None:
        """Hold a call that was just taken."""
        self.desk = desk
        self.talk = talk
        self.case = case
        self.left = False
        self.news = News(desk)
        self._given: list[str] = []
        self._later: list[str] = []
        self._said: tuple[str, ...] = ()
        self._advised: set[str] = set()
        self._wanted: str | None = None
        self._resting = bool(case.file.decisions)

    async def work(self) -> None:
        """Tell the call, ask its questions, do what is asked, until the operator leaves or loses it."""
        self.news.begin(self.case)
        await self._introduce()
        while not self.left and self.case.held:
            await self._turn()

    async def step(self, change: Callable[[Case], Awaitable[Case]]) -> bool:
        """Change the call; False, after saying why, when the record did not take it."""
        try:
            self.case = await change(self.case)
        except NotYours as error:
            self.left = True
            self.talk.say(words.line_mode.not_kept(str(error)))
            return False
        except (RecordError, AnswerError) as error:
            self.talk.say(words.line_mode.not_kept(str(error)))
            return False
        return True

    async def ask(self, prompt: str, *, until: Callable[[], bool] = lambda: False) -> str | None:
        """Hear a line, saying meanwhile what changes in this call; None once `until`, or when the call was lost."""
        entry = await self.talk.ask(prompt, self._look, lambda: until() or not self.case.held)
        if entry is not None and len(entry) > MAX_ENTRY:
            self.talk.say(words.line_mode.too_long(MAX_ENTRY))
            return entry[:MAX_ENTRY]
        return entry

    async def sure(self) -> bool:
        """Ask for a yes; anything but yes or no asks again."""
        while (entry := await self.ask(words.line_mode.PROMPT_YES_NO)) is not None:
            if entry.lower() in words.line_mode.YES:
                return True
            if entry.lower() in words.line_mode.NO:
                return False
            self.talk.say(words.line_mode.YES_OR_NO)
        return False

    def rest(self) -> None:
        """Ask no more questions by itself."""
        self._resting = True

    async def _look(self) -> list[str]:
        self.case, lines = await self.news.look(self.case)
        return lines

    async def _introduce(self) -> None:
        file = self.case.file
        incoming = file.incoming
        at = clock_time(incoming.received_at)
        number = one_line(incoming.number)
        exercise = (words.terms.EXERCISE,) if self.desk.settings.exercise else ()
        policy = self.case.policy
        self.talk.say(
            "",
            *exercise,
            words.line_mode.call(file.call_id, _line_of(incoming.channel), number, at),
            *((words.line_mode.caller_said(one_line(incoming.first_words)),) if incoming.first_words else ()),
            *course(file.entered, lambda moment: said_time(moment, self.desk.clock())),
            words.line_mode.began(policy.id, policy.version),
        )
        if file.note:
            self.talk.say(words.line_mode.note(one_line(file.note, MAX_ENTRY)))
        if file.draft_choice is not None:
            self.talk.say(f"{words.line_mode.STILL_CHOSEN}{words.terms.CHOICE[file.draft_choice]}")
        self.talk.say(*await self.news.standing(self.case))
        if file.told or file.decisions:
            self.talk.say(*header.lines(self.case))
        else:
            await header.ask(self)

    async def _turn(self) -> None:
        """Put a question, or wait for a command when there is none to put; do what is typed."""
        question = self._question()
        self._suggest()
        prompt = words.line_mode.PROMPT_COMMAND
        if question is not None:
            prompt = words.line_mode.PROMPT_ANSWER
            count = len(self.case.policy.questions)
            form = self.case.state.answers.get(self.case.policy.form_question.id)
            self.talk.say("", words.line_mode.question(self._number(question), count), *questions.ask(question, form))
        elif not self._resting:
            self.rest()
            self.talk.say("", words.line_mode.NOTHING_OPEN)
        while not self.left and (entry := await self.ask(prompt)) is not None:
            if await self._did(entry, question):
                return

    async def command(self, entry: str) -> bool:
        """Do what a word stands for; False when it stands for nothing."""
        does = _COMMANDS.get(entry.lower())
        if does is None:
            return False
        await does(self)
        return True

    async def _did(self, entry: str, question: Question | None) -> bool:
        """Do what an entry asks; False when the same question still stands."""
        typed = entry.lower()
        if await self.command(typed):
            return True
        if typed.startswith(words.line_mode.NOTE_SIGN):
            await noting.add(self, entry[len(words.line_mode.NOTE_SIGN) :].strip())
            return False
        if typed.startswith(words.line_mode.QUESTION):
            return self._jump(typed.removeprefix(words.line_mode.QUESTION).strip())
        if question is not None:
            return await self._said_to(question, typed)
        if typed:
            asked_help = typed == words.line_mode.HELP_KEY
            self.talk.say(*words.line_mode.HELP_CALL if asked_help else (words.line_mode.NO_SUCH_COMMAND,))
        return False

    async def _said_to(self, question: Question, typed: str) -> bool:
        """Take an entry as an answer, or as a word about the question itself."""
        if typed == words.line_mode.LATER:
            self._put_off(question)
            return True
        if typed in {words.line_mode.HELP_KEY, words.line_mode.LIST}:
            self._explain(typed, question)
            return False
        return bool(typed) and await self._answered(question, typed)

    async def _answered(self, question: Question, entry: str) -> bool:
        reading = questions.read(self.case.policy, question, entry, self.case.file.assessed_from)
        self.talk.say(*reading.lines)
        value = reading.value
        if value is None or not await self.step(lambda case: self.desk.answer(case, question.id, value)):
            return False
        self._given.append(question.id)
        self._wanted = None
        self.talk.say(words.line_mode.noted(question.label, questions.in_words(self.case.state, question)))
        if self.case.state.answers[question.id] != value:
            self.talk.say(words.call.DANGER_STAYS)
        self._advise()
        return True

    def _question(self) -> Question | None:
        if self._wanted is not None:
            return self.case.policy.question(self._wanted)
        return None if self._resting else questions.following(self.case.state, self._later)

    def _number(self, question: Question) -> int:
        return [each.id for each in self.case.policy.questions].index(question.id) + 1

    def _jump(self, number: str) -> bool:
        count = len(self.case.policy.questions)
        if not (number.isascii() and number.isdigit()) or len(number) > 3:
            self.talk.say(words.line_mode.WHICH_QUESTION)
            return False
        if not 1 <= int(number) <= count:
            self.talk.say(words.line_mode.no_question(count))
            return False
        self._wanted = self.case.policy.questions[int(number) - 1].id
        return True

    def _put_off(self, question: Question) -> None:
        self._wanted = None
        if question.id in self._later:
            self._later.remove(question.id)
        self._later.append(question.id)
        self.talk.say(words.line_mode.skipped(question.label))

    def _explain(self, typed: str, question: Question) -> None:
        if typed == words.line_mode.HELP_KEY:
            self.talk.say(*words.line_mode.HELP_CALL, *([question.help] if question.help else []))
        else:
            self.talk.say(*questions.everything(self.case.policy, question))

    def _suggest(self) -> None:
        """Say what is certain, when it is not what was said before."""
        said = standing.suggestion(self.case)
        if said != self._said:
            self._said = said
            self.talk.say(*said)

    def _advise(self) -> None:
        """Say what the caller should hear now, once."""
        fresh = [line for line in self.fitting() if line not in self._advised]
        self._advised |= set(fresh)
        self.talk.say(*fresh)

    def fitting(self) -> list[str]:
        """What the caller should hear now."""
        file = self.case.file
        return [
            words.line_mode.say(by_command(line.text))
            for line in advice.fitting(file.answers, unit=bool(file.deliveries))
        ]

    # -- what commands do to the course of the call

    async def undo(self) -> None:
        """Open the last answer again, and put its question."""
        if not self._given:
            self.talk.say(words.line_mode.NOTHING_TO_UNDO)
            return
        name = self._given.pop()
        if await self.step(lambda case: self.desk.reopen(case, name)):
            self._wanted = name
            self.talk.say(words.line_mode.undone(self.case.policy.question(name).label))

    async def go_on(self) -> None:
        """Go on with the questions."""
        self._resting = False

    async def assess_again(self) -> None:
        """Open a decided call again for new facts."""
        if await self.step(self.desk.reassess):
            self._resting = False
            self.talk.say(by_command(words.call.REASSESSING))

    async def stop(self) -> None:
        """Leave; the call stays with its operator, unless it was opened by mistake and nothing stands in it."""
        self.left = True
        self.talk.say(await self.desk.leave(self.case) or words.line_mode.LEFT)


def _line_of(channel: Channel) -> str:
    return words.line_mode.OTHER_LINE if channel is Channel.OTHER else channel.value


_COMMANDS: Final[dict[str, Callable[[CallInLines], Awaitable[None]]]] = {
    words.line_mode.NOTE: noting.read_note,
    words.line_mode.FACTS: header.ask,
    words.line_mode.CANNOT_SPEAK: header.cannot_speak,
    words.line_mode.DECISION: deciding.decide,
    words.line_mode.ORDINARY: deciding.back_to_ordinary,
    words.line_mode.WHY: standing.why,
    words.line_mode.SAY: standing.what_to_say,
    words.line_mode.SAID: keeping.tick,
    words.line_mode.REFER: keeping.refer,
    words.line_mode.CALL_BACK: keeping.call_back,
    words.line_mode.DESCRIPTION: keeping.suspect,
    words.line_mode.TAKE: keeping.take_clues,
    words.line_mode.PAID: tracing.payment,
    words.line_mode.DEVICE: tracing.device,
    words.line_mode.TRACES: tracing.checklist,
    words.line_mode.APPOINTMENT: agreeing.appointment,
    words.line_mode.PASSED_ON: agreeing.passed_on,
    words.line_mode.HISTORY: reading.of_this_call,
    words.line_mode.STATE: standing.everything,
    words.line_mode.STATUS: standing.dispatches,
    words.line_mode.BACK: CallInLines.undo,
    words.line_mode.QUESTIONS: CallInLines.go_on,
    words.line_mode.CONSULT: passing_on.consult,
    words.line_mode.HAND_OVER: passing_on.hand_over,
    words.line_mode.ADD: adding.add,
    words.line_mode.BY_HAND: deciding.by_hand,
    words.line_mode.REASON: deciding.give_reason,
    words.line_mode.ASSESS_AGAIN: CallInLines.assess_again,
    words.line_mode.STOP: CallInLines.stop,
}
