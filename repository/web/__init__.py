"""The public site: pages in two languages, IIIF, files and descriptions for machines; every door asks the gate."""

from __future__ import annotations

from flask import Flask

from repository.memory import Memory
from repository.web import (
    about,
    answers,
    cite,
    components,
    compression,
    entrances,
    errors,
    feeds,
    files,
    iiif,
    items,
    lanes,
    languages,
    login,
    machines,
    opensearch,
    page_fonts,
    page_head,
    pages,
    report_answers,
    reports,
    robots,
    search,
    shaping,
    share_pictures,
    sitemaps,
    suggest,
    workbench_reports,
    workbench_search,
)


def init_app(app: Flask, memory: Memory) -> None:
    """Bring the site's doors into an application; the arms add theirs after it."""
    app.extensions["memory"] = memory
    compression.init_app(app)
    languages.init_app(app)
    answers.init_app(app)
    errors.init_app(app)
    entrances.init_app(app)
    shaping.init_app(app)
    lanes.init_app(app, memory.settings.web_threads)
    about.init_app(app)
    page_head.init_app(app)
    sitemaps.init_app(app)
    robots.init_app(app)
    found = (about, cite, feeds, opensearch, share_pictures, sitemaps)
    for door in (
        pages,
        components,
        search,
        suggest,
        items,
        iiif,
        files,
        machines,
        reports,
        report_answers,
        *found,
    ):
        app.register_blueprint(door.blueprint)
    login.init_app(app, memory)
    page_fonts.init_app(app, memory)
    workbench_search.init_app(app)
    workbench_reports.init_app(app)
