"""Panels that an arm puts on the core's pages: the core shows them and knows nothing of where they come from."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from markupsafe import Markup
from sqlalchemy import Connection

Panel = Callable[[Connection, str], Markup]
_KEY = "institution_panels"


def add(app: Flask, panel: Panel) -> None:
    """Register a panel of institution pages; it gets the connection and the institution's id."""
    app.extensions.setdefault(_KEY, []).append(panel)


def render(app: Flask, conn: Connection, institution: str) -> Markup:
    """Give all panels of an institution's page, in the order in which they were registered."""
    panels: list[Panel] = app.extensions.get(_KEY, [])
    return Markup().join(panel(conn, institution) for panel in panels)
