"""The packaged policy: what is in it, and that the compiled file is made from it."""

from __future__ import annotations

import json
import subprocess
import sys

import jsonschema
import pytest

import triage_rules
from tests.triage_rules import slow
from triage_rules.compiling import written_out
from triage_rules.pack import pack_files
from triage_rules.schema import for_editors
from triage_rules.yaml_reader import read_files


def test_compiled_file_is_a_fresh_compile_of_the_pack() -> None:
    assert triage_rules.COMPILED.read_bytes() == written_out(triage_rules.read_pack())


def test_loading_needs_neither_yaml_nor_pydantic_nor_a_screen() -> None:
    program = (
        "import sys, triage_rules; triage_rules.load().start().answer('gaande', 'ja').at_least;"
        "print(sorted({'yaml', 'pydantic', 'textual', 'rich', 'httpx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_question_value_and_form_of_the_table_is_there_in_its_order() -> None:
    policy = triage_rules.load()
    assert [question.id for question in policy.questions] == list(slow.VALUES)
    assert [outcome.id for outcome in policy.outcomes] == slow.ORDER
    assert sorted(form.id for form in policy.forms) == slow.FORMS
    assert policy.forms[0].id == "bankhelpdeskfraude"
    for question in policy.questions:
        given = [value.id for value in question.values]
        if question.kind == "keuze":
            assert given == slow.VALUES[question.id]
        elif question.kind == "vorm":
            assert sorted(given) == sorted(slow.VALUES["vorm"])
        else:
            assert given == ["onbekend"]


def test_hours_run_from_long_ago_to_just_now_with_unknown_between_old_and_grey() -> None:
    question = triage_rules.load().question("laatste_handeling")
    assert question.classes == (">=48", "onbekend", ">12 <48", ">2 <=12", "<=2")


def test_every_rule_names_its_sources_and_every_source_is_quoted() -> None:
    policy = triage_rules.load()
    used = {source for rule in policy.rules for source in rule.sources}
    assert used <= set(policy.sources)
    assert set(policy.sources) - used == set()
    for source in policy.sources.values():
        assert source.title
        assert source.publisher
        assert source.date
        assert source.passage


def test_texts_fit_an_eighty_column_checklist() -> None:
    for question in triage_rules.load().questions:
        assert 0 < len(question.label) <= 36
        assert all(len(wording.label) <= 36 for wording in question.wordings)
        assert all(0 < len(value.label) <= 30 for value in question.values)


def test_the_question_whether_it_goes_on_is_put_in_words_of_the_form() -> None:
    gaande = triage_rules.load().question("gaande")
    assert gaande.text_for("phishing") == "Hebt u ze nu aan de lijn, of gaat er nu geld af?"
    assert gaande.text_for("sextortion") == "Wordt er nu gedreigd, of staan er beelden online?"
    assert gaande.text_for("hacken") == gaande.text_for(None) == "Is het nu nog bezig?"
    gevaar = triage_rules.load().question("gevaar")
    assert gevaar.text_for("grooming").endswith("Denkt u eraan uzelf iets aan te doen?")


def test_numbers_stand_in_the_pack_and_reach_the_help_text() -> None:
    policy = triage_rules.load()
    assert {parameter.id: parameter.number for parameter in policy.parameters} == {
        "te_stoppen_uur": 2,
        "net_gepleegd_uur": 12,
        "enkele_dagen_uur": 48,
        "verdachte_onderweg_uur": 1,
        "verdachte_weg_minuten": 30,
    }
    assert all(parameter.source == "aanname" and parameter.owner for parameter in policy.parameters)
    assert "30 minuten" in policy.question("verdachte").help


def test_priors_are_shares_of_one_and_none_is_nothing() -> None:
    for question in triage_rules.load().questions:
        assert set(question.priors) == set(question.classes)
        assert sum(question.priors.values()) == pytest.approx(1)
        assert min(question.priors.values()) > 0


def test_the_schema_for_editors_is_published_and_fits_every_file_of_the_pack() -> None:
    published = json.loads((triage_rules.PACK.parent / "schema.json").read_text(encoding="utf-8"))
    assert published == for_editors()
    checker = jsonschema.Draft202012Validator(published)
    for file in pack_files(triage_rules.PACK):
        content = read_files([file]).content
        assert list(checker.iter_errors(content)) == [], file.name
        assert list(checker.iter_errors({**content, "gewicht": "3"})) != []
