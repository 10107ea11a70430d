"""Addresses on the network: whether something answers there."""

from __future__ import annotations

import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import Request

# Programs are turned away, or asked to wait; a reader is let in.
_REFUSED = frozenset({401, 402, 403, 407, 418, 429, 451, 999})
_MOST_AT_A_TIME = 16
_AGENT = "Mozilla/5.0 (compatible; Octavo link check)"
_KEPT = "/%:=&?~#+!$,;'@()*[]"


def check_links(addresses: Sequence[str], timeout: int, parallel: int) -> Mapping[str, str]:
    """Ask each address, ``parallel`` at a time and each for ``timeout`` seconds; what is wrong with those in trouble.

    Only ``http`` and ``https`` are spoken, whatever a site redirects to.  Nothing is raised.
    """
    opener = _opener()
    seconds = max(1, timeout)
    with ThreadPoolExecutor(max(1, min(parallel, _MOST_AT_A_TIME))) as pool:
        answers = pool.map(lambda address: _trouble(opener, address, seconds), addresses)
        return {address: trouble for address, trouble in zip(addresses, answers, strict=True) if trouble}


def _opener() -> urllib.request.OpenerDirector:
    # The opener of the library would read files and FTP too.
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=ssl.create_default_context()),
        urllib.request.HTTPDefaultErrorHandler(),
        _Redirects(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Redirects to the web alone; the method stays, so that HEAD does not fetch a page."""

    max_redirections = 8

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise urllib.error.URLError("it redirects to something that is not on the web")
        again = super().redirect_request(req, fp, code, msg, headers, newurl)
        if again is not None:
            again.method = req.get_method()
        return again


def _trouble(opener: urllib.request.OpenerDirector, address: str, timeout: int) -> str:
    trouble = _ask(opener, address, timeout, "HEAD")
    # Many servers do not know HEAD, or answer it wrongly.
    return _ask(opener, address, timeout, "GET") if trouble.isdigit() else trouble


def _ask(opener: urllib.request.OpenerDirector, address: str, timeout: int, method: str) -> str:
    """Nothing where something answers, else the status or the words of the fault."""
    try:
        request = Request(_encoded(address), method=method, headers={"User-Agent": _AGENT})
        with opener.open(request, timeout=timeout):
            return ""
    except urllib.error.HTTPError as error:
        error.close()
        return "" if error.code in _REFUSED else str(error.code)
    except urllib.error.URLError as error:
        return _words(error.reason)
    except TimeoutError:
        return f"nothing for {timeout} seconds"
    except (OSError, HTTPException, ValueError) as error:
        return _words(error)


def _words(reason: object) -> str:
    if isinstance(reason, TimeoutError):
        return "nothing for as long as one waits"
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror
    return " ".join(str(reason).split()) or type(reason).__name__


def _encoded(address: str) -> str:
    """The address in ASCII: its host by IDNA, the rest percent-encoded.  Raises ValueError where that cannot be."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    name = host if host.isascii() else host.encode("idna").decode("ascii")
    port = f":{parts.port}" if parts.port else ""
    place = f"[{name}]{port}" if ":" in name else f"{name}{port}"
    return urlunsplit((parts.scheme, place, quote(parts.path, _KEPT), quote(parts.query, _KEPT), ""))
