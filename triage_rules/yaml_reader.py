"""YAML as strings: every scalar stays the text that was written, and every spot keeps its file and line.

So `nee`, `no`, `12:30` and `1.0` mean what they say. A key that stands twice, an anchor, a tag and a second document
are refused: each of them hides something from the person who reads the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from triage_rules.errors import Path, PolicyError, why_unreadable

if TYPE_CHECKING:
    from pathlib import Path as FilePath

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Located:
    """Content with the file and line of every spot in it."""

    content: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, tuple[str, int]] = field(default_factory=dict)

    def place(self, path: Path) -> tuple[str | None, int | None]:
        """File and line of a spot, or of the nearest spot around it that was written down."""
        for length in range(len(path), 0, -1):
            found = self.places.get(path[:length])
            if found is not None:
                return found
        return None, None


def read_files(files: list[FilePath]) -> Located:
    """Read files that together hold the fields of one pack. Raises PolicyError in Dutch with file and line."""
    whole = Located()
    for file in files:
        _read_file(file, whole)
    return whole


def _read_file(file: FilePath, whole: Located) -> None:
    name = file.name
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as fault:
        raise PolicyError(f"Het bestand is niet te lezen: {why_unreadable(fault)}.", str(file)) from None
    if len(data) > MAX_BYTES:
        raise PolicyError(f"Het bestand is groter dan {MAX_BYTES // 1_000_000} MB; dat is geen beleid.", name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise PolicyError("Het bestand is geen UTF-8.", name, line) from None
    try:
        _refuse_hidden(text, name)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as fault:
        mark: Any = fault.problem_mark or fault.context_mark
        message = "Dit is geen geldige YAML. Kijk naar het inspringen, de dubbele punten en de aanhalingstekens."
        raise PolicyError(message, name, mark.line + 1 if mark else None) from None
    except yaml.reader.ReaderError as fault:
        line = text[: fault.position].count("\n") + 1
        raise PolicyError("Hier staat een teken dat in een tekstbestand niet hoort.", name, line) from None
    if root is None:
        raise PolicyError("Het bestand is leeg.", name)
    if not isinstance(root, yaml.MappingNode):
        raise PolicyError("Het bestand moet uit velden bestaan, zoals 'regels:'.", name, root.start_mark.line + 1)
    content = _value(root, (), name, whole, 0)
    for field_name in content:
        if field_name in whole.content:
            earlier = whole.places[(field_name, "")][0]
            message = f"'{field_name}' staat ook al in {earlier}; zet het op één plaats."
            raise PolicyError(message, name, whole.places[(field_name,)][1])
        whole.places[(field_name, "")] = (name, 0)
    whole.content |= content


def _refuse_hidden(text: str, name: str) -> None:
    """Refuse what would make the text mean something else than it says, before anything is built."""
    documents = depth = 0
    events: Any = yaml.parse(text, Loader=_Loader)
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise PolicyError(
                    "Er staat een tweede document in het bestand ('---'). Gebruik één document.", name, line
                )
        if isinstance(event, yaml.AliasEvent) or (isinstance(event, yaml.NodeEvent) and event.anchor):
            raise PolicyError("Ankers en verwijzingen (& en *) mogen niet; gebruik een begrip of groep.", name, line)
        if getattr(event, "tag", None):
            raise PolicyError(f"Een type-aanduiding ({event.tag}) mag niet; alles is tekst.", name, line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise PolicyError(f"Dit staat dieper dan {MAX_DEPTH} lagen in elkaar.", name, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _value(node: Any, path: Path, name: str, whole: Located, extra: int) -> Any:
    line = node.start_mark.line + 1
    if path and extra == 0:
        whole.places[path] = (name, line)
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_value(part, (*path, at), name, whole, 0) for at, part in enumerate(node.value)]
    found: dict[str, Any] = {}
    for key, part in node.value:
        here = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise PolicyError("De naam van een veld moet gewone tekst zijn.", name, here)
        if key.value in found:
            raise PolicyError(
                f"'{key.value}' staat er twee keer in; de tweede zou de eerste stil vervangen.", name, here
            )
        whole.places[(*path, key.value)] = (name, here)
        found[key.value] = _value(part, (*path, key.value), name, whole, 1)
    return found
