"""What machines ask a site: is it well, may it be crawled and trained on, and the viewer and fonts of set-up."""

from __future__ import annotations

from pathlib import Path

import msgspec
from flask import Blueprint, Response, jsonify, request, send_from_directory
from sqlalchemy.exc import OperationalError

from repository.linked_data import mining_policy
from repository.web import answers, openapi
from repository.web.context import memory, site_urls

blueprint = Blueprint("machines", __name__)

_ROBOTS = """\
# Pages and pictures may be read by everybody. Search pages have endless combinations: please leave them.
# Training: nothing by default; each cleared work says train-ai=y in its own headers (Content-Usage, tdm-reservation).
# The cleared works are offered whole and checked: {datasets}
# What is not cleared: {policy}
User-agent: *
Content-Usage: train-ai=n
Disallow: /search
Allow: /search.atom
Disallow: /api/v1/search
Disallow: /iiif/search/
Disallow: /assets/
Allow: /assets/*/thumbnail.jpg
Allow: /assets/*/poster.jpg
Disallow: /workbench/
Allow: /

Sitemap: {sitemap}
"""
_POLICY_TYPE = "application/ld+json"


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
    site = site_urls()
    told = _ROBOTS.format(datasets=site.datasets(), policy=site.mining_policy(), sitemap=site.sitemap())
    return Response(told, mimetype="text/plain")


@blueprint.get("/.well-known/tdmrep.json")
def tdmrep() -> Response:
    """Reserve text and data mining for the whole site; headers of cleared works say otherwise (TDMRep §6.1)."""
    return jsonify([{"location": "/*", "tdm-reservation": 1, "tdm-policy": site_urls().mining_policy()}])


@blueprint.get("/.well-known/tdm-policy.json")
def mining() -> Response:
    """Say on what terms what is reserved may be mined (ODRL 2.2 in the profile of TDMRep §7): ask first."""
    policy = mining_policy.policy(site_urls(), memory().settings.contact)
    return Response(msgspec.json.encode(policy), mimetype=_POLICY_TYPE)


@blueprint.get("/api/openapi.json")
def description() -> Response:
    """Describe what programs may ask (OpenAPI 3.1)."""
    response = jsonify(openapi.document(site_urls()))
    response.headers["Cache-Control"] = f"public, max-age={answers.GATED_SECONDS}"
    return response


@blueprint.get("/static/vendor/<path:name>")
def vendor(name: str) -> Response:
    """Give a file of the viewer or the fonts; what set-up changes has another address (`v`)."""
    folder = Path(memory().settings.vendor).resolve()
    answer = send_from_directory(folder, name, conditional=True, max_age=0)
    return answers.lasting(answer) if "v" in request.args else answer
