"""Addresses of one site differ in scheme, `www.` or final slash.

All of them may lead to the page, but the list of references looks careless, and one source cited under two addresses
is not known as one. Told are the fewer, where at least two others agree; of two addresses that differ in the scheme
alone, the one without `https`. Final slashes are compared where the addresses have as many parts, no query, and name
no file.

Bad:

    - id: union-9736
      type: webpage
      title: Relations with Uzbekistan
      container-title: Government
      URL: https://www.government.by/ru/content/9736
    - id: union-9783
      type: webpage
      title: Tasks for the meat industry
      container-title: Government
      URL: https://www.government.by/ru/content/9783
    - id: union-9804
      type: webpage
      title: Electric transport
      container-title: Government
      URL: http://government.by/ru/content/9804

Good:

    - id: union-9736
      type: webpage
      title: Relations with Uzbekistan
      container-title: Government
      URL: https://www.government.by/ru/content/9736
    - id: union-9783
      type: webpage
      title: Tasks for the meat industry
      container-title: Government
      URL: https://www.government.by/ru/content/9783
    - id: union-9804
      type: webpage
      title: Electric transport
      container-title: Government
      URL: https://www.government.by/ru/content/9804
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.addresses import Address, parse
from octavo.lint.library import Entry, Library
from octavo.lint.rule import Context, Defect, Fixing, LibraryRule
from octavo.model.finding import Severity

Found = tuple[Entry, Address]


def check(library: Library, context: Context) -> Iterator[Defect]:
    """Addresses that are written otherwise than most of the same site."""
    sites: dict[str, list[Found]] = {}
    for entry in library:
        address = parse(entry.text("URL"))
        # What begins anew within an address is another defect.
        if address is not None and ":" not in address.bare_host:
            sites.setdefault(address.bare_host, []).append((entry, address))
    for site, found in sites.items():
        if len(found) > 1:
            yield from _schemes(site, found)
            yield from _hosts(site, found)
            yield from _slashes(site, found)


def _fewer(found: list[Found], yes: list[Found]) -> tuple[list[Found], bool]:
    """Those of two kinds that are fewer, and whether they should be as ``yes`` are; nobody where it is not clear."""
    keys = {entry.key for entry, _ in yes}
    no = [one for one in found if one[0].key not in keys]
    few, many = sorted((yes, no), key=len)
    return (few if few and len(many) > len(few) and len(many) > 1 else []), many is yes


def _schemes(site: str, found: list[Found]) -> Iterator[Defect]:
    safe = [one for one in found if one[1].scheme == "https"]
    few, wanted = _fewer(found, safe)
    if len(found) == 2 and len(safe) == 1:
        few, wanted = [one for one in found if one not in safe], True
    scheme = "https" if wanted else "http"
    for entry, address in few:
        start = _start(entry)
        end = start + len(address.scheme)
        message = f"other addresses of {site} begin with {scheme}://"
        yield entry.defect_at("URL", start, end, message, f"write {scheme}://", (start, end, scheme))


def _hosts(site: str, found: list[Found]) -> Iterator[Defect]:
    few, wanted = _fewer(found, [one for one in found if _has_www(one[1])])
    for entry, address in few:
        start = _start(entry) + len(address.scheme) + len("://")
        end = start + len(address.host)
        message = f"other addresses of {site} have {'' if wanted else 'no '}'www.'"
        edit = (start, start, "www.") if wanted else (start, start + len("www."), "")
        hint = f"write {'www.' if wanted else ''}{site}"
        yield entry.defect_at("URL", start, end, message, hint, edit)


def _slashes(site: str, found: list[Found]) -> Iterator[Defect]:
    alike: dict[int, list[Found]] = {}
    for one in found:
        segments = one[1].segments
        if segments and not one[1].rest and "." not in segments[-1]:
            alike.setdefault(len(segments), []).append(one)
    for group in alike.values():
        few, wanted = _fewer(group, [one for one in group if one[1].path.endswith("/")])
        for entry, address in few:
            end = _start(entry) + len(entry.text("URL").strip())
            start = end - len(address.path.rstrip("/").rpartition("/")[2]) - (0 if wanted else 1)
            message = f"other addresses of {site} end with{'' if wanted else 'out'} a slash"
            edit = (end, end, "/") if wanted else (end - 1, end, "")
            hint = "add the slash" if wanted else "take the slash away"
            yield entry.defect_at("URL", start, end, message, hint, edit)


def _has_www(address: Address) -> bool:
    return address.host.lower().startswith("www.")


def _start(entry: Entry) -> int:
    text = entry.text("URL")
    return len(text) - len(text.lstrip())


RULE = LibraryRule("BIB111", "inconsistent-addresses", Severity.INFO, Fixing.SAFE, check=check)
