"""Random small policies, and an evaluator of their content that shares nothing with the engine."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

Content = dict[str, Any]

FORMS = ("vis", "vlees", "groente")
CHOICES = {"wie": 2, "wat": 3, "waar": 3, "hoe": 2}
HOURS = ("0", "2", "2.5", "5", "7", "10", "99", "onbekend")
OUTCOMES = ("a", "b", "c", "d")


def random_content(source: random.Random, hours: bool = True) -> Content:
    """The content of a small policy: a form, four choices, perhaps hours, up to eight rules over words and groups."""
    questions: list[Content] = [
        {
            "id": "vorm",
            "blok": "gevaar",
            "soort": "vorm",
            "kort": "vorm",
            "tekst": "vorm?",
            "zin": "{}",
            "onbekend": {"kort": "onbekend", "zin": "onbekend"},
        }
    ]
    for name, count in CHOICES.items():
        values = [{"id": f"{name}{number}", "kort": "x", "zin": f"{name} {number}"} for number in range(count)]
        if source.random() < 0.3:
            values[0]["id"] = "nee"
        block = "wens" if name == "hoe" else "gebeurtenis"
        question: Content = {
            "id": name,
            "blok": block,
            "soort": "keuze",
            "kort": name,
            "tekst": name,
            "waarden": values,
        }
        if values[0]["id"] == "nee" and not hours:
            values[0]["id"] = f"{name}0"
        if values[0]["id"] == "nee" and source.random() < 0.7:
            question["nvt_bij"] = [source.choice(FORMS)]
        questions.append(question)
    if hours:
        questions.insert(
            2,
            {
                "id": "tijd",
                "blok": "gebeurtenis",
                "soort": "uren",
                "kort": "tijd",
                "tekst": "tijd?",
                "zin": "{} geleden",
                "onbekend": {"kort": "onbekend", "zin": "onbekend", "urgenter_dan": source.choice([">= 5", ">= 10"])},
            },
        )
    content: Content = {
        "id": "proef",
        "versie": "1",
        "naam": "proef",
        "status": "concept",
        "geldig_vanaf": "2026-01-01",
        "eigenaar": "proef",
        "parameters": [{"id": "p", "waarde": "5", "eenheid": "uur", "bron": "aanname", "toelichting": "x"}],
        "uitkomsten": [{"id": name, "tekst": name, "kort": name, "soort": "centralist"} for name in OUTCOMES],
        "eigenschappen": [],
        "vragen": questions,
        "vormen": [
            {"id": name, "naam": name, "omschrijving": name, "synoniemen": [], "online": "onbekend"} for name in FORMS
        ],
        "onbekend_telt_als": source.choice(FORMS),
        "groepen": {"VOER": sorted(source.sample(FORMS, 2))},
        "begrippen": {},
        "regels": [],
        "documenten": [],
        "bronnen": [],
        "voorbeelden": [],
        "grensgevallen": [],
    }
    content["begrippen"]["EEN"] = _condition(source, content, 1)
    content["begrippen"]["TWEE"] = {"niet": source.choice(["EEN", _condition(source, content, 1)])}
    for number in range(source.randint(2, 8)):
        rule: Content = {
            "id": f"R{number}",
            "uitkomst": source.choice(OUTCOMES),
            "als": [_condition(source, content, 2) for _ in range(source.randint(1, 3))],
            "bron": ["aanname"],
            "waarom": "x",
        }
        if source.random() < 0.3:
            rule["tenzij"] = _condition(source, content, 1)
        content["regels"].append(rule)
    content["regels"].append(
        {"id": "R99", "uitkomst": "a", "als": "altijd", "bron": ["aanname"], "waarom": "x"},
    )
    return content


def _condition(source: random.Random, content: Content, depth: int) -> Any:
    kind = source.random()
    if depth and kind < 0.2:
        return {source.choice(["een_van", "alle"]): [_condition(source, content, depth - 1) for _ in range(2)]}
    if depth and kind < 0.3:
        return {"niet": _condition(source, content, depth - 1)}
    if kind < 0.4 and content["begrippen"]:
        return source.choice(sorted(content["begrippen"]))
    question = source.choice(content["vragen"])
    if question["soort"] == "vorm":
        return {"vorm": source.choice([*FORMS, "VOER", ["vis", "groente"]])}
    if question["soort"] == "uren":
        return {"tijd": source.choice(["<= 2", "< p", ">= 10", "> 2, <= 7", "onbekend"])}
    values = [value["id"] for value in question["waarden"]]
    return {question["id"]: source.choice(values)}


def values_of(content: Content) -> dict[str, list[str]]:
    """Per question the answers to try."""
    found = {}
    for question in content["vragen"]:
        if question["soort"] == "vorm":
            found[question["id"]] = [*FORMS, "onbekend"]
        elif question["soort"] == "uren":
            found[question["id"]] = list(HOURS)
        else:
            found[question["id"]] = [value["id"] for value in question["waarden"]]
    return found


def outcome(content: Content, answers: Mapping[str, str]) -> str:
    """The most urgent outcome of the rules that fire, straight from the content."""
    names: list[str] = [each["id"] for each in content["uitkomsten"]]
    fired = [
        names.index(rule["uitkomst"])
        for rule in content["regels"]
        if _holds(content, rule["als"], answers) and not ("tenzij" in rule and _holds(content, rule["tenzij"], answers))
    ]
    return names[max(fired)]


def _holds(content: Content, condition: Any, answers: Mapping[str, str]) -> bool:
    if isinstance(condition, str):
        return condition == "altijd" or _holds(content, content["begrippen"][condition], answers)
    if isinstance(condition, list):
        return all(_holds(content, part, answers) for part in condition)
    [(name, value)] = condition.items()
    if name in {"een_van", "alle"}:
        found = [_holds(content, part, answers) for part in value]
        return any(found) if name == "een_van" else all(found)
    if name == "niet":
        return not _holds(content, value, answers)
    return _is(content, name, value if isinstance(value, list) else [value], answers)


def _is(content: Content, name: str, wanted: list[str], answers: Mapping[str, str]) -> bool:
    form = content["onbekend_telt_als"] if answers["vorm"] == "onbekend" else answers["vorm"]
    if name == "vorm":
        return any(form in content["groepen"].get(each, [each]) for each in wanted)
    if name == "tijd":
        return any(_compares(each, answers["tijd"]) for each in wanted)
    question = next(each for each in content["vragen"] if each["id"] == name)
    return ("nee" if form in question.get("nvt_bij", []) else answers[name]) in wanted


def _compares(text: str, answer: str) -> bool:
    if text == "onbekend" or answer == "onbekend":
        return text == answer
    hours = float(answer)
    tests = {"<=": hours.__le__, ">=": hours.__ge__, "<": hours.__lt__, ">": hours.__gt__}
    for part in text.split(","):
        sign, number = part.split()
        if not tests[sign](5.0 if number == "p" else float(number)):
            return False
    return True
