"""Robots and searches: filters have endless combinations, which robots are spared and people never.

A robot is who says so in its User-Agent. It may follow two filters; more are refused before any engine is asked.
Whoever claims to be a browser is treated as a person.
"""

from __future__ import annotations

import re

from flask import Response, request

from repository.search.query import Query

MOST_FILTERS = 2
WAIT_SECONDS = 86_400
_ROBOT = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|\byeti\b|scrapy", re.IGNORECASE
)  # CUBOT makes telephones
_REFUSAL = (
    f"로봇은 조건을 {MOST_FILTERS}개까지 고를 수 있습니다. 자료 목록은 /sitemap.xml이나 /oai에서 받아 가세요.\n"
    f"Robots may combine up to {MOST_FILTERS} filters. For lists of everything, take /sitemap.xml or /oai.\n"
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


def mark(response: Response, query: Query) -> None:
    """Keep combinations of filters out of search engines, which may know each filter but not all their mixtures."""
    if query.narrowings >= MOST_FILTERS:
        response.headers["X-Robots-Tag"] = "noindex"
