"""A small manuscript with all that an EPUB has to carry, and the EPUB that is made of it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

from octavo.bind.epub import bind_epub
from octavo.model.chapter import FrontMatter, Role
from octavo.model.edition import Metadata, NumberedChapter, NumberedManuscript, Reference, Target, TargetKind
from octavo.model.epub import STYLE_PATH, ContentDocument, image_path
from octavo.model.notes import MAIN, EditionNotes, Mark, Note, NoteKind, NotePlan
from octavo.model.publication import Part, Person, Publication
from octavo.model.source import Location
from octavo.model.words import words_for
from octavo.typeset.reading import typeset_epub
from octavo.typeset.templates import Templates

PICTURE = "figures/Карта мира (2).png"

PUBLICATION = Publication(
    title="Trade & <Growth>",
    subtitle="A test of everything",
    slug="trade",
    language="en-GB",
    authors=(Person("Anna Petrova", affiliation="Institute", orcid="0000-0001"), Person("Jan van der Berg")),
    publisher="The Press",
    place="Minsk",
    date="2024-05-06",
    isbn="978-5-00000-000-2",
    rights="© 2024 the authors",
    description="All kinds of notes.",
    parts=(Part("First part", ("ties",)),),
)

METADATA = Metadata(
    title=PUBLICATION.title,
    subtitle=PUBLICATION.subtitle,
    language="en-GB",
    authors=("Anna Petrova", "Jan van der Berg"),
    publisher="The Press",
    date="2024-05-06",
    modified="2024-05-06T12:30:00+03:00",
    isbn=PUBLICATION.isbn,
    rights=PUBLICATION.rights,
    description=PUBLICATION.description,
    keywords=("trade", "notes"),
    people=(Person("Anna Petrova", orcid="0000-0002-1825-0097"), Person("Jan van der Berg", orcid="0000-0001")),
)

_MATH = (
    '<math display="{0}" xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mo stretchy="true">(</mo>'
    '<mtable><mtr><mtd columnalign="left" style="text-align: left"><mi>x</mi></mtd></mtr></mtable><mo>&gt;</mo>'
    '<mspace width="1.0em"></mspace><mi mathvariant="double-struck">ℝ</mi></mrow>'
    '<annotation encoding="application/x-tex">\\begin{{x}} x\n&gt; 1</annotation></semantics></math>'
)

BODY_ONE = """
<p>Trade grew<span class="note-call" data-note="ties/a"/><span class="note-call" data-note="ties/b+c"/> again, as
<a class="xref" data-target="sec-far" data-kind="section" data-chapter="goods">section 2.1</a>,
<a class="xref" data-target="tbl-sums" data-kind="table" data-chapter="ties">table 1</a>,
<a class="xref" data-target="goods/one" data-kind="note" data-chapter="goods">note 4</a> and
<a class="xref" data-target="chapter-goods" data-kind="chapter" data-chapter="goods">chapter 2</a> say\x07.</p>
<h2 id="sec-near"><span class="section-number">1.1</span> Near &amp; dear<span class="note-call"
data-note="ties/head"/></h2>
<p>Links: <a href="https://example.org/a b?c=[1]&amp;d=ü">web</a>, <a href="mailto:a@example.org">mail</a>,
<a href="javascript:alert(1)">script</a>, <a href="other.md">file</a>, <a href="#nowhere">nowhere</a>,
<a href="#ref-smith">Smith</a>, <a href="https://example.org">within<span class="note-call"
data-note="ties/link"/> a link</a>.</p>
<figure class="table" id="tbl-sums"><figcaption><span class="caption-label">Table 1.</span> Sums</figcaption>
<table><colgroup><col style="width: 20%"/><col style="width: 80%"/></colgroup>
<thead><tr class="header"><th style="text-align: right;">Year</th><th align="center" data-x="1">Sum</th></tr></thead>
<tbody><tr><td>2023<span class="note-call" data-note="ties/sums/a"/></td>
<td>1<span class="note-call" data-note="ties/sums/b"/></td></tr></tbody></table></figure>
<div class="table-notes" data-notes="ties/sums/a ties/sums/b"/>
<blockquote><h2 id="quoted">Quoted heading</h2><p>Words.</p></blockquote>
<ul class="task-list"><li><label><input type="checkbox" checked=""/>done</label></li>
<li><label><input type="checkbox"/>open</label></li></ul>
"""

BODY_TWO = f"""
<p lang="fr">Math {_MATH.format("inline")} and</p><p>{_MATH.format("block")}</p>
<h2 id="sec-far"><span class="section-number">2.1</span> Far</h2>
<p id="1:odd">See<span class="note-call" data-note="goods/one"/> <span id="1:odd">twice</span>.</p>
<figure class="figure" id="fig-map"><img
src="figures/%D0%9A%D0%B0%D1%80%D1%82%D0%B0%20%D0%BC%D0%B8%D1%80%D0%B0%20(2).png"
alt="A map" style="width:48.0%" width="300px"/><figcaption aria-hidden="true"><span class="caption-label">Figure
1.</span> Map</figcaption></figure>
<p><img src="https://example.org/x.png" alt="far picture"/></p>
<div class="sourceCode" id="cb1" data-startFrom="3"><pre class="sourceCode numberSource python numberLines"><code
class="sourceCode python" style="counter-reset: source-line 2;"><span id="cb1-3"><a href="#cb1-3" aria-hidden="true"
tabindex="-1"></a><span class="kw">def</span> f(): <span class="co"># [^code] stays</span></span></code></pre></div>
<ol class="example" type="a"><li>one</li></ol><dl><dt>Term</dt><dd>Meaning</dd></dl>
"""

_BODIES = {
    "ties/a": '<p>Smith J. <em>Trade</em>. P. 5. <a href="https://example.org/x%zz">https://example.org/x%zz</a></p>',
    "ties/b+c": "<p>A remark.</p><p>With two paragraphs.</p>",
    "ties/head": "<p>On the heading.</p>",
    "ties/link": "Loose <em>words</em>, no paragraph.",
    "ties/sums/a": "<p>Estimate.</p>",
    "ties/sums/b": '<p>See <a class="xref" data-target="ties/a" data-kind="note" data-chapter="ties">note 1</a>.</p>',
    "goods/title": "<blockquote><p>Quoted at once.</p></blockquote>",
    "goods/one": "<p>Там же. С. 7.</p>",
}
_TEXTS = {
    "ties/a": "Smith J. Trade. P. 5. https://example.org/x%zz",
    "ties/b+c": "A remark. With two paragraphs.",
    "ties/head": "On the heading.",
    "ties/link": "Loose words, no paragraph.",
    "ties/sums/a": "Estimate.",
    "ties/sums/b": "See note 1.",
    "goods/title": "Quoted at once.",
    "goods/one": "Там же. С. 7.",
}


def plan() -> NotePlan:
    """The notes in the order of their calls."""
    notes = []
    main = letters = 0
    for identifier, text in _TEXTS.items():
        table = "sums" in identifier
        letters, main = (letters + 1, main) if table else (letters, main + 1)
        number = letters if table else main
        notes.append(
            Note(
                id=identifier,
                kind=NoteKind.CITATION if identifier == "ties/a" else NoteKind.REMARK,
                series="ties/sums" if table else MAIN,
                number=number,
                label="ab"[number - 1] if table else str(number),
                chapter=identifier.partition("/")[0],
                keys=("smith",) if identifier == "ties/a" else (),
                text=text,
                location=Location("chapters/x.md"),
            )
        )
    return NotePlan("continuous", tuple(notes))


def manuscript() -> NumberedManuscript:
    """Two chapters, the first in a part."""
    ties = NumberedChapter(
        slug="ties",
        role=Role.CHAPTER,
        label="1",
        part=0,
        language="en-GB",
        front=FrontMatter("Ties", subtitle="Near", authors=(Person("Anna Petrova", "Institute"),), keywords=("a", "b")),
        anchor="chapter-ties",
        title_html="Ties &amp; <em>knots</em>",
        abstract_html="<p>An abstract.</p>",
        body_html=BODY_ONE,
        sections=(Target("sec-near", TargetKind.SECTION, "ties", "1.1", "Near & dear", 2),),
    )
    goods = NumberedChapter(
        slug="goods",
        role=Role.APPENDIX,
        label="A",
        part=None,
        language="de",
        front=FrontMatter("Goods"),
        anchor="chapter-goods",
        title_html='Goods<span class="note-call" data-note="goods/title"/>',
        abstract_html="",
        body_html=BODY_TWO,
        sections=(Target("sec-far", TargetKind.SECTION, "goods", "2.1", "Far", 2),),
    )
    return NumberedManuscript(
        chapters=(ties, goods),
        plan=plan(),
        note_bodies=_BODIES,
        note_languages=dict.fromkeys(_BODIES, "en-GB") | {"goods/one": "ru"},
        references=(
            Reference("smith", "ref-smith", "en-GB", 'Smith J. <em>Trade</em>. <a href="https://example.org">x</a>'),
            Reference("ivanov", "ref-ivanov", "ru", "Иванов И. Торговля."),
        ),
        targets={},
    )


def picture(kind: str = "PNG") -> bytes:
    """A small picture."""
    buffer = BytesIO()
    Image.new("RGB", (60, 90), "gray").save(buffer, kind)
    return buffer.getvalue()


def documents(project: Path | None = None) -> tuple[ContentDocument, ...]:
    """The content documents of the sample."""
    return typeset_epub(PUBLICATION, manuscript(), words_for("en-GB"), Templates(project))


def epub() -> bytes:
    """The EPUB of the sample."""
    resources = {STYLE_PATH: Templates().text("epub/epub.css").encode(), image_path(PICTURE): picture()}
    return bind_epub(PUBLICATION, METADATA, documents(), resources, picture(), "image/png", plan())


def expected(edition: str) -> EditionNotes:
    """What a reader of the sample has to see, made from the plan alone; notes of a table stand under it."""
    places = {"ties": "text/chapter-ties.xhtml", "goods": "text/chapter-goods.xhtml"}
    notes = plan().notes
    printed = sorted(notes, key=lambda note: (places[note.chapter] != places["ties"], note.series == MAIN))
    return EditionNotes(
        edition,
        tuple(
            Mark(note.label, note.call_anchor, note.anchor, places[note.chapter], index)
            for index, note in enumerate(notes)
        ),
        tuple(
            Mark(note.label, note.anchor, note.call_anchor, places[note.chapter], index, note.text)
            for index, note in enumerate(printed)
        ),
    )
