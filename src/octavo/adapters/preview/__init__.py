"""Starlette and uvicorn: the preview in a browser of this machine."""

from octavo.adapters.preview.server import Door, open_door, serve

__all__ = ["Door", "open_door", "serve"]
