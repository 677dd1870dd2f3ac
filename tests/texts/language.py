"""What a language package holds, and what another one lacks beside it."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType

GIVES_TEXT = {"str", "list[str]", "tuple[str, ...]", "tuple[str, str]"}


def rooms(language: ModuleType) -> dict[str, ModuleType]:
    """The modules of a language by their name; each holds the words of one room."""
    names = (found.name for found in pkgutil.iter_modules(language.__path__))
    return {name: import_module(f"{language.__name__}.{name}") for name in names}


def words_of(room: ModuleType) -> dict[str, object]:
    """What a room defines itself: its public names, without what it imports."""
    return {name: getattr(room, name) for name in _defined(room) if not name.startswith("_")}


def not_text(room: ModuleType) -> list[str]:
    """The names that are neither text nor a function that gives text."""
    return [name for name, value in words_of(room).items() if not _is_text(value)]


def lacking(complete: ModuleType, other: ModuleType) -> list[str]:
    """Say what `other` lacks to stand in for `complete`: rooms, names, entries, or the same values to put in."""
    return sorted([*_data(complete) - _data(other), *_lacking(rooms(complete), rooms(other))])


def _data(language: ModuleType) -> set[str]:
    """Each entry of each list of texts by its id, such as `zeg.toml zeg deur`."""
    found = set()
    for path in (path for folder in language.__path__ for path in Path(folder).glob("*.toml")):
        lists = tomllib.loads(path.read_text(encoding="utf-8"))
        found |= {f"{path.name} {name} {entry['id']}" for name, entries in lists.items() for entry in entries}
    return found


def _lacking(complete: Mapping[str, ModuleType], other: Mapping[str, ModuleType]) -> Iterator[str]:
    for room, module in complete.items():
        if room not in other:
            yield room
            continue
        there = words_of(other[room])
        for name, value in words_of(module).items():
            if name not in there:
                yield f"{room}.{name}"
            else:
                yield from (f"{room}.{name}{what}" for what in _differs(value, there[name]))


def _differs(value: object, other: object) -> Iterator[str]:
    if isinstance(value, FunctionType) or isinstance(other, FunctionType):
        if _parameters(value) != _parameters(other):
            yield f"({', '.join(_parameters(value))})"
    elif isinstance(value, Mapping) and isinstance(other, Mapping):
        yield from (f"[{key}]" for key in value.keys() - other.keys())
    elif isinstance(value, Mapping) or isinstance(other, Mapping):
        yield ": a table in one of the two"


def _parameters(value: object) -> list[str]:
    return [str(each) for each in inspect.signature(value).parameters.values()] if callable(value) else []


def _defined(room: ModuleType) -> Iterator[str]:
    for node in ast.parse(inspect.getsource(room)).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name


def _is_text(value: object) -> bool:
    match value:
        case str():
            return True
        case tuple():
            return all(_is_text(each) for each in value)
        case Mapping():
            return all(_is_text(each) for each in value.values())
        case FunctionType():
            return value.__annotations__.get("return") in GIVES_TEXT
        case _:
            return False


def unused(language: ModuleType, source: Iterable[Path]) -> list[str]:
    """The names of a language that nothing says: not in this source as `words.room.NAME`, nor within their own room."""
    found = rooms(language)
    said = {pair for path in source for pair in _said(ast.parse(path.read_text(encoding="utf-8")))}
    said |= {(name, each) for name, room in found.items() for each in _said_within(ast.parse(inspect.getsource(room)))}
    return [f"{name}.{each}" for name, room in found.items() for each in words_of(room) if (name, each) not in said]


def _said(tree: ast.Module) -> Iterator[tuple[str, str]]:
    short = dict(_short_names(tree))
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Attribute(attr=room) | ast.Name(id=room), attr=name):
                yield short.get(room, room), name


def _short_names(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """A room may have a shorter name in a module or a function: `_W: Final = words.file_page`, `said = words.cad`."""
    for node in ast.walk(tree):
        match node:
            case (
                ast.AnnAssign(target=ast.Name(id=name), value=ast.Attribute(value=ast.Name(id="words"), attr=room))
                | ast.Assign(targets=[ast.Name(id=name)], value=ast.Attribute(value=ast.Name(id="words"), attr=room))
            ):
                yield name, room


def _said_within(tree: ast.AST) -> Iterator[str]:
    return (node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
