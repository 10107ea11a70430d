"""Where the program starts: a build or a run of the linter in which nothing changed is told again.

All else is for `octavo.cli.main`.

Only what that takes is imported here, since starting up would be most of it.
"""

from __future__ import annotations

import sys
import time


def main() -> int:
    """Run the command line; the exit code is that of `octavo.cli.main.main`."""
    began = time.time_ns()
    arguments = sys.argv[1:]
    told_again = ("lint" in arguments or "build" in arguments) and "--no-cache" not in arguments
    # Where the caller closed the standard output, Python has none.
    if told_again and sys.stdout is not None:
        from octavo.cache.replay import project_of, recall, run_key

        run = recall(project_of(arguments), run_key(arguments))
        if run is not None and run.encoding == sys.stdout.encoding:
            try:
                sys.stdout.write(run.output)
                sys.stdout.flush()
            except OSError:
                # Nobody reads it: the whole command knows what to do then.
                return _whole(began)
            return run.code
    return _whole(began)


def _whole(began: int) -> int:
    from octavo.cli.main import main as whole

    return whole(began=began)
