"""The queue: its keys, its search line, its counts."""

from __future__ import annotations

from typing import Final

TITLE: Final = "WACHTRIJ"
NEW: Final = "nieuw"
TAKE_OVER: Final = "overnemen"
SEARCH: Final = "zoek"
CLEAR_SEARCH: Final = "zoeken wissen"
LEAVE: Final = "stoppen"
TO_LIST: Final = "naar de lijst"
CLEAR: Final = "wissen"
HISTORY: Final = "logboek"
SOUND: Final = "geluid"
SOUND_IS_ON: Final = "Geluid aan: een bel bij een nieuwe melding en als er iets misgaat."
SOUND_IS_OFF: Final = "Geluid uit: let zelf op nieuwe meldingen. b zet het weer aan."

CALL: Final = "bel de uitgifte, F10"
SEARCH_LABEL: Final = "Zoek:"
FILTER_HINT: Final = "zoek op nummer, plaats, woorden of behandelaar"
NOTHING_FOUND: Final = "Geen melding past bij wat u zoekt. Escape toont ze weer allemaal."


def waiting(count: int, longest: str | None) -> str:
    return f"{count} wachtend" + (f", langste {longest}" if longest else "")


def in_progress(count: int) -> str:
    return f"{count} in behandeling"


def unconfirmed(count: int, longest: str | None) -> str:
    return f"{count} zonder bevestiging" + (f" ({longest})" if longest else "")


def searching(shown: int, total: int) -> str:
    return f"ZOEKEN: {shown} van {total} getoond, escape wist"


def title(*, sound: bool) -> str:
    return f"{TITLE}  geluid {'aan' if sound else 'UIT'} (b)"


def too_old(count: int) -> str:
    return f"{count} VEROUDERD: nog sturen? (u)"


def nothing_goes(cad_name: str, why: str) -> str:
    return f"Er gaat nu niets naar {cad_name}: {why}."


def paused(cad_name: str, since: str, why: str, next_try: str) -> str:
    return f"{cad_name} doet het niet sinds {since}: {why}. Weer om {next_try}."


def urgent(count: int) -> str:
    return f"{count} SPOED"


def unconfirmed_for(waits: str, *, late: bool) -> str:
    return f"{'NIET BEVESTIGD' if late else 'nog niet bevestigd'} {waits}"


def alarm(priority: int, stands: str, where: str, more: int, *, call: bool) -> str:
    besides = f" (en nog {more})" if more else ""
    return f"! prio {priority} {stands}, {where}{f': {CALL}' if call else ''}{besides}"


def to_call_back(count: int) -> str:
    return f"{count} TERUGBELLEN"


def out_of_sight(count: int) -> str:
    who = "1 melding die wacht of vastloopt" if count == 1 else f"{count} meldingen die wachten of vastlopen"
    return f"^ HIERBOVEN: {who} (home gaat erheen)"


def of_a_call(key: str) -> str:
    return f"{key} werkt in een melding. Met enter opent u de melding onder de cursor."
