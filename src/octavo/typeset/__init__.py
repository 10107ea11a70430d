"""A NumberedManuscript into Units: HTML for paged media, XHTML for reading systems."""
