"""The policy table once more, by hand and without any of the engine: slow, obvious, independent.

Written from the table, not from the pack, so that a fault in the pack or in the engine shows as a difference.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping

SNEL = {
    "bankhelpdeskfraude",
    "helpdeskfraude",
    "hulpvraagfraude",
    "phishing",
    "spoofing",
    "babbeltruc_deur",
    "ceo_fraude",
    "factuurfraude",
}
LANG = {"beleggingsfraude", "datingfraude"}
HANDEL = {"aan_verkoopfraude"}
OPLICHTING = SNEL | LANG | HANDEL
SYSTEEM = {"hacken", "stalkerware", "diefstal_data", "ransomware", "ddos", "simswap"}
BEELD = {"sextortion", "beeldmisbruik", "grooming"}
REST = {"identiteitsfraude", "cyberpesten", "doxing", "geldezel", "anders", "geen_online_criminaliteit"}
FORMS = sorted(OPLICHTING | SYSTEEM | BEELD | REST)
BUREAU = BEELD | {
    "identiteitsfraude",
    "geldezel",
    "cyberpesten",
    "doxing",
    "stalkerware",
    "diefstal_data",
    "ddos",
    "factuurfraude",
    "hacken",
    "anders",
}
POGING_KAN = OPLICHTING | {"hacken", "simswap", "ransomware", "ddos", "anders"}
TOEGANG_INZET = OPLICHTING | BEELD | {"simswap", "identiteitsfraude", "diefstal_data", "ransomware", "ddos", "anders"}
NVT = SNEL | HANDEL | {"ransomware", "ddos", "simswap"}

ORDER = [
    "advies",
    "online",
    "bureau",
    "centralist_beslist",
    "eenheid_prio3",
    "eenheid_prio2",
    "eenheid_prio1",
    "terug_naar_gms",
]
RANK = {outcome: rank for rank, outcome in enumerate(ORDER)}

# From least to most urgent; for the hours one number in every stretch and on both sides of every limit.
HOURS = ["10000", "48", "onbekend", "47.9", "12.5", "12", "2.1", "2", "0"]
VALUES = {
    "gevaar": ["nee", "onbekend", "bedreigd", "zelf", "nu"],
    "verdachte": ["nee", "onbekend", "net_weg", "later", "onderweg", "aanwezig"],
    "vorm": [*FORMS, "onbekend"],
    "gaande": ["nee", "onbekend", "ja"],
    "toegang_open": ["nee", "onbekend", "ja"],
    "laatste_handeling": HOURS,
    "poging": ["ja", "onbekend", "nee"],
    "seksueel_beeld": ["nee", "onbekend", "ja"],
    "minderjarig": ["nee", "onbekend", "ja"],
    "kwetsbaar": ["nee", "onbekend", "ja"],
    "slachtoffer_in_nederland": ["nee", "onbekend", "ja"],
    "dader": ["onbekende", "onbekend", "bekende", "huiselijk"],
    "wens": ["geen_bezoek", "weet_niet", "thuis"],
    "kan_online": ["ja", "onbekend", "nee"],
}
MONOTONE = [question for question in VALUES if question not in {"vorm", "slachtoffer_in_nederland"}]


def fired(a: Mapping[str, str]) -> dict[str, str]:
    """Every rule that fires under a full set of answers, with its outcome."""
    vorm = "anders" if a["vorm"] == "onbekend" else a["vorm"]
    known = a["laatste_handeling"] != "onbekend"
    hours = float(a["laatste_handeling"]) if known else -1.0
    stop, net, oud = known and hours <= 2, known and hours <= 12, known and hours >= 48
    grijs = known and not net and not oud
    beeld = "nee" if vorm in NVT else a["seksueel_beeld"]
    naakt = beeld == "ja"
    beeldzaak = vorm in BEELD or naakt
    harmless = a["poging"] == "ja" and vorm in POGING_KAN and beeld == "nee"
    echt = not harmless
    geen_bezoek = a["wens"] == "geen_bezoek" and a["minderjarig"] == "nee"
    kan = not geen_bezoek and a["slachtoffer_in_nederland"] != "nee"
    gaande = a["gaande"] == "ja"
    table = {
        "T0": ("terug_naar_gms", vorm == "geen_online_criminaliteit"),
        "P1a": ("eenheid_prio1", a["gevaar"] in {"zelf", "nu"}),
        "P1b": ("eenheid_prio1", a["verdachte"] == "aanwezig"),
        "P1c": ("eenheid_prio1", a["verdachte"] == "onderweg"),
        "P2a": ("eenheid_prio2", a["verdachte"] == "later"),
        "P2b": ("eenheid_prio2", (vorm in SNEL or vorm == "simswap") and gaande and echt and kan),
        "P2c": ("eenheid_prio2", vorm in TOEGANG_INZET and a["toegang_open"] == "ja" and kan),
        "P2d": ("eenheid_prio2", vorm in SNEL and gaande and harmless and a["kwetsbaar"] == "ja" and kan),
        "P2e": ("eenheid_prio2", vorm in SNEL and stop and echt and kan),
        "P2f": ("eenheid_prio2", beeldzaak and a["minderjarig"] == "ja" and (gaande or not oud) and echt and kan),
        "P2g": ("eenheid_prio2", a["verdachte"] == "net_weg" and kan),
        "P3a": ("eenheid_prio3", vorm in {"identiteitsfraude", "simswap"} and net and echt and kan),
        "P3b": ("eenheid_prio3", vorm == "ransomware" and (gaande or net) and echt and kan),
        "P3c": ("eenheid_prio3", beeldzaak and (gaande or not oud) and echt and kan),
        "P3d": ("eenheid_prio3", vorm in SNEL and net and echt and kan),
        "B1": ("centralist_beslist", vorm in SNEL | LANG and grijs and echt and not geen_bezoek),
        "B2": ("centralist_beslist", gaande),
        "B3": ("centralist_beslist", vorm in LANG and net and echt),
        "B4": ("centralist_beslist", a["slachtoffer_in_nederland"] == "nee" and net and echt and not geen_bezoek),
        "B5": (
            "centralist_beslist",
            vorm in {"hacken", "diefstal_data", "ddos", "stalkerware", "doxing", "cyberpesten", "geldezel", "anders"}
            and not oud
            and echt,
        ),
        "B6": (
            "centralist_beslist",
            vorm in {"ransomware", "identiteitsfraude", "simswap"} and not oud and echt and not geen_bezoek,
        ),
        "B7": ("centralist_beslist", beeldzaak and echt and not geen_bezoek),
        "B8": ("centralist_beslist", a["toegang_open"] == "ja"),
        "B9": ("centralist_beslist", a["kwetsbaar"] == "ja" and echt and (not oud or a["kan_online"] == "nee")),
        "B10": ("centralist_beslist", a["dader"] == "huiselijk" and echt),
        "V1": (
            "centralist_beslist",
            a["gevaar"] in {"onbekend", "bedreigd"}
            or a["verdachte"] in {"onbekend", "net_weg"}
            or a["gaande"] == "onbekend"
            or a["toegang_open"] == "onbekend",
        ),
        "V2": ("centralist_beslist", not known and vorm in SNEL | LANG and echt and not geen_bezoek),
        "A1": ("bureau", vorm in BUREAU and echt),
        "A2": ("bureau", naakt and echt),
        "A3": ("bureau", a["kan_online"] == "nee" and echt),
        "A4": ("online", echt),
        "A5": ("advies", True),
    }
    return {rule: outcome for rule, (outcome, fires) in table.items() if fires}


def outcome(answers: Mapping[str, str]) -> str:
    """The most urgent outcome of the rules that fire."""
    return max(fired(answers).values(), key=RANK.__getitem__)


def completions(answers: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Every full set of answers that agrees with a partial one."""
    free = [question for question in VALUES if question not in answers]
    for chosen in product(*(VALUES[question] for question in free)):
        yield {**answers, **dict(zip(free, chosen, strict=True))}


def random_answers(source: random.Random, open_questions: int = 0) -> dict[str, str]:
    """Answers drawn evenly, with some questions left open."""
    left_open = set(source.sample(sorted(VALUES), open_questions))
    return {question: source.choice(values) for question, values in VALUES.items() if question not in left_open}
