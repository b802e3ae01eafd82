"""The HTTP server of the sample institutions: OAI-PMH, media with byte ranges, a plain page for each record."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.security import safe_join
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.utils import send_file
from werkzeug.wrappers import Request, Response

from harvest.sample.provider import ENDPOINTS, Provider, answer
from harvest.sample.seen import alternative
from harvest.sample.works import Work, load

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_TYPES = {".jpg": "image/jpeg", ".mp4": "video/mp4", ".vtt": "text/vtt; charset=utf-8"}
_ROUTES = Map([
    Rule("/<source>/oai", endpoint="oai"),
    Rule("/<source>/items/<item>", endpoint="page"),
    Rule("/media/<path:path>", endpoint="media"),
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Site:
    """The WSGI application over one data folder; `base` is the address written into the records."""

    base: str
    data: Path
    tiny: bool = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        try:
            endpoint, values = _ROUTES.bind_to_environ(environ).match()
            response: Response | HTTPException = getattr(self, endpoint)(request, **values)
        except HTTPException as refusal:
            response = refusal
        return response(environ, start_response)

    def oai(self, request: Request, source: str) -> Response:
        """One OAI-PMH answer; GET and POST alike."""
        if source not in ENDPOINTS:
            raise NotFound
        provider = Provider(source, self.base, self.data, self.tiny)
        return Response(answer(provider, request.values.to_dict()), mimetype="text/xml")

    def page(self, request: Request, source: str, item: str) -> Response:
        """The institution's own page of a record: enough to land on."""
        for work in load(source, self.tiny) if source in ENDPOINTS else ():
            if work.id == item and not work.deleted:
                return Response(_page(work), mimetype="text/html")
        raise NotFound

    def media(self, request: Request, path: str) -> Response:
        """A file, with its type, length, entity tag and byte ranges."""
        found = safe_join(str(self.data / "media"), path)
        if found is None or not Path(found).is_file() or Path(found).suffix not in _TYPES:
            raise NotFound
        file = Path(found)
        response = send_file(
            file, request.environ, mimetype=_TYPES[file.suffix], etag=_tag(file, file.stat().st_mtime_ns)
        )
        response.last_modified = None
        return response


@lru_cache(maxsize=1024)
def _tag(file: Path, _mtime: int) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:32]


def _page(work: Work) -> str:
    pictures = "".join(
        f'<p><img src="/media/{asset.path}" alt="{html.escape(alternative(asset))}" width="400"></p>'
        for asset in work.pictures
        if asset.role == "picture"
    )
    title, holder = html.escape(work.title or "제목 없음"), html.escape(work.holder.name_ko)
    return (
        f'<!doctype html><html lang="ko"><meta charset="utf-8"><title>{title}</title>'
        f"<h1>{title} {html.escape(work.hanja)}</h1><p>{holder}</p><p>{html.escape(work.description)}</p>{pictures}"
    )


class _Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        """Nothing."""


def bind(data: Path, host: str, port: int, tiny: bool = False, address: str | None = None) -> BaseWSGIServer:
    """A threaded server bound to the port (0: any free one); call `serve_forever`. OSError if it is taken."""
    site = Site("", data, tiny)
    server = make_server(host, port, site, threaded=True, request_handler=_Quiet)
    server.app = Site(address or f"http://{host}:{server.server_port}", data, tiny)
    return server


@contextmanager
def serving(data: Path, tiny: bool = False, port: int = 0) -> Iterator[str]:
    """A server on loopback in a thread, for tests; gives its address. Port 0: any free one."""
    server = bind(data, "127.0.0.1", port, tiny)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
