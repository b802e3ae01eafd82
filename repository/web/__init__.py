"""The public site: pages in two languages, IIIF, files and descriptions for machines; every door asks the gate."""

from __future__ import annotations

from flask import Flask

from repository.memory import Memory
from repository.web import (
    answers,
    errors,
    files,
    iiif,
    items,
    lanes,
    languages,
    login,
    machines,
    pages,
    search,
    shaping,
    suggest,
    workbench_search,
)


def init_app(app: Flask, memory: Memory) -> None:
    """Bring the site's doors into an application; the arms add theirs after it."""
    app.extensions["memory"] = memory
    languages.init_app(app)
    answers.init_app(app)
    errors.init_app(app)
    shaping.init_app(app)
    lanes.init_app(app, memory.settings.web_threads)
    for door in (pages, search, suggest, items, iiif, files, machines):
        app.register_blueprint(door.blueprint)
    login.init_app(app, memory)
    workbench_search.init_app(app)
