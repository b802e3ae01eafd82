"""What templates know: addresses, words, the reader's language, and static files named by their content."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, request

from repository.web import about, answers, languages, words
from repository.web.context import memory, page_urls, site_urls
from repository.web.languages import lazy as _

WITHDRAWAL_KINDS = {
    "error": _("잘못 올린 자료"),
    "rights": _("권리자의 뜻 또는 권리 문제"),
    "privacy": _("개인정보 보호"),
    "terms_changed": _("이용 조건이 바뀜"),
    "request": _("요청을 받아 거둠"),
    "deleted": _("기관이 자료를 거둠"),
}
_LANGUAGE_FREE = frozenset({"static", "iiif", "files", "machines"})


def init_app(app: Flask) -> None:
    """Give templates their words, and `url_for` the language that the address chose."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        said=words.said,
        tag=words.tag,
        lang_attribute=words.lang_attribute,
        date_said=words.date_said,
        withdrawal_kinds=WITHDRAWAL_KINDS,
        section="",
        listed=True,
    )
    app.context_processor(_context)
    app.url_defaults(_carry_language)
    prints = _fingerprints(Path(app.static_folder)) if app.static_folder else {}
    for part in ("fonts", "openseadragon"):
        found = _fingerprints(Path(app.extensions["memory"].settings.vendor) / part)
        prints |= {f"vendor/{part}/{name}": digest for name, digest in found.items()}
    app.jinja_env.globals["fingerprinted"] = lambda name: f"/static/{name}?v={prints.get(name, '0')}"

    def keep_static(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code in (200, 206, 304):
            named = prints.get((request.view_args or {}).get("filename", ""))
            if named and request.args.get("v") == named:
                return answers.lasting(response)
        return response

    app.after_request(keep_static)


def _fingerprints(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in sorted(folder.glob("*.*"))
        if path.is_file()
    }


def _context() -> dict[str, Any]:
    return {
        "urls": page_urls(),
        "site": site_urls(),
        "language": languages.current(),
        "contact": memory().settings.contact,
        "same_page_in": same_page_in,
        "plain_pages": [(name, title) for name, (title, _lead) in about.PAGES.items()],
    }


def same_page_in(language: str) -> str:
    """Give this page's address in another language, with all else of its question kept."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"{request.path}?{urlencode([*kept, ('lang', language)])}"


def _carry_language(endpoint: str, values: dict[str, Any]) -> None:
    """Carry the chosen language on to every page that `url_for` names."""
    if endpoint.partition(".")[0] not in _LANGUAGE_FREE and (lang := languages.chosen()):
        values.setdefault("lang", lang)
