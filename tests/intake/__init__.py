"""Calls in: the real service, over real HTTP, with a real record."""
