"""The feed of new topic collections: those that are public now, the newest first, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from lxml import etree

from curation import collection_store
from curation.collections import Collection, Pick, Reference, Section, Words
from repository.memory import Memory
from tests.curation import seed
from wsgi import create_app

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def client(memory: Memory) -> Iterator[FlaskClient]:
    """The whole site over the same installation."""
    app = create_app(memory.settings)
    yield app.test_client()
    app.extensions["memory"].close()


def publish(memory: Memory, slug: str, title: str) -> None:
    own = Reference(source="source", identifier="a")
    picks = (Pick(Words("까닭", "a reason"), source="source", identifier="a"),)
    shown = Collection(
        slug=slug,
        title=Words(title, f"{title} in English"),
        statement=Words("첫 문단 *힘주어*.\n\n둘째 문단.", "A <b>first</b> paragraph.\n\nA second."),
        cover=own,
        sections=(Section(Words("절", "Part"), Words("글", "Text"), picks),),
        curator="김사서",
    )
    with memory.database.write() as tx:
        collection_store.save(tx, shown, "me")
        collection_store.publish(tx, slug, "me")


def entries(client: FlaskClient, query: str = "") -> list[etree._Element]:
    answer = client.get(f"/collections/feed.atom{query}")
    assert answer.status_code == 200 and answer.mimetype == "application/atom+xml"
    return etree.fromstring(answer.data).findall("a:entry", ATOM)


def test_public_collections_are_told_with_their_first_paragraph(memory: Memory, client: FlaskClient) -> None:
    seed.add(memory, "a")
    assert entries(client) == []
    publish(memory, "one", "하나")
    publish(memory, "two", "둘")
    found = {str(one.findtext("a:id", "", ATOM)).rpartition("/")[2]: one for one in entries(client)}
    assert {*found} == {"one", "two"}
    assert found["one"].findtext("a:title", "", ATOM) == "하나"
    assert found["one"].findtext("a:summary", "", ATOM) == "첫 문단 힘주어."
    assert found["one"].findtext("a:author/a:name", "", ATOM) == "김사서"
    english = {one.findtext("a:title", "", ATOM): one for one in entries(client, "?lang=en")}
    assert "하나 in English" in english
    link = english["하나 in English"].find("a:link", ATOM)
    assert link is not None and str(link.get("href")).endswith("/collections/one?lang=en")
    page = client.get("/collections/one?lang=en")
    assert page.status_code == 200


def test_a_withdrawn_collection_leaves_the_feed_at_once(memory: Memory, client: FlaskClient) -> None:
    seed.add(memory, "a")
    publish(memory, "one", "하나")
    assert len(entries(client)) == 1
    with memory.database.write() as tx:
        collection_store.withdraw(tx, "one", "me")
    assert entries(client) == []


def test_search_engines_are_told_of_data_sets_by_this_arm(client: FlaskClient) -> None:
    assert "/sitemaps/datasets.xml" in client.get("/sitemap.xml").text
    assert client.get("/sitemaps/datasets.xml").status_code == 200
