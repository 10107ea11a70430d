"""One file for each rule, named by its code; see `octavo.lint.registry`."""
