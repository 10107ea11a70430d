"""An address is written so that it leads nowhere.

A blank from a line break, a scheme that lost a colon or a slash, a comma where a point belongs: the reader who types
the address from the page, and the link in the e-book, both miss the page. The address may begin with any scheme; what
is checked beyond that are addresses of the web (`http`, `https`) and DOIs.

Bad:

    - id: cuba-2021
      type: webpage
      title: Cuba appointed a representative
      container-title: BelTA
      issued: 2021
      URL: https:/www.belta,by/politics/view/kuba- naznachila-427078-2021/

Good:

    - id: cuba-2021
      type: webpage
      title: Cuba appointed a representative
      container-title: BelTA
      issued: 2021
      URL: https://www.belta.by/politics/view/kuba-naznachila-427078-2021/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from octavo.lint.library import Library
from octavo.lint.rule import Context, Defect, Fixing, LibraryRule
from octavo.model.finding import Severity
from octavo.model.lazy import lazy

# A scheme of the web with letters or marks missing or doubled: `htp://`, `https:/`, `http//`, `http:www.`.
_SCHEME = lazy(r"(?:h+t+p+(s*)|h?ttp(s?))(?:[ \t]*[:;.,]?[ \t]*[/\\]+[ \t]*|[ \t]*[:;]+[ \t]*|(?=www\.))", re.I)
_WHOLE = lazy(r"https?://(?=[^/\\ \t])", re.IGNORECASE)
_OTHER_SCHEME = lazy(r"[a-z][a-z0-9+.-]*:(?!\d+(?:/|\Z))", re.IGNORECASE)
_BARE = lazy(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?::\d+)?(?:[/?#]|\Z)")
_BLANKS = lazy(r"\s+")
# What follows a blank from a line break looks like an address still; a remark or a second address does not.
_REMARK = lazy(r"\s(?:[(\[]|https?[:/]|[^\W\d_]+[^\w/.=&?%#~+-]*(?:\s|\Z)|\d{1,2}\.\d)", re.IGNORECASE)
_COMMA = lazy(r",(?=(?:html?|shtml|xhtml|php|aspx?|jsp|pdf)\b)")
_INVISIBLE = lazy("[\u00ad\u200b-\u200d\u2060\ufeff]+")
_REFUSED = lazy('[<>"\\\\\u00ab\u00bb\u201c-\u201e\ufffd]')
_PERCENT = lazy(r"%(?![0-9A-Fa-f]{2})")
# More marks than these are no end of a sentence.
_MARKS_BEHIND = 8
_DOI = lazy(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.\d{4,9}(?:\.\d+)*/[^\s,;]*[^\s.,;]", re.IGNORECASE)


def check(library: Library, context: Context) -> Iterator[Defect]:
    """Addresses and DOIs that are broken, each told once with all that would mend it."""
    for entry in library:
        url = entry.text("URL").strip()
        if url:
            problem, mended = _examine(url)
            if problem:
                hint = f"write {mended}" if mended else "copy it from the page itself"
                yield entry.defect("URL", f"the address {problem}", hint, part=url, replacement=mended or None)
        doi = entry.text("DOI").strip()
        if doi and not _DOI.fullmatch(doi):
            hint = "a DOI begins with 10, a point, a number and a slash: 10.1000/182"
            yield entry.defect("DOI", f"'{doi}' is no DOI", hint, part=doi)


def _examine(url: str) -> tuple[str, str]:
    """What is wrong with an address, empty where nothing is; and the address mended, empty where that is not known."""
    problems, mended = [], url
    if _INVISIBLE.search(mended):
        problems.append("holds characters that nobody sees")
        mended = _INVISIBLE.sub("", mended)
    problem, mended = _mend_scheme(mended)
    problems += [problem] if problem else []
    remark = bool(_REMARK.search(mended))
    if _BLANKS.search(mended):
        problems.append("has blanks within")
        mended = _BLANKS.sub("", mended)
    if _WHOLE.match(mended):
        host, slash, path = mended.partition("://")[2].partition("/")
        if "," in host or ".." in host or host.startswith("."):
            problems.append("has no whole host")
            host = re.sub(r"\.{2,}", ".", host.replace(",", ".")).lstrip(".")
        if _COMMA.search(path):
            problems.append("has a comma for a point")
            path = _COMMA.sub(".", path)
        mended = f"{mended.partition('://')[0]}://{host}{slash}{path}"
        trimmed = _trimmed(mended)
        if trimmed != mended:
            problems.append(f"ends with '{mended[len(trimmed) :]}'")
            mended = trimmed
        for pattern, words in ((_REFUSED, "cannot hold"), (_PERCENT, "has a lone")):
            odd = pattern.search(mended)
            if odd:
                problems.append(f"{words} '{odd[0]}'")
                remark = True
    elif problems and not mended.partition("://")[2].strip("/"):
        remark = True
    return " and ".join(problems), "" if remark else mended


def _mend_scheme(url: str) -> tuple[str, str]:
    if _WHOLE.match(url):
        return "", url
    broken = _SCHEME.match(url)
    if broken:
        scheme = "https" if broken[1] or broken[2] else "http"
        return f"begins with '{broken[0].rstrip() or url[:4]}'", f"{scheme}://{url[broken.end() :]}"
    if url.startswith("//"):
        return "has no scheme", f"https:{url}"
    if not _OTHER_SCHEME.match(url) and _BARE.match(url):
        return "has no scheme", f"https://{url}"
    if not _OTHER_SCHEME.match(url):
        return "is no address", ""
    return "", url


def _trimmed(url: str) -> str:
    """Without marks of the sentence around it; a point may belong to an address, save behind a slash or a file."""
    for _ in range(_MARKS_BEHIND):
        before = url
        url = url.rstrip(",;")
        if url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1]
        if url.endswith(("/.", ".html.", ".htm.", ".php.", ".aspx.", ".pdf.")):
            url = url[:-1]
        if url == before:
            break
    return url


RULE = LibraryRule("BIB101", "malformed-address", Severity.ERROR, Fixing.UNSAFE, check=check)
