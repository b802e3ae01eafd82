"""An OAI-PMH server over the invented corpus, in a process of its own, quick enough not to be what is measured.

    python -m benchmarks.provider --records 26000 --port 8080

Sources stand at /s01/oai, /s02/oai and so on.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from benchmarks import generator
from benchmarks.measure import say
from benchmarks.protocol import Site, answer


class _Server(ThreadingHTTPServer):
    """Knows the corpus that it serves; `generation` may be a value shared with the process that measures."""

    daemon_threads = True
    sizes: tuple[int, ...]
    generation: Any


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else every body waits 40 ms for its head's acknowledgement
    server: _Server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self._answer(parts.path, parts.query)

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self._answer(urlsplit(self.path).path, form)

    def _answer(self, path: str, query: str) -> None:
        found = re.fullmatch(r"/s(\d\d)/oai", path)
        source = int(found[1]) if found else 0
        if not 1 <= source <= len(self.server.sizes):
            self.send_error(404)
            return
        address = f"http://127.0.0.1:{self.server.server_port}{path}"
        site = Site(source, self.server.sizes[source - 1], self.server.generation.value, address)
        body = answer(site, parse_qs(query, keep_blank_values=True))
        self.send_response_only(200)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Stay silent."""


def _serve(sizes: tuple[int, ...], generation: Any, port: int, tell: Connection) -> None:
    server = _Server(("127.0.0.1", port), _Handler)
    server.sizes, server.generation = sizes, generation
    tell.send(server.server_port)
    server.serve_forever()


class Running(NamedTuple):
    """A provider that runs in a process of its own."""

    base: str
    sizes: tuple[int, ...]
    generation: Any

    def endpoint(self, source: int) -> str:
        """Give the base URL of a source; they count from 1."""
        return f"{self.base}/s{source:02}/oai"

    def grow(self) -> None:
        """Let a day pass, on which one record in a hundred changes."""
        self.generation.value += 1


@contextmanager
def running(total: int, sources: int = generator.SOURCES, port: int = 0) -> Iterator[Running]:
    """Serve so many records from another process while the block runs; port 0 is any free one."""
    context = get_context("spawn")
    here, there = context.Pipe()
    generation, sizes = context.Value("i", 0), generator.sizes(total, sources)
    process = context.Process(target=_serve, args=(sizes, generation, port, there), daemon=True)
    process.start()
    try:
        yield Running(f"http://127.0.0.1:{here.recv()}", sizes, generation)
    finally:
        process.terminate()
        process.join()


def main() -> None:
    """Serve until stopped, saying where."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=26_000)
    parser.add_argument("--port", type=int, default=0)
    given = parser.parse_args()
    with running(given.records, port=given.port) as provider:
        for source, size in enumerate(provider.sizes, start=1):
            say(f"{provider.endpoint(source)}  {size:8}  {generator.format_of(source)}")
        try:
            input()
        except (EOFError, KeyboardInterrupt):
            return


if __name__ == "__main__":
    main()
