"""What can be wrong with a policy or an answer, each in a Dutch sentence a person can act on."""

from __future__ import annotations

from triage_rules import words


class PolicyError(ValueError):
    """A policy that cannot be used, with where it is wrong.

    `file` and `line` are None where the fault has no place in a file; `line` counts from 1.
    """

    def __init__(self, message: str, file: str | None = None, line: int | None = None) -> None:
        """Say what is wrong in `message`, and where."""
        place = "" if file is None else f"{words.place(file, line)}: "
        super().__init__(place + message)
        self.message = message
        self.file = file
        self.line = line


def why_unreadable(fault: OSError) -> str:
    """Say in Dutch why the system does not give a file; a rare reason keeps its number."""
    match fault:
        case FileNotFoundError():
            return words.DOES_NOT_EXIST
        case PermissionError():
            return words.NO_RIGHTS
        case IsADirectoryError():
            return words.A_FOLDER
        case _:
            return words.system_refuses(fault.errno)


class AnswerError(ValueError):
    """An answer that the policy does not know; `allowed` is what it does know for `question`."""

    def __init__(self, message: str, question: str, allowed: tuple[str, ...]) -> None:
        """Say what is wrong in `message`, a Dutch sentence."""
        super().__init__(message)
        self.question = question
        self.allowed = allowed


Path = tuple[str | int, ...]
"""Where a fault stands in the content of a pack: names of fields and positions in lists."""


class ContentError(ValueError):
    """A fault in the content of a pack, before anybody knows in which file and on which line it stands."""

    def __init__(self, path: Path, message: str) -> None:
        """Say what is wrong in `message`, a Dutch sentence without its place."""
        super().__init__(message)
        self.path = path
        self.message = message
