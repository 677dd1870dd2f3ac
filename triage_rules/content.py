"""From the content of a pack (plain lists, mappings and strings) to its parts; here its meaning is checked.

The content is the same whether it was read from YAML or from a compiled file. Every fault raises `ContentError` with
the path to the spot, which the reader of YAML turns into a file and a line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from triage_rules.conditions import AllOf, Condition, negated, simplified
from triage_rules.content_conditions import ConditionReader
from triage_rules.content_questions import QuestionReader
from triage_rules.errors import ContentError, Path
from triage_rules.hours import UNKNOWN, parsed, written
from triage_rules.model import Example, Form, Outcome, Parameter, Property, Question, Rule, Source
from triage_rules.names import Content, Names, listed, refuse_twice, unknown


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a policy consists of, checked; the diagram is not made yet."""

    parameters: tuple[Parameter, ...]
    outcomes: tuple[Outcome, ...]
    forms: tuple[Form, ...]
    groups: Mapping[str, frozenset[str]]
    questions: tuple[Question, ...]
    terms: Mapping[str, Condition]
    rules: tuple[Rule, ...]
    sources: Mapping[str, Source]
    properties: tuple[Property, ...]
    examples: tuple[Example, ...]
    boundaries: tuple[Example, ...]
    unknown_form: str

    @property
    def domain(self) -> dict[str, tuple[str, ...]]:
        """Per question the values that rules can tell apart."""
        return {question.id: question.classes for question in self.questions}


def parts_of(content: Content) -> Parts:
    """Check the content of a pack and build its parts. Raises ContentError at the first fault."""
    return _Reader(content).parts


