"""What was kept between runs and came back another, as findings."""

from __future__ import annotations

from octavo.cache.store import FOLDER, Store
from octavo.model.finding import Finding, Severity


def damaged_findings(store: Store) -> list[Finding]:
    """What was kept and came back another: it was made again, but somebody may want to look after the disk."""
    hint = "it was made again; delete build/cache if this comes back, and look after the disk"
    return [
        Finding("CCH101", "damaged-cache", f"the {use.kind} of '{use.name}' was damaged in {FOLDER}", None, hint,
                Severity.WARNING)
        for use in store.uses
        if use.damaged
    ]  # fmt: skip
