"""What the delivery and its adapters tell an operator of the CAD: what happened, and what to do."""

from __future__ import annotations

from typing import Final

NOBODY_KNOWS: Final = "De bezorging viel uit tijdens het versturen; dit CAD kan niet zeggen of het bericht er is."
NOT_THERE_YET: Final = "Onduidelijk of het is aangekomen; het staat er nog niet. Er wordt nog eens gekeken"


def still_unclear(error: str) -> str:
    return f"Onduidelijk of het is aangekomen; navragen lukt nog niet: {error}"
