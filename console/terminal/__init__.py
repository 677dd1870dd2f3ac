"""What makes a terminal safe: a guard at the renderer, a clean environment, an end that restores, a silent crash."""
