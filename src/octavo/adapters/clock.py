"""The clock and what stands for it."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime


def modified_date(date: str) -> str:
    """The moment that an edition says it was made, in ISO 8601: the publication's ``date`` where it has one.

    Else SOURCE_DATE_EPOCH (reproducible-builds.org), else now; so that the same sources give the same bytes.
    """
    if date:
        return f"{date}{'-01' * (2 - date.count('-'))}T00:00:00Z"
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def fixed_date(date: str) -> str:
    """The same moment where it does not depend on the clock; else empty, and two builds are never the same."""
    return modified_date(date) if date or os.environ.get("SOURCE_DATE_EPOCH", "").isdigit() else ""


def seconds() -> float:
    """A clock for durations."""
    return time.perf_counter()


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
