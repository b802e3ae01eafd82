"""What the harvest brings to the site and to the worker: sums on an institution's page, health, reports, jobs."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask, render_template
from markupsafe import Markup
from sqlalchemy import Connection

from harvest import health, health_figures, media, notices, report_page
from harvest.health_desk import Desk
from harvest.scheduler import Scheduler
from repository.memory import Memory
from repository.web import languages, panels
from repository.worker import Job

MEDIA_SECONDS = 10.0
FILES_AT_ONCE = 64
SCHEDULE_SECONDS = 15.0
NOTICE_SECONDS = 60.0
REQUEST_SECONDS = 2.0


def init_app(app: Flask, memory: Memory) -> None:
    """Bring the templates in, and the panel that stands on an institution's page."""
    languages.add_catalogue(app, Path(__file__).parent / "translations")
    app.register_blueprint(Blueprint("harvest", __name__, template_folder="templates"))
    panels.add(app, institution_panel)
    health.init_app(app)
    report_page.init_app(app)


def institution_panel(conn: Connection, institution: str) -> Markup:
    """Show what an institution sent and what became of it, as sums that must hold; empty for a mere holder."""
    rows = health_figures.of_provider(conn, institution)
    return Markup(render_template("harvest/panel.html", rows=rows)) if rows else Markup()


def jobs(memory: Memory) -> list[Job]:
    """Give the work that the harvest leaves to the worker: files wanted, sources due, notices, what was asked for."""

    def fetch() -> int:
        return sum(media.fetch_wanted(memory, limit=FILES_AT_ONCE).values())

    return [
        Job("files", MEDIA_SECONDS, fetch),
        Job("schedules", SCHEDULE_SECONDS, Scheduler(memory).tick),
        Job("notices", NOTICE_SECONDS, lambda: notices.tell(memory)),
        Job("requests", REQUEST_SECONDS, Desk(memory).tick),
    ]
