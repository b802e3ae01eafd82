"""What robots are told: which searches to leave alone, and what may be trained on.

Filters have endless combinations, which robots are spared and people never. A robot is who says so in its User-Agent.
It may follow two filters; more are refused before any engine is asked. Whoever claims to be a browser is treated as
a person.

Training is reserved for all that we give out (TDMRep §6, AIPREF `Content-Usage`), and `noai` says so to the tools
that read no other sign; an answer whose decision clears it has said the contrary before it comes here.
"""

from __future__ import annotations

import re

from flask import Flask, Response, request

from repository.search.query import Query
from repository.web.context import site_urls

MOST_FILTERS = 2
WAIT_SECONDS = 86_400
_OURS = frozenset({None, "machines", "sitemaps", "opensearch"})  # they give out nothing of the collection
_ROBOT = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|\byeti\b|scrapy", re.IGNORECASE
)  # CUBOT makes telephones
_REFUSAL = (
    f"로봇은 조건을 {MOST_FILTERS}개까지 고를 수 있습니다. 자료 목록은 /sitemap.xml에서 받아 가세요.\n"
    f"Robots may combine up to {MOST_FILTERS} filters. For lists of everything, take /sitemap.xml.\n"
)


def is_declared() -> bool:
    """Tell whether the asker calls itself a robot."""
    return bool(_ROBOT.search(request.user_agent.string))


def refusal(query: Query) -> Response | None:
    """Refuse a robot that asks for too many filters at once; nobody else."""
    if query.narrowings <= MOST_FILTERS or not is_declared():
        return None
    response = Response(_REFUSAL, 429, mimetype="text/plain")
    response.headers["Retry-After"] = str(WAIT_SECONDS)
    return response


def may_be_listed(query: Query) -> bool:
    """Tell whether search engines may list a search: a whole field, never words, mixtures or further pages."""
    plain = query.sort == "relevance" and query.size == Query().size
    return plain and not query.text and not query.cursor and query.narrowings < MOST_FILTERS


def mark(response: Response, query: Query) -> None:
    """Keep combinations of filters out of search engines, which may know each filter but not all their mixtures."""
    if not may_be_listed(query):
        response.headers["X-Robots-Tag"] = "noindex"


# ---- training


def init_app(app: Flask) -> None:
    """Say of every answer whether it may be trained on."""
    app.after_request(_signal)


def _signal(response: Response) -> Response:
    """Reserve mining where the decision on what is given out did not clear it (TDMRep §6.2)."""
    headers = response.headers
    if request.blueprint in _OURS or response.status_code >= 300 or headers.get("tdm-reservation") == "0":
        return response
    headers["tdm-reservation"] = "1"
    headers["tdm-policy"] = site_urls().mining_policy()
    headers["Content-Usage"] = "train-ai=n"
    told = headers.get("X-Robots-Tag", "")
    headers["X-Robots-Tag"] = ", ".join(filter(None, (told, "noai, noimageai")))
    return response
