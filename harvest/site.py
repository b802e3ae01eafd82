"""What the harvest brings to the site and to the worker: sums on an institution's page, and the fetching of files."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask, render_template
from markupsafe import Markup
from sqlalchemy import Connection

from harvest import media, sources, status
from repository.memory import Memory
from repository.web import languages, panels
from repository.worker import Job

MEDIA_SECONDS = 10.0
FILES_AT_ONCE = 64


def init_app(app: Flask, memory: Memory) -> None:
    """Bring the templates in, and the panel that stands on an institution's page."""
    languages.add_catalogue(app, Path(__file__).parent / "translations")
    app.register_blueprint(Blueprint("harvest", __name__, template_folder="templates"))
    panels.add(app, institution_panel)


def institution_panel(conn: Connection, institution: str) -> Markup:
    """Show what an institution sent and what became of it, as sums that must hold; empty for a mere holder."""
    mine = [source for source in sources.every(conn) if source.provider == institution]
    rows = [status.of_source(conn, source) for source in mine]
    return Markup(render_template("harvest/panel.html", rows=rows)) if rows else Markup()


def jobs(memory: Memory) -> list[Job]:
    """Give the work that the harvest leaves to the worker: files still wanted."""

    def fetch() -> int:
        return sum(media.fetch_wanted(memory, limit=FILES_AT_ONCE).values())

    return [Job("files", MEDIA_SECONDS, fetch)]
