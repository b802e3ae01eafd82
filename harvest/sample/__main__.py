"""The command line of the sample institutions: build their media, serve them, tell what the library cannot send."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from harvest.sample.build import FONTS, build
from harvest.sample.drawings.letters import FontsMissing
from harvest.sample.seen import lines
from harvest.sample.server import bind


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 if done, 1 if it could not be."""
    options = _parser().parse_args(arguments)
    try:
        return {"build": _build, "serve": _serve, "words": _words}[options.command](options)
    except (FontsMissing, OSError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m harvest.sample", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("build", help="draw and write the media that are missing")
    make.add_argument(
        "--fonts", type=Path, default=FONTS, help="folder of the Korean faces (default: var/fonts)"
    )
    make.add_argument("--processes", type=int, default=2)
    serve = commands.add_parser(
        "serve", help="serve OAI-PMH and media until stopped; the first line is the address"
    )
    serve.add_argument("--port", type=int, default=8091, help="0: any free port")
    serve.add_argument("--host", default="127.0.0.1")
    commands.add_parser("words", help="write as JSON Lines what is to be seen in the library's pictures")
    for command in (make, serve):
        command.add_argument("--data", type=Path, required=True, help="folder of media/ and overrides.json")
        command.add_argument("--tiny", action="store_true", help="about 20 works with one small picture each")
    return parser


def _build(options: argparse.Namespace) -> int:
    for made, count in build(options.data, options.fonts, options.tiny, options.processes):
        sys.stdout.write(f"{made}/{count}\n")
        sys.stdout.flush()
    return 0


def _words(_: argparse.Namespace) -> int:
    for line in lines():
        sys.stdout.write(f"{line}\n")
    return 0


def _serve(options: argparse.Namespace) -> int:
    server = bind(options.data, options.host, options.port, options.tiny)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.stdout.write(f"http://{options.host}:{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
