"""From the content of a pack to its questions: values in order of urgency, classes of hours, wordings and priors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triage_rules.errors import ContentError, Path
from triage_rules.hours import UNKNOWN, HourLine, Span, parsed
from triage_rules.model import Question, Value, Wording
from triage_rules.names import Content, Names, refuse_twice, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

LABEL_WIDTH = 36
BLOCKS = ("gevaar", "gebeurtenis", "wens")
_UNNAMED_SHARE = 0.02


class QuestionReader:
    """Reads the questions of one content."""

    def __init__(self, content: Content, names: Names) -> None:
        """Read from `content`, whose forms and parameters are `names`."""
        self.content = content
        self.names = names

    def read(self) -> dict[str, Question]:
        """Every question by id, in the order on screen. Raises ContentError."""
        items = self.content["vragen"]
        refuse_twice(items, ("vragen",), "Vraag")
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
        return {item["id"]: self._question(item, ("vragen", at)) for at, item in enumerate(items)}

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
            self.names.forms_named(wording["vormen"], (*path, "per_vorm", at, "vormen"))
        if item.get("bezoek") and item["bezoek"] not in classes:
            raise ContentError((*path, "bezoek"), unknown("waarde", item["bezoek"], classes))
        return Question(
            item["id"],
            item["blok"],
            item["soort"],
            self._label(item["kort"], (*path, "kort")),
            self.names.filled(item["tekst"], (*path, "tekst")),
            tuple(
                Wording(
                    self.names.forms_named(wording["vormen"], path),
                    self.names.filled(wording["tekst"], (*path, "per_vorm", at, "tekst")),
                    self._label(wording.get("kort", ""), (*path, "per_vorm", at, "kort")),
                )
                for at, wording in enumerate(item.get("per_vorm", []))
            ),
            self.names.filled(item.get("uitleg", ""), (*path, "uitleg")),
            values,
            classes,
            clauses,
            priors,
            item.get("waarneming") == "ja",
            self.names.forms_named(item.get("nvt_bij", []), (*path, "nvt_bij")),
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

    def _choices(self, item: Mapping[str, Any], path: Path) -> _Choices:
        refuse_twice(item["waarden"], (*path, "waarden"), "Waarde")
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
            *(
                Value(form["id"], form["naam"], item["zin"].replace("{}", form["naam"]))
                for form in self.names.forms.values()
            ),
            Value(UNKNOWN, item["onbekend"]["kort"], item["onbekend"]["zin"]),
        )
        classes = tuple(value.id for value in values)
        return values, classes, {value.id: value.clause for value in values}, _shares(classes, {})

    def _line(self, item: Mapping[str, Any], path: Path) -> HourLine:
        """The line of hours, cut wherever a rule, a term, a prior or the place of `onbekend` compares."""
        spans = [self.names.span(item["onbekend"]["urgenter_dan"], (*path, "onbekend", "urgenter_dan"))]
        spans += [
            self.names.span(share["bij"], (*path, "kansen", at, "bij"))
            for at, share in enumerate(item.get("kansen", []))
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
                found += [self.names.span(text, (*path, name)) for text in each if text != UNKNOWN]
            else:
                found += self._compared(part, question, (*path, name))
        return found

    def _hour_choices(self, item: Mapping[str, Any], path: Path, line: HourLine) -> _Choices:
        below = line.classes_in(self.names.span(item["onbekend"]["urgenter_dan"], path))
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
            inside = line.classes_in(self.names.span(share["bij"], here))
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


_Choices = tuple[tuple[Value, ...], tuple[str, ...], dict[str, str], dict[str, float]]


def _shares(classes: tuple[str, ...], given: Mapping[str, float]) -> dict[str, float]:
    """A share for each class: the given ones, the rest evenly over the others but never nothing, together one."""
    unnamed = [each for each in classes if each not in given]
    left = (1 - sum(given.values())) / len(unnamed) if unnamed else 0.0
    shares = {each: given.get(each, max(left, _UNNAMED_SHARE)) for each in classes}
    total = sum(shares.values())
    return {each: share / total for each, share in shares.items()}
