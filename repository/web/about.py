"""Pages that say something of the site itself: about, help, terms, privacy, accessibility, contact, and its map.

Each is a text of its own in each language (`templates/about/NAME.LANGUAGE.html`); its numbers are those of the code
and the settings, so that no page promises what the site does not keep.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from flask import Blueprint, Flask, Response, make_response, render_template

from repository import attempts, counters, institutions, search_misses, sets
from repository.reports import outbox
from repository.rights.vocabulary import marks
from repository.search import query as queries
from repository.urls import Urls
from repository.web import answers, lanes, robots, search_formats, sharing
from repository.web.context import memory
from repository.web.languages import current
from repository.web.languages import lazy as _
from repository.web.suggest import MOST as MOST_SUGGESTIONS

blueprint = Blueprint("about", __name__)

PAGES = MappingProxyType(
    {
        "about": (_("소개"), _("코리안메모리가 무엇이고, 무엇을 담으며, 어떻게 만드는지 적었습니다.")),
        "help": (_("도움말"), _("네 가지 글자로 찾는 법, 권리 표시를 읽는 법, 자료를 인용하는 법.")),
        "terms": (_("이용 조건"), _("설명과 그림, 프로그램 접속을 쓸 때 지킬 것과 그 한도.")),
        "privacy": (_("개인정보 처리"), _("이 누리집이 실제로 남기는 것과 남기지 않는 것, 그 기간.")),
        "accessibility": (_("접근성"), _("누구나 쓸 수 있게 한 것과 아직 모자란 것, 알리는 곳.")),
        "contact": (_("연락처"), _("누구에게 무엇을 물어볼 수 있는지.")),
        "site-map": (_("사이트 지도"), _("이 누리집의 모든 길을 한 쪽에 모았습니다.")),
    }
)
_NAMES = ", ".join(f"'{name}'" for name in PAGES)
MOST_COLLECTIONS = 200
_EXPLAINED = ("kogl-0", "kogl-1", "kogl-2", "kogl-3", "kogl-4", "kogl-1-ai", "expired", "cc0-1.0", "cc-by-4.0",
              "in-copyright")  # fmt: skip


def init_app(app: Flask) -> None:
    """Give templates the addresses of the pages, for the foot of every page."""
    app.jinja_env.globals["plain_pages"] = addresses


@blueprint.get(f"/<any({_NAMES}):name>/")
def page(name: str) -> Response:
    """Give one of the pages."""
    title, lead = (str(one) for one in PAGES[name])
    share = sharing.of_page(lambda urls: urls.plain(name), lead, title)
    body = render_template(
        f"about/{name}.html" if name == "site-map" else "about/page.html",
        name=name,
        title=title,
        lead=lead,
        share=share,
        pages=[(one, str(said[0])) for one, said in PAGES.items()],
        text=f"about/{name}.{current()}.html",
        **(_map() if name == "site-map" else _facts()),
    )
    response = make_response(body)
    response.headers["Cache-Control"] = f"public, max-age={answers.GATED_SECONDS}"
    return response


def _map() -> dict[str, Any]:
    """Gather what the map leads to beside the pages of this module."""
    with memory().database.read() as conn:
        known = institutions.every(conn)
        published = sets.of_kind(conn, "collection", MOST_COLLECTIONS)
    return {"institutions": list(known.values()), "collections": published}


def _facts() -> dict[str, Any]:
    """Gather the numbers that the pages tell."""
    chosen = memory().settings
    with memory().database.read() as conn:
        live = sum(states.get("live", 0) for states in counters.of_kind(conn, "item").values())
        known = institutions.every(conn)
    return {
        "items": live,
        "known": len(known),
        "invented": any(one.invented for one in known.values()),
        "settings": chosen,
        "limits": search_formats.LIMITS,
        "longest_query": queries.LONGEST_TEXT,
        "most_results": queries.MOST_RESULTS,
        "most_filters": queries.MOST_VALUES,
        "most_robot_filters": robots.MOST_FILTERS,
        "most_rows": search_formats.CSV_PAGES * queries.MOST_RESULTS,
        "most_suggestions": MOST_SUGGESTIONS,
        "gated_seconds": answers.GATED_SECONDS,
        "cookie": lanes.COOKIE,
        "cookie_hours": lanes.COOKIE_SECONDS // 3600,
        "misses_days": search_misses.KEPT_DAYS,
        "misses_fewest": search_misses.FEWEST,
        "attempts_hours": int(attempts.FORGOTTEN.total_seconds()) // 3600,
        "mail_days": outbox.GIVEN_UP.days,
        "marks": [marks()[code] for code in _EXPLAINED],
    }


def addresses(urls: Urls) -> list[tuple[str, str]]:
    """Give the pages with their titles."""
    return [(urls.plain(name), str(title)) for name, (title, _lead) in PAGES.items()]
