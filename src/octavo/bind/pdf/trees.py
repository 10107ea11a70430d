"""Sorted pairs into the name trees and number trees of a PDF, and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from pikepdf import Array, Dictionary, Object, Pdf, String

_LEAF = 64  # Pairs in a leaf, and kids in a node.

Key = bytes | int
Value = Object | None
Item = TypeVar("Item")


def read_tree(tree: Object, kind: str) -> Iterator[tuple[Object, Object]]:
    """Yield the pairs of a tree (PDF 32000-1, 7.9.6 and 7.9.7), ``kind`` being ``/Names`` or ``/Nums``."""
    flat = list(tree.get(kind, ()))
    yield from zip(flat[::2], flat[1::2], strict=True)
    for kid in tree.get("/Kids", ()):
        yield from read_tree(kid, kind)


def write_tree(pdf: Pdf, kind: str, pairs: Sequence[tuple[Key, Value]]) -> Object:
    """Write sorted ``pairs`` as a balanced tree (PDF 32000-1, 7.9.6 and 7.9.7).

    Args:
        pdf: The file that the nodes belong to.
        kind: ``/Names`` for byte strings, ``/Nums`` for integers.
        pairs: The pairs, sorted by their keys, which are unique.

    Returns:
        The root, an indirect object; it holds the pairs itself where they are few.
    """
    if len(pairs) <= _LEAF:
        return pdf.make_indirect(Dictionary({kind: _flat(pairs)}))
    nodes = []
    for chunk in _chunks(pairs):
        limits = Array([_key(chunk[0][0]), _key(chunk[-1][0])])
        nodes.append((chunk[0][0], chunk[-1][0], Dictionary({kind: _flat(chunk), "/Limits": limits})))
    while len(nodes) > _LEAF:
        parents = []
        for group in _chunks(nodes):
            low, high = group[0][0], group[-1][1]
            kids = Array([pdf.make_indirect(node) for _, _, node in group])
            parents.append((low, high, Dictionary({"/Kids": kids, "/Limits": Array([_key(low), _key(high)])})))
        nodes = parents
    return pdf.make_indirect(Dictionary({"/Kids": Array([pdf.make_indirect(node) for _, _, node in nodes])}))


def _chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    # Even sizes, so that no leaf is left with a single pair.
    count = -(-len(items) // _LEAF)
    for i in range(count):
        yield items[i * len(items) // count : (i + 1) * len(items) // count]


def _flat(pairs: Sequence[tuple[Key, Value]]) -> Array:
    return Array([item for key, value in pairs for item in (_key(key), value)])


def _key(key: Key) -> Object | int:
    return String(key) if isinstance(key, bytes) else key
