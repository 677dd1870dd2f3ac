"""What a crash leaves behind, in every program: one Dutch line with a number, a redacted report, an exit code.

Python's traceback shows source lines and Textual's shows local variables: a caller's name in the scrollback of a
shared terminal. An exception's own message can hold one too ("could not parse ..."). A report therefore holds types,
places, versions and error numbers, and no text that came from outside.

Nothing heavy is imported, and nothing at all when it has come to a crash: it must work where little else still does.
"""

from __future__ import annotations

import atexit
import errno
import faulthandler
import os
import resource
import select
import stat
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from console.accounts import own_folder
from console.exit_codes import CRASHED, ENDED
from console.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

REPORTS: Final = "storingen"
"""The folder in the data folder, or in that of the account, that the reports are in."""

KEPT: Final = 20
"""Reports of one program and one account that stay, the newest: one that falls over at each start fills no disk."""

_INTERRUPTED: Final = 130
_NOBODY_READS: Final = 141

_DEEPEST: Final = 20
_MOST_ERRORS: Final = 20
"""Errors written down of one incident: a service that errs each second for weeks still has a report to read."""
_FIRST_FRAMES: Final = 10
_LAST_FRAMES: Final = 30

_LIBRARIES: Final = ("textual", "rich", "httpx", "uvicorn", "starlette", "pydantic", "sqlite-utils")


