"""The one handler of errors: class to HTTP number, answered as a page or as JSON, as the asker accepts."""

from __future__ import annotations

import logging

from flask import Flask, Response, jsonify, make_response, render_template, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from repository import errors, institutions
from repository.gate import Refused, Withdrawn
from repository.institution import Institution
from repository.rights.decision import Use
from repository.web.context import memory, page_urls
from repository.web.languages import current
from repository.web.words import in_language

log = logging.getLogger(__name__)

_NUMBERS: tuple[tuple[type[errors.KoreanMemoryError], int], ...] = (
    (errors.BadRequest, 400),
    (errors.NotFound, 404),
    (errors.Gone, 410),
    (errors.Closed, 403),
    (errors.TransferError, 502),
)
_TEXTS = {
    400: ("알아들을 수 없는 요청입니다.", "This request cannot be understood."),
    403: ("공개하지 않는 자료입니다.", "This is not open."),
    404: ("그런 쪽이 없습니다.", "There is no such page."),
    405: ("이 주소는 그런 요청을 받지 않습니다.", "This address does not take such a request."),
    406: ("그런 형식으로는 드릴 수 없습니다.", "This is not available in that format."),
    410: ("공개를 중단한 자료입니다.", "No longer available."),
    413: ("보낸 것이 너무 큽니다.", "What was sent is too large."),
    416: ("파일에 없는 범위입니다.", "The file has no such range."),
    429: (
        "한꺼번에 너무 많이 물었습니다. 잠시 뒤에 다시 해 주세요.",
        "Too many requests at once. Please try again shortly.",
    ),
    500: ("저희 쪽에서 문제가 생겼습니다.", "Something went wrong on our side."),
    502: (
        "다른 기관의 서버가 답하지 않습니다. 잠시 뒤에 다시 해 주세요.",
        "Another institution's server does not answer. Please try again shortly.",
    ),
    503: (
        "지금은 답할 수 없습니다. 잠시 뒤에 다시 해 주세요.",
        "We cannot answer now. Please try again shortly.",
    ),
}


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(errors.KoreanMemoryError, _ours)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)


def _ours(error: errors.KoreanMemoryError) -> Response:
    number = next((number for kind, number in _NUMBERS if isinstance(error, kind)), 500)
    if number == 500:
        log.error("request failed", extra={"code": error.code, "endpoint": request.endpoint})
        return _answer(500, "failed", _text(500))
    return _answer(number, error.code, error.text(current()), error)


def _http(error: HTTPException) -> Response:
    number = error.code or 500
    if number < 400:  # a redirect raised as an exception
        return make_response(error.get_response())
    response = _answer(number, f"http_{number}", _text(number))
    for name, value in error.get_headers():
        if name in ("Allow", "Content-Range", "Retry-After"):
            response.headers[name] = value
    return response


def _database(error: OperationalError) -> Response:
    log.error("database not available", extra={"endpoint": request.endpoint, "cause": str(error.orig)})
    response = _answer(503, "database_unavailable", _text(503))
    response.headers["Retry-After"] = "10"
    return response


def _text(number: int) -> str:
    ko, en = _TEXTS.get(number, _TEXTS[400 if number < 500 else 500])
    return ko if current() == "ko" else en


def wants_page() -> bool:
    """Tell whether the asker would rather read a page than JSON."""
    machine = request.path.startswith(("/iiif/", "/assets/", "/healthz", "/readyz", "/api/"))
    offered = ["application/json", "text/html"] if machine else ["text/html", "application/json"]
    return request.accept_mimetypes.best_match(offered, offered[0]) == "text/html"


def _answer(number: int, code: str, text: str, error: errors.KoreanMemoryError | None = None) -> Response:
    if not wants_page():
        body = {"status": number, "code": code, "message": text}
        if isinstance(error, errors.Gone) and error.since:
            body |= {"since": error.since, "reason": error.reason}
        response = jsonify(body)
    else:
        response = make_response(render_template("error.html", number=number, text=text, **_help(error)))
    response.status_code = number
    return response


def _help(error: errors.KoreanMemoryError | None) -> dict[str, object]:
    """Gather what an error page of an item may still say: its title, who holds it, and what remains."""
    found: dict[str, object] = {"error": error, "title": None, "item_url": "", "holder": None, "kind": ""}
    if not isinstance(error, Refused | Withdrawn):
        return found
    item, access = error.stored.item, error.access
    if access.allows(Use.DESCRIBE):
        found["title"] = in_language(item.description.titles, current())[0]
        found["item_url"] = page_urls().item(item.id) if isinstance(error, Refused) else ""
    if not _private(error):
        found["holder"] = _holder(item.holder or item.provider)
    found["kind"] = error.kind if isinstance(error, Withdrawn) else ""
    return found


def _private(error: Refused | Withdrawn) -> bool:
    return isinstance(error, Withdrawn) and error.kind == "privacy"


def _holder(institution: str) -> Institution | None:
    with memory().database.read() as conn:
        return institutions.find(conn, institution)
