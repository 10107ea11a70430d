"""The only place where stages are joined: a project folder into finished editions, and editions back into proof."""

from octavo.pipeline.commands import Built, build, verify
from octavo.pipeline.editions import Progress

__all__ = ["Built", "Progress", "build", "verify"]
