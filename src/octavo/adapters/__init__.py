"""The sole users of each tool of the outside world: programs, renderers, the clock, the environment."""