class _Reader:
    """Reads one content, part by part, in the order in which they depend on each other."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.numbers: dict[str, float] = {}
        parameters = self._parameters()
        self.names = Names(content, self.numbers)
        self.outcomes = self._outcomes()
        self.sources = self._sources()
        self._check_sources_of(parameters)
        self.questions = QuestionReader(content, self.names).read()
        self.conditions = ConditionReader(content, self.names, self.questions)
        self.parts = Parts(
            parameters,
            tuple(self.outcomes.values()),
            self._forms(),
            self.names.groups,
            tuple(self.questions.values()),
            self.conditions.read_terms(),
            self._rules(),
            self.sources,
            self._properties(),
            self._examples("voorbeelden", "Voorbeeld"),
            self._examples("grensgevallen", "Grensgeval"),
            self.names.unknown_form,
        )

    def _parameters(self) -> tuple[Parameter, ...]:
        items = self.content["parameters"]
        refuse_twice(items, ("parameters",), "Parameter")
        found = []
        for at, item in enumerate(items):
            number = parsed(item["waarde"])
            if number is None:
                raise ContentError(("parameters", at, "waarde"), f"'{item['waarde']}' is geen getal van nul of meer.")
            self.numbers[item["id"]] = number
            owner = item.get("eigenaar") or self.content["eigenaar"]
            found.append(Parameter(item["id"], number, item["eenheid"], item["bron"], item["toelichting"], owner))
        return tuple(found)

    def _check_sources_of(self, parameters: tuple[Parameter, ...]) -> None:
        for at, parameter in enumerate(parameters):
            if parameter.source not in self.sources:
                raise ContentError(("parameters", at, "bron"), _unknown_source(parameter.source))

    def _outcomes(self) -> dict[str, Outcome]:
        items = self.content["uitkomsten"]
        refuse_twice(items, ("uitkomsten",), "Uitkomst")
        return {
            item["id"]: Outcome(item["id"], item["tekst"], item["kort"], item["soort"], rank)
            for rank, item in enumerate(items)
        }

    def _forms(self) -> tuple[Form, ...]:
        online = {"ja": True, "nee": False, UNKNOWN: None}
        return tuple(
            Form(
                item["id"],
                item["naam"],
                item["omschrijving"],
                tuple(item["synoniemen"]),
                online[item["online"]],
                tuple(name for name, members in self.names.groups.items() if item["id"] in members),
            )
            for item in self.content["vormen"]
        )

    def _sources(self) -> dict[str, Source]:
        refuse_twice(self.content["documenten"], ("documenten",), "Document")
        refuse_twice(self.content["bronnen"], ("bronnen",), "Bron")
        documents = {item["id"]: item for item in self.content["documenten"]}
        found = {}
        for at, item in enumerate(self.content["bronnen"]):
            document = documents.get(item["document"])
            if document is None:
                raise ContentError(("bronnen", at, "document"), unknown("document", item["document"], documents))
            found[item["id"]] = Source(
                item["id"], document["titel"], document["uitgever"], document["datum"], item["passage"]
            )
        if "aanname" in found:
            raise ContentError(("bronnen",), "'aanname' is het woord voor geen bron; geef de bron een andere naam.")
        owner, since = self.content["eigenaar"], self.content["geldig_vanaf"]
        return found | {"aanname": Source("aanname", "Eigen aanname", owner, since, "Geen bron zegt dit.")}

    def _rules(self) -> tuple[Rule, ...]:
        items = self.content["regels"]
        refuse_twice(items, ("regels",), "Regel")
        domain = self.conditions.domain
        found = []
        for at, item in enumerate(items):
            path: Path = ("regels", at)
            if item["uitkomst"] not in self.outcomes:
                raise ContentError((*path, "uitkomst"), unknown("uitkomst", item["uitkomst"], self.outcomes))
            for place, source in enumerate(item["bron"]):
                if source not in self.sources:
                    raise ContentError((*path, "bron", place), _unknown_source(source))
            when = self.conditions.condition(item["als"], (*path, "als"))
            unless = self.conditions.condition(item["tenzij"], (*path, "tenzij")) if item.get("tenzij") else None
            condition = when if unless is None else simplified(AllOf((when, negated(unless, domain))), domain)
            found.append(
                Rule(item["id"], item["uitkomst"], tuple(item["bron"]), item["waarom"], condition, when, unless)
            )
        return tuple(found)

    def _properties(self) -> tuple[Property, ...]:
        items = self.content["eigenschappen"]
        refuse_twice(items, ("eigenschappen",), "Eigenschap")
        found = []
        for at, item in enumerate(items):
            path: Path = ("eigenschappen", at)
            allowed = set(self.outcomes)
            for place, never in enumerate(item.get("nooit", [])):
                if never not in self.outcomes:
                    raise ContentError((*path, "nooit", place), unknown("uitkomst", never, self.outcomes))
                allowed.discard(never)
            for name in ("minstens", "hoogstens"):
                if item.get(name):
                    allowed &= self._outcomes_from(name, item[name], (*path, name))
            condition = self.conditions.condition(item["als"], (*path, "als"))
            found.append(Property(item["id"], condition, frozenset(allowed), item["waarom"]))
        return tuple(found)

    def _outcomes_from(self, side: str, name: str, path: Path) -> set[str]:
        """The outcomes that are at least (`minstens`) or at most (`hoogstens`) as urgent as the named one."""
        if name not in self.outcomes:
            raise ContentError(path, unknown("uitkomst", name, self.outcomes))
        limit = self.outcomes[name].rank
        least = side == "minstens"
        return {each.id for each in self.outcomes.values() if (each.rank >= limit if least else each.rank <= limit)}

    def _examples(self, section: str, what: str) -> tuple[Example, ...]:
        items = self.content[section]
        refuse_twice(items, (section,), what)
        found = []
        for at, item in enumerate(items):
            path: Path = (section, at)
            if item["verwacht"] not in self.outcomes:
                raise ContentError((*path, "verwacht"), unknown("uitkomst", item["verwacht"], self.outcomes))
            answers = {
                name: self._answer(name, value, (*path, "antwoorden", name))
                for name, value in item["antwoorden"].items()
            }
            why = item["waarom"] if "waarom" in item else item["toont"]
            found.append(Example(item["id"], item.get("melder", ""), answers, item["verwacht"], why))
        return tuple(found)

    def _answer(self, name: str, value: str, path: Path) -> str:
        question = self.questions.get(name)
        if question is None:
            raise ContentError(path, unknown("vraag", name, self.questions))
        if question.line is not None and (hours := parsed(value)) is not None:
            return written(hours)
        allowed = tuple(each.id for each in question.values)
        if value not in allowed:
            hint = (*allowed, "een getal van nul of meer") if question.line is not None else allowed
            raise ContentError(path, f"Vraag '{name}' heeft geen waarde '{value}'. Toegestaan: {listed(hint)}.")
        return value


def _unknown_source(name: str) -> str:
    return f"Bron '{name}' staat niet onder 'bronnen'. Voeg hem daar toe, of schrijf 'aanname' als er geen bron is."
