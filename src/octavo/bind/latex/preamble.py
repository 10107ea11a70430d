"""The preamble of a paper: what its text needs, and no more."""

from __future__ import annotations

import re

from octavo.model.article import Article
from octavo.model.epub import plain
from octavo.model.tex import babel_name, escape_tex

_LANGUAGE = re.compile(r"\\(?:foreignlanguage|begin\{otherlanguage\*?\})\{(\w+)\}")
# Cyrillic letters stand in another encoding than Latin ones; pdfLaTeX is told so for each that occurs.
_CYRILLIC = {
    "А": "A", "Б": "B", "В": "V", "Г": "G", "Д": "D", "Е": "E", "Ё": "YO", "Ж": "ZH", "З": "Z", "И": "I", "Й": "ISHRT",
    "К": "K", "Л": "L", "М": "M", "Н": "N", "О": "O", "П": "P", "Р": "R", "С": "S", "Т": "T", "У": "U", "Ф": "F",
    "Х": "H", "Ц": "C", "Ч": "CH", "Ш": "SH", "Щ": "SHCH", "Ъ": "HRDSN", "Ы": "ERY", "Ь": "SFTSN", "Э": "EREV",
    "Ю": "YU", "Я": "YA", "І": "II", "Ї": "YI", "Є": "IE", "Ґ": "GUP", "Ў": "USHRT",
}  # fmt: skip
# What pdfLaTeX does not know of what our texts hold.
_CHARACTERS = {
    "\u2002": r"\enspace ", "\u2003": r"\quad ", "\u2007": r"\hphantom{0}", "\u2008": r"\hphantom{.}",
    "\u2009": r"\,", "\u200b": r"\hspace{0pt}", "\u2010": "-", "\u2011": r"\mbox{-}", "\u202f": r"\,",
    "\u2032": r"\ensuremath{'}", "\u2033": r"\ensuremath{''}", "\u2060": "", "\ufeff": "",
    "\u2190": r"\ensuremath{\leftarrow}", "\u2192": r"\ensuremath{\rightarrow}",
    "\u2194": r"\ensuremath{\leftrightarrow}",
    "\u2212": r"\ensuremath{-}", "\u221e": r"\ensuremath{\infty}", "\u2248": r"\ensuremath{\approx}",
    "\u2260": r"\ensuremath{\neq}", "\u2264": r"\ensuremath{\leq}", "\u2265": r"\ensuremath{\geq}",
    "\u2610": r"\ensuremath{\square}", "\u2611": r"\ensuremath{\boxtimes}", "\u2612": r"\ensuremath{\boxtimes}",
}  # fmt: skip
_WHERE_NEEDED = (
    (r"\\begin\{longtable\}|\\toprule", "longtable,booktabs,array,calc"),
    (r"\\multirow", "multirow"),
    (r"\\includegraphics", "graphicx"),
    (r"\\ul\{|\\st\{", "soul"),
    (r"\\caption", "caption"),
    (r"\\begin\{Verbatim\}", "fancyvrb"),
)


def preamble(article: Article, content: str) -> str:
    """Everything before ``\\begin{document}``; packages are those that ``content`` needs."""
    size = min((10, 11, 12), key=lambda points: abs(points - article.points))
    columns = ",twocolumn" if article.columns > 1 else ""
    width, height = article.size
    top, right, bottom, left = article.margins
    lines = [
        f"\\documentclass[{size}pt{columns}]{{article}}",
        f"\\usepackage[papersize={{{width:g}mm,{height:g}mm}},top={top:g}mm,right={right:g}mm,bottom={bottom:g}mm,"
        f"left={left:g}mm]{{geometry}}",
        "\\usepackage{iftex,amsmath,amssymb}",
        *_fonts(content + _information(article)),
        *_languages(article, content),
        *(f"\\usepackage{{{names}}}" for pattern, names in _WHERE_NEEDED if re.search(pattern, content)),
    ]
    if "\\caption" in content:
        lines.append("\\captionsetup{labelformat=empty,labelsep=none}")
    lines += ["\\usepackage[unicode,hidelinks]{hyperref}", f"\\hypersetup{{{_information(article)}}}", *_COMMANDS]
    return "\n".join(lines) + "\n"


_COMMANDS = (
    "% Numbers of sections, tables, figures and formulas stand in the text.",
    "\\setcounter{secnumdepth}{-2}",
    "\\providecommand{\\tightlist}{\\setlength{\\itemsep}{0pt}\\setlength{\\parskip}{0pt}}",
    "\\providecommand{\\pandocbounded}[1]{\\sbox0{#1}%",
    "  \\ifdim\\wd0>\\linewidth\\resizebox{\\linewidth}{!}{\\usebox0}\\else\\usebox0\\fi}",
    "% Addresses break at hyphens too, and lines with what cannot be broken are spaced.",
    "\\makeatletter\\g@addto@macro{\\UrlBreaks}{\\UrlOrds}\\makeatother",
    "\\setlength{\\emergencystretch}{3em}",
    "% Notes of tables: the names of call and note, the label, the words.",
    "\\newcommand{\\tablenotecall}[3]{\\phantomsection\\label{#1}\\textsuperscript{\\hyperref[#2]{#3}}}",
    "\\newcommand{\\tablenote}[4]{\\par\\noindent{\\footnotesize\\phantomsection\\label{#1}%",
    "  \\textsuperscript{\\hyperref[#2]{#3}} #4\\par}}",
    "\\makeatletter\\renewcommand{\\@biblabel}[1]{#1}\\makeatother",
)


def _information(article: Article) -> str:
    work = article.work
    known = {
        "pdftitle": plain(work.title),
        "pdfauthor": ", ".join(plain(author.name) for author in work.authors),
        "pdfkeywords": ", ".join(map(plain, work.keywords)),
        "pdflang": work.language,
    }
    return ",".join(f"{key}={{{escape_tex(text)}}}" for key, text in known.items() if text)


def _languages(article: Article, content: str) -> list[str]:
    main = babel_name(article.work.language) or "english"
    others = sorted(set(_LANGUAGE.findall(content)) - {main})
    return [f"\\usepackage[{''.join(f'{name},' for name in others)}main={main}]{{babel}}"]


def _fonts(content: str) -> list[str]:
    letters = [letter for letter in _CYRILLIC if letter in content or letter.lower() in content]
    lines = [
        "\\ifPDFTeX",
        f"  \\usepackage[{'T2A,' if letters else ''}T1]{{fontenc}}",
        "  \\usepackage[utf8]{inputenc}",
    ]
    for letter in letters:
        name = _CYRILLIC[letter]
        both = (f"\\CYR{name}", f"\\cyr{name.lower()}")
        lines.append("  " + "".join(f"\\DeclareTextSymbolDefault{{{each}}}{{T2A}}" for each in both))
    lines += [
        f"  \\DeclareUnicodeCharacter{{{ord(char):04X}}}{{{shown}}}"
        for char, shown in _CHARACTERS.items()
        if char in content
    ]
    lines += ["\\else", "  \\usepackage{fontspec}"]
    if letters:
        lines.append("  \\IfFontExistsTF{PT Serif}{\\setmainfont{PT Serif}}{\\setmainfont{CMU Serif}}")
    return [*lines, "\\fi"]
