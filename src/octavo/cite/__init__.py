"""A Manuscript into a NumberedManuscript: citations in their style, the note plan, cross-references."""
