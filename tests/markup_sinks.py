"""Reads source for every place at which text could reach something that reads it as markup.

Textual reads every `str` that it shows as markup: `[/b]` in a caller's words ends the program, `[@click=...]` makes
them a button. So what a widget is given must be seen, in the source, to be no `str` at all: `Content(...)` or
`Text(...)`, a literal without a bracket, or a value of a function that says that it gives `Content`. That is stricter
than true: a name, an f-string or a call that is not known counts as an offence, and is written otherwise.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from typing import Any, Final

from textual import widgets
from textual.screen import Screen
from textual.widget import Widget

WIDGETS: Final = {"Static", "Input"}
"""What may be taken from `textual.widgets`: each was tried with hostile text, and how each reads text is known here."""

READS_NO_MARKUP: Final = {("Input", "value"), ("Input", "placeholder")}
NO_TEXT: Final = {
    *("id", "classes", "name", "disabled", "markup", "expand", "shrink", "max_length", "select_on_focus", "children"),
    *("can_focus", "can_focus_children", "can_maximize", "self"),
}
"""What a widget is made with that is never shown."""

SHOWING: Final = {"update", "notify", "bind", "set_content", "panic", "render_str"}
"""Methods that show what they are given."""

SHOWN: Final = {"border_title", "border_subtitle", "tooltip", "title", "sub_title", "TITLE", "SUB_TITLE", "renderable"}
"""What is shown of a widget or an app that has it."""

PARSERS: Final = {"from_markup", "from_text", "render_markup", "escape_markup", "render_str", "from_meta", "apply_meta"}
PARSING_MODULES: Final = {"rich.markup", "textual.markup", "rich.markdown", "rich.pretty", "rich.print_json"}
DRAWS_ITSELF: Final = {"visualize", "__rich__", "__rich_console__", "__rich_repr__"}
GIVES_CONTENT: Final = {"Content", "Strip", "Text"}
_MAKERS: Final = {"assemble", "styled", "blank", "empty"}
_KEPT: Final = {"join", "rstrip", "append", "stylize"}

Offence = tuple[int, str]


def offences(source: str, names: Mapping[str, Any], *, drawn: bool) -> list[Offence]:
    """The lines that are against it, with why; `names` is the module's own, `drawn` says that it makes widgets."""
    tree = ast.parse(source)
    found = list(_parsing(tree))
    if drawn:
        found += _Reader(tree, names).offences()
    return sorted(set(found))


