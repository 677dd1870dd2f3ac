"""Calls in: the HTTP service that telephony rings, and the feed of example calls."""
