"""Where the program starts: a run of the linter that was made before is told again, all else goes to `octavo.cli.main`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; the exit code is that of `octavo.cli.main.main`."""
    arguments = sys.argv[1:]
    if "lint" in arguments:
        from octavo.cache.replay import project_of, recall, run_key

        told = recall(project_of(arguments), run_key(arguments))
        if told is not None:
            code, output = told
            try:
                sys.stdout.write(output)
                sys.stdout.flush()
            except (OSError, ValueError):
                # Nobody reads it, or its encoding lacks a letter: the whole command knows what to do then.
                return _whole()
            return code
    return _whole()


def _whole() -> int:
    from octavo.cli.main import main as whole

    return whole()
