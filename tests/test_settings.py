"""Settings: where they come from, and that a wrong one is named in a Dutch sentence."""

from pathlib import Path

import pytest

from console.settings import Settings, SettingsError, as_environment, load


def test_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    (tmp_path / "instellingen.toml").write_text('cad_naam = "LMS"\noefening = true\n', encoding="utf-8")
    settings = load({"MELDKAMER_HOME": str(tmp_path), "MELDKAMER_CAD_NAAM": "GMS-2"})
    assert (settings.cad_name, settings.exercise, settings.cad_url) == ("GMS-2", True, None)


def test_settings_survive_the_way_to_a_child_process(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, cad_url="http://127.0.0.1:9/x", exercise=True, policy=tmp_path / "p.json")
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
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "instellingen.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=named) as caught:
        load({"MELDKAMER_HOME": str(tmp_path)})
    assert "zomer12" not in str(caught.value)
