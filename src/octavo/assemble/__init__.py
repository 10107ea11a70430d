"""Chapters into a Manuscript: macros are expanded, and chapters stand in their order with their numbers."""
