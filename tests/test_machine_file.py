"""The settings file of the machine: real files in real folders, and nothing counts that another could have written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from console import machine_file
from console.machine_file import NotTrustedError, Trust, read
from console.settings import Settings, SettingsError, as_environment, load, load_again, own_file, sources
from tests import machine

ROLES = '[rollen]\ncentralist = ["j.devries", "@mk-centralisten"]\nbeheer = ["root"]\n'


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The machine's file, which a test fills; what is above its folder is not looked at."""
    return machine.here(monkeypatch, tmp_path / "etc" / "instellingen.toml")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The data folder of the room."""
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def governing(file: Path, home: Path, more: str = "") -> Path:
    return machine.write(file, f'gegevensmap = "{home}"\n{more}')


def test_a_real_file_of_root_counts_as_every_program_judges_it() -> None:
    assert Trust(0, Path("/")) == machine_file.TRUST
    assert read(Path("/etc/passwd")) == Path("/etc/passwd").read_bytes()


def test_a_folder_where_everybody_may_write_is_refused_as_every_program_judges_it(tmp_path: Path) -> None:
    file = machine.write(tmp_path / "instellingen.toml", "")
    with pytest.raises(NotTrustedError, match=r"chown root|chmod go-w"):
        read(file)


def test_what_is_not_there_is_no_file(file: Path) -> None:
    assert read(file) is None
    file.parent.mkdir()
    assert read(file) is None
    assert read(file / "onder een bestand") is None


@pytest.mark.parametrize("mode", range(0o400, 0o1000))
def test_a_file_counts_only_when_nobody_else_may_write_it(file: Path, mode: int) -> None:
    machine.write(file, "x = 1\n")
    file.chmod(mode)
    if mode & 0o022:
        with pytest.raises(NotTrustedError, match=f"rechten {mode:04o}.*chmod go-w {file}"):
            read(file)
    else:
        assert read(file) == b"x = 1\n"


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o775, 0o757, 0o2775])
def test_a_folder_where_others_may_write_is_refused_also_one_that_keeps_what_is_theirs(file: Path, mode: int) -> None:
    machine.write(file, "")
    file.parent.chmod(mode)
    with pytest.raises(NotTrustedError, match=f"rechten {mode:04o}.*chmod go-w {file.parent}"):
        read(file)


@pytest.mark.parametrize("whose", ["file", "folder"])
def test_what_is_of_another_account_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch, whose: str) -> None:
    machine.write(file, "")
    refused = file if whose == "file" else file.parent
    monkeypatch.setattr(machine_file, "TRUST", Trust(os.geteuid() + 1, refused))
    with pytest.raises(NotTrustedError) as caught:
        read(file)
    said = str(caught.value)
    assert said.startswith(f"{refused} is van account {os.geteuid()} en moet van {os.geteuid() + 1} zijn")
    assert said.endswith(f"chown {os.geteuid() + 1} {refused}")


def test_of_root_is_said_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fstat", lambda _: os.stat_result((0o100644, 0, 0, 1, 1000, 0, 0, 0, 0, 0)))
    with pytest.raises(NotTrustedError, match=r"moet van root zijn.*: chown root /etc/passwd$"):
        read(Path("/etc/passwd"))


@pytest.mark.parametrize("where", ["file", "folder", "nowhere"])
def test_a_link_on_the_way_is_refused_wherever_it_leads(file: Path, tmp_path: Path, where: str) -> None:
    elsewhere = machine.write(tmp_path / "etc" / "echt" / "instellingen.toml", "")
    machine.write(file, "")
    way = file.parent / "weg"
    if where == "folder":
        way.symlink_to(elsewhere.parent, target_is_directory=True)
        way /= "instellingen.toml"
    else:
        way.symlink_to(elsewhere if where == "file" else tmp_path / "niets")
    with pytest.raises(NotTrustedError, match=f"^{file.parent / 'weg'} is een verwijzing"):
        read(way)


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_refused_without_waiting_for_it(file: Path, kind: str) -> None:
    machine.write(file, "").unlink()
    if kind == "folder":
        file.mkdir()
    else:
        os.mkfifo(file, 0o644)
    with pytest.raises(NotTrustedError, match=f"^{file} is geen gewoon bestand"):
        read(file)


def test_a_file_that_cannot_be_read_is_not_taken_for_none(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A room that gave out roles is not a room without roles for whoever may not see them."""
    machine.write(file, "")

    def closed(path: Path) -> os.stat_result:
        raise PermissionError(13, "denied", str(path))

    monkeypatch.setattr(Path, "lstat", closed)
    with pytest.raises(NotTrustedError, match=f"^{file} kan niet worden gelezen: dit account heeft er geen rechten op"):
        read(file)


def test_the_machine_governs_a_run_that_names_no_folder_or_the_same_by_another_name(
    file: Path, home: Path, tmp_path: Path
) -> None:
    (home / "instellingen.toml").write_text('cad_naam = "van de groep"\ngroep = "iedereen"\n', encoding="utf-8")
    governing(file, home, 'cad_naam = "van root"\n' + ROLES)
    (tmp_path / "omweg").symlink_to(home, target_is_directory=True)
    for named in ({}, {"MELDKAMER_HOME": str(home)}, {"MELDKAMER_HOME": str(tmp_path / "omweg")}):
        settings = load(named)
        assert settings == Settings(
            home=home,
            cad_name="van root",
            roles=(("centralist", ("j.devries", "@mk-centralisten")), ("beheer", ("root",))),
        )
        assert own_file(settings) == settings.governed_by == file
        assert sources(settings) == (file, home / "instellingen.toml")


