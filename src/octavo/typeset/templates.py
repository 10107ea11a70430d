"""Values into the text of a template: the base templates of the package, and a project's own over them."""

from __future__ import annotations

import re
from pathlib import Path
from types import TracebackType

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import TemplateNotFound
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from octavo.model.suggest import did_you_mean

# The base templates of the package.
BASE = Path(__file__).resolve().parent.parent / "templates"
_NAME = re.compile(r"'(\w+)' is undefined|has no (?:attribute|element) '(\w+)'")
_AUTHORS_FAULTS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)


class TemplateFault(Exception):  # noqa: N818
    """A template that cannot be used: why, its name (as in ``epub/chapter.xhtml``), and the line, or 0 if unknown.

    ``word`` is the name in that line that the fault is about, ``hint`` what to do, each empty where nothing is known.
    """

    def __init__(self, message: str, template: str, line: int = 0, word: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.template = template
        self.line = line
        self.word = word
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.template}:{self.line}" if self.line else self.template
        return f"{place}: {self.message}"


class Templates:
    """The templates of a project.

    A file in the project's ``templates/`` stands before the base template of the same name.  It can extend that one
    under the prefix ``base/``: ``{% extends "base/epub/chapter.xhtml" %}``.  Templates run in Jinja's sandbox: they
    belong to the text, which is read before it is trusted.
    """

    def __init__(self, project_folder: Path | None = None) -> None:
        own = [project_folder / "templates"] if project_folder else []
        self._folders = (*own, BASE)
        base = FileSystemLoader(BASE)
        self._environment = SandboxedEnvironment(
            loader=ChoiceLoader([PrefixLoader({"base": base}), *(FileSystemLoader(folder) for folder in own), base]),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def render(self, name: str, **values: object) -> str:
        """The text of a template with the values in it; text is escaped unless it is ``markupsafe.Markup``.

        Raises TemplateFault where the template is missing, malformed, or fails.
        """
        try:
            text = self._environment.get_template(name).render(**values)
        except TemplateNotFound as fault:
            raise TemplateFault(f"there is no template {fault.name}", name) from fault
        except TemplateSyntaxError as fault:
            raise TemplateFault(fault.message or "malformed template", fault.name or name, fault.lineno) from fault
        except (TemplateError, *_AUTHORS_FAULTS) as fault:
            place = self._place(fault.__traceback__)
            if place is None and not isinstance(fault, TemplateError):
                raise
            match = _NAME.search(str(fault))
            word = (match[1] or match[2]) if match else ""
            hint = (
                (did_you_mean(word, values) or f"known here: {', '.join(sorted(values))}") if match and match[1] else ""
            )
            raise TemplateFault(str(fault), *(place or (name, 0)), word, hint) from fault
        # The base templates are proved; only what a project's own make of them is not.
        if len(self._folders) > 1 and self._folders[0].is_dir() and (BASE / name).is_file():
            _refuse_broken(name, text)
        return text

    def text(self, name: str) -> str:
        """The raw text of a style sheet: the base file, and the project's file of the same name behind it.

        Raises TemplateFault where there is neither, or one is not UTF-8.
        """
        found = [folder / name for folder in reversed(self._folders) if (folder / name).is_file()]
        if not found:
            raise TemplateFault(f"there is no template {name}", name)
        try:
            return "\n".join(path.read_text(encoding="utf-8") for path in found)
        except UnicodeDecodeError as fault:
            raise TemplateFault("the file is not UTF-8", name) from fault

    def _place(self, trace: TracebackType | None) -> tuple[str, int] | None:
        # Jinja rewrites the traceback so that frames of templates carry the template's file and line.
        place = None
        while trace is not None:
            if "__jinja_exception__" in trace.tb_frame.f_globals:
                place = self._name(Path(trace.tb_frame.f_code.co_filename)), trace.tb_lineno
            trace = trace.tb_next
        return place

    def _name(self, path: Path) -> str:
        for folder in self._folders:
            if path.is_relative_to(folder):
                return path.relative_to(folder).as_posix()
        return path.name


def _refuse_broken(name: str, text: str) -> None:
    """What a project's templates make of a document has to be XML, or no renderer could take it."""
    try:
        etree.fromstring(text.encode("utf-8"), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as fault:
        line = text.split("\n")[max((fault.lineno or 1) - 1, 0) :][:1]
        hint = f"near `{' '.join(line)[:60].strip()}`" if line and line[0].strip() else "close all elements"
        raise TemplateFault(f"what it makes is not well-formed XML: {fault.msg}", name, 0, "", hint) from fault
