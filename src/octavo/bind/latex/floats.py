"""Pandoc's long tables into tables over both columns: a long table cannot stand in two columns."""

from __future__ import annotations

import re

from octavo.bind.latex.groups import end_of_group

_BEGIN = "\\begin{longtable}[]"
_END = "\\end{longtable}"


def as_float(text: str) -> str:
    """A ``longtable`` as Pandoc writes it, and what belongs to its foot behind it, as one ``table*``."""
    inside, _, foot = text.removeprefix(_BEGIN).partition(_END)
    at = end_of_group(inside, 0)
    columns, inside = inside[:at], inside[at:].lstrip("\n")
    caption = ""
    if inside.startswith("\\caption"):
        caption, _, inside = inside.partition("\\tabularnewline\n")
    head, found, rest = inside.partition("\\endfirsthead\n")
    if found:
        rest = rest.partition("\\endhead\n")[2]
    else:
        head, _, rest = inside.partition("\\endhead\n")
    rows = re.sub(r"\A.*?\\endlastfoot\n", "", rest, flags=re.DOTALL)
    lines = (
        "\\begin{table*}[tp]",
        "\\centering",
        caption,
        f"\\begin{{tabular}}{columns}",
        head.rstrip("\n"),
        rows.rstrip("\n"),
        "\\bottomrule\\noalign{}",
        "\\end{tabular}",
        foot.strip(),
        "\\end{table*}",
    )
    return "\n".join(line for line in lines if line)
