"""`meldkamer beleid`: what the owner of the policy sees, and what an activation leaves behind."""

from __future__ import annotations

import json
import shutil
import stat
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import triage_rules
from console import policy_shelf, policy_tool
from console.policy_tool import Room
from triage_rules import Policy, PolicyError
from triage_rules.comparing import Recorded


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    target = tmp_path / "nieuw"
    shutil.copytree(triage_rules.PACK, target)
    return target


def edit(pack: Path, file: str, old: str, new: str) -> None:
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


class Tool:
    """The tool with a room on a throw-away folder; `announced` are the activations it was told of."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "beleid"
        self.announced: list[tuple[str, str]] = []
        self.audit_is_full = False
        self.decisions: list[Recorded] = []

    def announce(self, before: Policy, after: Policy) -> None:
        if self.audit_is_full:
            raise OSError(28, "No space left on device", "audit")
        self.announced.append((before.text_hash, after.text_hash))

    def __call__(self, *words: str | Path) -> int:
        parser = ArgumentParser()
        policy_tool.add_arguments(parser)
        room = Room(self.folder, self.announce, lambda: self.decisions, date(2026, 11, 21))
        return policy_tool.run(parser.parse_args([str(word) for word in words]), room)


@pytest.fixture
def tool(tmp_path: Path) -> Tool:
    return Tool(tmp_path)


def test_the_active_policy_is_in_order(tool: Tool, capsys: pytest.CaptureFixture[str]) -> None:
    assert tool("controleer") == 0
    said = capsys.readouterr().out
    assert "32 regels, 137 voorbeelden, 10 aannames zonder bron" in said
    assert said.endswith("In orde.\n")
    assert tool("controleer", "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["in_orde"] is True
    assert data["fouten"] == data["voorstellen"] == []


def test_a_fault_is_told_with_a_call_and_exit_1(tool: Tool, pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(
        pack,
        "regels.yaml",
        "      - verdachte: later\n    bron",
        "      - verdachte: later\n      - kwetsbaar: nee\n    bron",
    )
    assert tool("controleer", pack, "--json") == 1
    data = json.loads(capsys.readouterr().out)
    assert not data["in_orde"]
    broken = next(each for each in data["fouten"] if each["controle"] == "eigenschap")
    assert broken["over"] == "wens_heft_heterdaad_niet_op"
    assert broken["melding"]["verdachte"] == "later"
    assert tool("controleer", pack) == 1
    assert "FOUT  eigenschap: Eigenschap 'wens_heft_heterdaad_niet_op' geldt niet" in capsys.readouterr().out


def test_missing_examples_come_as_yaml_that_closes_the_gate(
    tool: Tool, pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (pack / "grensgevallen.yaml").unlink()
    assert tool("controleer", pack) == 1
    said = capsys.readouterr().out
    assert "Niet in orde: " in said
    proposal = said[said.index("grensgevallen:") : said.index("Niet in orde")]
    (pack / "grensgevallen.yaml").write_text(proposal, encoding="utf-8")
    assert tool("controleer", pack) == 0


def test_a_file_that_cannot_be_read_is_named(tool: Tool, pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(pack, "regels.yaml", "uitkomst: terug_naar_gms", "uitkomst: naar_huis")
    assert tool("controleer", pack) == 1
    assert "regels.yaml, regel " in capsys.readouterr().out
    assert tool("controleer", pack, "--json") == 1
    fault = json.loads(capsys.readouterr().out)["fout"]
    assert (fault["bestand"], fault["regel"] > 0) == ("regels.yaml", True)
    for action in (("activeer", pack), ("toon", pack), ("vergelijk", pack, pack), ("naspelen", pack)):
        assert tool(*action) == 2
        assert "naar_huis" in capsys.readouterr().err
    assert tool("toon", pack / "weg.json") == 2


def test_activation_is_announced_kept_and_leaves_running_calls_their_version(tool: Tool, pack: Path) -> None:
    shipped = triage_rules.load()
    assert policy_shelf.active(tool.folder).text_hash == shipped.text_hash
    edit(pack, "regels.yaml", "waarom: De oplichting is nu bezig.", "waarom: De oplichting loopt nu.")
    assert tool("activeer", pack) == 0
    new = policy_shelf.active(tool.folder)
    assert new.text_hash != shipped.text_hash
    assert tool.announced == [(shipped.text_hash, new.text_hash)]
    for policy in (shipped, new):
        assert policy_shelf.version(tool.folder, policy.text_hash).text_hash == policy.text_hash
    kept = sorted(file.name for file in tool.folder.iterdir())
    assert kept == sorted([f"{shipped.text_hash}.json", f"{new.text_hash}.json", "actief"])
    assert stat.S_IMODE((tool.folder / "actief").stat().st_mode) & 0o600 == 0o600


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("beleid.yaml", "status: vastgesteld", "status: concept", "alleen een vastgesteld beleid"),
        ("beleid.yaml", "status: vastgesteld", "status: vervallen", "alleen een vastgesteld beleid"),
        ("beleid.yaml", "geldig_vanaf: 2025-05-19", "geldig_vanaf: 2026-11-22", "vanaf 2026-11-22"),
        ("beleid.yaml", "    waarde: 12\n", "    waarde: 24\n", "Voorbeeld V18"),
        ("regels.yaml", "uitkomst: eenheid_prio1", "uitkomst: eenheid_prio2", "geldt niet"),
    ],
)
def test_what_may_not_become_active_does_not(
    tool: Tool, pack: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str, words: str
) -> None:
    edit(pack, file, old, new)
    assert tool("activeer", pack) == 1
    assert words in capsys.readouterr().err
    assert tool.announced == []
    assert not tool.folder.exists()


def test_an_activation_that_cannot_be_audited_changes_nothing(tool: Tool, pack: Path) -> None:
    edit(pack, "regels.yaml", "waarom: De oplichting is nu bezig.", "waarom: De oplichting loopt nu.")
    tool.audit_is_full = True
    assert tool("activeer", pack) == 2
    assert policy_shelf.active(tool.folder).text_hash == triage_rules.load().text_hash


def test_a_shelf_that_was_damaged_is_refused_not_replaced(tool: Tool, pack: Path) -> None:
    assert tool("activeer", pack) == 0
    active = tool.folder / (tool.folder / "actief").read_text().strip()
    active.with_suffix(".json").write_bytes(b"{}")
    with pytest.raises(PolicyError):
        policy_shelf.active(tool.folder)
    (tool.folder / "actief").write_text("../../etc/passwd")
    with pytest.raises(PolicyError):
        policy_shelf.active(tool.folder)
    with pytest.raises(PolicyError, match="niet bewaard"):
        policy_shelf.version(tool.folder, "0" * 64)


def test_a_comparison_tells_how_much_from_what_to_what_with_a_story(
    tool: Tool, pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(pack, "beleid.yaml", "    waarde: 12\n", "    waarde: 24\n")
    assert tool("vergelijk", triage_rules.PACK, pack) == 0
    said = capsys.readouterr().out
    assert "955.584 van 382.637.520 antwoordsets veranderen" in said
    assert "u beslist -> prio 3: 953.856 sets" in said
    assert "u beslist door B1; prio 3 door P3d" in said
    assert "V18: centralist_beslist -> eenheid_prio3" in said
    assert tool("vergelijk", triage_rules.COMPILED, pack, "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["veranderd"] == sum(each["sets"] for each in data["veranderingen"]) == 955_584
    assert tool("vergelijk", triage_rules.PACK, triage_rules.PACK) == 0
    assert " 0 van 318.864.600 " in f" {capsys.readouterr().out.splitlines()[1]} "


def test_decisions_are_replayed_with_what_would_change(
    tool: Tool, pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = triage_rules.load()
    for number, example in enumerate(policy.examples):
        tool.decisions.append(
            Recorded(str(number), example.answers, example.expected, example.expected, example.expected)
        )
    tool.decisions.append(Recorded("oud", {"weer": "nat"}, "advies", "advies", "advies"))
    edit(pack, "beleid.yaml", "    waarde: 12\n", "    waarde: 24\n")
    assert tool("naspelen", pack) == 0
    said = capsys.readouterr().out
    assert "25 besluiten nagespeeld onder tpdc 1.0; 1 anders." in said
    assert "centralist_beslist -> eenheid_prio3 (P3d)" in said
    assert "besluit oud past niet: Onbekende vraag" in said
    assert tool("naspelen", pack, "--json") == 0
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert [len(data[name]) for name in ("veranderd", "past_niet")] == [1, 1]


def test_the_tables_name_every_form_and_rule(tool: Tool, capsys: pytest.CaptureFixture[str]) -> None:
    policy = triage_rules.load()
    assert tool("toon") == 0
    markdown = capsys.readouterr().out
    for form in policy.forms:
        assert f"\n## {form.label}\n" in markdown
    for rule in policy.rules:
        assert f"| {rule.id} |" in markdown
    for source in policy.sources:
        assert f"| {source} |" in markdown
    assert tool("toon", "--als", "csv") == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0].startswith("vorm,regel,gevaar,verdachte")
    assert {row.split(",")[0] for row in rows[1:]} == {form.id for form in policy.forms}


def test_compiling_writes_what_the_console_loads(tool: Tool, pack: Path, tmp_path: Path) -> None:
    target = tmp_path / "uit.json"
    assert tool("compileer", pack, target) == 0
    assert triage_rules.load(target).text_hash == triage_rules.load().text_hash
    edit(pack, "regels.yaml", "    als: altijd\n", "    als: nooit\n")
    before = target.read_bytes()
    assert tool("compileer", pack, target) == 2
    assert target.read_bytes() == before


def test_the_schema_is_for_editors(tool: Tool, capsys: pytest.CaptureFixture[str]) -> None:
    assert tool("schema") == 0
    assert "regels" in json.loads(capsys.readouterr().out)["properties"]
