"""The durable record, on real files and with real processes."""
