"""`meldkamer triage --answers`: one line out per line in, and a wrong line is named."""

from __future__ import annotations

import io
import json
import sys
from argparse import ArgumentParser
from typing import TYPE_CHECKING

import pytest

import triage_rules
from console import triage

if TYPE_CHECKING:
    from pathlib import Path


def run(arguments: list[str]) -> int:
    parser = ArgumentParser()
    triage.add_arguments(parser)
    return triage.run(parser.parse_args(arguments))


def answered(text: str | bytes, tmp_path: Path) -> int:
    file = tmp_path / "antwoorden.jsonl"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return run(["--answers", str(file)])


def test_every_example_gives_its_outcome(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    examples = triage_rules.load().examples
    lines = []
    for example in examples:
        hours = example.answers["laatste_handeling"]
        lines.append(json.dumps({**example.answers, "laatste_handeling": float(hours)}))
    assert answered("\n".join(lines), tmp_path) == 0
    results = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [result["outcome"] for result in results] == [example.expected for example in examples]
    assert all(result["final"] and result["open_questions"] == [] for result in results)


def test_what_comes_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answered('{"vorm": "phishing", "gaande": "ja", "laatste_handeling": 3}\n', tmp_path) == 0
    result = json.loads(capsys.readouterr().out)
    policy = triage_rules.load()
    assert result["outcome"] is None
    assert result["final"] is False
    assert (result["at_least"], result["at_most"]) == ("centralist_beslist", "eenheid_prio1")
    assert result["rules"] == [{"id": "B2", "source": ["S1.17", "S4.20"]}]
    assert result["open_questions"][0] == "gevaar"
    assert result["policy"] == {"id": "tpdc", "version": "1.0", "hash": policy.text_hash}


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{}\n{"gevaar": "nu"}\n')))
    assert run(["--answers", "-"]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (first["at_least"], second["at_least"]) == ("advies", "eenheid_prio1")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"gaande": "misschien"}', ["gaande", "misschien", "nee, onbekend, ja"]),
        ('{"gaande": true}', ["gaande", "nee, onbekend, ja"]),
        ('{"gaande": null}', ["gaande", "nee, onbekend, ja"]),
        ('{"bedrag": 100}', ["bedrag", "gevaar, verdachte, vorm"]),
        ('{"laatste_handeling": -1}', ["laatste_handeling", "onbekend"]),
        ('{"laatste_handeling": NaN}', ["NaN"]),
        ('{"gaande": "ja", "gaande": "nee"}', ["gaande", "twee keer"]),
        ('{"\\u001b[2J": "ja"}', ["Onbekende vraag"]),
        ("[1]", ["JSON-object"]),
        ("{", ["geen JSON"]),
        ("", ["leeg"]),
        ('{"laatste_handeling": ' + "9" * 5000 + "}", ["getal", "te lang"]),
        ("[" * 50_000, ["plat JSON-object"]),
        ('{"vorm": "' + "x" * 70_000 + '"}', ["langer dan"]),
    ],
)
def test_a_wrong_line_is_named_and_the_lines_before_it_are_answered(
    line: str, said: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answered("{}\n" + line + "\n{}\n", tmp_path) == 2
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 1
    assert captured.err.startswith("Regel 2: ")
    assert len(captured.err.splitlines()) == 1
    assert "\x1b" not in captured.err
    for words in said:
        assert words in captured.err


def test_a_file_that_is_not_text_or_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answered(b'{"vorm": "\xff"}\n', tmp_path) == 2
    assert "UTF-8" in capsys.readouterr().err
    assert run(["--answers", str(tmp_path / "weg.jsonl")]) == 2
    assert "niet te lezen" in capsys.readouterr().err


def test_another_policy_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "beleid.json"
    broken.write_bytes(triage_rules.COMPILED.read_bytes().replace(b"bankhelpdeskfraude", b"bankhelpdeskfraudf", 1))
    assert run(["--answers", "-", "--beleid", str(broken)]) == 2
    assert "controlesom" in capsys.readouterr().err
