"""What every answer carries: security, caching, cross-origin use, and the training signals of the decision.

Nothing that a decision gates is kept longer than 30 seconds by anybody, so a takedown is gone everywhere
within a minute. Only files whose address changes with their content are immutable.
"""

from __future__ import annotations

import hashlib

from flask import Flask, Response, g, request
from werkzeug.wrappers import Response as AnyResponse

from repository.asset import Asset, remote_origin
from repository.gate import Access
from repository.rights.decision import Use
from repository.web.languages import current

GATED_SECONDS = 30
_YEAR = 31_536_000
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:{outside}",
        "connect-src 'self'{outside}",
        "style-src 'self'{style}",
        "script-src 'self'",
        "worker-src 'self' blob:",
        "media-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
OPEN_PATHS = ("/iiif/", "/assets/", "/.well-known/")  # any site's viewer may read these
OPEN_TYPES = ("application/json", "application/ld+json", "text/turtle", "application/rdf+xml", "text/vtt")


def init_app(app: Flask) -> None:
    """Set the headers that all answers share."""
    app.config.setdefault("MAX_CONTENT_LENGTH", 1 << 20)
    app.after_request(_finish)


def _finish(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    if response.mimetype == "text/html":
        outside = "".join(f" {origin}" for origin in sorted(g.get("outside", ())))
        headers.setdefault(
            "Content-Security-Policy", _POLICY.format(outside=outside, style=g.get("style", ""))
        )
        response.vary.update(("Accept", "Accept-Language"))
        response.content_language.add(current())
    if request.path.startswith(OPEN_PATHS) or response.mimetype in OPEN_TYPES:
        headers.setdefault("Access-Control-Allow-Origin", "*")
    if response.status_code >= 400:
        headers["Cache-Control"] = "no-store"
    return response


def show_from(asset: Asset) -> None:
    """Let the page being made show a picture of an institution's own service, and ask that host for nothing else."""
    if asset.is_remote_image and (origin := remote_origin(asset)):
        g.setdefault("outside", set()).add(origin)


def gated(response: AnyResponse, access: Access, asset: str = "") -> AnyResponse:
    """Mark an answer that a decision gates: short caching, and whether it is cleared for training (TDMRep)."""
    response.cache_control.public = True
    response.cache_control.max_age = GATED_SECONDS
    train = access.allows(Use.TRAIN, asset)
    response.headers["tdm-reservation"] = "0" if train else "1"
    response.headers["Content-Usage"] = f"train-ai={'y' if train else 'n'}"
    return response


def conditional(response: Response, body: bytes, weak: bool = False) -> Response:
    """Mark an answer by its body, and send nothing but the mark to who has it already (RFC 9110 §13.1.2)."""
    response.set_etag(hashlib.sha256(body).hexdigest(), weak=weak)
    response.make_conditional(request)  # it changes the answer itself
    return response


def lasting(response: Response) -> Response:
    """Mark a file whose address changes with its content."""
    response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response
