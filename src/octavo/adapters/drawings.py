"""SVG from anywhere into SVG that only draws: without scripts, without references, and with a bound on what it draws.

What has no effect on a page (scripts, handlers, animation, data of editors) is taken out.  What would be missed there,
since it would have to be loaded, and what takes a renderer too long, is a fault.  References to elements of the drawing
are followed before any renderer does: ``use`` within ``use`` makes a billion shapes out of a kilobyte (SVG 2, 5.6).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from octavo.adapters.picture_faults import PictureFault, PictureFaultKind

SVG = "http://www.w3.org/2000/svg"
_HREF = "{http://www.w3.org/1999/xlink}href"
_KEPT_NAMESPACES = frozenset({"http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"})
_MAX_BYTES = 20_000_000
_MAX_TEXT = 50_000
_MAX_DEPTH = 100
_MAX_TRANSFORMS = 50
# Coordinates beyond these mean nothing on paper, and make a renderer or a reading system count to them.
_MAX_NUMBER, _MIN_STEP = 1e7, 1e-3
_DROPPED = frozenset(
    {"script", "foreignObject", "handler", "listener", "metadata", "discard", "iframe", "audio", "video", "canvas"}
    | {"animate", "animateColor", "animateMotion", "animateTransform", "set", "mpath"}
)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_NOT_A_NUMBER = re.compile(r"\b(?:nan|inf|infinity)\b", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_URL = re.compile(r"url\(\s*['\"]?\s*([^'\")]*)", re.IGNORECASE)
_LOADING = re.compile(r"@import|@font-face|image-set\(|cross-fade\(|\bimage\(|\bsrc\(|expression\(", re.IGNORECASE)
_DATA_PICTURE = re.compile(r"data:image/(?:png|jpeg|jpg);base64,", re.IGNORECASE)
_SIZED = frozenset({"width", "height", "x", "y", "viewBox", "transform", "gradientTransform", "patternTransform"})


def clean_drawing(data: bytes, max_shapes: int, check_embedded: Callable[[str], None]) -> bytes:
    """A drawing as it may be shown.

    ``max_shapes`` bounds its elements, each counted as often as it is drawn; ``check_embedded`` gets the ``data:``
    address of each picture within it.  Raises PictureFault.
    """
    if len(data) > _MAX_BYTES:
        raise _large(f"it has {len(data)} bytes")
    parser = etree.XMLParser(
        # Its own entities are those that some programs write namespaces with; libxml2 bounds what they come to.
        resolve_entities="internal",  # type: ignore[arg-type]
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PictureFault(PictureFaultKind.BROKEN, f"it is no XML: {error}") from error
    if root.tag != f"{{{SVG}}}svg":
        reason = f"its root is {root.tag} and not svg of the SVG namespace"
        raise PictureFault(PictureFaultKind.BROKEN, reason)
    _check_count(root, max_shapes)
    for element in list(root.iter()):
        _clean_element(element, root, check_embedded)
    text = len("".join(map(str, root.itertext())))
    if text > _MAX_TEXT:
        raise _large(f"it has {text} characters of text")
    _Weights(root, max_shapes).check()
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=False)


def _large(reason: str) -> PictureFault:
    return PictureFault(PictureFaultKind.LARGE, reason)


def _unsafe(reason: str) -> PictureFault:
    return PictureFault(PictureFaultKind.UNSAFE, reason)


def _check_count(root: etree._Element, max_shapes: int) -> None:
    for number, _ in enumerate(root.iter(), 1):
        if number > max_shapes:
            raise _large(f"it has more than {max_shapes} elements")


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _clean_element(element: etree._Element, root: etree._Element, check_embedded: Callable[[str], None]) -> None:
    parent = element.getparent()
    if not isinstance(element.tag, str) or etree.QName(element).namespace != SVG or _local(element) in _DROPPED:
        if parent is not None and element is not root:
            _remove(element, parent)
        return
    if _local(element) == "a":
        # A link of a picture leads nowhere, in print and in an `img`.
        element.tag = f"{{{SVG}}}g"
        for name in ("href", _HREF):
            element.attrib.pop(name, "")
    for key in list(map(str, element.attrib)):
        _check_attribute(element, key, check_embedded)
    if _local(element) == "style":
        _check_css("".join(map(str, element.itertext())))


def _remove(element: etree._Element, parent: etree._Element) -> None:
    previous = element.getprevious()
    if element.tail:
        if previous is None:
            parent.text = (parent.text or "") + element.tail
        else:
            previous.tail = (previous.tail or "") + element.tail
    parent.remove(element)


def _check_attribute(element: etree._Element, key: str, check_embedded: Callable[[str], None]) -> None:
    value = str(element.attrib[key])
    namespace, name = key.rpartition("}")[0].removeprefix("{"), etree.QName(key).localname
    if (namespace and namespace not in _KEPT_NAMESPACES) or name.lower().startswith("on") or name == "base":
        del element.attrib[key]
    elif name == "href":
        _check_address(element, value.strip(), check_embedded)
    elif not namespace:
        _check_css(value)
        _check_numbers(_local(element), name, value)


def _check_address(element: etree._Element, address: str, check_embedded: Callable[[str], None]) -> None:
    if address.startswith("#"):
        return
    if _local(element) == "image" and _DATA_PICTURE.match(address):
        check_embedded(address)
        return
    raise _unsafe(f"it refers to '{address[:60]}'")


def _check_css(text: str) -> None:
    """A style sheet, a style or an attribute: it loads nothing, however that is written (CSS Syntax 3, 4.3.7)."""
    plain = _COMMENT.sub("", _ESCAPE.sub(_unescaped, text)) if "\\" in text or "/*" in text else text
    for address in _URL.findall(plain):
        if not address.startswith("#"):
            raise _unsafe(f"it refers to '{address[:60]}'")
    loading = _LOADING.search(plain)
    if loading:
        raise _unsafe(f"its style has '{loading[0]}'")


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else 0
    return (chr(code) if 0 < code < 0x110000 else "\N{REPLACEMENT CHARACTER}") if match[1] else match[2]


def _check_numbers(element: str, name: str, value: str) -> None:
    if name in _SIZED:
        if _NOT_A_NUMBER.search(value) or any(abs(float(number)) > _MAX_NUMBER for number in _NUMBER.findall(value)):
            raise _large(f"its '{name}' is '{value[:40]}'")
        if value.count("(") > _MAX_TRANSFORMS:
            raise _large(f"its '{name}' has {value.count('(')} steps")
    if name == "stroke-dasharray" or (element == "pattern" and name in ("width", "height")):
        numbers = [float(number) for number in _NUMBER.findall(value)]
        if numbers and max(map(abs, numbers)) > 0 and sum(map(abs, numbers)) < _MIN_STEP:
            raise _large(f"its '{name}' is '{value[:40]}'")


class _Weights:
    """How many elements a drawing comes to when all its references are followed."""

    def __init__(self, root: etree._Element, most: int) -> None:
        self._root = root
        self._most = most
        self._named = {str(element.get("id")): element for element in reversed(list(root.iter())) if element.get("id")}
        self._known: dict[etree._Element, int] = {}
        self._open: set[etree._Element] = set()

    def check(self) -> None:
        """Raises PictureFault where it is too many, or where a reference leads in a circle."""
        sheets = [str(text) for style in self._root.iter(f"{{{SVG}}}style") for text in style.itertext()]
        styled = sum(self._weight(target, 1) for text in sheets for target in self._targets(text))
        count = sum(1 for _ in self._root.iter()) if styled else 0
        if self._weight(self._root, 1) + styled * count > self._most:
            raise _large(f"it draws more than {self._most} shapes")

    def _weight(self, element: etree._Element, depth: int) -> int:
        if element in self._open:
            reason = f"the reference to '{element.get('id')}' leads in a circle"
            raise PictureFault(PictureFaultKind.BROKEN, reason)
        if element not in self._known:
            if depth > _MAX_DEPTH:
                raise _large(f"its elements stand more than {_MAX_DEPTH} deep in one another")
            self._open.add(element)
            total = 1
            for child in element:
                total = min(total + self._weight(child, depth + 1), self._most + 1)
            for target, times in self._references(element):
                total = min(total + times * self._weight(target, depth + 1), self._most + 1)
            self._open.discard(element)
            self._known[element] = total
        return self._known[element]

    def _references(self, element: etree._Element) -> Iterator[tuple[etree._Element, int]]:
        for key in map(str, element.attrib):
            name, value = etree.QName(key).localname, str(element.attrib[key])
            # A marker stands at each corner of its path.
            corners = element.get("d", "") + element.get("points", "")
            times = 1 + len(_NUMBER.findall(corners)) // 2 if "marker" in f"{name} {value}" else 1
            if name == "href":
                target = self._named.get(value.strip().removeprefix("#"))
                if target is not None:
                    yield target, 1
            for found in self._targets(value):
                yield found, times

    def _targets(self, text: str) -> Iterator[etree._Element]:
        for address in _URL.findall(text):
            target = self._named.get(address.strip().removeprefix("#"))
            if target is not None:
                yield target
