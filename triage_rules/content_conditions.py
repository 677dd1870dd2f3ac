"""From a condition as it is written in a pack to one that can be evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triage_rules.conditions import ALWAYS, AllOf, AnyOf, Condition, Test, negated, simplified
from triage_rules.errors import ContentError, Path
from triage_rules.hours import UNKNOWN
from triage_rules.names import Content, Names, listed, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from triage_rules.model import Question


class ConditionReader:
    """Reads conditions over the questions and words of one content."""

    def __init__(self, content: Content, names: Names, questions: Mapping[str, Question]) -> None:
        """Conditions may use the words (`begrippen`) of `content`, its forms and parameters, and `questions`."""
        self.content = content
        self.names = names
        self.questions = questions
        self.domain = {question.id: question.classes for question in questions.values()}
        self.terms: dict[str, Condition] = {}

    def read_terms(self) -> dict[str, Condition]:
        """What every word stands for. Raises ContentError for one that stands for itself."""
        for name in self.content["begrippen"]:
            if name in self.questions:
                raise ContentError(("begrippen", name), f"'{name}' is al een vraag; geef het begrip een andere naam.")
        for name in self.content["begrippen"]:
            self._term(name, ())
        return self.terms

    def _term(self, name: str, within: tuple[str, ...]) -> Condition:
        """What a word stands for; a word may use other words but never itself."""
        path: Path = ("begrippen", name)
        if name in within:
            raise ContentError(path, f"Begrip {name} verwijst naar zichzelf: {' > '.join((*within, name))}.")
        if name not in self.terms:
            self.terms[name] = self.condition(self.content["begrippen"][name], path, (*within, name))
        return self.terms[name]

    def condition(self, source: object, path: Path, within: tuple[str, ...] = ()) -> Condition:
        """A condition as it is written in the pack, simplified."""
        return simplified(self._written(source, path, within), self.domain)

    def _written(self, source: object, path: Path, within: tuple[str, ...]) -> Condition:
        if source == "altijd":
            return ALWAYS
        if isinstance(source, str):
            if source not in self.content["begrippen"]:
                raise ContentError(path, unknown("begrip", source, self.content["begrippen"]))
            return self._term(source, within)
        if isinstance(source, list):
            if not source:
                raise ContentError(path, "Hier staat geen enkele voorwaarde. Schrijf 'altijd' als dat de bedoeling is.")
            return AllOf(tuple(self._written(part, (*path, at), within) for at, part in enumerate(source)))
        if not isinstance(source, dict) or len(source) != 1:
            message = "Een voorwaarde is een begrip of één vraag met haar waarde, bijvoorbeeld 'gaande: ja'."
            raise ContentError(path, f"{message} Zet elke voorwaarde op een eigen regel met een streepje.")
        [(name, value)] = source.items()
        here = (*path, name)
        if name in {"een_van", "alle"}:
            if not isinstance(value, list) or not value:
                raise ContentError(here, f"Onder '{name}' hoort een lijst van voorwaarden.")
            parts = tuple(self._written(part, (*here, at), within) for at, part in enumerate(value))
            return AllOf(parts) if name == "alle" else AnyOf(parts)
        if name == "niet":
            return negated(self._written(value, here, within), self.domain)
        return self._test(name, value, here)

    def _test(self, name: str, value: object, path: Path) -> Condition:
        question = self.questions.get(name)
        if question is None:
            raise ContentError(path, unknown("vraag", name, self.questions))
        given: list[object] = value if isinstance(value, list) else [value]
        wanted = [each for each in given if isinstance(each, str)]
        if not wanted or len(wanted) < len(given):
            raise ContentError(path, f"Bij vraag '{name}' hoort een waarde of een lijst van waarden.")
        if question.kind == "vorm":
            return self._form_test(question, wanted, path)
        if question.line is not None:
            values: frozenset[str] = frozenset()
            for text in wanted:
                values |= {UNKNOWN} if text == UNKNOWN else question.line.classes_in(self.names.span(text, path))
            return Test(name, values)
        for at, each in enumerate(wanted):
            if each not in question.classes:
                spot = (*path, at) if isinstance(value, list) else path
                raise ContentError(
                    spot, f"Vraag '{name}' heeft geen waarde '{each}'. Toegestaan: {listed(question.classes)}."
                )
        test = Test(name, frozenset(wanted))
        if not question.not_applicable:
            return test
        form = next(each for each in self.questions.values() if each.kind == "vorm")
        outside = Test(form.id, frozenset(form.classes) - self.names.with_unknown(question.not_applicable))
        if "nee" not in test.values:
            return AllOf((outside, test))
        return AnyOf((Test(form.id, self.names.with_unknown(question.not_applicable)), test))

    def _form_test(self, question: Question, wanted: list[str], path: Path) -> Condition:
        if UNKNOWN in wanted:
            message = f"Een regel kan niet op onbekende {question.id} letten: die telt als '{self.names.unknown_form}'."
            raise ContentError(path, message)
        return Test(question.id, self.names.with_unknown(self.names.forms_named(wanted, path)))
