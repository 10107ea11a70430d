"""What a preview shows: finished editions into pages, documents and lists, again after each build."""
