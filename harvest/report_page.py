"""The page that an institution reads by its secret link: what came of what it sent, and what it can mend.

No login: who has the link may read. The link tells nobody that it leads anywhere: every wrong one is a page that is
not there, no answer is kept, indexed or named to other sites.
"""

from __future__ import annotations

import msgspec
from flask import Blueprint, Flask, Response, make_response, render_template
from sqlalchemy import Connection

from harvest import corrections_file, health_report, health_words, sources
from harvest.health_fields import FIELDS, values
from harvest.health_raw import visible
from harvest.source import Source
from repository import institutions
from repository.errors import NotFound
from repository.institution import Institution
from repository.secret import key_of
from repository.web.context import memory
from repository.web.languages import current

blueprint = Blueprint("report", __name__, url_prefix="/reports")
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}


def init_app(app: Flask) -> None:
    """Bring the page."""
    app.register_blueprint(blueprint)


@blueprint.after_request
def _secret(response: Response) -> Response:
    response.headers.update(_HEADERS)
    return response


@blueprint.get("/<institution>/<token>")
def report(institution: str, token: str) -> Response:
    """Report to an institution on all that it sent."""
    with memory().database.read() as conn:
        found, mine = _open(conn, institution, token)
        said = health_report.report_of(conn, institution, mine)
    page = render_template(
        "harvest/report.html",
        one=found,
        report=said,
        token=token,
        words=health_words,
        field_words=FIELDS,
        values=values,
        visible=visible,
        language=current(),
    )
    return make_response(page)


@blueprint.get("/<institution>/<token>/corrections.csv")
def corrections(institution: str, token: str) -> Response:
    """Give the corrections in force as a table, for the institution to take over into its own catalogue."""
    with memory().database.read() as conn:
        _found, mine = _open(conn, institution, token)
        found = [row for source in mine for row in corrections_file.of_source(conn, source.id)]
    # Who of the staff corrected is nobody's business who has no more than a link.
    rows = [msgspec.structs.replace(row, by="") for row in found if row.state != "withdrawn"]
    response = make_response(corrections_file.as_csv(rows))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="corrections.csv"'
    return response


def _open(conn: Connection, institution: str, token: str) -> tuple[Institution, list[Source]]:
    """Give the institution that a link leads to, and its sources; raises NotFound as for any address."""
    right = health_report.is_right(conn, institution, key_of(memory().settings), token)
    found = institutions.find(conn, institution) if right else None
    if found is None:
        raise NotFound("page_unknown", "그런 쪽이 없습니다.", "There is no such page.")
    return found, [source for source in sources.every(conn) if source.provider == institution]
