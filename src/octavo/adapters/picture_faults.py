"""What is wrong with a picture."""

from __future__ import annotations

from enum import Enum


class PictureFaultKind(Enum):
    """Foreign to the project, missing from it, broken, too large to be shown, or more than a picture."""

    FOREIGN = "foreign"
    MISSING = "missing"
    FORMAT = "format"
    BROKEN = "broken"
    LARGE = "large"
    UNSAFE = "unsafe"


class PictureFault(Exception):  # noqa: N818 (it becomes a finding, and no error of ours)
    """A picture that no edition shows; ``reason`` completes the sentence "the picture cannot be shown: ..."."""

    def __init__(self, kind: PictureFaultKind, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
