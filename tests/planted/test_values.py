"""The search that the proof rests on finds each planted value however it is written, and nothing else."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest

from tests.planted.values import ACCOUNT, ADDRESS, EVERYTHING, NAME, PHONE, found_in


@pytest.mark.parametrize("what", EVERYTHING)
@pytest.mark.parametrize("before", [0, 1, 2, 3])
def test_each_is_found_in_whatever_way_it_leaks(what: str, before: int) -> None:
    leaked = "x" * before + EVERYTHING[what] + " en meer"
    for written in (
        leaked.encode(),
        leaked.upper().encode(),
        leaked.encode("latin-1"),
        leaked.encode("utf-16-le"),
        json.dumps({"a": [leaked]}).encode(),
        json.dumps({"a": leaked}, ensure_ascii=False).encode(),
        repr(ValueError(leaked)).encode(),
        ascii(leaked).encode(),
        quote(leaked).encode(),
        quote(leaked, safe="").replace("%20", "+").encode(),
        base64.b64encode(leaked.encode()),
        base64.urlsafe_b64encode(leaked.encode()),
        leaked.encode().hex().encode(),
    ):
        assert found_in(b"2026-11-22 05:00:00 fout " + written + b"\n") == {what}, written


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("0641739528", "phone"),
        ("+31641739528", "phone"),
        ("+31 6 41 73 95 28", "phone"),
        ("tel:0031-6-4173-9528", "phone"),
        ("(06) 4173.9528", "phone"),
        ("nl60 rabo 0739 1528 46", "account"),
        ("RABO0739152846", "account"),
        ("mw. QVISTORFF", "name"),
        ("qvistorff", "name"),
        ("Kwartelzang", "address"),
    ],
)
def test_it_is_found_in_part_and_in_other_writing(written: str, what: str) -> None:
    assert found_in(f"regel {written} einde".encode()) == {what}


def test_what_is_not_planted_is_not_found() -> None:
    other = f"mw. Jansen 06-12345678 NL91ABNA0417164300 Brink 4, Gieten {len(NAME + PHONE + ACCOUNT + ADDRESS)}"
    assert found_in(other.encode() + bytes(range(256)) * 50) == set()
