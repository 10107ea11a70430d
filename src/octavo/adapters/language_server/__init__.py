"""The Language Server Protocol (3.17) over standard input and output; the only user of pygls and lsprotocol."""

from octavo.adapters.language_server.server import Background, Desk, serve

__all__ = ["Background", "Desk", "serve"]
