"""The fixed words of an edition in the language of the publication."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What an edition says of itself: names of its pieces, abbreviations, and short sentences.

    ``page``, ``pages``, ``note``, ``see`` and ``and_others`` are abbreviations as used within a text.  ``task_done``
    and ``task_open`` are the text alternatives of ballot boxes.  ``note_count`` holds ``{count}``.  ``source`` and
    ``sources`` stand before what a table was made from.  ``first_published`` and ``first_published_appendix`` hold
    ``{label}`` and ``{title}``, of which the second stands last; ``removed`` is what an anonymous paper prints of a
    source.  ``of_book`` holds ``{label}``: what a place of another book is called.
    """

    language: str
    chapter: str
    appendix: str
    part: str
    section: str
    contents: str
    references: str
    notes: str
    note_title: str
    table: str
    figure: str
    equation: str
    list_of_tables: str
    list_of_figures: str
    index: str
    abstract: str
    keywords: str
    author: str
    authors: str
    page: str
    pages: str
    note: str
    see: str
    and_others: str
    continued: str
    cover: str
    half_title: str
    title_page: str
    imprint: str
    colophon: str
    landmarks: str
    start_of_text: str
    back_to_text: str
    task_done: str
    task_open: str
    isbn: str
    note_count: str
    same_numbers: str
    source: str
    sources: str
    udc: str
    jel: str
    acknowledgement: str
    first_published: str
    first_published_appendix: str
    removed: str
    of_book: str

    def heading(self, role: str, label: str) -> str:
        """What stands above the title of a chapter: ``Chapter 3``; empty without a label."""
        word = self.appendix if role == "appendix" else self.chapter
        return f"{word}\N{NO-BREAK SPACE}{label}" if label else ""

    def notes_in_all(self, count: int) -> str:
        """How many notes there are: ``Notes: 129.``"""
        return self.note_count.format(count=count)


_ENGLISH = Words(
    language="en",
    chapter="Chapter",
    appendix="Appendix",
    part="Part",
    section="Section",
    contents="Contents",
    references="References",
    notes="Notes",
    note_title="Note",
    table="Table",
    figure="Figure",
    equation="Equation",
    list_of_tables="List of tables",
    list_of_figures="List of figures",
    index="Index",
    abstract="Abstract",
    keywords="Keywords",
    author="Author",
    authors="Authors",
    page="p.",
    pages="pp.",
    note="n.",
    see="see",
    and_others="et al.",
    continued="continued",
    cover="Cover",
    half_title="Half title",
    title_page="Title page",
    imprint="Imprint",
    colophon="Colophon",
    landmarks="Landmarks",
    start_of_text="Start of the text",
    back_to_text="Back to the text",
    task_done="done",
    task_open="to do",
    isbn="ISBN",
    note_count="Notes: {count}.",
    same_numbers="Each note has the same number in every edition.",
    source="Source:",
    sources="Sources:",
    udc="UDC",
    jel="JEL",
    acknowledgement="Acknowledgements",
    first_published="First published as chapter {label} of {title}",
    first_published_appendix="First published as appendix {label} of {title}",
    removed="[details removed for review]",
    of_book="{label} of the book",
)

_RUSSIAN = Words(
    language="ru",
    chapter="Глава",
    appendix="Приложение",
    part="Часть",
    section="Раздел",
    contents="Содержание",
    references="Список литературы",
    notes="Примечания",
    note_title="Примечание",
    table="Таблица",
    figure="Рисунок",
    equation="Формула",
    list_of_tables="Список таблиц",
    list_of_figures="Список рисунков",
    index="Указатель",
    abstract="Аннотация",
    keywords="Ключевые слова",
    author="Автор",
    authors="Авторы",
    page="с.",
    pages="с.",
    note="сн.",
    see="см.",
    and_others="и др.",
    continued="продолжение",
    cover="Обложка",
    half_title="Авантитул",
    title_page="Титульный лист",
    imprint="Выходные сведения",
    colophon="Об издании",
    landmarks="Ориентиры",
    start_of_text="Начало текста",
    back_to_text="Назад к тексту",
    task_done="выполнено",
    task_open="не выполнено",
    isbn="ISBN",
    note_count="Сносок: {count}.",
    same_numbers="Номер каждой сноски одинаков во всех изданиях.",
    source="Источник:",
    sources="Источники:",
    udc="УДК",
    jel="JEL",
    acknowledgement="Благодарности",
    first_published="Впервые опубликовано: глава {label} книги {title}",
    first_published_appendix="Впервые опубликовано: приложение {label} книги {title}",
    removed="[сведения скрыты на время рецензирования]",
    of_book="{label} книги",
)

