"""Faster parts for WeasyPrint 70, each of which does the same as the part that it replaces.

A part is worth it where layout or writing spends much of its time, and the sameness can be argued in its module.  A
test lays pages out with and without all of them and compares the bytes.
"""

from octavo.adapters.weasyprint.quick import arrays, drawing, files, layouts, lines, notes, percentages, styles, vectors

_REPLACEMENTS = tuple(
    one
    for module in (arrays, styles, percentages, layouts, lines, notes, drawing, files, vectors)
    for one in module.REPLACEMENTS
)


def install() -> None:
    """Put all faster parts in their places; more than once does nothing more."""
    for one in _REPLACEMENTS:
        one.install()


def remove() -> None:
    """Put WeasyPrint's own parts back."""
    for one in reversed(_REPLACEMENTS):
        one.remove()
