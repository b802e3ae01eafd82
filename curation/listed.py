"""What this arm has search engines list beside the topic collections, which the core lists itself: the data sets."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sqlalchemy import Connection

from curation.release import releases
from repository.urls import Urls
from repository.web.sitemap_xml import Entry


def datasets(conn: Connection) -> Iterator[Entry]:
    """Give the page of every published release."""
    for one in releases.published(conn):
        yield Entry(partial(Urls.dataset, name=one.name, version=one.version), one.at)
