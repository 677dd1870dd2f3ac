"""What a stranger could write: each does something on a terminal, hides, or breaks a program that believes it."""

from __future__ import annotations

from typing import Final

ACTING: Final = {
    "clipboard": "\x1b]52;c;ZXZpbA==\x1b\\",
    "clipboard ended by a bell": "\x1b]52;c;ZXZpbA==\x07",
    "window title": "\x1b]0;gekaapt\x1b\\",
    "cursor home": "\x1b[1;1Hvals",
    "clear screen": "\x1b[2Jleeg",
    "leave the screen": "\x1b[?1049lweg",
    "answer back": "\x1b[c\x1b[6n\x1b[5n",
    "device control": '\x1bP$q"p\x1b\\',
    "reset": "\x1bc",
    "hyperlink": "\x1b]8;;http://voorbeeld.invalid\x1b\\klik\x1b]8;;\x1b\\",
    "mouse reports": "\x1b[?1003h",
    "scroll region": "\x1b[1;5r",
    "colours": "\x1b[8mverborgen",
    "picture": "\x1b_Gf=100;AAAA\x1b\\",
    "text after the end": "zin\x00\x1a\x04",
    "one-byte control sequence": "\x9b2J",
    "one-byte operating system command": "\x9d0;gekaapt\x9c",
    "next line": "boven\x85onder",
    "delete": "a\x7f\x7fb",
    "nul": "a\x00b",
    "shift out": "a\x0eb\x0f",
    "backspaces": "prio 3\b\b\b\b\b\bprio 1",
    "carriage return": "prio 3\rprio 1",
    "right to left": "a\u202etxt.exe\u202c",
    "isolate": "a\u2067b\u2069",
    "zero width": "a\u200bb\u200d\ufeffc",
    "tags": "a\U000e0041\U000e0042b",
    "line separator": "a\u2028b\u2029c",
    "soft hyphen": "a\u00adb",
    "lone surrogate": "a\ud83db",
}
"""Not one of these characters may reach the terminal as it is."""

BELIEVED: Final = {
    "closing tag": "huis [12a], tor [/b]",
    "click": "[@click=app.quit]klik[/]",
    "markup that never closes": "[bold [/ [type=x, v={'a[0]'}] \\[x] [$error]",
    "places in a format": "%s %(naam)s {0} {naam!r} $naam ${naam}",
    "link": "[link=http://voorbeeld.invalid]klik[/link]",
    "markdown": "[klik](http://voorbeeld.invalid) `x` # kop",
    "long": "lang " * 2_000,
}
"""These are only text; they may not crash, vanish or become clickable."""

MEGABYTE: Final = "lang [/b] \x1b]52;c;ZXZpbA==\x1b\\ \u202e\x9b2J" * 32_000
"""One line of a million characters, all of it hostile."""
