"""Dispatch out: from the record's outbox to the CAD, and the CAD's answers back."""
