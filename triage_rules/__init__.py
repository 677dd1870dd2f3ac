"""The urgency check as data: the policy pack and what answers mean under it.

    policy = triage_rules.load()
    state = policy.start().answer("gaande", "ja")
    state.at_least, state.at_most, state.final, state.rules, state.open_questions

Reading a compiled policy needs the standard library only; `read_pack` imports what reads and checks YAML.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from triage_rules.compiling import written_out
    from triage_rules.errors import AnswerError, PolicyError
    from triage_rules.model import Example, Form, Outcome, Parameter, Property, Question, Rule, Source, Value
    from triage_rules.policy import Policy
    from triage_rules.state import State

PACK = Path(__file__).with_name("policy") / "tpdc"
COMPILED = PACK.with_suffix(".json")


def load(path: Path | None = None) -> Policy:
    """The policy in a compiled file, by default the one that comes with the program. Raises PolicyError."""
    from triage_rules import words  # noqa: PLC0415 - what names a policy or its errors need not read one
    from triage_rules.compiling import read_compiled  # noqa: PLC0415
    from triage_rules.errors import PolicyError, why_unreadable  # noqa: PLC0415

    path = COMPILED if path is None else path
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise PolicyError(words.unreadable(why_unreadable(fault)), str(path)) from None
    return read_compiled(data, path.name)


def read_pack(path: Path = PACK) -> Policy:
    """The policy in a YAML file or a folder of them, checked and compiled. Raises PolicyError with file and line."""
    from triage_rules.pack import read_pack as read  # noqa: PLC0415 - yaml and pydantic are felt at start-up

    return read(path)


def compile_pack(path: Path = PACK, target: Path = COMPILED) -> Policy:
    """Read a pack and write its compiled file. Raises PolicyError; nothing is written then."""
    from triage_rules.compiling import written_out  # noqa: PLC0415

    policy = read_pack(path)
    target.write_bytes(written_out(policy))
    return policy


__all__ = [
    "AnswerError",
    "Example",
    "Form",
    "Outcome",
    "Parameter",
    "Policy",
    "PolicyError",
    "Property",
    "Question",
    "Rule",
    "Source",
    "State",
    "Value",
    "compile_pack",
    "load",
    "read_pack",
    "written_out",
]

_WHERE = {
    "AnswerError": "errors",
    "Policy": "policy",
    "PolicyError": "errors",
    "State": "state",
    "written_out": "compiling",
}
"""The module of each name that is not one of `model`."""


def __getattr__(name: str) -> Any:
    """Load a name when it is first used: a program that shows no call yet starts without the rules."""
    if name not in __all__:
        raise AttributeError(f"triage_rules has no {name}")
    value = getattr(import_module(f"triage_rules.{_WHERE.get(name, 'model')}"), name)
    globals()[name] = value
    return value
