"""Finds the words that people would read in a piece of source, so that a test can say where they do not belong.

What reads as words: two or more of them in one literal, a capital, or any word in a place that is shown (a binding's
description, what is said, drawn or returned). What programs read stays out: docstrings, ids, actions, style sheets,
types, patterns, the recorded values of an enumeration, and the English of an error that only its maker ever sees.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_CAPITAL: Final = re.compile(r"(?<![\w.#])(?:[A-Z][a-z]+|[A-Z]{2,})(?![\w(])")
_PATTERN: Final = re.compile(r"\(\?[P:<!=]|\[\^")
_HOLE: Final = "\N{OBJECT REPLACEMENT CHARACTER}"

_SHOWS: Final = {"Block", "Content", "Label", "Refused", "Static", "Words", "append", "insert", "refused", "say"} | {
    "styled",
    "update",
}
_DESCRIBES: Final = {"description", "label", "placeholder", "sentence", "text", "title"}
_FOR_PROGRAMS: Final = {"classes", "color", "colour", "group", "id", "key", "name", "selector", "style"}
_LOOKS_UP: Final = {"TypeVar", "ZoneInfo", "compile", "endswith", "get", "getattr", "hasattr", "normalize", "on"} | {
    "query",
    "query_one",
    "startswith",
}
_ENUMS: Final = {"Enum", "StrEnum"}
_NO_PROSE: Final = {"CSS", "CSS_PATH", "DEFAULT_CSS", "_WHERE", "__all__"}
_MAKERS_ERRORS: Final = {"AssertionError", "KeyError", "NotImplementedError", "RuntimeError", "TypeError", "ValueError"}
_STYLES: Final = {"bold", "dim", "italic", "reverse", "strike", "underline"} | {"green", "red", "yellow"}


def words_in(source: str) -> list[str]:
    """Give `line: literal` for each literal of this source that people would read."""
    tree = ast.parse(source)
    silent = set(_not_shown(tree))
    shown = set(_shown(tree))
    found = []
    for node, text in _literals(tree):
        if id(node) in silent or _PATTERN.search(text) or set(text.split()) <= _STYLES:
            continue
        tokens = [token for token in text.split() if _WORD.search(token)]
        prose = len(tokens) > 1 or (tokens and _HOLE in text and " " in text)
        if prose or _CAPITAL.search(text) or (tokens and id(node) in shown):
            found.append(f"{node.lineno}: {text.replace(_HOLE, '{}')}")
    return found


def _literals(tree: ast.AST) -> Iterator[tuple[ast.Constant | ast.JoinedStr, str]]:
    """Each literal with its text; a value put into one is a hole, and what stands inside a hole is its own literal."""
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            texts = (str(part.value) if isinstance(part, ast.Constant) else _HOLE for part in node.values)
            yield node, "".join(texts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            yield node, node.value


def _not_shown(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        for part in _for_programs(node):
            yield from (id(each) for each in ast.walk(part))


def _for_programs(node: ast.AST) -> list[ast.AST]:
    """The parts of a node that only programs read."""
    match node:
        case ast.Call():
            return _given_to_programs(node)
        case ast.Compare() | ast.Subscript():
            return [each for each in ast.iter_child_nodes(node) if isinstance(each, ast.Constant | ast.Set | ast.Tuple)]
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) if name in _NO_PROSE:
            return [node]
        case ast.ClassDef(bases=[ast.Name(id=name)]) if name in _ENUMS:
            return [node]
        case (
            ast.Expr(value=ast.Constant() as part)
            | ast.AnnAssign(annotation=part)
            | ast.arg(annotation=ast.expr() as part)
            | ast.FormattedValue(format_spec=ast.expr() as part)
        ):
            return [part]
        case _:
            return []


def _given_to_programs(call: ast.Call) -> list[ast.AST]:
    name = _name(call)
    if name in _MAKERS_ERRORS | _LOOKS_UP:
        return [*call.args]
    keywords = [each.value for each in call.keywords if each.arg in _FOR_PROGRAMS]
    return [*keywords, *(call.args[:2] if name == "Binding" else [])]


def _shown(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        for part in _drawn(node):
            yield from (id(each) for each in _outcomes(part))


def _drawn(node: ast.AST) -> list[ast.expr]:
    """The parts of a node that are shown, whatever they are."""
    match node:
        case ast.Return(value=ast.expr() as value):
            return [value]
        case ast.BoolOp(op=ast.Or(), values=[*_, last]):
            return [last]
        case ast.Assign(targets=[ast.Attribute(attr=name)]) | ast.Assign(targets=[ast.Name(id=name)]):
            return [node.value] if name.lower().split("_")[-1] in {*_DESCRIBES, "words"} else []
        case ast.Call():
            keywords = [each.value for each in node.keywords if each.arg in _DESCRIBES]
            first = {"Binding": 2, "insert": 1}.get(_name(node), 0)
            shows = _name(node) == "Binding" or _name(node) in _SHOWS
            return [*keywords, *(node.args[first : first + 1] if shows else [])]
        case _:
            return []


def _outcomes(part: ast.expr) -> Iterator[ast.expr]:
    """What an expression can come to: both sides of an if, the parts of a sum or a list."""
    yield part
    match part:
        case ast.IfExp(body=body, orelse=otherwise):
            yield from (*_outcomes(body), *_outcomes(otherwise))
        case ast.BinOp(left=left, right=right):
            yield from (*_outcomes(left), *_outcomes(right))
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.BoolOp(values=parts):
            yield from (each for inner in parts for each in _outcomes(inner))


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
