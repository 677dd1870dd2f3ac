"""What makes a terminal safe, tried through real terminals."""
