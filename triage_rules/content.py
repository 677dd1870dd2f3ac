"""From the content of a pack (plain lists, mappings and strings) to its parts; here its meaning is checked.

The content is the same whether it was read from YAML or from a compiled file. Every fault raises `ContentError` with
the path to the spot, which the reader of YAML turns into a file and a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from triage_rules.conditions import ALWAYS, AllOf, AnyOf, Condition, Test, negated, simplified
from triage_rules.errors import ContentError, Path
from triage_rules.hours import UNKNOWN, HourLine, Span, comparison, parsed, written
from triage_rules.model import (
    Example,
    Form,
    Outcome,
    Parameter,
    Property,
    Question,
    Rule,
    Source,
    Value,
    Wording,
)

Content = Mapping[str, Any]
LABEL_WIDTH = 36
BLOCKS = ("gevaar", "gebeurtenis", "wens")
_UNNAMED_SHARE = 0.02
_GAP = re.compile(r"\{(\w*)\}")


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
    unknown_form: str

    @property
    def domain(self) -> dict[str, tuple[str, ...]]:
        """Per question the values that rules can tell apart."""
        return {question.id: question.classes for question in self.questions}


def parts_of(content: Content) -> Parts:
    """Check the content of a pack and build its parts. Raises ContentError at the first fault."""
    return _Reader(content).read()


def named(items: Iterable[Any], path: Path, what: str) -> None:
    """Refuse two things with one id."""
    seen: set[str] = set()
    for at, item in enumerate(items):
        if item["id"] in seen:
            raise ContentError((*path, at), f"{what} '{item['id']}' staat er twee keer in.")
        seen.add(item["id"])


class _Reader:
    """Reads one content; the fields fill up in the order in which the parts depend on each other."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.numbers: dict[str, float] = {}
        self.forms: dict[str, Mapping[str, Any]] = {}
        self.groups: dict[str, frozenset[str]] = {}
        self.outcomes: dict[str, Outcome] = {}
        self.questions: dict[str, Question] = {}
        self.terms: dict[str, Condition] = {}
        self.sources: dict[str, Source] = {}
        self.unknown_form = ""

    def read(self) -> Parts:
        parameters = self._parameters()
        self._outcomes()
        forms = self._forms()
        self._sources()
        for parameter in parameters:
            if parameter.source not in self.sources:
                at = [each.id for each in parameters].index(parameter.id)
                raise ContentError(("parameters", at, "bron"), self._unknown_source(parameter.source))
        self._questions()
        self._terms()
        return Parts(
            parameters,
            tuple(self.outcomes.values()),
            forms,
            self.groups,
            tuple(self.questions.values()),
            self.terms,
            self._rules(),
            self.sources,
            self._properties(),
            self._examples(),
            self.unknown_form,
        )

    # -- numbers, outcomes, forms, sources

    def _parameters(self) -> tuple[Parameter, ...]:
        items = self.content["parameters"]
        named(items, ("parameters",), "Parameter")
        found = []
        for at, item in enumerate(items):
            number = parsed(item["waarde"])
            if number is None:
                raise ContentError(("parameters", at, "waarde"), f"'{item['waarde']}' is geen getal van nul of meer.")
            self.numbers[item["id"]] = number
            owner = item.get("eigenaar") or self.content["eigenaar"]
            found.append(Parameter(item["id"], number, item["eenheid"], item["bron"], item["toelichting"], owner))
        return tuple(found)

    def _outcomes(self) -> None:
        items = self.content["uitkomsten"]
        named(items, ("uitkomsten",), "Uitkomst")
        for rank, item in enumerate(items):
            self.outcomes[item["id"]] = Outcome(item["id"], item["tekst"], item["kort"], item["soort"], rank)

    def _forms(self) -> tuple[Form, ...]:
        items = self.content["vormen"]
        named(items, ("vormen",), "Vorm")
        self.forms = {item["id"]: item for item in items}
        if UNKNOWN in self.forms:
            raise ContentError(("vormen",), f"'{UNKNOWN}' is geen vorm maar een antwoord; kies een andere naam.")
        for name in self.content["groepen"]:
            self._group(name, ())
        self.unknown_form = self.content["onbekend_telt_als"]
        if self.unknown_form not in self.forms:
            raise ContentError(("onbekend_telt_als",), self._unknown("vorm", self.unknown_form, self.forms))
        online = {"ja": True, "nee": False, UNKNOWN: None}
        return tuple(
            Form(
                item["id"],
                item["naam"],
                item["omschrijving"],
                tuple(item["synoniemen"]),
                online[item["online"]],
                tuple(name for name, members in self.groups.items() if item["id"] in members),
            )
            for item in items
        )

    def _group(self, name: str, within: tuple[str, ...]) -> frozenset[str]:
        """The forms of a group, which may name other groups but never itself."""
        path: Path = ("groepen", name)
        if name in within:
            raise ContentError(path, f"Groep {name} bevat zichzelf: {' > '.join((*within, name))}.")
        if name in self.forms:
            raise ContentError(path, f"'{name}' is al een vorm; geef de groep een andere naam.")
        if name not in self.groups:
            members: set[str] = set()
            for at, member in enumerate(self.content["groepen"][name]):
                if member in self.forms:
                    members.add(member)
                elif member in self.content["groepen"]:
                    members |= self._group(member, (*within, name))
                else:
                    known = (*self.forms, *self.content["groepen"])
                    raise ContentError((*path, at), self._unknown("vorm of groep", member, known))
            self.groups[name] = frozenset(members)
        return self.groups[name]

    def _forms_named(self, names: Iterable[str], path: Path) -> frozenset[str]:
        found: set[str] = set()
        for at, name in enumerate(names):
            if name in self.forms:
                found.add(name)
            elif name in self.groups:
                found |= self.groups[name]
            else:
                raise ContentError((*path, at), self._unknown("vorm of groep", name, (*self.forms, *self.groups)))
        return frozenset(found)

    def _sources(self) -> None:
        named(self.content["documenten"], ("documenten",), "Document")
        named(self.content["bronnen"], ("bronnen",), "Bron")
        documents = {item["id"]: item for item in self.content["documenten"]}
        for at, item in enumerate(self.content["bronnen"]):
            document = documents.get(item["document"])
            if document is None:
                raise ContentError(("bronnen", at, "document"), self._unknown("document", item["document"], documents))
            self.sources[item["id"]] = Source(
                item["id"], document["titel"], document["uitgever"], document["datum"], item["passage"]
            )
        if "aanname" in self.sources:
            raise ContentError(("bronnen",), "'aanname' is het woord voor geen bron; geef de bron een andere naam.")
        self.sources["aanname"] = Source(
            "aanname", "Eigen aanname", self.content["eigenaar"], self.content["geldig_vanaf"], "Geen bron zegt dit."
        )

    def _unknown_source(self, name: str) -> str:
        return f"Bron '{name}' staat niet onder 'bronnen'. Voeg hem daar toe, of schrijf 'aanname' als er geen bron is."

    # -- questions

    def _questions(self) -> None:
        items = self.content["vragen"]
        named(items, ("vragen",), "Vraag")
        kinds = [item["soort"] for item in items]
        if kinds.count("vorm") != 1:
            raise ContentError(
                ("vragen",), f"Er moet precies één vraag van soort 'vorm' zijn; nu {kinds.count('vorm')}."
            )
        blocks = [BLOCKS.index(item["blok"]) for item in items]
        for at in range(1, len(blocks)):
            if blocks[at] < blocks[at - 1]:
                message = f"Vraag '{items[at]['id']}' (blok {items[at]['blok']}) staat na een vraag van een later blok."
                raise ContentError(("vragen", at, "blok"), f"{message} De volgorde is: {', '.join(BLOCKS)}.")
        if sum(1 for item in items if item.get("bezoek")) > 1:
            raise ContentError(("vragen",), "Hoogstens één vraag kan 'bezoek' hebben.")
        for at, item in enumerate(items):
            self.questions[item["id"]] = self._question(item, ("vragen", at))

    def _question(self, item: Mapping[str, Any], path: Path) -> Question:
        line = None
        if item["soort"] == "keuze":
            self._needs(item, path, ("waarden",), ("onbekend", "zin", "kansen"))
            values, classes, clauses, priors = self._choices(item, path)
        elif item["soort"] == "vorm":
            self._needs(item, path, ("onbekend", "zin"), ("waarden", "kansen", "nvt_bij"))
            values, classes, clauses, priors = self._form_choices(item)
        else:
            self._needs(item, path, ("onbekend", "zin"), ("waarden",))
            line = self._line(item, path)
            values, classes, clauses, priors = self._hour_choices(item, path, line)
        for at, wording in enumerate(item.get("per_vorm", [])):
            self._forms_named(wording["vormen"], (*path, "per_vorm", at, "vormen"))
        if item.get("bezoek") and item["bezoek"] not in classes:
            raise ContentError((*path, "bezoek"), self._unknown("waarde", item["bezoek"], classes))
        return Question(
            item["id"],
            item["blok"],
            item["soort"],
            self._label(item["kort"], (*path, "kort")),
            self._filled(item["tekst"], (*path, "tekst")),
            tuple(
                Wording(
                    self._forms_named(wording["vormen"], path),
                    self._filled(wording["tekst"], (*path, "per_vorm", at, "tekst")),
                    self._label(wording.get("kort", ""), (*path, "per_vorm", at, "kort")),
                )
                for at, wording in enumerate(item.get("per_vorm", []))
            ),
            self._filled(item.get("uitleg", ""), (*path, "uitleg")),
            values,
            classes,
            clauses,
            priors,
            item.get("waarneming") == "ja",
            self._forms_named(item.get("nvt_bij", []), (*path, "nvt_bij")),
            "vormen hebben geen volgorde" if item["soort"] == "vorm" else item.get("niet_oplopend", ""),
            item.get("bezoek"),
            line,
        )

    def _needs(self, item: Mapping[str, Any], path: Path, wanted: tuple[str, ...], barred: tuple[str, ...]) -> None:
        for name in wanted:
            if not item.get(name):
                raise ContentError(path, f"Vraag '{item['id']}' van soort '{item['soort']}' mist '{name}'.")
        for name in barred:
            if item.get(name):
                message = f"Vraag '{item['id']}' van soort '{item['soort']}' kan geen '{name}' hebben."
                raise ContentError((*path, name), message)

    def _label(self, text: str, path: Path) -> str:
        if len(text) > LABEL_WIDTH:
            raise ContentError(path, f"'{text}' is {len(text)} tekens lang; op de lijst passen er {LABEL_WIDTH}.")
        return text

    def _filled(self, text: str, path: Path) -> str:
        """A text with the value of each parameter between braces."""

        def number(found: re.Match[str]) -> str:
            if found[1] not in self.numbers:
                raise ContentError(path, self._unknown("parameter", found[1], self.numbers))
            return written(self.numbers[found[1]])

        return _GAP.sub(number, text)

    def _choices(self, item: Mapping[str, Any], path: Path) -> _Choices:
        named(item["waarden"], (*path, "waarden"), "Waarde")
        if len(item["waarden"]) < 2:
            raise ContentError((*path, "waarden"), f"Vraag '{item['id']}' heeft minstens twee waarden nodig.")
        values = tuple(Value(each["id"], each["kort"], each["zin"]) for each in item["waarden"])
        for at, value in enumerate(values):
            if value.id in {"open", "nvt"}:
                message = f"'{value.id}' is geen antwoord: open is niet gevraagd, nvt is niet van toepassing."
                raise ContentError((*path, "waarden", at, "id"), message)
        given = {
            each["id"]: self._share(each["kans"], (*path, "waarden", at, "kans"))
            for at, each in enumerate(item["waarden"])
            if each.get("kans")
        }
        classes = tuple(value.id for value in values)
        for at, form in enumerate(item.get("nvt_bij", [])):
            if "nee" not in classes:
                raise ContentError((*path, "nvt_bij", at), f"nvt bij '{form}' telt als nee, maar 'nee' is geen waarde.")
        return values, classes, {value.id: value.clause for value in values}, _shares(classes, given)

    def _form_choices(self, item: Mapping[str, Any]) -> _Choices:
        values = (
            *(Value(form["id"], form["naam"], item["zin"].replace("{}", form["naam"])) for form in self.forms.values()),
            Value(UNKNOWN, item["onbekend"]["kort"], item["onbekend"]["zin"]),
        )
        classes = tuple(value.id for value in values)
        return values, classes, {value.id: value.clause for value in values}, _shares(classes, {})

    def _line(self, item: Mapping[str, Any], path: Path) -> HourLine:
        """The line of hours, cut wherever a rule, a term, a prior or the place of `onbekend` compares."""
        spans = [self._span(item["onbekend"]["urgenter_dan"], (*path, "onbekend", "urgenter_dan"))]
        spans += [
            self._span(share["bij"], (*path, "kansen", at, "bij")) for at, share in enumerate(item.get("kansen", []))
        ]
        for section in ("begrippen", "regels", "eigenschappen"):
            spans += self._compared(self.content[section], item["id"], (section,))
        return HourLine.cut_at(spans)

    def _compared(self, thing: object, question: str, path: Path) -> list[Span]:
        """Every comparison of this question in a condition, wherever it stands."""
        if isinstance(thing, list):
            return [span for at, part in enumerate(thing) for span in self._compared(part, question, (*path, at))]
        if not isinstance(thing, dict):
            return []
        found = []
        for name, part in thing.items():
            if name == question:
                each = part if isinstance(part, list) else [part]
                found += [self._span(text, (*path, name)) for text in each if text != UNKNOWN]
            else:
                found += self._compared(part, question, (*path, name))
        return found

    def _span(self, text: object, path: Path) -> Span:
        try:
            return comparison(str(text), self.numbers)
        except ValueError as fault:
            raise ContentError(path, str(fault)) from None

    def _hour_choices(self, item: Mapping[str, Any], path: Path, line: HourLine) -> _Choices:
        below = line.classes_in(self._span(item["onbekend"]["urgenter_dan"], path))
        oldest_first = [span.name for span in reversed(line.spans)]
        if below != set(oldest_first[: len(below)]):
            message = "'onbekend' moet urgenter zijn dan alles vanaf een aantal uren: schrijf \">= getal\"."
            raise ContentError((*path, "onbekend", "urgenter_dan"), message)
        classes = (*oldest_first[: len(below)], UNKNOWN, *oldest_first[len(below) :])
        clauses = {span.name: item["zin"].replace("{}", span.words) for span in line.spans}
        clauses[UNKNOWN] = item["onbekend"]["zin"]
        given: dict[str, float] = {}
        for at, share in enumerate(item.get("kansen", [])):
            here = (*path, "kansen", at)
            inside = line.classes_in(self._span(share["bij"], here))
            for name in inside & given.keys():
                raise ContentError((*here, "bij"), f"'{share['bij']}' overlapt een eerdere kans ({name}).")
            given |= {name: self._share(share["kans"], (*here, "kans")) / len(inside) for name in inside}
        unknown = Value(UNKNOWN, item["onbekend"]["kort"], item["onbekend"]["zin"])
        return (unknown,), classes, clauses, _shares(classes, given)

    def _share(self, text: str, path: Path) -> float:
        share = parsed(text)
        if share is None or not 0 < share < 1:
            raise ContentError(path, f"'{text}' is geen kans tussen 0 en 1.")
        return share

    # -- conditions

    def _terms(self) -> None:
        for name in self.content["begrippen"]:
            if name in self.questions:
                raise ContentError(("begrippen", name), f"'{name}' is al een vraag; geef het begrip een andere naam.")
        for name in self.content["begrippen"]:
            self._term(name, ())

    def _term(self, name: str, within: tuple[str, ...]) -> Condition:
        """What a word stands for; a word may use other words but never itself."""
        path: Path = ("begrippen", name)
        if name in within:
            raise ContentError(path, f"Begrip {name} verwijst naar zichzelf: {' > '.join((*within, name))}.")
        if name not in self.terms:
            self.terms[name] = self._condition(self.content["begrippen"][name], path, (*within, name))
        return self.terms[name]

    def _condition(self, source: object, path: Path, within: tuple[str, ...] = ()) -> Condition:
        """A condition as it is written in the pack, simplified."""
        domain = {question.id: question.classes for question in self.questions.values()}
        return simplified(self._written(source, path, within, domain), domain)

    def _written(
        self, source: object, path: Path, within: tuple[str, ...], domain: dict[str, tuple[str, ...]]
    ) -> Condition:
        if source == "altijd":
            return ALWAYS
        if isinstance(source, str):
            if source not in self.content["begrippen"]:
                raise ContentError(path, self._unknown("begrip", source, self.content["begrippen"]))
            return self._term(source, within)
        if isinstance(source, list):
            if not source:
                raise ContentError(path, "Hier staat geen enkele voorwaarde. Schrijf 'altijd' als dat de bedoeling is.")
            return AllOf(tuple(self._written(part, (*path, at), within, domain) for at, part in enumerate(source)))
        if not isinstance(source, dict) or len(source) != 1:
            message = "Een voorwaarde is een begrip of één vraag met haar waarde, bijvoorbeeld 'gaande: ja'."
            raise ContentError(path, f"{message} Zet elke voorwaarde op een eigen regel met een streepje.")
        [(name, value)] = source.items()
        here = (*path, name)
        if name in {"een_van", "alle"}:
            if not isinstance(value, list) or not value:
                raise ContentError(here, f"Onder '{name}' hoort een lijst van voorwaarden.")
            parts = tuple(self._written(part, (*here, at), within, domain) for at, part in enumerate(value))
            return AllOf(parts) if name == "alle" else AnyOf(parts)
        if name == "niet":
            return negated(self._written(value, here, within, domain), domain)
        return self._test(name, value, here)

    def _test(self, name: str, value: object, path: Path) -> Condition:
        question = self.questions.get(name)
        if question is None:
            raise ContentError(path, self._unknown("vraag", name, self.questions))
        given: list[object] = value if isinstance(value, list) else [value]
        wanted = [each for each in given if isinstance(each, str)]
        if not wanted or len(wanted) < len(given):
            raise ContentError(path, f"Bij vraag '{name}' hoort een waarde of een lijst van waarden.")
        if question.kind == "vorm":
            return self._form_test(question, wanted, path)
        if question.line is not None:
            values: frozenset[str] = frozenset()
            for text in wanted:
                values |= {UNKNOWN} if text == UNKNOWN else question.line.classes_in(self._span(text, path))
            return Test(name, values)
        for at, each in enumerate(wanted):
            if each not in question.classes:
                spot = (*path, at) if isinstance(value, list) else path
                raise ContentError(
                    spot, f"Vraag '{name}' heeft geen waarde '{each}'. Toegestaan: {_list(question.classes)}."
                )
        test = Test(name, frozenset(wanted))
        if not question.not_applicable:
            return test
        form = next(each for each in self.questions.values() if each.kind == "vorm")
        outside = Test(form.id, frozenset(form.classes) - self._with_unknown(question.not_applicable))
        if "nee" not in test.values:
            return AllOf((outside, test))
        return AnyOf((Test(form.id, self._with_unknown(question.not_applicable)), test))

    def _form_test(self, question: Question, wanted: list[str], path: Path) -> Condition:
        if UNKNOWN in wanted:
            message = f"Een regel kan niet op onbekende {question.id} letten: die telt als '{self.unknown_form}'."
            raise ContentError(path, message)
        return Test(question.id, self._with_unknown(self._forms_named(wanted, path)))

    def _with_unknown(self, forms: frozenset[str]) -> frozenset[str]:
        """These forms, and `onbekend` where it counts as one of them."""
        return forms | {UNKNOWN} if self.unknown_form in forms else forms

    # -- rules, properties, examples

    def _rules(self) -> tuple[Rule, ...]:
        items = self.content["regels"]
        named(items, ("regels",), "Regel")
        domain = {question.id: question.classes for question in self.questions.values()}
        found = []
        for at, item in enumerate(items):
            path: Path = ("regels", at)
            if item["uitkomst"] not in self.outcomes:
                raise ContentError((*path, "uitkomst"), self._unknown("uitkomst", item["uitkomst"], self.outcomes))
            for place, source in enumerate(item["bron"]):
                if source not in self.sources:
                    raise ContentError((*path, "bron", place), self._unknown_source(source))
            when = self._condition(item["als"], (*path, "als"))
            unless = self._condition(item["tenzij"], (*path, "tenzij")) if item.get("tenzij") else None
            condition = when if unless is None else simplified(AllOf((when, negated(unless, domain))), domain)
            found.append(
                Rule(item["id"], item["uitkomst"], tuple(item["bron"]), item["waarom"], condition, when, unless)
            )
        return tuple(found)

    def _properties(self) -> tuple[Property, ...]:
        items = self.content["eigenschappen"]
        named(items, ("eigenschappen",), "Eigenschap")
        found = []
        for at, item in enumerate(items):
            path: Path = ("eigenschappen", at)
            allowed = set(self.outcomes)
            for place, never in enumerate(item.get("nooit", [])):
                if never not in self.outcomes:
                    raise ContentError((*path, "nooit", place), self._unknown("uitkomst", never, self.outcomes))
                allowed.discard(never)
            for name in ("minstens", "hoogstens"):
                if item.get(name):
                    allowed &= self._outcomes_from(name, item[name], (*path, name))
            condition = self._condition(item["als"], (*path, "als"))
            found.append(Property(item["id"], condition, frozenset(allowed), item["waarom"]))
        return tuple(found)

    def _outcomes_from(self, side: str, name: str, path: Path) -> set[str]:
        """The outcomes that are at least (`minstens`) or at most (`hoogstens`) as urgent as the named one."""
        if name not in self.outcomes:
            raise ContentError(path, self._unknown("uitkomst", name, self.outcomes))
        limit = self.outcomes[name].rank
        least = side == "minstens"
        return {each.id for each in self.outcomes.values() if (each.rank >= limit if least else each.rank <= limit)}

    def _examples(self) -> tuple[Example, ...]:
        items = self.content["voorbeelden"]
        named(items, ("voorbeelden",), "Voorbeeld")
        found = []
        for at, item in enumerate(items):
            path: Path = ("voorbeelden", at)
            if item["verwacht"] not in self.outcomes:
                raise ContentError((*path, "verwacht"), self._unknown("uitkomst", item["verwacht"], self.outcomes))
            answers = {
                name: self._answer(name, value, (*path, "antwoorden", name))
                for name, value in item["antwoorden"].items()
            }
            found.append(Example(item["id"], item["melder"], answers, item["verwacht"], item["waarom"]))
        return tuple(found)

    def _answer(self, name: str, value: str, path: Path) -> str:
        question = self.questions.get(name)
        if question is None:
            raise ContentError(path, self._unknown("vraag", name, self.questions))
        if question.line is not None and (hours := parsed(value)) is not None:
            return written(hours)
        allowed = tuple(each.id for each in question.values)
        if value not in allowed:
            hint = (*allowed, "een getal van nul of meer") if question.line is not None else allowed
            raise ContentError(path, f"Vraag '{name}' heeft geen waarde '{value}'. Toegestaan: {_list(hint)}.")
        return value

    def _unknown(self, what: str, name: str, known: Iterable[str]) -> str:
        return f"Onbekende {what}: '{name}'. Bekend: {_list(known)}."


_Choices = tuple[tuple[Value, ...], tuple[str, ...], dict[str, str], dict[str, float]]


def _shares(classes: tuple[str, ...], given: Mapping[str, float]) -> dict[str, float]:
    """A share for each class: the given ones, the rest evenly over the others but never nothing, together one."""
    unnamed = [each for each in classes if each not in given]
    left = (1 - sum(given.values())) / len(unnamed) if unnamed else 0.0
    shares = {each: given.get(each, max(left, _UNNAMED_SHARE)) for each in classes}
    total = sum(shares.values())
    return {each: share / total for each, share in shares.items()}


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
