"""Command-line arguments that answer in Dutch: argparse with its own sentences replaced."""

from __future__ import annotations

import argparse
import re
from typing import Any, Final, NoReturn

from console import locked
from console.texts import words

_SENTENCES: Final = {
    "usage: ": "gebruik: ",
    "positional arguments": "argumenten",
    "options": "opties",
    "show this help message and exit": "toon deze hulp",
    "the following arguments are required: %s": "deze argumenten ontbreken: %s",
    "unrecognized arguments: %s": "onbekende argumenten: %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r kan niet; kies uit %(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r is geen geldige waarde",
    "expected one argument": "hier hoort een waarde achter",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "not allowed with argument %s": "kan niet samen met %s",
    "one of the arguments %s is required": "geef een van: %s",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s. Zie --help.\n",
}

_GIVEN: Final = re.compile(r"(--[^\s=]+)=\S*")


def translate(sentence: str) -> str:
    """Give argparse's sentence in Dutch; one it has no Dutch for stays as it is."""
    return _SENTENCES.get(sentence, sentence)


class Parser(argparse.ArgumentParser):
    """An argument parser whose help and errors are Dutch; wrong use ends with exit code 2.

    An option counts only when it stands there whole: `--verg` would otherwise ask for a locked program in a process
    that `console.locked`, which looks for the whole word, did not begin again.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Take what argparse takes."""
        super().__init__(*arguments, **{"allow_abbrev": False, **named})

    def error(self, message: str) -> NoReturn:
        """Say what is wrong on standard error, and end; a value that was given is not said back, it may be a secret."""
        said = _GIVEN.sub(r"\1=…", message)
        self.print_usage()
        self.exit(2, translate("%(prog)s: error: %(message)s\n") % {"prog": self.prog, "message": said})


def add_locked(parser: argparse.ArgumentParser) -> None:
    """Let a program be started locked, and hear what the process before it left out."""
    parser.add_argument(locked.LOCKED, action="store_true", help=words.locked.HELP)
    parser.add_argument(locked.LEFT_OUT, type=locked.read_told, default=(), help=argparse.SUPPRESS)


# argparse looks its sentences up in these two names; there is no other way to give it another language without
# files that depend on the user's locale.
vars(argparse)["_"] = translate
vars(argparse)["ngettext"] = lambda one, many, count: translate(one if count == 1 else many)
