"""What a preview shows now, and whoever waits for it to change."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from octavo.model.finding import Finding, Severity
from octavo.model.preview import Finished, News, Progressed, Shown, Standing

# Seconds after which whoever waits looks up, to see whether the server ends.
_TURN = 0.5


class Board:
    """The last news, in the form in which the page asks for them; used in the thread of the server alone."""

    def __init__(self) -> None:
        self.shown: Shown | None = None
        self.findings: tuple[Finding, ...] = ()
        self.closed = False
        self._status: dict[str, object] = {"state": "building", "step": "Beginning", "done": 0, "total": 1}
        self._book = 0
        self._told = 0
        self._version = 0
        self._change = asyncio.Event()

    def take(self, news: News) -> None:
        """Something has happened."""
        if isinstance(news, Progressed):
            self._status = {"state": "building", "step": news.step, "done": news.done, "total": news.total}
        elif isinstance(news, Standing):
            self._show(news.shown)
        elif isinstance(news, Finished):
            self._told += 1
            self.findings = news.findings
            if news.shown is not None:
                self._show(news.shown)
            state = "ready" if news.shown is not None else "failed"
            self._status = {"state": state, "problem": news.problem, "hint": news.hint, "seconds": news.seconds}
        self._version += 1
        self._change.set()
        self._change = asyncio.Event()

    def close(self) -> None:
        """The server ends: nobody waits any longer."""
        self.closed = True
        self._change.set()

    def status(self) -> dict[str, object]:
        """How a build goes or has gone, and the numbers under which the book and the findings can be fetched."""
        weights = [finding.severity for finding in self.findings]
        return {
            **self._status,
            "book": self._book,
            "findings": self._told,
            "errors": weights.count(Severity.ERROR),
            "warnings": len(weights) - weights.count(Severity.ERROR),
        }

    async def statuses(self) -> AsyncIterator[dict[str, object]]:
        """The status now and after each change, as far as it is waited for."""
        seen = -1
        while not self.closed:
            if seen != self._version:
                seen = self._version
                yield self.status()
            else:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._change.wait(), _TURN)

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        self._book += 1
