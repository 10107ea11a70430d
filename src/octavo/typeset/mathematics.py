"""MathML into drawings on the baseline, for print."""

from __future__ import annotations

from lxml import etree

from octavo.adapters.ziamath import draw_formula

MATHML = "http://www.w3.org/1998/Math/MathML"
_MATH = f"{{{MATHML}}}math"
# The x-height of PT Serif (0.5 em) over that of the formulas' STIX Two (0.473 em); their capitals then agree, too.
_SCALE = 0.5 / 0.473
# How far a formula may reach into the leading before it pushes lines apart, in em of the text.
_INTO_LEADING = 0.12
_LARGE = frozenset("∑∏∐∫∬∭∮∯∰∱∲∳⋀⋁⋂⋃⨀⨁⨂⨄⨆")


class FormulaFault(Exception):  # noqa: N818
    """A formula that cannot be drawn: its TeX, why, and the file of its chapter."""

    def __init__(self, tex: str, reason: str, file: str = "") -> None:
        super().__init__(f"{tex}: {reason}")
        self.tex = tex
        self.reason = reason
        self.file = file


def draw_mathematics(tree: etree._Element) -> None:
    """Replace each ``math`` by its drawing, whose text alternative is the TeX.  Raises FormulaFault."""
    for math in list(tree.iter(_MATH)):
        tex = formula_tex(math)
        try:
            drawing = draw_formula(_presentation(math))
        except ValueError as error:
            raise FormulaFault(tex, str(error)) from error
        svg = etree.fromstring(drawing.svg)
        title = etree.Element("{http://www.w3.org/2000/svg}title")
        title.text = tex
        svg.insert(0, title)
        display = math.get("display", "inline")
        svg.set("class", f"math {display}")
        style = f"width:{drawing.width * _SCALE:.4f}em"
        if display == "inline":
            style += ";" + _inline_style(drawing.height * _SCALE, drawing.depth * _SCALE, drawing.margin * _SCALE)
        svg.set("style", style)
        for name in ("width", "height"):
            svg.attrib.pop(name, "")
        svg.tail = math.tail
        parent = math.getparent()
        if parent is not None:
            math.tail = None
            parent.replace(math, svg)


def _inline_style(height: float, depth: float, margin: float) -> str:
    """The drawing's own margin is taken back, and some of the leading with it; the baseline stays where it is."""
    taken = min(margin + _INTO_LEADING, height / 2)
    return (
        f"height:{height:.4f}em;vertical-align:{taken - depth:.4f}em;"
        f"margin:{-taken:.4f}em {-margin:.4f}em {-taken:.4f}em {-margin:.4f}em"
    )


def formula_tex(math: etree._Element) -> str:
    """The TeX that a formula was written in."""
    return (math.findtext(f".//{{{MATHML}}}annotation") or "").strip()


def _presentation(math: etree._Element) -> str:
    """The formula without ``semantics`` and ``annotation``, of which the drawing knows nothing."""
    root = etree.fromstring(f'<math xmlns="{MATHML}"/>')
    root.set("display", math.get("display", "inline"))
    semantics = math.find(f"{{{MATHML}}}semantics")
    for child in semantics if semantics is not None else math:
        if child.tag != f"{{{MATHML}}}annotation":
            root.append(etree.fromstring(etree.tostring(child, with_tail=False)))
    _prepare(root)
    return etree.tostring(root, encoding="unicode")


def _prepare(root: etree._Element) -> None:
    """Say what the drawing would otherwise do in its own way: heights of operators, spaces in text, gaps of columns."""
    for operator in root.iter(f"{{{MATHML}}}mo"):
        if (operator.text or "").strip() in _LARGE:
            operator.set("stretchy", "false")
    for text in root.iter(f"{{{MATHML}}}mtext"):
        # Spaces at the ends stand beside it as `mspace`.
        text.text = (text.text or "").strip() or text.text
    for table in root.iter(f"{{{MATHML}}}mtable"):
        aligns = [cell.get("columnalign", "center") for cell in next(iter(table), ())]
        if aligns[:2] == ["right", "left"]:
            table.set("columnspacing", " ".join("0em" if index % 2 == 0 else "1.5em" for index in range(len(aligns))))
            table.set("rowspacing", "0.5em")
        else:
            table.set("columnspacing", "0.8em")
