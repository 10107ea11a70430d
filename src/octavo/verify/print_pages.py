"""A print edition into the page of each of its places, as its reader would cite them."""

from __future__ import annotations

from io import BytesIO

import pikepdf

from octavo.model.edition import PageNumbers
from octavo.verify.errors import UnreadableArtifact


def read_page_numbers(data: bytes) -> PageNumbers:
    """The named destinations of a PDF with the labels of their pages (ISO 32000-1, 12.3.2.3 and 12.4.2).

    Raises UnreadableArtifact.
    """
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            labels = {page.obj.objgen: page.label for page in pdf.pages}
            names = pdf.Root.get("/Names")
            tree = names.get("/Dests") if names is not None else None
            found = pikepdf.NameTree(tree).items() if tree is not None else ()
            folios = {str(name): labels[place[0].objgen] for name, place in found if place[0].objgen in labels}
            return PageNumbers(folios, len(labels))
    except (pikepdf.PdfError, ValueError, AttributeError, TypeError, LookupError) as error:
        raise UnreadableArtifact("this is no sound PDF") from error
