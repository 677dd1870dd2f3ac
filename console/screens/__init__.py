"""What the operator sees: one file per screen, its looks in the `.tcss` beside it."""
