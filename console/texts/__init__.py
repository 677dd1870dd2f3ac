"""What people read and hear, one package per language: `words.queue.FILTER_HINT` is the queue's hint in this one.

The words of `console/screens/queue.py` stand in `queue.py` of each language, and so on for every room.
"""

from console.texts import nl as words

__all__ = ["words"]
