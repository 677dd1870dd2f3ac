"""The room at a glance: figures, signals and their words, read without anything that writes.

    with Overlook.open(settings, now) as overlook:
        figures = overlook.look()
        signals.of(figures, thresholds, cad_name)

The console and the shift lead's board show the same figures; only the console can do something about them.
"""
