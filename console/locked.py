"""The locked launch: the program begins again in a process that took over nothing of whoever started it.

This runs before anything else is imported and itself needs only `os` and `sys`: a variable such as PYTHONPATH chooses
which file an import finds. What decided before the first line of Python ran (LD_PRELOAD, or PYTHONPATH for a
`meldkamer` that is called by name) no program can undo; the login shell of docs/installatie.md starts Python with `-I`,
and the rest is the system's.

Kept are TERM and the language, and those only where they are plain words: a path in LC_ALL makes the C library load
that file. HOME is `/`, so that no library finds settings of its own in the folder of the account.
"""

from __future__ import annotations

import os
import sys

LOCKED = "--vergrendeld"
"""The word on the command line that asks for all this."""

LEFT_OUT = "--weggelaten"
"""The word under which this module tells the process that it starts what it left out; for nobody to type."""

BEGIN = ("-I", "-m", "console")
"""How Python begins again."""

SHELLS = ("meldkamer-console", "meldkamer-lijn", "meldkamer-overzicht")
"""The names of our login shells: each runs its own program and no other."""

_ASKED_OF_SSHD = "SSH_ORIGINAL_COMMAND"

_FIXED = {"PATH": "/usr/bin:/bin", "HOME": "/"}
_LANGUAGE = ("LANG", "LC_ALL", "LC_CTYPE")
_PASSED_ON = ("TERM", *_LANGUAGE)
_LONGEST = 64

_OF_EVERY_SESSION = frozenset(
    [
        "PATH",
        "HOME",
        "USER",
        "LOGNAME",
        "SHELL",
        "MAIL",
        "PWD",
        "OLDPWD",
        "SHLVL",
        "_",
        "LANGUAGE",
        "COLORTERM",
        "HUSHLOGIN",
        "MOTD_SHOWN",
        "SSH_CLIENT",
        "SSH_CONNECTION",
        "SSH_TTY",
        _ASKED_OF_SSHD,
        "XDG_SESSION_ID",
        "XDG_SESSION_TYPE",
        "XDG_SESSION_CLASS",
        "XDG_SEAT",
        "XDG_VTNR",
        "INVOCATION_ID",
        "JOURNAL_STREAM",
        "SYSTEMD_EXEC_PID",
        "LC_NUMERIC",
        "LC_TIME",
        "LC_COLLATE",
        "LC_MONETARY",
        "LC_MESSAGES",
        "LC_PAPER",
        "LC_NAME",
        "LC_ADDRESS",
        "LC_TELEPHONE",
        "LC_MEASUREMENT",
        "LC_IDENTIFICATION",
    ]
)
"""What login, sshd and systemd set for everybody: left out too, and no attempt at anything."""

KNOWN = frozenset(
    [
        "TEXTUAL",
        "TEXTUAL_DRIVER",
        "TEXTUAL_LOG",
        "TEXTUAL_DEBUG",
        "TEXTUAL_PRESS",
        "TEXTUAL_SCREENSHOT",
        "TEXTUAL_SCREENSHOT_LOCATION",
        "TEXTUAL_SCREENSHOT_FILENAME",
        "TEXTUAL_ALLOW_SIGNALS",
        "TEXTUAL_DEVTOOLS_HOST",
        "TEXTUAL_DEVTOOLS_PORT",
        "TEXTUAL_SHOW_RETURN",
        "PYTHONPATH",
        "PYTHONHOME",
        "PYTHONSTARTUP",
        "PYTHONINSPECT",
        "PYTHONBREAKPOINT",
        "PYTHONUSERBASE",
        "PYTHONWARNINGS",
        "PYTHONPLATLIBDIR",
        "PYTHONPYCACHEPREFIX",
        "PYTHONEXECUTABLE",
        "PYTHONDEBUG",
        "PYTHONVERBOSE",
        "PYTHONASYNCIODEBUG",
        "PYTHONIOENCODING",
        "PYTHONUTF8",
        "PYTHONTZPATH",
        "PYTHON_KEYRING_BACKEND",
        "BROWSER",
        "EDITOR",
        "VISUAL",
        "PAGER",
        "MANPAGER",
        "LESS",
        "LESSOPEN",
        "LESSCLOSE",
        "ENV",
        "BASH_ENV",
        "LD_PRELOAD",
        "LD_LIBRARY_PATH",
        "LD_AUDIT",
        "LD_DEBUG",
        "LD_DEBUG_OUTPUT",
        "GCONV_PATH",
        "LOCPATH",
        "NLSPATH",
        "GLIBC_TUNABLES",
        "HOSTALIASES",
        "RES_OPTIONS",
        "TZ",
        "TZDIR",
        "DBUS_SESSION_BUS_ADDRESS",
        "XDG_RUNTIME_DIR",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CONFIG_DIRS",
        "XDG_DATA_DIRS",
        "XDG_CACHE_HOME",
        "XDG_STATE_HOME",
        "TMPDIR",
        "TEMP",
        "TMP",
        "SQLITE_TMPDIR",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        "SSLKEYLOGFILE",
        "OPENSSL_CONF",
        "OPENSSL_MODULES",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "NO_PROXY",
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "no_proxy",
        "COLUMNS",
        "LINES",
        "NO_COLOR",
        "FORCE_COLOR",
        "ESCDELAY",
        "TERM",
        "TERMINFO",
        "TERMINFO_DIRS",
        "TERMCAP",
        "TERM_PROGRAM",
        "LC_TERMINAL",
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "SSH_AUTH_SOCK",
        "SSH_ASKPASS",
        "CREDENTIALS_DIRECTORY",
        "MELDKAMER_HOME",
        "LANG",
        "LC_ALL",
        "LC_CTYPE",
    ]
)
"""Names that are told: each can load code, move a file, listen along or change what the screen shows."""

