"""The policies of a room: which one is active, and every version that was ever active, for calls that began under it.

A folder with one compiled file per version, named by its text hash, and a file `actief` that names one of them. A room
that never activated anything works with the policy that comes with the program.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import triage_rules
from console.texts import words
from triage_rules import PolicyError

if TYPE_CHECKING:
    from collections.abc import Callable

    from triage_rules import Policy

FOLDER = "beleid"
"""Where in the data folder of a room its policies are kept."""

ACTIVE = "actief"
_HASH = re.compile(r"[0-9a-f]{64}")


def active(folder: Path, fallback: Path | None = None) -> Policy:
    """The policy that new calls get; `fallback` is the compiled file for a room that never activated one.

    Without it that is the policy that comes with the program. Raises PolicyError when what is named is not whole.
    """
    chosen = named(folder)
    return triage_rules.load(fallback) if chosen is None else version(folder, chosen)


def named(folder: Path) -> str | None:
    """The text hash of the policy that was activated, None where none ever was; raises PolicyError when unreadable."""
    try:
        return (folder / ACTIVE).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        raise PolicyError(words.policy_shelf.ACTIVE_UNREADABLE, str(folder / ACTIVE)) from None


def version(folder: Path, text_hash: str) -> Policy:
    """The version with this text hash: calls keep the one they began under. Raises PolicyError when it is nowhere."""
    if _HASH.fullmatch(text_hash) is None:
        raise PolicyError(words.policy_shelf.NO_HASH, str(folder))
    file = folder / f"{text_hash}.json"
    policy = triage_rules.load(file) if file.exists() else triage_rules.load()
    if policy.text_hash != text_hash:
        raise PolicyError(words.policy_shelf.not_kept(text_hash[:12]), str(folder))
    return policy


def keep(folder: Path, policy: Policy) -> None:
    """Keep a version, so that it can be found again when another one is active."""
    file = folder / f"{policy.text_hash}.json"
    if not file.exists():
        _write(file, triage_rules.written_out(policy))


def activate(folder: Path, policy: Policy, announce: Callable[[Policy, Policy], None]) -> None:
    """Make a policy the one for new calls; running calls keep theirs.

    `announce` gets the policy that was active and the new one and puts the change in the audit. It comes first: when it
    raises, nothing changed. Checking the policy is the caller's work.
    """
    before = active(folder)
    folder.mkdir(parents=True, exist_ok=True)
    keep(folder, before)
    keep(folder, policy)
    announce(before, policy)
    _write(folder / ACTIVE, policy.text_hash.encode() + b"\n")


def _write(file: Path, data: bytes) -> None:
    """Write a file that is there whole or not at all, with the rights that the folder gives to new files."""
    mask = os.umask(0)
    os.umask(mask)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".nieuw")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fchmod(stream.fileno(), 0o666 & ~mask)
            os.fsync(stream.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync(file.parent)


def _sync(folder: Path) -> None:
    """Make sure that the name of a new file outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
