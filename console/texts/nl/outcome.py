"""What was decided, how each dispatch stands, and what to do when it does not arrive."""

from __future__ import annotations

from typing import Final

WHY: Final = "Waarom wijkt u af? Geef de reden met F7."
WITHOUT_REASON: Final = "zonder reden"
NO_DELIVERY: Final = "De bezorging draait niet"
THE_DISPATCH: Final = "de inzet"
THE_ADDITION: Final = "de aanvulling"


def decided(choice: str, by: str, at: str) -> str:
    return f"{choice} ({by}, {at})"


def steps(cad_name: str, priority: int, steps: str) -> str:
    return f"{cad_name} prio {priority}: {steps}"


def number_in_cad(cad_name: str, number: str) -> str:
    return f"Nummer in {cad_name}: {number}"


def call_now(what: str) -> str:
    return f"BEL NU de uitgifte, geef {what} door, leg dat vast met F10."


def read_out(what: str) -> str:
    return f"Lees {what} voor aan de uitgifte:"


def word_too(control_word: str) -> str:
    return f"Geef ook het controlewoord door: “{control_word}”."


def refused(cad_name: str, reason: str, what: str) -> str:
    why = reason.rstrip(".")
    return f"{cad_name} weigert. Geef {what} nu door per telefoon of portofoon, en leg dat vast met F10. Reden: {why}."


def unclear(cad_name: str, what: str) -> str:
    return (
        f"Onduidelijk of {cad_name} {what} heeft. Bel de uitgifte, vraag het na, en leg wat u doorgeeft vast met F10."
    )


def too_old(what: str, *, maybe_there: bool) -> tuple[str, str]:
    why = f"Te lang niet bezorgd: {what} gaat niet meer vanzelf weg."
    if maybe_there:
        why += " Misschien is die er al: vraag het na."
    return why, "Bel de uitgifte en leg dat vast met F10, of kies in de wachtrij met u: nog sturen?"


def dropped(reason: str) -> str:
    return f"Niet verstuurd, niet meer nodig: {reason}"


def unit(name: str, status: str) -> str:
    return f"Eenheid {name}: {status}"


def expected(cad_name: str, at: str) -> str:
    return f"Verwacht ter plaatse (volgens {cad_name}): {at}"


def addition(cad_name: str, steps: str) -> str:
    return f"{cad_name} aanvulling: {steps}"


def say_who_comes(unit: str, control_word: str) -> str:
    said = " en ".join(
        part for part in (unit and f"komen met {unit}", control_word and f"noemen “{control_word}”") if part
    )
    return f"Zeg: “De agenten {said}. Twijfelt u? Bel 112 ter controle.”"


def awaits_answer(cad_name: str, waits: str) -> str:
    return f"Wacht op antwoord van {cad_name}, {waits}."


def unreachable(cad_name: str) -> str:
    return f"{cad_name} is niet bereikbaar"


def goes_later(why: str, waits: str, what: str) -> str:
    return f"{why}. {what.capitalize()} is vastgelegd en gaat vanzelf weg zodra het kan ({waits})."


def goes_now(waits: str, what: str) -> str:
    return f"{what.capitalize()} is vastgelegd en gaat nu weg ({waits})."


def no_answer_yet(cad_name: str, waits: str, what: str) -> str:
    return f"{what.capitalize()} is verzonden; {cad_name} antwoordt nog niet ({waits})."
