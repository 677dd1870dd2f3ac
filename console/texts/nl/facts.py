"""Where the caller is, how to call back, for whom they call: the questions as they are asked aloud."""

from __future__ import annotations

from typing import Final

from console.model import Known

DONE: Final = "klaar"
MORE: Final = "(meer: enter of pijl omlaag)"

TITLE: Final = "GEGEVENS - enter: volgende, escape: klaar"
NO_FIRST_WORDS: Final = "geen eerste woorden"
NO_NAME: Final = "naam onbekend"
WHERE: Final = "“Waar bent u nu?” (straat, nummer, plaats)"
CALL_BACK: Final = "“Op welk nummer kan ik u terugbellen?”"
FOR_WHOM: Final = "“Belt u voor uzelf?”"
FREELY: Final = "“Kunt u vrij praten?”"
FREELY_YES: Final = "praat vrij"
FREELY_NO: Final = "kan niet vrij praten: alleen ja/nee-vragen"

FURTHER: Final = "Als er tijd is:"
REPEAT_IT: Final = "“Ik herhaal het adres. Klopt dat?”"
CONFIRMED: Final = "herhaald: melder bevestigt het adres"
NOT_CONFIRMED: Final = "niet bevestigd"
YOUR_NAME: Final = "“Wat is uw naam?”"
WHO_IS_IT: Final = "“Wie is het slachtoffer?”"
THEIR_NUMBER: Final = "“Op welk nummer is die te bereiken?”"
WHERE_NOW: Final = "“Waar is het slachtoffer nu?”"
DO_THEY_KNOW: Final = "“Weet het slachtoffer dat u belt?”"
WHICH_COMPANY: Final = "“Om welk bedrijf gaat het?”"
WHO_MAY_SPEAK: Final = "“Wie mag namens het bedrijf spreken?”"
BEFORE: Final = "“Is dit u eerder overkomen?”"
LANGUAGE: Final = "Taal, en of er een tolk nodig is"
SUICIDALITY: Final = "“Denkt u eraan uzelf iets aan te doen?” (alleen deze code wordt bewaard)"
TELL_DANGER: Final = "Kies bij vraag 1 ook 'zelf': dit antwoord hier hoort de eenheid niet."
SEXUAL_IMAGES: Final = "Gaat het om seksuele beelden? (alleen deze code wordt bewaard)"
IMPRESSION: Final = "Uw indruk: uw oordeel, geen feit"
IS_COMPANY: Final = "bedrijf"
MAY_SPEAK: Final = "mag namens het bedrijf spreken"
KNOWN: Final = {Known.YES: "ja", Known.NO: "nee", Known.UNKNOWN: "weet niet"}