_FAMILIES = ("TEXTUAL", "PYTHON", "MELDKAMER_", "LD_", "XDG_")
"""Of another name that begins like this only its beginning is told."""


COMMAND = "opdracht"
"""Told when a login shell was asked to run something."""

OTHERS = "andere"
"""Stands for every variable with a name that is not in our list: such a name is text from outside."""

TOLD = KNOWN | {each + "*" for each in _FAMILIES} | {OTHERS}


def lock() -> None:
    """Begin again in a clean process when the command line asks for it; in that process this does nothing.

    The clean process has `-I` (no variable of Python's, no folder of the account or of whoever stands somewhere), the
    short environment, no open file but the three of a terminal, `/` for a folder, and files that only we read.
    """
    if LOCKED not in sys.argv[1:] or (sys.flags.isolated and dict(os.environ) == environment(os.environ)):
        return
    _begin([word for word in sys.argv[1:] if not word.startswith(LEFT_OUT)])


def login(*program: str) -> None:
    """Be the login shell of this program: that and nothing else, whatever this was called with.

    `shell -c command` is how `ssh host command`, scp and `su -c` come in: the command is not run, and that it was asked
    is told. A ForceCommand comes in that way too; one that names this very file, or another login shell beside it (a
    block of sshd is for a whole group, whatever shell each has), means the program of this shell, and what the caller
    asked stands in a variable.
    """
    folder = sys.argv[0].rpartition("/")[0]
    beside = [f"{folder}/{shell}" for shell in SHELLS]
    as_asked = sys.argv[1:] in ([], *(["-c", shell] for shell in (sys.argv[0], *beside)))
    _begin([*program, LOCKED], () if as_asked else (COMMAND,))


def environment(given: os._Environ[str] | dict[str, str]) -> dict[str, str]:
    """Give the variables of the clean process; given its own result it gives the same."""
    kept = {name: given[name] for name in _PASSED_ON if _is_plain(given.get(name, ""))}
    if not set(kept) & set(_LANGUAGE):
        kept["LANG"] = "C.UTF-8"
    return {**_FIXED, **kept}


def left_out(given: os._Environ[str] | dict[str, str]) -> list[str]:
    """Tell what of these variables is left out that not every session has: names of our list, never a value."""
    kept = environment(given)
    told: list[str] = []
    others = 0
    for name in sorted(given):
        if name in _OF_EVERY_SESSION or kept.get(name) == given[name] or _is_of_the_session(name, given[name]):
            continue
        family = next((each + "*" for each in _FAMILIES if name.startswith(each)), "")
        if name in KNOWN:
            told.append(name)
        elif not family:
            others += 1
        elif family not in told:
            told.append(family)
    return [*told, *([f"{OTHERS}={others}"] if others else [])]


def read_told(text: str) -> tuple[tuple[str, int], ...]:
    """Read what the process before this one left out: what, and how often; anything else there is nothing."""
    parts = [each.partition("=") for each in text.split(",")]
    return tuple(
        (what, int(times) if times.isascii() and times.isdigit() and len(times) < 6 else 1)
        for what, _, times in parts
        if what in TOLD or what == COMMAND
    )


def _begin(words: list[str], noted: tuple[str, ...] = ()) -> None:
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            # The lowest that is free, kept when Python begins again: a file of ours must never be "standard output".
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.umask(0o077)
    os.chdir("/")
    asked = (COMMAND,) if _ASKED_OF_SSHD in os.environ else ()
    missing = [*dict.fromkeys((*noted, *asked)), *left_out(os.environ)]
    if missing:
        words = [*words, f"{LEFT_OUT}={','.join(missing)}"]
    os.execve(sys.executable, [sys.executable, *BEGIN, *words], environment(os.environ))  # noqa: S606 - the point


def _is_plain(value: str) -> bool:
    allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+_@-"
    return 0 < len(value) <= _LONGEST and not value.startswith((".", "-")) and all(each in allowed for each in value)


def _is_of_the_session(name: str, value: str) -> bool:
    """True for what systemd gives a session and nobody changed."""
    own = f"/run/user/{os.getuid()}"
    return (name, value) in {("XDG_RUNTIME_DIR", own), ("DBUS_SESSION_BUS_ADDRESS", f"unix:path={own}/bus")}
