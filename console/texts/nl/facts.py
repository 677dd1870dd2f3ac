"""Where the caller is, how to call back, for whom they call: the questions as they are asked aloud."""

from __future__ import annotations

from typing import Final

NEXT: Final = "volgende"
PREVIOUS: Final = "vorige"
DONE: Final = "klaar"

TITLE: Final = "GEGEVENS - enter: volgende, escape: klaar"
NO_FIRST_WORDS: Final = "geen eerste woorden"
NO_NAME: Final = "naam onbekend"
WHERE: Final = "“Waar bent u nu?” (straat, nummer, plaats)"
CALL_BACK: Final = "“Op welk nummer kan ik u terugbellen?”"
FOR_WHOM: Final = "“Belt u voor uzelf?”"
FREELY: Final = "“Kunt u vrij praten?”"
FREELY_YES: Final = "praat vrij"
FREELY_NO: Final = "kan niet vrij praten: alleen ja/nee-vragen"
