"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# How long an example takes says how busy the machine is, and nothing about the code.
settings.register_profile("octavo", parent=settings(), deadline=None)
settings.load_profile("octavo")
