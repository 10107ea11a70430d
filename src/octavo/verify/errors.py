"""What stops the reading back of an edition."""

from __future__ import annotations


class UnreadableArtifact(ValueError):  # noqa: N818
    """A finished edition cannot be opened as what it should be; the message says what is wrong with it."""
