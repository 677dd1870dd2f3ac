"""What several screens show; a widget knows values, never the record."""