def _parsing(tree: ast.AST) -> Iterator[Offence]:
    """What reads markup, or makes text clickable, wherever it is."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=taken):
                yield from ((node.lineno, why) for each in taken for why in _imported(module, each.name))
            case ast.Import(names=taken):
                yield from ((node.lineno, each.name) for each in taken if each.name in PARSING_MODULES)
            case ast.Attribute(attr=attribute) if attribute in PARSERS:
                yield node.lineno, f"reads markup: {attribute}"
            case ast.keyword(arg="markup", value=value) if not _is_constant(value, False):
                yield value.lineno, "markup can only be False"
            case ast.Call() if _links(node):
                yield node.lineno, "makes text clickable"
            case ast.Constant(value=str(text)) if "@click" in text or "[@" in text:
                yield node.lineno, "makes text clickable"


def _imported(module: str, name: str) -> Iterator[str]:
    if {module, f"{module}.{name}"} & PARSING_MODULES or (module == "rich" and name in {"print", "inspect"}):
        yield f"reads markup: {module}"
    if module.startswith("textual.widgets") and name not in WIDGETS:
        yield f"not known how it reads text: {name}"


class _Reader:
    """Reads one module that makes widgets."""

    def __init__(self, tree: ast.Module, names: Mapping[str, Any]) -> None:
        self._tree = tree
        self._names = names
        functions = (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef))
        self._gives = {each.name for each in functions if _annotated(each) in GIVES_CONTENT}
        self._said = _names_of_content(tree)

    def offences(self) -> Iterator[Offence]:
        yield from self._in(self._tree, None)

    def _in(self, tree: ast.AST, inside: type | None) -> Iterator[Offence]:
        for node in ast.iter_child_nodes(tree):
            within = self._known(node.name) if isinstance(node, ast.ClassDef) else inside
            yield from self._at(node, within)
            yield from self._in(node, within)

    def _at(self, node: ast.AST, inside: type | None) -> Iterator[Offence]:
        match node:
            case ast.Call():
                yield from ((node.lineno, f"{ast.unparse(node)[:80]}: {why}") for why in self._call(node, inside))
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from self._assigned(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield from self._assigned(target, value)
            case ast.AugAssign(target=target, value=value):
                yield from self._assigned(target, value)
            case ast.FunctionDef(name="render") if _is_widget(inside) and _annotated(node) not in GIVES_CONTENT:
                yield node.lineno, "render gives what may be a str"
            case ast.FunctionDef(name=name) if name in DRAWS_ITSELF and _is_widget(inside):
                yield node.lineno, f"draws in a way that is not known: {name}"

    def _assigned(self, target: ast.expr, value: ast.expr) -> Iterator[Offence]:
        if isinstance(target, ast.Attribute) and target.attr in SHOWN and not self._is_safe(value):
            yield target.lineno, f"{ast.unparse(target)} is shown"

    def _call(self, call: ast.Call, inside: type | None) -> Iterator[str]:
        if any(each.arg == "markup" and _is_constant(each.value, False) for each in call.keywords):
            return
        match call.func:
            case ast.Name("setattr") if len(call.args) == 3 and getattr(call.args[1], "value", None) in SHOWN:
                if not self._is_safe(call.args[2]):
                    yield "is shown"
            case ast.Name(name):
                made = self._known(name)
                if _is_widget(made):
                    yield from self._given(call, made)
            case ast.Attribute(value=ast.Call(func=ast.Name("super")), attr="__init__") if _is_widget(inside):
                yield from self._given(call, inside, above=True)
            case ast.Attribute(attr=method) if method in SHOWING:
                shown = [*call.args, *(each.value for each in call.keywords if each.arg not in {"layout", "timeout"})]
                yield from ("may be a str" for each in shown if not self._is_safe(each))
            case ast.Attribute(attr=name) if _is_widget(made := getattr(widgets, name, None)):
                yield from self._given(call, made)

    def _given(self, call: ast.Call, made: Any, *, above: bool = False) -> Iterator[str]:
        """What a widget of the framework is made with; one of our own says itself what it does with what it gets."""
        line = inspect.getmro(made)[1 if above else 0 :]
        owner = next(each for each in line if "__init__" in vars(each))
        if not owner.__module__.startswith("textual."):
            return
        parameters = list(inspect.signature(owner).parameters)
        variable = [
            each.name for each in inspect.signature(owner).parameters.values() if each.kind is each.VAR_POSITIONAL
        ]
        for place, value in enumerate(call.args):
            name = parameters[place] if place < len(parameters) and not variable else (variable or parameters)[0]
            yield from self._argument(owner, name, value)
        for keyword in call.keywords:
            yield from self._argument(owner, keyword.arg or "**", keyword.value)

    def _argument(self, owner: type, name: str, value: ast.expr) -> Iterator[str]:
        known = name in NO_TEXT or any((each.__name__, name) in READS_NO_MARKUP for each in inspect.getmro(owner))
        if not known and not self._is_safe(value):
            yield f"{name} may be a str"

    def _is_safe(self, value: ast.expr) -> bool:
        match value:
            case ast.Constant(value=str(text)):
                return "[" not in text
            case ast.Constant():
                return True
            case ast.IfExp(body=one, orelse=other):
                return self._is_safe(one) and self._is_safe(other)
            case ast.BinOp(left=one, op=ast.Add(), right=other):
                return self._is_content(one) and self._is_safe(other)
            case _:
                return self._is_content(value)

    def _is_content(self, value: ast.expr) -> bool:
        match value:
            case ast.Name(name):
                return name in self._said
            case ast.Call(func=ast.Name("Content" | "Text")):
                return True
            case ast.Call(func=ast.Attribute(value=ast.Name("Content" | "Text"), attr=maker)):
                return maker in _MAKERS
            case ast.Call(func=ast.Attribute(value=ast.Name("self"), attr=name) | ast.Name(name)):
                return name in self._gives
            case ast.Call(func=ast.Attribute(value=content, attr=method)):
                return method in _KEPT and self._is_content(content)
        return False

    def _known(self, name: str) -> Any:
        return self._names.get(name)


def _names_of_content(tree: ast.AST) -> set[str]:
    """Local names that are said to be content wherever their type is said; the type checker holds them to it."""
    said: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        match node:
            case (
                ast.AnnAssign(target=ast.Name(name), annotation=kind) | ast.arg(arg=name, annotation=ast.expr() as kind)
            ):
                said.setdefault(name, set()).add(ast.unparse(kind))
    return {name for name, kinds in said.items() if kinds == {"Content"}}


def _is_widget(made: Any) -> bool:
    return isinstance(made, type) and issubclass(made, Widget) and not (made is Widget or made is Screen)


def _annotated(function: ast.FunctionDef) -> str:
    return ast.unparse(function.returns).strip("'\"") if function.returns else ""


def _links(call: ast.Call) -> bool:
    """True where a style gets a link, or something that a click does."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name == "update_link":
        return [ast.unparse(each) for each in call.args] != ["None"]
    return name in {"Style", "on"} and bool({each.arg for each in call.keywords} & {"link", "meta", "click"})


def _is_constant(value: ast.expr, wanted: object) -> bool:
    return isinstance(value, ast.Constant) and value.value is wanted
