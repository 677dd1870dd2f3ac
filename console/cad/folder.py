"""The CAD that needs nothing: each dispatch as a page and as JSON in a folder, for paper, a printer or another program.

In the folder stands the page (`.txt`), in `json` beneath it the same for a machine; both under one name that follows
from the dispatch, each written whole or not at all. What stands in `json` was delivered: it stays there, also when the
page was taken away, and is never written again. A page says nothing back: nothing here is ever confirmed by itself.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self

from console.cad import eido, names
from console.cad.page import page
from console.cad.peer import Abilities, Delivered, NotDelivered, Refused, Stage, Standing, Unknown
from console.dutch_errors import in_dutch
from console.texts import words

if TYPE_CHECKING:
    from pathlib import Path

    from console.cad.peer import Outcome
    from console.model import Dispatch

FORMAT: Final = "meldkamer-melding/1"
_FOR_MACHINES: Final = "json"
_READABLE_BY_THE_GROUP: Final = 0o640


class FolderCad:
    """A folder that stands for a CAD."""

    abilities = Abilities(deduplicates=True, looks_up=True, confirms=False)

    def __init__(self, folder: Path, *, name: str) -> None:
        """Prepare to write into `folder`, which must exist; `name` is what operators call their CAD."""
        self._folder = folder
        self._name = name

    async def __aenter__(self) -> Self:
        """Give itself; nothing is kept open."""
        return self

    async def __aexit__(self, *problem: object) -> None:
        """Close nothing."""

    async def send(self, dispatch: Dispatch) -> Outcome:
        """Write the page of a dispatch, or the further page of what adds to one."""
        try:
            eido.refuse_mixed_reality(dispatch, names.tables())
        except eido.UnsendableError as error:
            return Refused(words.cad.not_sent(str(error)))
        try:
            await asyncio.to_thread(self._write, dispatch)
        except OSError as error:
            return NotDelivered(words.cad.folder_trouble(in_dutch(error)))
        return self._delivered(dispatch)

    async def look_up(self, dispatch: Dispatch) -> Delivered | Unknown:
        """Look whether it was written."""
        return self._delivered(dispatch) if self._machine_file(dispatch).exists() else Unknown()

    async def standing(self, message_id: str, reference: str) -> Standing:  # noqa: ARG002 - a page says nothing back
        """Say that nobody answered: only a person can."""
        return Standing(Stage.RECEIVED)

    async def trouble(self) -> str:
        """Say what is wrong with the folder; the empty text means that it can be written to."""
        if not await asyncio.to_thread(self._folder.is_dir):
            return words.cad.folder_trouble(words.cad.FOLDER_MISSING)
        return "" if os.access(self._folder, os.W_OK | os.X_OK) else words.cad.folder_trouble(words.cad.FOLDER_LOCKED)

    def _delivered(self, dispatch: Dispatch) -> Delivered:
        return Delivered(f"{_stem(dispatch)}.txt", words.cad.CONFIRM_BY_VOICE)

    def _machine_file(self, dispatch: Dispatch) -> Path:
        return self._folder / _FOR_MACHINES / f"{_stem(dispatch)}.json"

    def _write(self, dispatch: Dispatch) -> None:
        """Write the page first: what stands in `json` is wholly there."""
        target = self._machine_file(dispatch)
        if target.exists():
            return
        target.parent.mkdir(mode=0o750, exist_ok=True)
        _write_whole(self._folder / f"{_stem(dispatch)}.txt", page(dispatch).encode("utf-8", "replace"))
        _write_whole(target, _as_json(dispatch))


def _stem(dispatch: Dispatch) -> str:
    """Name the pages of an incident so that they lie together, in the order in which they were decided."""
    moment = dispatch.decided_at.astimezone(UTC)
    kind = "aanvulling" if dispatch.adds_to else "melding"
    parts = (dispatch.incident_id, f"{moment:%Y%m%dT%H%M%SZ}", kind, dispatch.message_id)
    return "_".join(re.sub(r"[^A-Za-z0-9-]", "-", part)[:60] for part in parts)


def _as_json(dispatch: Dispatch) -> bytes:
    return json.dumps({"format": FORMAT, **asdict(dispatch)}, default=_plain, indent=1).encode("ascii")


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(type(value).__name__)


def _write_whole(path: Path, content: bytes) -> None:
    """Put a file there whole and on the disk, or not at all; half a page must never be read."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, _READABLE_BY_THE_GROUP)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
