"""An Artifact back into the numbers that a reader sees, compared with the note plan."""
