"""The command ``octavo``: arguments to one command, exceptions to messages and exit codes."""

from __future__ import annotations

import argparse
import os
import re
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, TextIO

from octavo import __version__
from octavo.cli.commands import add_commands
from octavo.errors import ConfigurationError, FindingsError, OctavoError

_CHOICE = re.compile(r"argument (.*): invalid choice: '(.*)' \(choose from (.*)\)$")
_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None, began: int | None = None) -> int:
    """Run the command line; the exit code is 0 done, 1 findings, 2 usage, 3 machine, 4 a fault of ours.

    An interrupted command ends with 130, as shells expect it.  ``began`` is when the process did, in nanoseconds since
    the epoch: a command may then record what it printed for `octavo.cli.entry`.
    """
    # Where a caller closed them, Python has none.
    sys.stdout = _never_failing(sys.stdout)
    sys.stderr = _never_failing(sys.stderr)
    given = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser(given).parse_args(given)
    options.began = began
    ended = _until_signal()
    try:
        code = _run(options)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        _complain("interrupted; the editions stand as they were", "")
        return 128 + ended[0] if ended else _INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone, which is no fault of anyone's.
        _forget_output()
        return 0


def _until_signal() -> list[int]:
    """See to it that a signal to end does what Ctrl-C does: workers and programs end too.  The list gets its number."""
    ended: list[int] = []

    def end(number: int, _: object) -> NoReturn:
        ended.append(number)
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        # In a thread, or where the caller ignores them, they stay as they are.
        with suppress(AttributeError, ValueError):
            number = getattr(signal, name)
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, end)
    return ended


def _run(options: argparse.Namespace) -> int:
    root: Path = options.project
    try:
        code: int = options.func(options)
        return code
    except (ConfigurationError, FindingsError) as error:
        from octavo.cli.findings import print_findings

        try:
            print_findings(error.findings, root, sys.stdout)
            sys.stdout.flush()
        except BrokenPipeError:
            _forget_output()
        return error.exit_code
    except OctavoError as error:
        _complain(str(error), error.hint)
        return error.exit_code
    except BrokenPipeError:
        raise
    except PermissionError as error:
        _complain(f"no permission: {error.filename}", "check who owns the file")
        return 3
    except MemoryError:
        _complain("there is not enough memory", "build one edition at a time, with `--jobs 1`")
        return 3
    except OSError as error:
        _complain(f"{error.filename or 'the system'}: {error.strerror or error}", "check space and permissions")
        return 3
    except Exception as error:  # a fault of ours is told as such, and not as a traceback
        if os.environ.get("OCTAVO_TRACEBACK"):
            raise
        _complain(
            f"a fault in octavo {__version__}: {type(error).__name__}: {error}", "set OCTAVO_TRACEBACK=1 for more"
        )
        return 4


def _complain(message: str, hint: str) -> None:
    with suppress(BrokenPipeError):
        print(f"octavo: {message}", file=sys.stderr)
        if hint:
            print(f"  hint: {hint}", file=sys.stderr)


def _never_failing(stream: TextIO | None) -> TextIO:
    """The stream, on which a letter that its encoding lacks is printed as its code point; nowhere if it is closed."""
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
    return stream


def _forget_output() -> None:
    """Let what is still in the buffer go nowhere, so that the interpreter does not fail on it when it ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Parser(argparse.ArgumentParser):
    """Wrong usage is told as all other faults are: a message, and a hint with the nearest name."""

    def error(self, message: str) -> NoReturn:
        hint = f"{self.prog} --help"
        match = _CHOICE.search(message)
        if match:
            from octavo.model.suggest import did_you_mean

            known = [word.strip("' ") for word in match[3].split(",")]
            hint = did_you_mean(match[2], known) or f"known: {', '.join(known)}"
            what = "command" if match[1] == "COMMAND" else match[1]
            message = f"there is no {what} '{match[2]}'"
        _complain(message, hint)
        sys.exit(2)


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="octavo", description="Compile a publication into editions in which every note has one number."
    )
    parser.add_argument("--version", action="version", version=f"octavo {__version__}")
    parser.add_argument(
        "-C", dest="project", metavar="DIR", type=Path, default=Path(), help="the project folder (default: this one)"
    )
    add_commands(parser, arguments)
    return parser
