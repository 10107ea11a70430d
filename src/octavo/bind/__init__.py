"""Pages and documents into Artifacts."""
