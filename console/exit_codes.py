"""What a program's end tells whoever started it; the numbers are those of sysexits.h where that has one."""

from __future__ import annotations

from typing import Final

ENDED: Final = 0
"""It did its work, or ended as asked."""

WRONG_USE: Final = 2
"""The command line, or what was handed in, is wrong."""

CANNOT_LISTEN: Final = 69
"""The address or port to listen on cannot be had (EX_UNAVAILABLE)."""

UNREACHABLE: Final = 69
"""Who must be asked cannot be reached, so that nothing is known (EX_UNAVAILABLE)."""

CRASHED: Final = 70
"""It stopped, or did part of its work, by a fault of its own (EX_SOFTWARE); the report says where."""

TAKEN: Final = 75
"""Another program does this work now (EX_TEMPFAIL)."""

NOT_ALLOWED: Final = 77
"""Who started it may not have it do this (EX_NOPERM)."""

UNUSABLE: Final = 78
"""It cannot work with this setting, folder, key or table (EX_CONFIG): starting it again does not help."""
