"""What machines ask a site: is it well, may it be crawled and trained on, and the viewer and fonts of set-up."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, jsonify, send_from_directory
from sqlalchemy.exc import OperationalError

from repository.web import answers, openapi
from repository.web.context import memory, site_urls

blueprint = Blueprint("machines", __name__)

_ROBOTS = """\
# Pages and pictures may be read by everybody. Search pages have endless combinations: please leave them.
# Training: nothing by default; each cleared work says train-ai=y in its own headers (Content-Usage, tdm-reservation).
# The cleared works are offered whole and checked: {datasets}
User-agent: *
Content-Usage: train-ai=n
Disallow: /search
Allow: /search.atom
Disallow: /api/v1/search
Disallow: /iiif/search/
Disallow: /assets/
Disallow: /workbench/
Allow: /
"""


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that this process answers."""
    return _fresh(jsonify(status="ok"))


@blueprint.get("/readyz")
def readyz() -> Response:
    """Say whether questions can be answered: schema current, index there."""
    checks = {"database": _database_is_current(), "index": memory().engine.health().state in ("ok", "empty")}
    response = _fresh(jsonify(status="ready" if all(checks.values()) else "not ready", checks=checks))
    response.status_code = 200 if all(checks.values()) else 503
    return response


def _database_is_current() -> bool:
    try:
        return memory().database.is_current()
    except OperationalError:
        return False


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Tell crawlers what to leave, and that training is settled work by work (RFC 9309, AIPREF)."""
    return Response(_ROBOTS.format(datasets=site_urls().datasets()), mimetype="text/plain")


@blueprint.get("/.well-known/tdmrep.json")
def tdmrep() -> Response:
    """Reserve text and data mining for the whole site; headers of cleared works say otherwise (TDMRep §6.1)."""
    return jsonify([{"location": "/*", "tdm-reservation": 1, "tdm-policy": site_urls().datasets()}])


@blueprint.get("/api/openapi.json")
def description() -> Response:
    """Describe what programs may ask (OpenAPI 3.1)."""
    response = jsonify(openapi.document(site_urls()))
    response.headers["Cache-Control"] = f"public, max-age={answers.GATED_SECONDS}"
    return response


@blueprint.get("/static/vendor/<path:name>")
def vendor(name: str) -> Response:
    """Give a file of the viewer or the fonts, which change only with set-up."""
    folder = Path(memory().settings.vendor).resolve()
    return answers.lasting(send_from_directory(folder, name, conditional=True, max_age=0))
