"""Units into pages."""
