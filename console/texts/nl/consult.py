"""Asking the shift lead, and answering."""

from __future__ import annotations

from typing import Final

HOW: Final = "De melding blijft van u. Het antwoord komt in beeld, ook als u ergens anders bent."
ASK: Final = "Wat wilt u weten?"
ENTER_ASKS: Final = "enter stelt de vraag, escape gaat terug: wat u typte blijft staan."
TYPE_QUESTION: Final = "Typ eerst uw vraag, of escape."
ASKED: Final = "Vraag gesteld aan OvD-OC. De melding blijft van u."

ANSWER: Final = "Uw antwoord"
ENTER_ANSWERS: Final = "enter beantwoordt, escape gaat terug: de vraag blijft open."
TYPE_ANSWER: Final = "Typ eerst uw antwoord, of escape."
ANSWERED: Final = "Antwoord vastgelegd: uw collega ziet het."
ANSWER_KEY: Final = "vraag beantwoorden"
NO_QUESTION: Final = "Er staat geen vraag aan de OvD-OC open."


def title(call_id: str) -> str:
    return f"OVERLEG met OvD-OC over {call_id}"


def answer_title(call_id: str) -> str:
    return f"VRAAG BEANTWOORDEN bij {call_id}"


def asked_by(who: str, when: str, question: str) -> str:
    return f"{who} vraagt om {when}: {question}"


def answer_came(call_ids: str) -> str:
    return f"ANTWOORD op uw vraag bij {call_ids}: open de melding."
