"""Images and forms that several units have alike into one copy of each."""

from __future__ import annotations

from hashlib import sha256

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

_HOLDERS = ("/XObject", "/Pattern")


def share_xobjects(out: Pdf) -> None:
    """Let all pages refer to the first of several XObjects that are equal to the byte.

    Fonts count as equal where they are the same object, so they are to be joined before.
    """
    sharing = _Sharing()
    for page in out.pages:
        sharing.visit(page.obj.get("/Resources"))


class _Sharing:
    def __init__(self) -> None:
        self._visited: set[int] = set()
        self._digests: dict[int, bytes] = {}
        self._first: dict[bytes, Object] = {}

    def visit(self, resources: Object | None) -> None:
        """Share the XObjects of a resource dictionary, the inner ones first."""
        if resources is None or self._seen(resources):
            return
        for holder in _HOLDERS:
            entries = resources.get(holder)
            if entries is None:
                continue
            for key, value in list(entries.items()):
                if not isinstance(value, Stream):
                    continue
                if not self._seen(value):
                    self.visit(value.get("/Resources"))
                if holder == "/XObject":
                    first = self._first.setdefault(self._digest(value), value)
                    if first.objgen != value.objgen:
                        entries[key] = first

    def _seen(self, item: Object) -> bool:
        number = item.objgen[0]
        if number and number in self._visited:
            return True
        self._visited.add(number)
        return False

    def _digest(self, item: Object | int) -> bytes:
        """Digest of an object with all that it refers to."""
        if not isinstance(item, Object):
            return repr(item).encode()
        number = item.objgen[0]
        if number in self._digests:
            return self._digests[number]
        if number:
            # An object that refers to itself is equal to none but itself.
            self._digests[number] = b"object %d" % number
        if isinstance(item, Dictionary) and item.get("/Type") in (Name.Font, Name.Page, Name.StructElem):
            return b"object %d" % number
        digest = sha256()
        if isinstance(item, Stream | Dictionary):
            for key in sorted(item.keys()):
                if key != "/Length":
                    digest.update(key.encode() + b" " + self._digest(item[key]) + b" ")
            if isinstance(item, Stream):
                digest.update(b"stream " + sha256(item.read_raw_bytes()).digest())
        elif isinstance(item, Array):
            for value in item:
                digest.update(b"item " + self._digest(value))
        else:
            digest.update(item.unparse())
        if number:
            self._digests[number] = digest.digest()
        return digest.digest()
