"""The signals that end a command."""

from __future__ import annotations

import signal


def end_is_interrupt() -> None:
    """A request to end (SIGTERM) is taken as Ctrl-C is, so that what has to be put away is put away."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
