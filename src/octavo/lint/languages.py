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
    page numbers; ``abbreviations`` end with a point that ends no sentence, written without it.  ``call_marks`` are the
    marks beside which the place of a call is settled: behind the others custom knows both places.
    ``call_before_closing`` says whether a call may stand before the mark that closes a quotation.  ``starters`` are
    words that with a capital letter begin a sentence, and no name.
    """

    tag: str
    quotes: tuple[tuple[str, str], ...]
    call: str
    ibid: tuple[str, ...]
    pages: tuple[str, ...]
    abbreviations: frozenset[str]
    call_marks: str = ".,;:!?"
    call_before_closing: bool = False
    starters: frozenset[str] = frozenset()


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
    starters=_words(
        """The This These Those That It Its They Their He She His Her We Our There However But And Yet Thus Moreover
        Although While When Since If For As At In On By From With After Before During Among Both Such Some Many Most"""
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
        # A question mark, an exclamation mark and an ellipsis stand before the call (Milchin).
        call_marks=".,;:",
        starters=_words(
            """Это Этот Эта Эти Он Она Оно Они Его Её Ее Их Мы В Во На По К Ко С Со Из От До За У При Для Без После
            Однако Но А И Если Когда Хотя Так Также Таким Поэтому Кроме Среди Здесь Там"""
        ),
    ),
    "de": Language(
        tag="de",
        quotes=(("\u201e", "\u201c"), ("\u201a", "\u2018"), ("\u00bb", "\u00ab")),
        call=AFTER,
        ibid=("ebd", "ebenda", "a. a. O", "a.a.O", "dies", "ders", *_LATIN_IBID),
        pages=("S.", "Seite", "Seiten"),
        # Before a comma the call belongs to the word (Duden).
        call_marks=".!?",
        starters=_words(
            """Dies Diese Dieser Dieses Es Er Sie Wir Man Jedoch Aber Doch Denn Und Auch Dabei Damit Dadurch Daher
            Deshalb Dennoch Zudem Außerdem Im Am Zum Zur Nach Bei Während Seit"""
        ),
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
        call_before_closing=True,
        starters=_words(
            """Ce Cet Cette Ces Il Elle Ils Elles On Nous Leur Leurs Mais Et Or Donc Car Cependant Toutefois Ainsi Dans
            En Au Aux Par Pour Sur Avec Après Avant Depuis Selon Si Quand Lorsque"""
        ),
        abbreviations=_words("M MM Mme Mlle Dr Pr St Ste n no p pp vol t fig tab chap cf etc ex av apr art éd coll"),
    ),
}
