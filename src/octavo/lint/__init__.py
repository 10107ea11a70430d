"""Texts, sources and editions into Findings: the linter."""
