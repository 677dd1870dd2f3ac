"""What an operator reads stands in one place per language, where it changes without code; nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import console
from tests.texts.in_source import words_in

CONSOLE = Path(console.__file__).parent
OUTSIDE = {
    "texts": "the words themselves",
    "record": "keeps Dutch codes in its statements; its sentences are looked at below",
    "cad": "speaks with another system and in the journal",
    "intake": "speaks with another system and in the journal",
    "doctor": "names what the system calls things; its sentences stand with the words",
    "dossier": "a command of the administrator",
    "dossier_verify.py": "a command of the administrator",
    "cli.py": "a command of the administrator",
    "credentials.py": "a command of the administrator",
    "key_ring.py": "names the kinds of key rings there are, as their library does",
    "sealing.py": "names how the service manager is called",
    "secret": "a command of the administrator",
    "settings.py": "a command of the administrator",
    "machine_file.py": "names the account that owns it, as the system does",
    "release": "a command of who builds the product",
    "installing.py": "a command of the administrator, which works without the rest",
    "demo.py": "a command of the administrator",
    "dutch_arguments.py": "a command of the administrator",
    "policy_command.py": "a command of the policy owner",
    "policy_tool.py": "a command of the policy owner",
    "triage.py": "a command of the policy owner",
    "locked.py": "knows names of variables and says nothing",
    "system_log.py": "writes in the journal",
    "writing.py": "writes the tags of a page around the words that it is given",
    "crash.py": "writes a report for who mends the program",
    "allowing.py": "names types for the checker",
    "domain_names.py": "names scripts as Unicode does",
    "toml_lines.py": "reads what the reader of TOML says",
    "amounts.py": "knows what others may say and says nothing",
    "linking.py": "knows what others may say and says nothing",
    "moments.py": "knows what others may say and says nothing",
}
"""Where words stand beside the code: what an operator at a console never reads, and why not."""

FILES = sorted(path for path in CONSOLE.rglob("*.py") if not {*path.relative_to(CONSOLE).parts} & OUTSIDE.keys())


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CONSOLE)))
def test_the_words_stand_in_the_language_package(path: Path) -> None:
    assert words_in(path.read_text(encoding="utf-8")) == []


RECORD = sorted((CONSOLE / "record").glob("*.py"))
FOR_THE_ADMINISTRATOR = {"contents.py", "copying.py", "verifying.py"}
SENTENCE = re.compile(r"[a-zë)”][.?!]$", re.MULTILINE)


@pytest.mark.parametrize("path", RECORD, ids=lambda path: path.name)
def test_the_record_says_no_sentence_of_its_own(path: Path) -> None:
    said = [text for text in words_in(path.read_text(encoding="utf-8")) if SENTENCE.search(text)]
    assert not said or path.name in FOR_THE_ADMINISTRATOR


def test_every_exception_still_exists() -> None:
    there = {part for path in CONSOLE.rglob("*.py") for part in path.relative_to(CONSOLE).parts}
    assert there >= OUTSIDE.keys()


@pytest.mark.parametrize(
    "source",
    [
        'x = "Er wachten geen meldingen."',
        'x = "melder zegt"',
        'x = f"prio {n}"',
        'x = f"{n} uur"',
        'x = "ONBEKEND"',
        'TITLE_WORDS = "melding"',
        'Binding("n", "new", "nieuw", id="a.b")',
        'Binding("n", "new", description="nieuw")',
        'LineInput(placeholder="zoek")',
        'Static(Content("leeg"))',
        'self.say("weg" if gone else "")',
        'place = found or "onbekend"',
        'def f():\n    return "nee" if x else ""',
        'self._list.update(Content(f"{x}  In eigen woorden"))',
        'lines.append("klaar")',
        "x = f\"{a if a else 'geen naam'}\"",
        'Static("(meer)", id="x")',
    ],
)
def test_words_are_found_wherever_they_are_shown(source: str) -> None:
    assert len(words_in(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        '"""The words of a docstring."""',
        'DEFAULT_CSS = "Name { height: auto; }"',
        'Binding("shift+tab,up", "app.focus_previous", words.facts.PREVIOUS, id="gegevens.vorige")',
        "x = f\"choose('{key}')\"",
        'raise RuntimeError(f"{key} has two meanings")',
        'class Topic(StrEnum):\n    ADDRESS = "adres herhaald en bevestigd"',
        'x = re.compile("(?:huisnummer |nummer )?")',
        'x = f"{moment:%d-%m-%Y om %H:%M}"',
        '__all__ = ["CallScreen", "NoteLine"]',
        'kind == "keuze"',
        'answers.get("vorm")',
        'Content.styled(line, "bold" if at_cursor else "")',
        'Vertical(id="links", classes="titel breed")',
        'x: "list[Sequence | None]" = []',
        'x = f"{a} | {b}"',
        'return_style = "reverse"',
        '_LATE: Final = "bold red"',
    ],
)
def test_what_programs_read_is_left_alone(source: str) -> None:
    assert words_in(source) == []
