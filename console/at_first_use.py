"""Modules that are loaded when they are first used, because the start of the console is felt."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def names(module: str, where: Mapping[str, str]) -> Callable[[str], Any]:
    """Give `module` its `__getattr__`: a name of `where` is fetched, and kept, when somebody first asks for it.

    Args:
        module: the `__name__` of the module that offers the names.
        where: name -> the module that holds it, or `package.` where the name is itself a module of that package.
    """

    def fetch(name: str) -> Any:
        if name not in where:
            raise AttributeError(name)
        home = where[name]
        value = import_module(f"{home}{name}") if home.endswith(".") else getattr(import_module(home), name)
        setattr(sys.modules[module], name, value)
        return value

    return fetch
