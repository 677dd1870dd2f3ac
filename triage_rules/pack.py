"""Reading a pack: YAML files of one policy, checked for shape and meaning, with file and line in every error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from triage_rules import schema
from triage_rules.compiling import NODE_LIMIT, compiled
from triage_rules.errors import ContentError, PolicyError
from triage_rules.yaml_reader import Located, read_files

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from triage_rules.policy import Policy


def read_pack(path: Path, node_limit: int = NODE_LIMIT) -> Policy:
    """The policy in a YAML file, or in all `.yaml` files of a folder together. Raises PolicyError."""
    located = read_files(pack_files(path))
    content = shaped(located, path.name)
    try:
        return compiled(content, node_limit)
    except ContentError as fault:
        raise _placed(fault.message, located, fault.path, path.name) from None


def pack_files(path: Path) -> list[Path]:
    """The files of a pack, in the order of their names. Raises PolicyError when there are none."""
    if not path.is_dir():
        return [path]
    files = sorted(path.glob("*.yaml"))
    if not files:
        raise PolicyError("In deze map staat geen enkel .yaml-bestand.", str(path))
    return files


def shaped(located: Located, name: str) -> dict[str, Any]:
    """The content with every field known and none missing; `name` is that of the pack. Raises PolicyError."""
    try:
        pack = schema.Pack.model_validate(located.content)
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_context=True)[0]
        path = tuple(each for each in first["loc"] if each != "[key]")
        raise _placed(_in_dutch(first), located, path, name) from None
    return pack.model_dump(mode="json", exclude_none=True, exclude_defaults=True) | _empty_sections(pack)


def _empty_sections(pack: schema.Pack) -> dict[str, Any]:
    """The sections that may be left out of the file, so that the rest of the program finds all of them."""
    return {
        name: default
        for name in type(pack).model_fields
        if (default := type(pack).model_fields[name].get_default(call_default_factory=True)) == getattr(pack, name)
    }


def _placed(message: str, located: Located, path: tuple[str | int, ...], name: str) -> PolicyError:
    """The error with the file and line of the spot; a field that is nowhere belongs to the pack as a whole."""
    file, line = located.place(path)
    return PolicyError(message, file or name, line)


def _in_dutch(fault: ErrorDetails) -> str:
    """What is wrong with the shape, in a sentence."""
    where = " > ".join(str(each + 1) if isinstance(each, int) else each for each in fault["loc"])
    given = fault["input"]
    context = fault.get("ctx", {})
    shown = f"'{given}'" if isinstance(given, str) and len(given) < _SHOWN else "wat hier staat"
    sentence = _SENTENCES.get(fault["type"], "{where}: {shown} past niet in het schema.")
    return sentence.format(
        where=where,
        field=fault["loc"][-1],
        shown=shown,
        expected=str(context.get("expected", "")).replace(" or ", ", "),
        pattern=_PATTERNS.get(context.get("pattern", ""), "zie het schema"),
        most=context.get("max_length", ""),
    )


_SHOWN = 60
_SENTENCES = {
    "missing": "Het veld '{field}' ontbreekt ({where}).",
    "extra_forbidden": "Het veld '{field}' bestaat niet ({where}).",
    "literal_error": "{where}: {shown} mag hier niet. Toegestaan: {expected}.",
    "string_type": "{where}: hier hoort een tekst.",
    "list_type": "{where}: hier hoort een lijst (regels met een streepje).",
    "dict_type": "{where}: hier horen velden (naam: waarde).",
    "model_type": "{where}: hier horen velden (naam: waarde).",
    "string_pattern_mismatch": "{where}: {shown} heeft niet de goede vorm ({pattern}).",
    "string_too_short": "{where}: dit mag niet leeg zijn.",
    "too_short": "{where}: dit mag niet leeg zijn.",
    "string_too_long": "{where}: dit is te lang, hoogstens {most} tekens.",
}
_PATTERNS = {
    r"^[A-Za-z][A-Za-z0-9_.]*$": "letters, cijfers, punt en laag streepje, te beginnen met een letter",
    r"^[A-Z][A-Z0-9_]*$": "hoofdletters, cijfers en laag streepje",
    r"^\d+(\.\d+)?$": "een getal, met een punt als decimaalteken",
    r"^\d{4}-\d{2}(-\d{2})?$": "een datum als 2026-01-31 of een maand als 2026-01",
}
