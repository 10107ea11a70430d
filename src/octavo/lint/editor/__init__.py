"""What the linter tells an editor about one place of a text: quick fixes, what a key or a call means, names to type.

Nothing here reads a file or knows a protocol: offsets go in, and plain data comes out.
"""
