"""What an edition says about itself into the document information and the XMP packet of a PDF.

Neither names PDF/UA or PDF/A: what the layout put into the units is not checked here, and a file is not to claim a
conformance that nobody has verified.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from pikepdf import Dictionary, Name, Pdf, Stream, String

from octavo import __version__
from octavo.model.edition import Metadata

_PRODUCER = f"Octavo {__version__}"
_DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?", re.ASCII
)
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
{properties}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""


def add_metadata(out: Pdf, metadata: Metadata) -> None:
    """Write language, document information (PDF 32000-1, 14.3.3) and XMP packet (14.3.2).

    A date that is not ISO 8601 is left out.
    """
    if metadata.language:
        out.Root.Lang = String(metadata.language)
    info = {
        "/Title": full_title(metadata),
        "/Author": ", ".join(metadata.authors),
        "/Subject": metadata.description,
        "/Keywords": ", ".join(metadata.keywords),
        "/Producer": _PRODUCER,
        "/CreationDate": pdf_date(metadata.date),
        "/ModDate": pdf_date(metadata.modified),
    }
    out.trailer.Info = out.make_indirect(Dictionary({key: String(text) for key, text in info.items() if text}))
    out.Root.Metadata = Stream(out, xmp_packet(metadata), Type=Name.Metadata, Subtype=Name.XML)


def full_title(metadata: Metadata) -> str:
    """Title and subtitle in one line."""
    return f"{metadata.title}: {metadata.subtitle}" if metadata.subtitle else metadata.title


def pdf_date(date: str) -> str:
    """An ISO 8601 date, whole or only its year or month, as PDF writes it (PDF 32000-1, 7.9.4); else empty."""
    match = _DATE.fullmatch(date)
    if match is None:
        return ""
    *numbers, zone = match.groups("")
    if zone and zone != "Z":
        zone = f"{zone[:3]}'{zone[-2:]}'"
    return "D:" + "".join(numbers) + zone


def xmp_packet(metadata: Metadata) -> bytes:
    """The XMP packet (ISO 16684-1), with the language of the publication for all that it says in words."""
    language = metadata.language
    dates = {name: date for name, date in (("date", metadata.date), ("modified", metadata.modified)) if pdf_date(date)}
    isbn = f"urn:isbn:{metadata.isbn}" if metadata.isbn else ""
    identifier = metadata.identifier or isbn
    properties = (
        _simple("dc:format", "application/pdf"),
        _words("dc:title", full_title(metadata), language),
        _list("dc:creator", "Seq", metadata.authors),
        _list("dc:publisher", "Bag", (metadata.publisher,)),
        _list("dc:language", "Bag", (language,)),
        _words("dc:description", metadata.description, language),
        _list("dc:subject", "Bag", metadata.keywords),
        _words("dc:rights", metadata.rights, language),
        _simple("dc:identifier", identifier),
        _list("xmp:Identifier", "Bag", tuple(dict.fromkeys((identifier, isbn)))),
        _list("dc:date", "Seq", (dates.get("date", ""),)),
        _simple("pdf:Keywords", ", ".join(metadata.keywords)),
        _simple("pdf:Producer", _PRODUCER),
        _simple("xmp:CreateDate", dates.get("date", "")),
        _simple("xmp:ModifyDate", dates.get("modified", "")),
        _simple("xmp:MetadataDate", dates.get("modified", "")),
    )
    return _PACKET.format(properties="\n".join(filter(None, properties))).encode()


def _escape(text: str) -> str:
    return escape(text, quote=False)


def _simple(name: str, text: str) -> str:
    return f"<{name}>{_escape(text)}</{name}>" if text else ""


def _list(name: str, kind: str, texts: Sequence[str]) -> str:
    items = "".join(f"<rdf:li>{_escape(text)}</rdf:li>" for text in texts if text)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>" if items else ""


def _words(name: str, text: str, language: str) -> str:
    if not text:
        return ""
    # ISO 16684-1, 8.2.2.4: the default comes first, and again under the name of its language.
    languages = ["x-default", *([language] if language else [])]
    items = "".join(f'<rdf:li xml:lang="{escape(tag)}">{_escape(text)}</rdf:li>' for tag in languages)
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"
