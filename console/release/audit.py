"""`make audit`: asks an advisory service for known weaknesses in what a site gets, and says what it learnt.

A service that is not there, or does not know a package, is no good news: that is NOT CHECKED, in so many words.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_REQUIREMENTS: Final = Path(__file__).parents[2] / "requirements" / "runtime.txt"
_SECONDS: Final = 120
_TOOL: Final = (sys.executable, "-m", "pip_audit", "--progress-spinner", "off", "--format", "json")
_ONLY_THESE: Final = ("--disable-pip", "--require-hashes", "--requirement")


def main() -> int:
    """Ask, and print the answer; 1 when a package has a known weakness."""
    try:
        command = (*_TOOL, *_ONLY_THESE, _REQUIREMENTS)
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=_SECONDS)
        code, said = judge(json.loads(done.stdout))
    except subprocess.TimeoutExpired:
        code, said = 0, f"NOT CHECKED for known weaknesses: no answer within {_SECONDS} seconds"
    except ValueError:
        reason = (done.stderr.strip().splitlines() or ["it printed nothing"])[-1].partition("(")[0]
        code, said = 0, f"NOT CHECKED for known weaknesses: no advisory service is reachable ({reason})"
    print(said)
    return code


def judge(answer: Mapping[str, list[dict[str, object]]]) -> tuple[int, str]:
    """Give the exit code and the lines for what the tool found; a package that it left out counts as not checked."""
    packages = answer["dependencies"]
    left_out = [str(each["name"]) for each in packages if "skip_reason" in each]
    weak = [each for each in packages if each.get("vulns")]
    lines = [f"WEAK {each['name']} {each['version']}: {_names(each['vulns'])}" for each in weak]
    checked = len(packages) - len(left_out)
    if left_out:
        lines.append(
            f"NOT CHECKED for known weaknesses: {len(left_out)} of {len(packages)} packages, which no advisory service "
            f"that answers here knows ({', '.join(left_out[:3])}{', …' if len(left_out) > 3 else ''})"
        )
    if checked:
        lines.append(f"checked for known weaknesses: {checked} packages, {len(weak)} with one")
    return (1 if weak else 0), "\n".join(lines)


def _names(found: object) -> str:
    return ", ".join(str(each["id"]) for each in found) if isinstance(found, list) else str(found)


if __name__ == "__main__":
    sys.exit(main())
