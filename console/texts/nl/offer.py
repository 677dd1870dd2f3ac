"""Opening the earlier call to which this one belongs."""

from __future__ import annotations

from typing import Final

OPEN: Final = "open de eerdere melding"
HOW: Final = "enter: ja, open haar - escape: nee, blijf hier"


def title(call_id: str) -> str:
    return f"DOORGEZET NAAR {call_id}"


def question(call_id: str) -> str:
    return f"Deze melding hoort bij {call_id}. Wilt u nu verder in {call_id}? Alles wat u hier typte is bewaard."
