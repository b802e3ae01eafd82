"""The arm that gives out what was chosen: topic collections, and releases of cleared training data."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from curation import listed, views_collections, views_datasets, views_feed
from curation.release import publish
from repository.memory import Memory
from repository.web import languages, sitemaps
from repository.worker import Job

RECALL_SECONDS = 5.0


def init_app(app: Flask, memory: Memory) -> None:
    """Bring the pages of collections and data sets into an application."""
    languages.add_catalogue(app, Path(__file__).parent / "translations")
    for door in (views_collections, views_datasets, views_feed):
        app.register_blueprint(door.blueprint)
    sitemaps.add(app, "datasets", listed.datasets)


def jobs(memory: Memory) -> list[Job]:
    """Give the work that curation leaves to the worker: recalls from published releases."""
    return [Job("recalls", RECALL_SECONDS, lambda: publish.refresh(memory))]
