"""One coverage-guided search: `python -m tests.fuzzing.guided target runs seconds seed folder`.

Ends with 0 after so many runs or seconds, whichever comes first; where something did not hold with a traceback, and the
bytes in `folder`. It prints what libFuzzer prints.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main(name: str, runs: str, seconds: str, seed: str, folder: str) -> None:
    """Search; never returns."""
    atheris = importlib.import_module("atheris")  # only `make torture` installs it
    with atheris.instrument_imports(include=["console", "tomllib", "tests.intake.oracle"]):
        targets = importlib.import_module("tests.fuzzing.targets")
    target = targets.TARGETS[name]
    corpus = Path(folder) / "corpus"
    corpus.mkdir(parents=True)
    for number, each in enumerate(target.seeds):
        (corpus / f"{number}").write_bytes(each)
    known = Path(folder) / "words"
    known.write_text("".join(f'"{_quoted(word)}"\n' for word in target.words))
    arguments = {
        "runs": runs,
        "max_total_time": seconds,
        "seed": seed,
        "max_len": str(targets.MOST_BYTES),
        "timeout": "20",
        "rss_limit_mb": "2048",
        "artifact_prefix": f"{folder}/",
        "print_final_stats": "1",
    }
    if target.words:
        arguments["dict"] = str(known)
    atheris.Setup([sys.argv[0], *(f"-{key}={value}" for key, value in arguments.items()), str(corpus)], target.hold)
    atheris.Fuzz()


def _quoted(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode("utf-8", "surrogatepass"))


if __name__ == "__main__":
    main(*sys.argv[1:])
