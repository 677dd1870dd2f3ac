"""The line mode: a real call without a screen."""
