"""Octavo: a report compiler for print publications.

A publication (Markdown chapters, one bibliography, templates) is compiled into its editions.  Every note has one
number, computed once; every edition is opened again after it was written and compared with that computation.
"""

__version__ = "0.1.0"
