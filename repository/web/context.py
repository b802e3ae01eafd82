"""What a request stands in: the opened installation, the addresses that pages link with, the reader's language."""

from __future__ import annotations

from flask import current_app

from repository.memory import Memory
from repository.urls import Urls
from repository.web.languages import chosen


def memory() -> Memory:
    """Give the installation that this application serves."""
    opened: Memory = current_app.extensions["memory"]
    return opened


def page_urls() -> Urls:
    """Give the addresses for links on a page, which carry on a language chosen by the address."""
    return Urls("", chosen())


def site_urls() -> Urls:
    """Give the absolute addresses, for what leaves the site."""
    return Urls(memory().settings.site_url)