@dataclass
class CrashReporter:
    """Writes what may be kept of a crash, and knows the one line that may be shown.

    All that goes wrong in one process is one incident: the first error gives the number and the line, later ones (an
    app that falls over while it ends) are added to the same report.

    `homes` are the folders where a report may be kept; the first that takes it has it. `program` is the command that
    runs. `tell` is how a program that goes on says the line at once; one that shows a screen has none, and says it when
    it ends.
    """

    homes: list[Path] = field(default_factory=list)
    program: str = ""
    tell: Callable[[str], None] | None = None
    incident: str | None = field(default=None, init=False)
    path: Path | None = field(default=None, init=False)
    """Where the report of this incident is; None where none could be kept."""
    _fatal: bool = field(default=False, init=False)
    _said: str = field(default="", init=False)
    _errors: int = field(default=0, init=False)
    _code: int = field(default=ENDED, init=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, init=False)

    def crashed(self, error: BaseException) -> int:
        """Report the error that ended the program; its exit code."""
        self._fatal = True
        self.report(error)
        return CRASHED

    def note(self, error: BaseException) -> None:
        """Report an error that nobody waited for, after which the program goes on; say so where that can be said."""
        line = self.report(error)
        if self.tell is not None:
            self.tell(line)

    def report(self, error: BaseException) -> str:
        """Add an error to the incident of this process; the line that may be shown."""
        with self._lock:
            if self.incident is None:
                self.incident = f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{os.urandom(2).hex()}"
            self._errors += 1
            if self._errors <= _MOST_ERRORS:
                # Whatever goes wrong in here must not become a crash that Python tells about in its own words.
                with suppress(Exception):
                    self._keep("\n".join([*self._circumstances(), *describe(error), "", ""]))
            return self.line

    @property
    def line(self) -> str:
        """The one line for whoever runs this: what happened, the number, what to do."""
        kept = words.crash.REPORT_NOT_KEPT if self.path is None else words.crash.report_kept(_printable(self.path))
        return words.crash.said(self.program, self.incident, kept, ended=self._fatal)

    def last_word(self, code: int) -> int:
        """Say the line, unless it was said, and give the code to end with: 0 means that nothing went wrong."""
        if self.incident is None:
            return code
        told = self.tell is not None and not self._fatal
        if not told and self._said != self.line:
            self._said = self.line
            with suppress(OSError, ValueError, AttributeError):  # the terminal may be what went away
                sys.stderr.write(self.line + "\n")
                sys.stderr.flush()
        return CRASHED if code == ENDED else code

    def watch(self, run: Callable[[], int]) -> NoReturn:
        """Run a program and exit with its code; ctrl+c and a reader that went away are no crash."""
        try:
            self._code = run()
        except SystemExit as asked:
            self._code = asked.code if isinstance(asked.code, int) else int(asked.code is not None)
        except KeyboardInterrupt:
            self._code = _INTERRUPTED
        except BrokenPipeError as error:
            self._code = _NOBODY_READS if _nobody_reads() else self.crashed(error)
        except BaseException as error:  # noqa: BLE001 -- the edge of the program: a traceback would show what must not be
            self._code = self.crashed(error)
        sys.exit(self._code)

    def _keep(self, text: str) -> None:
        name = f"{self.program or 'meldkamer'}-{self.incident}.txt"
        for home in self.homes:
            with suppress(OSError):
                folder = _reports_of(home)
                try:
                    _add(folder, name, text)
                    self.path = home / REPORTS / name
                    _thin_out(folder, self.program or "meldkamer")
                finally:
                    os.close(folder)
                return

    def _circumstances(self) -> list[str]:
        system = os.uname()
        return [
            f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {self.program or 'meldkamer'} proces {os.getpid()}",
            f"Python {sys.version.split()[0]}, {system.sysname} {system.release} {system.machine}",
            ", ".join(_versions()),
        ]

    def _uncaught(self, _kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
        if not isinstance(error, KeyboardInterrupt):
            self._code = self.crashed(error)

    def _uncaught_in_thread(self, what: threading.ExceptHookArgs) -> None:
        error = what.exc_value
        if not (error is None or isinstance(error, SystemExit) or _is_hang_up(error)):
            self.note(error)

    def _unraisable(self, what: sys.UnraisableHookArgs) -> None:
        """Report what went wrong where nobody can be told: while an object is removed, or the interpreter ends."""
        error = what.exc_value or what.exc_type()
        if not isinstance(error, (KeyboardInterrupt, SystemExit)):
            self.note(error)

    def _at_the_end(self) -> None:
        """Say the last word after everything else has ended; what Python itself still has to say goes unsaid."""
        for stream in (sys.stdout, sys.stderr):
            try:
                if stream is not None:
                    stream.flush()
            except BrokenPipeError:
                self._code = self._code or _NOBODY_READS
            except (OSError, ValueError) as error:
                self.note(error)
        os._exit(self.last_word(self._code))


_installed: list[CrashReporter] = []


def install() -> CrashReporter:
    """Make this the reporter of the process: whatever nobody catches, in any thread, ends up with it.

    No core is dumped either: it would hold every caller in memory. A limit of one byte, because a limit of nothing is
    not heard where cores go to a program (the kernel's `core_pattern` with a pipe).
    """
    for stream in range(3):
        try:
            os.fstat(stream)
        except OSError:  # closed: the record would be opened under its number, and the next line written into that
            os.open(os.devnull, os.O_RDWR)
    reporter = CrashReporter([own_folder()])
    _installed[:] = [reporter]
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    least = 1 if most == resource.RLIM_INFINITY else min(1, most)
    resource.setrlimit(resource.RLIMIT_CORE, (least, least))
    sys.excepthook = reporter._uncaught  # noqa: SLF001 - its own hooks
    threading.excepthook = reporter._uncaught_in_thread  # noqa: SLF001
    sys.unraisablehook = reporter._unraisable  # noqa: SLF001
    atexit.register(reporter._at_the_end)  # noqa: SLF001 - the first that is registered is the last that is called
    faulthandler.enable(2)
    assert reporter.line  # noqa: S101 - loads the words now: when it has come to a crash, nothing may have to be loaded
    return reporter


def of_this_program(home: Path | None = None) -> CrashReporter:
    """The reporter of this process, from now on writing in `home` first; where none is installed one of its own."""
    reporter = _installed[0] if _installed else CrashReporter()
    if home is not None and home not in reporter.homes:
        reporter.homes.insert(0, home)
    return reporter


def describe(error: BaseException) -> list[str]:
    """The error and what caused it: types, modules, functions, line numbers, error numbers; never a message."""
    return [line for each in _chain(error) for line in _described(each)]


def _chain(error: BaseException) -> Iterator[BaseException]:
    waiting, seen = [error], set[int]()
    while waiting and len(seen) < _DEEPEST:
        current = waiting.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        # Textual's WorkerFailed holds the error of the worker in `error` and raises it from nothing.
        inner = [getattr(current, "error", None), current.__cause__, current.__context__]
        nested = current.exceptions if isinstance(current, BaseExceptionGroup) else ()
        waiting += [each for each in (*inner, *nested) if isinstance(each, BaseException)]


def _described(error: BaseException) -> list[str]:
    kind = type(error)
    frames = [f"    {place}" for place in places(error)]
    left_out = len(frames) - _FIRST_FRAMES - _LAST_FRAMES
    if left_out > 0:
        frames[_FIRST_FRAMES : _FIRST_FRAMES + left_out] = [f"    ... {left_out} more"]
    return [f"{kind.__module__}.{kind.__qualname__}{_number(error)}", *frames]


def places(error: BaseException) -> list[str]:
    """Where it went wrong: module, line and function, the outermost first."""
    found, step = [], error.__traceback__
    while step is not None:
        code = step.tb_frame
        found.append(f"{code.f_globals.get('__name__', '?')}:{step.tb_lineno} {code.f_code.co_qualname}")
        step = step.tb_next
    return found


def _number(error: BaseException) -> str:
    """What the system or SQLite called it: names from a fixed list, which cannot hold a caller's text."""
    if isinstance(error, OSError) and error.errno is not None:
        return f" errno {error.errno}"
    name = getattr(error, "sqlite_errorname", "")
    return f" {name}" if isinstance(name, str) and name.startswith("SQLITE_") else ""


def _versions() -> Iterator[str]:
    """What of the libraries that matter is in use here."""
    with suppress(Exception):  # the disk may be what failed; a report without versions is still a report
        from importlib.metadata import version  # noqa: PLC0415 - 20 ms, and only when it has come to a crash

        yield from (f"{name} {version(name)}" for name in _LIBRARIES if name.replace("-", "_") in sys.modules)
        yield f"meldkamer-console {version('meldkamer-console')}"
    for name in ("pysqlite3", "sqlite3"):
        if name in sys.modules:
            yield f"{name} {sys.modules[name].sqlite_version}"
            return


def _reports_of(home: Path) -> int:
    """Open the folder of reports in `home`, and make it where it is not there.

    All that follows goes through what was opened: whoever shares `home` can put a link to another folder in its place.
    """
    made = False
    with suppress(FileExistsError):
        (home / REPORTS).mkdir(mode=0o700)
        made = True
    folder = os.open(home / REPORTS, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    if made:
        # In a folder that a group shares, each writes reports of their own.
        os.fchmod(folder, 0o2770 if home.stat().st_mode & stat.S_IWGRP else 0o700)
    return folder


def _add(folder: int, name: str, text: str) -> None:
    """Add this to a file there. Only its account and root read it."""
    report = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600, dir_fd=folder)
    try:
        os.write(report, text.encode("utf-8", "replace"))
    finally:
        os.close(report)


def _thin_out(folder: int, kind: str) -> None:
    """Leave the newest reports of this kind, of this account; their names begin with it and then say when."""
    with os.scandir(folder) as found:
        own = sorted(
            each.name
            for each in found
            if each.name.startswith(f"{kind}-2")
            and each.name.endswith(".txt")  # a backup is called dossier-2....db
            and each.stat(follow_symlinks=False).st_uid == os.geteuid()
        )
    for name in own[:-KEPT]:
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=folder)


def _is_hang_up(error: BaseException) -> bool:
    """True for the write that found its terminal gone: a closed window is an ordinary end, and `lifecycle` sees it."""
    return isinstance(error, OSError) and error.errno == errno.EIO and not os.isatty(2)


def _nobody_reads() -> bool:
    """True when what this program prints goes to a reader that went away (`| head`)."""
    look = select.poll()
    look.register(1, select.POLLOUT)
    return any(event & select.POLLERR for _, event in look.poll(0))


def _printable(path: Path) -> str:
    return "".join(each if each.isprintable() else "?" for each in str(path))
