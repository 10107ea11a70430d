"""One author stands in several spellings.

`Zalessky, B. L.` in one entry and `Zaleskii, B.L.` in another print as two people, and a style that sorts or
disambiguates takes them for two. Told are differences of capitals, hyphens, accents, points and blanks, of
transliteration in Slavic names, and initials beside names that fit them, where just one person fits. What fewer
entries have is told; the fix writes what most have.

`initials`: whether a name in initials beside the same name in full is told.

Bad:

    - id: vector-2019
      type: book
      title: Vector of partnership
      author: [{family: Zalessky, given: B. L.}]
      publisher: Palmarium
      issued: 2019
    - id: eye-2021
      type: book
      title: With the eye on the future
      author: [{family: Zaleskii, given: B.L.}]
      publisher: Lambert
      issued: 2021

Good:

    - id: vector-2019
      type: book
      title: Vector of partnership
      author: [{family: Zalessky, given: B. L.}]
      publisher: Palmarium
      issued: 2019
    - id: eye-2021
      type: book
      title: With the eye on the future
      author: [{family: Zalessky, given: B. L.}]
      publisher: Lambert
      issued: 2021
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.library import Library
from octavo.lint.people import Person, people_of
from octavo.lint.rule import Context, Defect, Fixing, LibraryRule, Option
from octavo.model.finding import Edit, Severity
from octavo.model.people import fits, fold_family, given_parts

Form = tuple[str, str]
# Of one family name, more people than these are not compared: most of them would fit by chance.
_MOST = 40


def check(library: Library, context: Context) -> Iterator[Defect]:
    """Names that are written otherwise than most entries write them."""
    families: dict[str, dict[Form, list[Person]]] = {}
    for entry in library:
        for person in people_of(entry):
            forms = families.setdefault(fold_family(person.family), {})
            forms.setdefault((person.family, person.given), []).append(person)
    initials = bool(context.options["initials"])
    for key, forms in families.items():
        if key and 1 < len(forms) <= _MOST:
            for group in _groups(list(forms), initials):
                yield from _tell({form: forms[form] for form in group})


def _groups(forms: list[Form], initials: bool) -> Iterator[list[Form]]:
    """Forms that are one person's.

    The fullest given names make the people; a shorter form is that of the one whom it fits, where there is just one.
    """
    fullest = sorted(forms, key=lambda form: -sum(map(len, given_parts(form[1]))))
    people: list[list[Form]] = []
    for form in fullest:
        parts = given_parts(form[1])
        same = [group for group in people if _alike(parts, given_parts(group[0][1]))]
        fitting = same or [group for group in people if parts and fits(parts, given_parts(group[0][1]))]
        if len(fitting) != 1 or (not parts and given_parts(fitting[0][0][1])):
            people.append([form])
        elif same or initials or form[0] != fitting[0][0][0]:
            fitting[0].append(form)
    yield from (group for group in people if len(group) > 1)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return len(one) == len(other) and fits(one, other) and [len(a) == 1 for a in one] == [len(b) == 1 for b in other]


def _tell(forms: dict[Form, list[Person]]) -> Iterator[Defect]:
    # The family name and the given names are told apart, so that a rare spelling does not win with a full given name.
    best = max(forms, key=lambda form: (len(forms[form]), len(form[1]), -list(forms).index(form)))
    for form, people in forms.items():
        if form == best:
            continue
        for person in people:
            message = f"'{person.written}' stands elsewhere as '{forms[best][0].written}'"
            yield _defect(person, best, message)


def _defect(person: Person, best: Form, message: str) -> Defect:
    hint = f"write '{', '.join(part for part in best if part)}' in all entries, or tell two people apart"
    entry, edits = person.entry, []
    first = None
    for now, then in ((person.family, best[0]), (person.given, best[1])):
        if now == then or not now:
            continue
        at = entry.find(person.field, now)
        if at is None or entry.file is None or not then:
            return entry.defect(person.field, message, hint)
        first = first or at
        edits.append(Edit(entry.file.path, at, then))
    if first is None or entry.file is None:
        return entry.defect(person.field, message, hint)
    return Defect(entry.file.locate(first), message, hint, tuple(edits))


RULE = LibraryRule(
    "BIB108",
    "author-in-several-spellings",
    Severity.WARNING,
    Fixing.UNSAFE,
    (Option("initials", True, "tell names in initials beside the same names in full"),),
    check=check,
)
