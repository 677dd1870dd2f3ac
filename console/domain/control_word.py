"""What the officers say at the door, so that a caller knows that they are real: two plain words, such as `rode molen`.

False officers come to doors (domain notes, B14-B17). Whoever has the caller on the telephone reads the words out, the
crew has them in the dispatch, and nobody else can know them. The words can be told apart on a bad
line, say nothing about anybody, go with *de* and are pure ASCII.
"""

from __future__ import annotations

import secrets

from console.texts import words


def choose() -> str:
    """Give one of 512 pairs, so that nobody at a door guesses it."""
    return f"{secrets.choice(words.control_word.QUALITIES)} {secrets.choice(words.control_word.THINGS)}"
