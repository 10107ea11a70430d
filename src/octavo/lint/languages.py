"""What is customary in the languages of chapters: quotation marks, where a call stands, abbreviations."""

from __future__ import annotations

from dataclasses import dataclass

# Where a call stands beside punctuation: Chicago 14.26 and Duden K 82 have it behind, GOST R 2.105 and the Lexique des
# règles typographiques before.
AFTER, BEFORE, CONSISTENT = "after", "before", "consistent"


@dataclass(frozen=True, slots=True)
class Language:
    """The customs of one language.

    ``quotes`` are pairs of opening and closing marks; ``call`` says where a call stands beside punctuation; ``ibid``
    are words that refer to an earlier note and that only the style should write; ``pages`` are abbreviations before
    page numbers; ``abbreviations`` end with a point that ends no sentence, written without it.
    """

    tag: str
    quotes: tuple[tuple[str, str], ...]
    call: str
    ibid: tuple[str, ...]
    pages: tuple[str, ...]
    abbreviations: frozenset[str]


def language_for(tag: str) -> Language:
    """The customs of the language of a tag (BCP 47); English where it is not known."""
    return _LANGUAGES.get(tag.partition("-")[0].lower(), _ENGLISH)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LATIN_IBID = ("ibid", "ibidem", "op. cit", "loc. cit", "idem")
_ENGLISH = Language(
    tag="en",
    quotes=(("\u201c", "\u201d"), ("\u2018", "\u2019"), ("\u00ab", "\u00bb")),
    call=AFTER,
    ibid=_LATIN_IBID,
    pages=("pp.", "p.", "pages", "page"),
    abbreviations=_words(
        """Mr Mrs Ms Dr Prof St No Nos Vol vol pp p ch fig Fig tab ed eds e.g i.e cf etc vs al viz ca c approx Inc Ltd
        Co Corp Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec a.m p.m n nn ff f"""
    ),
)
_LANGUAGES = {
    "en": _ENGLISH,
    "ru": Language(
        tag="ru",
        quotes=(("\u00ab", "\u00bb"), ("\u201e", "\u201c")),
        call=BEFORE,
        ibid=("там же", "указ. соч", "тот же", "она же", "он же", *_LATIN_IBID),
        pages=("стр.", "с.", "С."),
        abbreviations=_words(
            """т тт г гг в вв с С стр рис табл гл разд п пп ст см ср др пр руб коп млн млрд тыс им проф акад доц ул д
            кв обл респ изд ред сост пер напр т.е т.д т.п т.к и.о н.э"""
        ),
    ),
    "de": Language(
        tag="de",
        quotes=(("\u201e", "\u201c"), ("\u201a", "\u2018"), ("\u00bb", "\u00ab")),
        call=AFTER,
        ibid=("ebd", "ebenda", "a. a. O", "a.a.O", "dies", "ders", *_LATIN_IBID),
        pages=("S.", "Seite", "Seiten"),
        abbreviations=_words(
            """Dr Prof Hr Fr Nr Bd Bde S Abb Tab Kap vgl z.B d.h u.a usw bzw ca etc f ff Hrsg hrsg Jh Mio Mrd St Str Anm
            ebd geb gest"""
        ),
    ),
    "fr": Language(
        tag="fr",
        quotes=(("\u00ab", "\u00bb"), ("\u201c", "\u201d")),
        call=BEFORE,
        ibid=_LATIN_IBID,
        pages=("p.", "pp.", "page", "pages"),
        abbreviations=_words("M MM Mme Mlle Dr Pr St Ste n no p pp vol t fig tab chap cf etc ex av apr art éd coll"),
    ),
}
