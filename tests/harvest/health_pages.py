"""A client that is logged in, for tests of the pages of harvest health."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from tests.harvest.health_seed import PASSWORD
from tests.repository.web.conftest import Reader


def enter(app: Flask, email: str) -> FlaskClient:
    """Log in as somebody."""
    client = Reader(app, app.response_class)
    found = re.search('name="csrf_token" value="([^"]+)"', client.get("/workbench/login").text)
    assert found
    form = {"csrf_token": found[1], "email": email, "password": PASSWORD}
    assert client.post("/workbench/login", data=form).status_code == 303
    return client


def token(client: FlaskClient, path: str) -> str:
    """Give the token of the forms on a page."""
    found = re.search('name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]
