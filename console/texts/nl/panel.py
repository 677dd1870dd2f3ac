"""The column beside the checklist, where it is longer than the window."""

from __future__ import annotations

from typing import Final

MORE: Final = "(meer: page down)"
