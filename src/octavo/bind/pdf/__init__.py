"""Printed units into one PDF."""

from octavo.bind.pdf.binder import bind_pdf

__all__ = ["bind_pdf"]
