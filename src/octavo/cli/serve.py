"""``octavo serve [EDITION...]``: the publication in the browser while one writes."""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial
from pathlib import Path

from octavo.cli.options import add_connect, add_jobs

EDITOR = "OCTAVO_EDITOR"


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "editions", metavar="EDITION", nargs="*", help="as named in publication.yaml (default: the first of each kind)"
    )
    parser.add_argument("--port", metavar="N", type=_port, default=0, help="port on this machine (default: a free one)")
    parser.add_argument("--open", action="store_true", help="open it in the browser")
    parser.add_argument(
        "--editor",
        metavar="NAME",
        default=os.environ.get(EDITOR) or "vscode",
        help=f"editor that places are opened in, or its address (default: {EDITOR}, else vscode)",
    )
    add_connect(parser)
    add_jobs(parser)
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve; the exit code is 0 when Ctrl-C or SIGTERM ends that."""
    from octavo.adapters.companion import companion
    from octavo.adapters.preview import open_door, serve
    from octavo.adapters.signals import end_is_interrupt
    from octavo.pipeline.preview.builder import BuildRequest, build_and_tell
    from octavo.pipeline.preview.source import editor_address, source_lines
    from octavo.pipeline.watch import check_request
    from octavo.render.pool import warm_up

    root: Path = arguments.project
    check_request(root, arguments.editions)
    editor = editor_address(arguments.editor)
    end_is_interrupt()
    warm_up()
    request = BuildRequest(root, tuple(arguments.editions), arguments.jobs, tuple(arguments.connect))
    try:
        with open_door(arguments.port) as door, companion(build_and_tell, request) as builder:
            print(f"The preview is at {door.address}", flush=True)
            print("It is for this machine alone; Ctrl-C ends it.", file=sys.stderr, flush=True)
            serve(door, builder.told(), partial(source_lines, root, editor=editor), show=arguments.open)
    except KeyboardInterrupt:
        print("The preview has ended; the editions stand as they are.", file=sys.stderr)
    return 0


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is no port")
    return int(text)
