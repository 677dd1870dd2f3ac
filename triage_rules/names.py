"""What the parts of a pack refer to by name: parameters, forms and groups of forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from triage_rules.errors import ContentError, Path
from triage_rules.hours import UNKNOWN, Span, comparison, written

Content = Mapping[str, Any]
_BRACES = re.compile(r"\{(\w*)\}")


def listed(names: Iterable[str]) -> str:
    """Names as they stand in a sentence."""
    return ", ".join(names)


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """The sentence for a name that nothing has."""
    return f"Onbekende {what}: '{name}'. Bekend: {listed(known)}."


def refuse_twice(items: Iterable[Any], path: Path, what: str) -> None:
    """Refuse two things with one id."""
    seen: set[str] = set()
    for at, item in enumerate(items):
        if item["id"] in seen:
            raise ContentError((*path, at), f"{what} '{item['id']}' staat er twee keer in.")
        seen.add(item["id"])


class Names:
    """The parameters, forms and groups of one content, checked."""

    def __init__(self, content: Content, numbers: Mapping[str, float]) -> None:
        """Read forms and groups; `numbers` are the parameters. Raises ContentError."""
        self.content = content
        self.numbers = numbers
        self.forms: dict[str, Content] = {item["id"]: item for item in content["vormen"]}
        self.groups: dict[str, frozenset[str]] = {}
        refuse_twice(content["vormen"], ("vormen",), "Vorm")
        if UNKNOWN in self.forms:
            raise ContentError(("vormen",), f"'{UNKNOWN}' is geen vorm maar een antwoord; kies een andere naam.")
        for name in content["groepen"]:
            self._group(name, ())
        self.unknown_form: str = content["onbekend_telt_als"]
        if self.unknown_form not in self.forms:
            raise ContentError(("onbekend_telt_als",), unknown("vorm", self.unknown_form, self.forms))

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
                    raise ContentError((*path, at), unknown("vorm of groep", member, known))
            self.groups[name] = frozenset(members)
        return self.groups[name]

    def forms_named(self, names: Iterable[str], path: Path) -> frozenset[str]:
        """The forms that are named one by one or by their group."""
        found: set[str] = set()
        for at, name in enumerate(names):
            if name in self.forms:
                found.add(name)
            elif name in self.groups:
                found |= self.groups[name]
            else:
                raise ContentError((*path, at), unknown("vorm of groep", name, (*self.forms, *self.groups)))
        return frozenset(found)

    def with_unknown(self, forms: frozenset[str]) -> frozenset[str]:
        """These forms, and `onbekend` where it counts as one of them."""
        return forms | {UNKNOWN} if self.unknown_form in forms else forms

    def span(self, text: object, path: Path) -> Span:
        """The hours that a comparison means."""
        try:
            return comparison(str(text), self.numbers)
        except ValueError as fault:
            raise ContentError(path, str(fault)) from None

    def filled(self, text: str, path: Path) -> str:
        """A text with the value of each parameter between braces."""

        def number(found: re.Match[str]) -> str:
            if found[1] not in self.numbers:
                raise ContentError(path, unknown("parameter", found[1], self.numbers))
            return written(self.numbers[found[1]])

        return _BRACES.sub(number, text)
