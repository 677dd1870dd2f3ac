"""The control room's console: calls in, the urgency check, the operator's decision, the dispatch out."""