def test_the_folder_need_not_be_there_yet(file: Path, tmp_path: Path) -> None:
    governing(file, tmp_path / "later", ROLES)
    assert load({"MELDKAMER_HOME": f"{tmp_path}/./later"}).roles


def test_a_run_on_another_folder_does_not_know_the_machine(file: Path, home: Path, tmp_path: Path) -> None:
    governing(file, home, "een_onbekende = 1\n" + ROLES)
    other = tmp_path / "anders"
    settings = load({"MELDKAMER_HOME": str(other)})
    assert (settings, settings.governed_by) == (Settings(home=other), None)
    assert own_file(settings) == other / "instellingen.toml"
    assert sources(settings) == (file, other / "instellingen.toml")


def test_variables_win_but_not_what_only_root_says(file: Path, home: Path) -> None:
    governing(file, home, 'cad_naam = "van root"\noefening = false\n' + ROLES)
    assert load({"MELDKAMER_CAD_NAAM": "LMS", "MELDKAMER_OEFENING": "nee"}).cad_name == "LMS"
    with pytest.raises(SettingsError, match=f"'oefening' is met een variabele anders gezet dan in {file}"):
        load({"MELDKAMER_OEFENING": "ja"})
    for key in ("ROLLEN", "GEGEVENSMAP"):
        with pytest.raises(SettingsError, match=f"'{key.lower()}' in de omgeving telt niet.*{file}"):
            load({f"MELDKAMER_{key}": "centralist"})


@pytest.mark.parametrize("text", [ROLES, 'gegevensmap = "/var/lib/meldkamer"\n'])
def test_a_file_in_the_data_folder_gives_nobody_a_role(file: Path, home: Path, text: str) -> None:
    (home / "instellingen.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=f"in {home}/instellingen.toml telt niet.*{file}"):
        load({"MELDKAMER_HOME": str(home)})


def test_a_locked_run_takes_everything_from_the_machine(file: Path, home: Path, tmp_path: Path) -> None:
    variables = {"MELDKAMER_HOME": str(tmp_path), "MELDKAMER_CAD_NAAM": "LMS", "MELDKAMER_OEFENING": "ja"}
    with pytest.raises(SettingsError, match=f"Met --vergrendeld is {file} nodig"):
        load(variables, locked=True)
    governing(file, home)
    with pytest.raises(SettingsError, match=f"moet in {file} staan wie welke rol heeft"):
        load(variables, locked=True)
    governing(file, home, ROLES)
    assert load(variables, locked=True) == load({})
    assert load(variables, locked=True).governed_by == file


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "'gegevensmap' ontbreekt in"),
        ("gegevensmap = 5", "'gegevensmap' in .* klopt niet: hier hoort een tekst"),
        ('gegevensmap = "data"', "'gegevensmap' in .* klopt niet: zet er gegevensmap"),
        ("gegevensmap = ", "is geen geldig TOML"),
        ('gegevensmap = "/x"\n[rollen]', "'rollen' in .* klopt niet: hier hoort ten minste"),
        ('gegevensmap = "/x"\n[rollen]\nbeheer = []', "'rollen' in .* klopt niet: hier hoort ten minste"),
        ('gegevensmap = "/x"\nrollen = "beheer"', "'rollen' in .* klopt niet: hier hoort ten minste"),
        ('gegevensmap = "/x"\n[rollen]\nbaas = ["root"]', "'baas' is geen rol; bekend zijn: centralist, uitgifte"),
        ('gegevensmap = "/x"\n[rollen]\nbeheer = "root"', "bij beheer hoort een lijst"),
        ('gegevensmap = "/x"\n[rollen]\nbeheer = [5]', "bij beheer is 5 geen account"),
        ('gegevensmap = "/x"\n[rollen]\nbeheer = ["@"]', "bij beheer is '@' geen account"),
        ('gegevensmap = "/x"\n[rollen]\nbeheer = ["a\\u001bb"]', r"bij beheer is 'a\\x1bb' geen account"),
        ('gegevensmap = "/x"\ncadnaam = "y"', "Onbekende instelling 'cadnaam'"),
    ],
)
def test_what_is_wrong_in_it_is_named(file: Path, text: str, said: str) -> None:
    machine.write(file, text)
    with pytest.raises(SettingsError, match=said):
        load({})


def test_a_file_that_does_not_count_stops_every_run(file: Path, home: Path, tmp_path: Path) -> None:
    governing(file, home, ROLES).chmod(0o664)
    for variables in ({}, {"MELDKAMER_HOME": str(tmp_path)}):
        with pytest.raises(SettingsError, match=f"chmod go-w {file}"):
            load(variables)


def test_roles_go_to_no_child(file: Path, home: Path) -> None:
    governing(file, home, ROLES)
    given = as_environment(load({}))
    assert "MELDKAMER_ROLLEN" not in given
    assert not [text for text in given.values() if "j.devries" in text]


def test_who_began_under_the_machine_does_not_go_on_under_the_group(file: Path, home: Path, tmp_path: Path) -> None:
    (home / "instellingen.toml").write_text('cad_naam = "van de groep"\n', encoding="utf-8")
    governing(file, home, 'cad_naam = "een"\n')
    settings = load({})
    governing(file, home, 'cad_naam = "twee"\n')
    assert load_again(settings).cad_name == "twee"
    governing(file, tmp_path)
    with pytest.raises(SettingsError, match=f"^{file} geldt niet meer voor deze gegevensmap"):
        load_again(settings)
    file.unlink()
    with pytest.raises(SettingsError, match=f"^{file} geldt niet meer"):
        load_again(settings)
