"""The nouns of Octavo: frozen dataclasses without input or output, on the standard library alone."""
