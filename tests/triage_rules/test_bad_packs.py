"""A pack that is wrong: a Dutch sentence with file and line, and nothing half-loaded."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import triage_rules
from triage_rules import PolicyError
from triage_rules.compiling import canonical, confirmed, digest, read_compiled
from triage_rules.pack import read_pack


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    target = tmp_path / "proef"
    shutil.copytree(triage_rules.PACK, target)
    return target


def edited(pack: Path, file: str, old: str, new: str) -> int:
    """Replace one piece of a file; returns the line on which it stood."""
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


# file, what stands there, what it becomes, how many lines below the start of the piece the fault is, words of the error
BAD = [
    ("regels.yaml", "  - id: P1b\n", "  - id: P1a\n", 0, ["P1a", "twee keer"]),
    (
        "regels.yaml",
        "    uitkomst: eenheid_prio1\n",
        "    uitkomst: eenheid_prio1\n    uitkomst: advies\n",
        1,
        ["uitkomst", "twee keer"],
    ),
    (
        "regels.yaml",
        "      - gaande: ja\n      - ECHT",
        "      - gaat_door: ja\n      - ECHT",
        0,
        ["vraag", "gaat_door"],
    ),
    (
        "regels.yaml",
        "      - gaande: ja\n      - ECHT",
        "      - gaande: misschien\n      - ECHT",
        0,
        ["gaande", "misschien", "nee, onbekend, ja"],
    ),
    (
        "regels.yaml",
        "{wens: geen_bezoek}, {minderjarig: nee}",
        "{wens: geen_bezoek}, {minderjarig: no}",
        0,
        ["minderjarig", "'no'"],
    ),
    ("regels.yaml", "bron: [S0.17]", "bron: [S9.99]", 0, ["S9.99", "bronnen"]),
    ("regels.yaml", "    bron: [S0.17]\n", "", -4, ["bron", "ontbreekt"]),
    ("regels.yaml", "    bron: [S0.17]\n", "    bron: []\n", 0, ["bron", "leeg"]),
    ("regels.yaml", "  NIET_OUD: {niet: OUD}", "  NIET_OUD: {niet: NIET_OUD}", 0, ["NIET_OUD", "zichzelf"]),
    (
        "regels.yaml",
        "  ECHT: {niet: HARMLOZE_POGING}",
        "  ECHT: {niet: [BEZOEK_KAN, {een_van: [ECHT]}]}",
        0,
        ["ECHT", "zichzelf"],
    ),
    (
        "regels.yaml",
        '  STOP: {laatste_handeling: "<= te_stoppen_uur"}',
        '  STOP: {laatste_handeling: "> 12, < 2"}',
        0,
        ["nooit waar"],
    ),
    (
        "regels.yaml",
        '  STOP: {laatste_handeling: "<= te_stoppen_uur"}',
        '  STOP: {laatste_handeling: "<= te_laat_uur"}',
        0,
        ["te_laat_uur", "parameter"],
    ),
    (
        "regels.yaml",
        '  STOP: {laatste_handeling: "<= te_stoppen_uur"}',
        "  STOP: {laatste_handeling: 12:30}",
        0,
        ["12:30", "vergelijking"],
    ),
    ("regels.yaml", "      - vorm: geen_online_criminaliteit\n", "      - vorm: inbraak\n", 0, ["inbraak"]),
    ("regels.yaml", "      - vorm: geen_online_criminaliteit\n", "      - vorm: onbekend\n", 0, ["anders"]),
    ("regels.yaml", "    uitkomst: terug_naar_gms\n", "    uitkomst: naar_huis\n", 0, ["naar_huis"]),
    ("regels.yaml", "    als: altijd\n", "    als: []\n", 0, ["altijd"]),
    ("regels.yaml", "    als: altijd\n", "    als: NOOIT\n", 0, ["NOOIT", "begrip"]),
    ("regels.yaml", "    als: altijd\n", "    als: {gaande: ja, dader: huiselijk}\n", 0, ["streepje"]),
    ("regels.yaml", "    als: altijd\n", "    als: &a altijd\n", 0, ["Ankers"]),
    ("regels.yaml", "    als: altijd\n", "    als: !!python/name:os.system altijd\n", 0, ["type-aanduiding"]),
    ("regels.yaml", "    als: altijd\n", "    als: [altijd\n", 1, ["geldige YAML"]),
    ("regels.yaml", "    als: altijd\n", "    als: altijd\n---\nid: tweede\n", 1, ["tweede document"]),
    ("regels.yaml", "    als: altijd\n", "    als: alt\x07ijd\n", 0, ["teken"]),
    ("regels.yaml", "    als: altijd\n", "    als: " + "[" * 200 + "]" * 200 + "\n", 0, ["lagen"]),
    ("regels.yaml", "    als: altijd\n", "    als: altijd\n    gewicht: 3\n", 1, ["gewicht", "bestaat niet"]),
    ("regels.yaml", "  - id: A5\n", "  - id: A5\n    als: altijd\n", 3, ["als", "twee keer"]),
    (
        "vormen.yaml",
        "  LANG: [beleggingsfraude, datingfraude]",
        "  LANG: [beleggingsfraude, OPLICHTING]",
        0,
        ["OPLICHTING", "zichzelf"],
    ),
    (
        "vormen.yaml",
        "  LANG: [beleggingsfraude, datingfraude]",
        "  LANG: [beleggingsfraude, datefraude]",
        0,
        ["datefraude"],
    ),
    ("vormen.yaml", "onbekend_telt_als: anders", "onbekend_telt_als: iets", 0, ["iets"]),
    ("vormen.yaml", "online: onbekend}", "online: misschien}", 0, ["misschien", "Toegestaan"]),
    ("vragen.yaml", "    blok: gevaar\n", "    blok: wens\n", 16, ["blok"]),
    ("vragen.yaml", "kans: 0.93", "kans: 1.93", 0, ["1.93", "tussen 0 en 1"]),
    ("vragen.yaml", "    kort: In gevaar, of dreigt iemand?", "    kort: " + "x" * 40, 0, ["36"]),
    ("vragen.yaml", "{verdachte_weg_minuten}", "{verdachte_weg_dagen}", -1, ["verdachte_weg_dagen"]),
    (
        "vragen.yaml",
        "{id: nee, kort: nee, zin: er geen",
        "{id: open, kort: nee, zin: er geen",
        0,
        ["open", "niet gevraagd"],
    ),
    ("beleid.yaml", "status: vastgesteld", "status: actief", 0, ["actief", "vastgesteld"]),
    ("beleid.yaml", "    waarde: 2\n", "    waarde: -2\n", 0, ["-2", "getal"]),
    ("beleid.yaml", "    waarde: 2\n", "    waarde: twee\n", 0, ["twee", "getal"]),
    ("beleid.yaml", "    minstens: eenheid_prio2", "    minstens: prio2", 0, ["prio2"]),
    ("beleid.yaml", "eigenaar: beleidseigenaar meldkamer\n", "", None, ["eigenaar", "ontbreekt"]),
    ("bronnen.yaml", 'document: S0, passage: "Nee', 'document: S7, passage: "Nee', 0, ["S7"]),
    ("voorbeelden.yaml", "      gaande: ja\n", "      gaande: klopt\n", 0, ["gaande", "klopt"]),
    ("voorbeelden.yaml", "    verwacht: eenheid_prio1", "    verwacht: prio", 0, ["prio"]),
]


@pytest.mark.parametrize(("file", "old", "new", "below", "words"), BAD, ids=range(len(BAD)))
def test_a_fault_is_named_with_file_and_line(
    pack: Path, file: str, old: str, new: str, below: int | None, words: list[str]
) -> None:
    line = edited(pack, file, old, new)
    with pytest.raises(PolicyError) as caught:
        triage_rules.read_pack(pack)
    said = str(caught.value)
    for word in words:
        assert word in said, said
    if below is not None:
        assert (caught.value.file, caught.value.line) == (file, line + below), said
        assert said.startswith(f"{file}, regel {line + below}: ")


def test_a_default_that_is_missing_is_a_gap_with_a_counterexample(pack: Path) -> None:
    edited(pack, "regels.yaml", "    als: altijd\n", "    als: [{gaande: ja}]\n")
    with pytest.raises(PolicyError, match="geen enkele regel") as caught:
        triage_rules.read_pack(pack)
    assert "gaande = nee" in str(caught.value)


def test_a_policy_that_grows_too_large_names_the_costly_rules(pack: Path) -> None:
    with pytest.raises(PolicyError, match="meer dan 100 knopen") as caught:
        read_pack(pack, node_limit=100)
    assert caught.value.file == "regels.yaml"
    assert "Duurste regels: " in str(caught.value)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda file: file.write_bytes(b"# " + b"x" * 10_000_000), "groter dan"),
        (lambda file: file.write_bytes(b"id: \xff\xfe"), "UTF-8"),
        (lambda file: file.write_text(""), "leeg"),
        (lambda file: file.write_text("- a\n- b\n"), "velden"),
        (lambda file: file.write_text("id: tpdc\n"), "ontbreekt"),
        (lambda file: file.write_text("[a, b]: c\n"), "gewone tekst"),
        (lambda _: None, "niet te lezen"),
    ],
)
def test_a_file_that_is_no_policy_at_all(tmp_path: Path, make: Callable[[Path], object], words: str) -> None:
    file = tmp_path / "vreemd.yaml"
    make(file)
    with pytest.raises(PolicyError, match=words) as caught:
        triage_rules.read_pack(file)
    assert "vreemd.yaml" in str(caught.value)


def test_a_field_in_two_files_and_a_folder_without_files(pack: Path, tmp_path: Path) -> None:
    (pack / "z.yaml").write_text("regels: []\n")
    with pytest.raises(PolicyError, match=r"z\.yaml, regel 1: 'regels' staat ook al in regels\.yaml"):
        triage_rules.read_pack(pack)
    (tmp_path / "leeg").mkdir()
    with pytest.raises(PolicyError, match=r"geen enkel \.yaml-bestand"):
        triage_rules.read_pack(tmp_path / "leeg")


def test_a_pack_in_one_file_means_the_same(pack: Path, tmp_path: Path) -> None:
    whole = tmp_path / "alles.yaml"
    whole.write_text(
        "\n".join(file.read_text(encoding="utf-8") for file in sorted(pack.glob("*.yaml"))), encoding="utf-8"
    )
    assert triage_rules.read_pack(whole).text_hash == triage_rules.read_pack(pack).text_hash


def test_a_compiled_file_that_was_touched_is_refused(tmp_path: Path) -> None:
    whole = triage_rules.COMPILED.read_bytes()
    file = tmp_path / "beleid.json"
    for data in (whole.replace(b"prio 1", b"prio 4", 1), whole[:1000], b"", b"[]", b"{}", b'{"som": "x"}', b"\xff"):
        file.write_bytes(data)
        with pytest.raises(PolicyError, match=r"beleid\.json"):
            triage_rules.load(file)
    with pytest.raises(PolicyError, match="niet te lezen"):
        triage_rules.load(tmp_path / "weg.json")


def forged(**changes: object) -> bytes:
    """A compiled file with other parts and a checksum that fits them."""
    body = json.loads(triage_rules.COMPILED.read_bytes())
    del body["som"]
    body |= changes
    return canonical({**body, "som": digest(body)})


@pytest.mark.parametrize(
    "changes",
    [
        {"formaat": 99},
        {"formaat": None},
        {"inhoud": {}},
        {"inhoud": []},
        {"diagram": {}},
        {"diagram": {"vragen": [], "knopen": [], "wortel": 1, "volgende": []}},
        {"diagram": {"vragen": [["vorm", ["a"]]], "knopen": [[0, [1, 99999]]], "wortel": 9, "volgende": []}},
    ],
    ids=str,
)
def test_a_compiled_file_that_misses_a_part_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(PolicyError, match="vals"):
        read_compiled(forged(**changes), "vals")


def test_a_diagram_of_other_rules_is_found_by_compiling_again() -> None:
    body = json.loads(triage_rules.COMPILED.read_bytes())
    level, children = body["diagram"]["knopen"][0]
    body["diagram"]["knopen"][0] = [level, children[::-1]]
    policy = read_compiled(forged(diagram=body["diagram"]), "vals")
    with pytest.raises(PolicyError, match="horen niet bij elkaar"):
        confirmed(policy, "vals")
    whole = triage_rules.load()
    assert confirmed(whole, "heel").text_hash == whole.text_hash


@given(st.text(max_size=300))
def test_whatever_stands_in_a_file_it_is_refused_in_dutch(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "vreemd.yaml")
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        with pytest.raises(PolicyError):
            triage_rules.read_pack(file)


@given(st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_a_file_with_lines_lost_doubled_or_garbled_never_fails_otherwise(source: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "proef")
        shutil.copytree(triage_rules.PACK, target)
        file = target / source.choice(["regels.yaml", "vragen.yaml", "beleid.yaml", "vormen.yaml"])
        lines = file.read_text(encoding="utf-8").split("\n")
        at = source.randrange(len(lines))
        match source.randrange(4):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[at])
            case 2:
                lines[at] = lines[at].replace(source.choice(lines[at] or " "), source.choice("{}[]:-&*!'\"\x00é0"), 1)
            case _:
                lines[at] = lines[at][source.randrange(len(lines[at]) + 1) :]
        file.write_text("\n".join(lines), encoding="utf-8")
        try:
            policy = triage_rules.read_pack(target)
        except PolicyError:
            return
    assert policy.start().at_most.rank > 0


def test_meaning_stays_the_same_under_another_order_and_other_words(pack: Path) -> None:
    before = triage_rules.load()
    edited(pack, "regels.yaml", "waarom: Andere meldingen blijven", "waarom: De rest van 112 blijft")
    edited(pack, "vragen.yaml", 'urgenter_dan: ">= enkele_dagen_uur"', 'urgenter_dan: ">= 60"')
    text = (pack / "vragen.yaml").read_text(encoding="utf-8")
    first, second = text.index("  - id: minderjarig\n"), text.index("  - id: kwetsbaar\n")
    third = text.index("  - id: slachtoffer_in_nederland\n")
    (pack / "vragen.yaml").write_text(text[:first] + text[second:third] + text[first:second] + text[third:])
    after = triage_rules.read_pack(pack)
    assert after.text_hash != before.text_hash
    assert after.meaning_hash == before.meaning_hash
    edited(pack, "beleid.yaml", "    waarde: 12\n", "    waarde: 11\n")
    assert triage_rules.read_pack(pack).meaning_hash != before.meaning_hash
