"""What an EPUB says of its own accessibility (EPUB Accessibility 1.1, section 2), and nothing that is not so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from octavo.model.epub import ContentDocument


@dataclass(frozen=True, slots=True)
class _Summary:
    text: str
    notes: str
    lack: str


_SUMMARIES = {
    "en": _Summary(
        "The text has a reading order, headings and a table of contents.",
        "Notes are linked with their calls both ways.",
        "Some pictures have no text alternative.",
    ),
    "ru": _Summary(
        "У текста есть порядок чтения, заголовки и содержание.",
        "Сноски связаны с их вызовами в обе стороны.",
        "У некоторых изображений нет текстового описания.",
    ),
    "de": _Summary(
        "Der Text hat eine Lesereihenfolge, Überschriften und ein Inhaltsverzeichnis.",
        "Anmerkungen und ihre Zeichen im Text sind in beide Richtungen verknüpft.",
        "Einige Bilder haben keinen Alternativtext.",
    ),
    "fr": _Summary(
        "Le texte a un ordre de lecture, des titres et une table des matières.",
        "Les notes et leurs appels sont liés dans les deux sens.",
        "Certaines images n’ont pas de texte de remplacement.",
    ),
}


def accessibility(
    documents: Sequence[ContentDocument], language: str, *, notes: bool
) -> tuple[tuple[str, str, str], ...]:
    """Properties, their values and the language of the value (empty for a term of the vocabulary).

    Pictures count where a document other than the cover has them.  A text that leans on pictures without text
    alternative is not said to suffice by itself.
    """
    pictures = any(document.images for document in documents)
    described = all(document.described for document in documents)
    features = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"]
    if described:
        features.append("alternativeText")
    if any("mathml" in document.properties for document in documents):
        features.append("MathML")
    primary = language.partition("-")[0].lower()
    spoken = primary if primary in _SUMMARIES else "en"
    summary = _SUMMARIES[spoken]
    sentences = [summary.text, *([summary.notes] if notes else []), *([] if described else [summary.lack])]
    modes = ["textual", "visual"] if pictures else ["textual"]
    sufficient = ["textual"] if described else []
    if pictures:
        sufficient.append("textual,visual")
    said = [("schema:accessMode", mode, "") for mode in modes]
    said += [("schema:accessModeSufficient", each, "") for each in sufficient]
    said += [("schema:accessibilityFeature", feature, "") for feature in features]
    said.append(("schema:accessibilityHazard", "none", ""))
    said.append(("schema:accessibilitySummary", " ".join(sentences), spoken))
    return tuple(said)
