"""`meldkamer doctor`: looks whether this machine can do its work, and says what to do. It changes nothing.

A file per subject, each with its checks; every check gives a `Finding`. Exit codes: 0 nothing is wrong (also where
something asks for attention, unless `--streng`); 1 something is wrong; 2 wrong use; 78 never: settings that cannot be
read are a finding like any other.
"""

from __future__ import annotations

import io
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING, Any, Final

from console.doctor.finding import Status
from console.exit_codes import ENDED, WRONG_USE
from console.printing import as_json
from console.texts import words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from console.doctor.finding import Finding
    from console.doctor.running import Group
    from console.settings import Settings

SICK: Final = 1
_WIDEST: Final = 100
_NARROWEST: Final = 40
_INDENT: Final = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `meldkamer doctor` can be told."""
    parser.add_argument("--json", action="store_true", help=words.doctor.JSON_HELP)
    parser.add_argument("--streng", action="store_true", help=words.doctor.STRICT_HELP)
    parser.add_argument("--toetsen", action="store_true", help=words.doctor.KEYS_HELP)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Examine this machine; the exit code."""
    return _run(arguments, settings, "")


def without_settings(arguments: argparse.Namespace, trouble: str) -> int:
    """Examine a machine of which the settings cannot be read; `trouble` is the sentence that says why."""
    return _run(arguments, None, trouble)


def _run(arguments: argparse.Namespace, settings: Settings | None, trouble: str) -> int:
    if arguments.toetsen:
        if arguments.json:
            print(words.doctor.refused(words.doctor.KEYS_NOT_AS_JSON), file=sys.stderr)
            return WRONG_USE
        from console.doctor.keyboard import try_keys  # noqa: PLC0415 - only who asks for it

        return try_keys()
    from console.doctor.running import examine  # noqa: PLC0415 - help is shown without
    from console.doctor.world import World  # noqa: PLC0415

    world = World(settings, trouble)
    groups = examine(world)
    code = outcome(groups, strict=arguments.streng)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # what a poor terminal cannot show must not end the doctor
    if arguments.json:
        print(as_json(as_data(groups, world.account, code)))
    else:
        print("\n".join(as_text(groups, world.account, _width())))
    return code


def outcome(groups: Sequence[Group], *, strict: bool) -> int:
    """Give the exit code of what was found."""
    counts = count(groups)
    return SICK if counts[Status.WRONG] or (strict and counts[Status.ATTENTION]) else ENDED


def count(groups: Sequence[Group]) -> dict[Status, int]:
    """Count the findings of each status."""
    found = [finding.status for group in groups for finding in group.findings]
    return {status: found.count(status) for status in Status}


def as_data(groups: Sequence[Group], account: str, code: int) -> dict[str, Any]:
    """Give what was found for a script."""
    return {
        "account": account,
        "afloop": code,
        "aantallen": {status.value: number for status, number in count(groups).items()},
        "bevindingen": [
            {
                "onderwerp": group.subject,
                "naam": finding.name,
                "titel": words.doctor.NAMES.get(finding.name, finding.name),
                "status": finding.status.value,
                "gezien": finding.said,
                "doe": finding.remedy,
            }
            for group in groups
            for finding in group.findings
        ],
    }


def as_text(groups: Sequence[Group], account: str, width: int) -> list[str]:
    """Give what was found as plain lines: the status first, in words; what is not well also at the end."""
    lines = [words.doctor.head(account)]
    for group in groups:
        lines += ["", words.doctor.SUBJECTS[group.subject]]
        for finding in group.findings:
            lines += _lines(finding, width)
    counts = count(groups)
    lines += ["", words.doctor.tally(counts[Status.OK], counts[Status.ATTENTION], counts[Status.WRONG])]
    return lines


def _lines(finding: Finding, width: int) -> Iterator[str]:
    status = words.doctor.STATUS[finding.status.value]
    name = words.doctor.NAMES.get(finding.name, finding.name)
    yield from _wrapped(f"{status:<{_INDENT}}{name}: {finding.said}", width)
    if finding.remedy:
        yield from _wrapped(f"{'':{_INDENT}}{words.doctor.remedy(finding.remedy)}", width)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent=" " * _INDENT, break_long_words=False, break_on_hyphens=False)


def _width() -> int:
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns))