_GERMAN = Words(
    language="de",
    chapter="Kapitel",
    appendix="Anhang",
    part="Teil",
    section="Abschnitt",
    contents="Inhalt",
    references="Literaturverzeichnis",
    notes="Anmerkungen",
    note_title="Anmerkung",
    table="Tabelle",
    figure="Abbildung",
    equation="Gleichung",
    list_of_tables="Tabellenverzeichnis",
    list_of_figures="Abbildungsverzeichnis",
    index="Register",
    abstract="Zusammenfassung",
    keywords="Schlagwörter",
    author="Autor",
    authors="Autoren",
    page="S.",
    pages="S.",
    note="Anm.",
    see="siehe",
    and_others="u. a.",
    continued="Fortsetzung",
    cover="Umschlag",
    half_title="Schmutztitel",
    title_page="Titelseite",
    imprint="Impressum",
    colophon="Kolophon",
    landmarks="Orientierungspunkte",
    start_of_text="Beginn des Textes",
    back_to_text="Zurück zum Text",
    task_done="erledigt",
    task_open="offen",
    isbn="ISBN",
    note_count="Anmerkungen: {count}.",
    same_numbers="Jede Anmerkung hat in allen Ausgaben dieselbe Nummer.",
    source="Quelle:",
    sources="Quellen:",
    udc="UDK",
    jel="JEL",
    acknowledgement="Danksagung",
    first_published="Zuerst erschienen als Kapitel {label} von {title}",
    first_published_appendix="Zuerst erschienen als Anhang {label} von {title}",
    removed="[Angaben für die Begutachtung entfernt]",
    of_book="{label} des Buches",
)

_FRENCH = Words(
    language="fr",
    chapter="Chapitre",
    appendix="Annexe",
    part="Partie",
    section="Section",
    contents="Table des matières",
    references="Références",
    notes="Notes",
    note_title="Note",
    table="Tableau",
    figure="Figure",
    equation="Équation",
    list_of_tables="Liste des tableaux",
    list_of_figures="Liste des figures",
    index="Index",
    abstract="Résumé",
    keywords="Mots-clés",
    author="Auteur",
    authors="Auteurs",
    page="p.",
    pages="p.",
    note="n.",
    see="voir",
    and_others="et al.",
    continued="suite",
    cover="Couverture",
    half_title="Faux-titre",
    title_page="Page de titre",
    imprint="Mentions légales",
    colophon="Colophon",
    landmarks="Repères",
    start_of_text="Début du texte",
    back_to_text="Retour au texte",
    task_done="fait",
    task_open="à faire",
    isbn="ISBN",
    note_count="Notes\N{NO-BREAK SPACE}: {count}.",
    same_numbers="Chaque note porte le même numéro dans toutes les éditions.",
    source="Source\N{NO-BREAK SPACE}:",
    sources="Sources\N{NO-BREAK SPACE}:",
    udc="CDU",
    jel="JEL",
    acknowledgement="Remerciements",
    first_published="Première parution\N{NO-BREAK SPACE}: chapitre {label} de {title}",
    first_published_appendix="Première parution\N{NO-BREAK SPACE}: annexe {label} de {title}",
    removed="[références masquées pour l’évaluation]",
    of_book="{label} du livre",
)

_LANGUAGES = {words.language: words for words in (_ENGLISH, _RUSSIAN, _GERMAN, _FRENCH)}


def words_for(language: str) -> Words:
    """The words for a language tag (BCP 47): its primary language decides, and English stands in for an unknown one."""
    return _LANGUAGES.get(primary_language(language), _ENGLISH)


def primary_language(tag: str) -> str:
    """The primary language of a tag in small letters: ``en`` of ``en-GB``."""
    return tag.strip().replace("_", "-").partition("-")[0].lower()
