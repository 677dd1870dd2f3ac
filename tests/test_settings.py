"""Settings: where they come from, and that a wrong one is named in a Dutch sentence."""

import os
import re
from dataclasses import fields
from pathlib import Path

import pytest

from console.settings import Settings, SettingsError, as_environment, load


def test_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    (tmp_path / "instellingen.toml").write_text('cad_naam = "LMS"\noefening = true\n', encoding="utf-8")
    settings = load({"MELDKAMER_HOME": str(tmp_path), "MELDKAMER_CAD_NAAM": "GMS-2"})
    assert (settings.cad_name, settings.exercise, settings.cad_url) == ("GMS-2", True, None)


def test_the_phone_list_is_a_table_of_names_and_numbers(tmp_path: Path) -> None:
    (tmp_path / "instellingen.toml").write_text('[telefoonlijst]\n"Uitgifte Noord" = "088 1234567"\n', encoding="utf-8")
    assert load({"MELDKAMER_HOME": str(tmp_path)}).phone_list == (("Uitgifte Noord", "088 1234567"),)


@pytest.mark.parametrize(("text", "set_to"), [("true", True), ("false", False), ('"ja"', True), ('"nee"', False)])
def test_an_exercise_is_said_in_the_words_of_toml_or_in_dutch(tmp_path: Path, text: str, set_to: bool) -> None:
    (tmp_path / "instellingen.toml").write_text(f"oefening = {text}\n", encoding="utf-8")
    assert load({"MELDKAMER_HOME": str(tmp_path)}).exercise is set_to
    (tmp_path / "instellingen.toml").write_text("oefening = 3\n", encoding="utf-8")
    with pytest.raises(SettingsError, match='hier hoort true of false, of "ja" of "nee"'):
        load({"MELDKAMER_HOME": str(tmp_path)})


def test_an_account_without_a_home_folder_is_told_to_name_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 3_999_999_999)
    with pytest.raises(SettingsError, match="Zet MELDKAMER_HOME"):
        load({})
    with pytest.raises(SettingsError, match="Zet MELDKAMER_HOME"):
        load({"MELDKAMER_HOME": "~wie-is-dat/data"})
    (tmp_path / "instellingen.toml").write_text('beleid = "~wie-is-dat/b.json"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="beleid"):
        load({"MELDKAMER_HOME": str(tmp_path)})


def test_the_readme_names_every_setting() -> None:
    table = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([a-z_]+)` \|", table, re.MULTILINE))
    assert {each.metadata["key"] for each in fields(Settings) if "key" in each.metadata} <= named


def test_settings_survive_the_way_to_a_child_process(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, cad_url="http://127.0.0.1:9/x", exercise=True, policy=tmp_path / "p.json")
    assert load(as_environment(settings)) == settings
    settings = Settings(home=tmp_path, phone_list=(("Uitgifte Noord", "088 1234567"), ("OvD-OC", "5512")))
    assert load(as_environment(settings)) == settings
    settings = Settings(home=tmp_path, taking_norm=0, signals=(("wacht", 30), ("overleg", 0)))
    assert load(as_environment(settings)) == settings


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('cadnaam = "GMS"', "cadnaam"),
        ('cad_url = "ftp://cad"', "cad_url"),
        ('cad_url = "https://jan:zomer12@cad"', "cad_url"),
        ('oefening = "misschien"', "oefening"),
        ('meldkamer = "mk noord"', "meldkamer"),
        ('groep = ""', "groep"),
        ("cad_naam = ", "TOML"),
        ('telefoonlijst = "Uitgifte"', "telefoonlijst"),
        ("telefoonlijst = 5", "telefoonlijst"),
        ("[telefoonlijst]\nUitgifte = 5512", "telefoonlijst"),
        ('[telefoonlijst]\nUitgifte = "bel Jan"', "telefoonlijst"),
        ('[telefoonlijst]\n"a\\u001bb" = "5512"', "telefoonlijst"),
        ("norm_aannemen = -1", "norm_aannemen"),
        ("norm_aannemen = true", "norm_aannemen"),
        ("norm_aannemen = 90000", "norm_aannemen"),
        ("[seinen]\nwachten = 5", "wachten"),
        ("[seinen]\nwacht = 1.5", "seinen"),
        ('seinen = "wacht"', "seinen"),
        ("seinen = 60", "seinen"),
        ("[telefoonlijst]\n" + "\n".join(f'n{number} = "5512"' for number in range(41)), "41 nummers"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "instellingen.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=named) as caught:
        load({"MELDKAMER_HOME": str(tmp_path)})
    assert "zomer12" not in str(caught.value)
