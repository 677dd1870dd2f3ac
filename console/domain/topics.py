"""Facts that every call is asked for by name, beside its questions: each is one fact whose text begins with its topic.

So that a screen finds back what was told, and a unit can judge it (Wpg 4 lid 1): said by whom, how sure, or not asked.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from console.model import Certainty, Fact, Source

if TYPE_CHECKING:
    from console.model import CallFile, KnownFact

_BETWEEN: Final = ": "


class Topic(StrEnum):
    """What is asked by name."""

    ADDRESS = "adres herhaald en bevestigd"
    REPEAT = "eerder overkomen"
    LANGUAGE = "taal of tolk"
    WHERE_NOW = "slachtoffer is nu"
    KNOWS = "slachtoffer weet van deze melding"


def fact_about(topic: Topic, said: str, certainty: Certainty = Certainty.SURE, person: int | None = None) -> Fact:
    """Make the fact of what the caller said of a topic; with nothing said it is a fact that was taken back."""
    text = said.strip()
    return Fact(
        f"{topic}{_BETWEEN}{text}" if text else topic.value,
        Source.SAID,
        certainty if text else Certainty.WRONG,
        person,
    )


def known_about(file: CallFile, topic: Topic) -> KnownFact | None:
    """The newest fact about a topic, also one that was taken back: its number is where a correction goes."""
    found = [each for each in file.told_facts if topic_of(each.fact) is topic]
    return found[-1] if found else None


def said_about(file: CallFile, topic: Topic) -> str:
    """What was said of a topic; empty when it was not asked, or taken back."""
    known = known_about(file, topic)
    if known is None or known.fact.certainty is Certainty.WRONG:
        return ""
    return known.fact.text.removeprefix(topic.value).removeprefix(_BETWEEN)


def topic_of(fact: Fact) -> Topic | None:
    """The topic that a fact is about; None for a fact of its own."""
    head = fact.text.partition(_BETWEEN)[0]
    return Topic(head) if head in set(Topic) else None
