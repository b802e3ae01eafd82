"""The whole over real answers: harvested, shown, picked into a collection, and judged for a release."""

from __future__ import annotations

import html
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from rdflib import DC, Graph, Literal
from rdflib.compare import to_isomorphic

from curation import collection_store
from curation.collections import Collection, Pick, Reference, Section, Words
from curation.release import plans
from curation.release.freeze import freeze
from curation.release.plans import Plan
from curation.release.row import Refusal
from curation.release.terms import Terms
from harvest import media, run, sources
from harvest.ledger import Run
from repository import identifiers, identities, institutions, items, refresh
from repository.institution import Institution
from repository.items import StoredItem
from repository.memory import Memory
from repository.presentation import presenter_of
from tests import real_data
from tests.chain import opened
from wsgi import create_app, km

RECEIVED = {"harvard": 10, "mimo": 195, "sickle": 8, "bnf": 14}
LIVE = {"harvard": 10, "mimo": 195, "sickle": 1, "bnf": 14}
GONE = ("sickle", "oai:test.example.com:1585310")
GALLICA = "oai:bnf.fr:gallica/ark:/12148/"
PICKS = {
    ("mimo", "oai:mimo:Item_5791749.xml"): Words("나무 관에 감긴 긴 나팔", "A long trumpet"),
    ("bnf", GALLICA + "btv1b10721455c"): Words("열두 세기 전의 손글씨", "A hand of the twelfth century"),
}
SLUG = "real-things"
# Of all that was received, these alone: marked as in the public domain, and old enough to bear it out (K14).
CLEARED = {
    GALLICA + "btv1b10037438b": "Cronaca di Venezia, 1601-1700",
    GALLICA + "btv1b10037707s": "Dictionnaire françois-breton, 18th century",
    GALLICA + "btv1b10091789s": "Turc 337, 1620",
    GALLICA + "btv1b10582360t": "Lettre de Catherine de Bordeu, 17??",
    GALLICA + "btv1b10582368d": "Lettre de Philippine de Bordeu, 17??",
    GALLICA + "btv1b10721455c": "Grec 483, 12th century",
    GALLICA + "btv1b10721879h": "Grec 55, 15th century",
    GALLICA + "btv1b10722838r": "Grec 1185 A, 14th century",
    GALLICA + "btv1b107229473": "Grec 1199, 11th century",
    GALLICA + "btv1b110012843": "Arabe, 17th century",
}
# The same mark on things without a date; nobody has looked whether people who may live are named in them.
UNDATED = {
    GALLICA + "btv1b10084791b",
    GALLICA + "btv1b105206322",
    GALLICA + "btv1b53226265x",
    GALLICA + "btv1b60002041",
}
REFUSED = {
    ("harvard", "train_no", "S01"): 10,  # a rights statement that means no mark
    ("mimo", "train_no", "L54S"): 195,  # CC BY-NC-SA
    ("sickle", "train_no", "S00"): 1,  # no rights statement
    ("bnf", "train_no", "G2X"): len(UNDATED),
}


class World(NamedTuple):
    """An installation that holds everything, and what each harvest and the fetching of files did."""

    data: Path
    memory: Memory
    shared: real_data.Shared
    runs: dict[str, Run]
    files: dict[str, int]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Iterator[World]:
    data = tmp_path_factory.mktemp("real")
    memory = opened(data)
    memory.database.migrate()
    with real_data.served(shared_data) as shared:
        with memory.database.write() as tx:
            for name in real_data.PREFIXES:
                institutions.save(tx, Institution(name, f"{name} 기관", name.title(), public=False))
                sources.save(tx, shared.source(name))
        runs = {name: run.harvest(memory, name) for name in real_data.PREFIXES}
        files = media.fetch_wanted(memory)
    catch_up(memory)
    with memory.database.write() as tx:
        collection_store.save(tx, collection(), "kim")
        collection_store.publish(tx, SLUG, "kim")
    catch_up(memory)
    yield World(data, memory, shared, runs, files)
    memory.close()


@pytest.fixture(scope="module")
def client(world: World) -> FlaskClient:
    return create_app(world.memory.settings).test_client()


@pytest.fixture(scope="module")
def plan(world: World) -> Plan:
    return freeze(world.memory, "real", "1.0.0", Terms("실제 자료", "Real things"))


def catch_up(memory: Memory) -> None:
    refresh.refresh(memory, presenter_of(memory.settings))


def collection() -> Collection:
    """Give a collection of one section with two picks."""
    picks = tuple(Pick(reason, source=source, identifier=name) for (source, name), reason in PICKS.items())
    return Collection(
        SLUG,
        title=Words("진짜 있는 것들", "Real things"),
        statement=Words("진짜 기관이 보낸 두 점.", "Two works that real institutions sent."),
        cover=Reference(source=picks[0].source, identifier=picks[0].identifier),
        sections=(Section(Words("두 점", "Two works"), picks=picks),),
        curator="kim",
    )


def id_of(world: World, source: str, identifier: str) -> str:
    with world.memory.database.read() as conn:
        found = identities.find(conn, source, identifier)
    assert found is not None
    return found


def live(world: World) -> list[StoredItem]:
    with world.memory.database.read() as conn:
        return items.newest(conn, 1000)


def test_every_record_is_received_and_accounted_for(world: World, client: FlaskClient) -> None:
    assert {name: one.counts["received"] for name, one in world.runs.items()} == RECEIVED
    assert Counter(row.item.source for row in live(world)) == LIVE
    os.environ["KM_DATA"] = str(world.data)
    try:
        shown = CliRunner().invoke(km, ["status"])
    finally:
        del os.environ["KM_DATA"]
    assert shown.exit_code == 0 and "sums do not hold" not in shown.output
    assert "sickle: known 2 = live 1 + deleted 1 + parked 0; quarantined 1" in shown.output
    assert (
        "received 8 = new 1 + changed 0 + unchanged 5 + deleted 1 + parked 0 + quarantined 1" in shown.output
    )
    page = " ".join(client.get("/institutions/sickle").text.split())
    assert "2 = 1 + 1 + 0" in page
    assert "받음 8 = 새로 1 + 바뀜 0 + 그대로 5 + 거둠 1 + 보류 0 + 깨짐 1" in page


def test_every_item_has_a_page_in_both_languages_with_a_title_that_it_was_given(
    world: World, client: FlaskClient
) -> None:
    told = world.shared.told()
    assert Counter(one.source for one in told) == LIVE
    for one in told:
        path = f"/items/{id_of(world, one.source, one.identifier)}"
        for language in ("ko", "en"):
            answer = client.get(f"{path}?lang={language}")
            assert answer.status_code == 200, one
            assert any(title in html.unescape(answer.text) for title in one.titles), one
            assert one.identifier in html.unescape(answer.text), one


def test_what_the_source_deleted_before_it_was_ever_shown_is_gone(world: World, client: FlaskClient) -> None:
    item = id_of(world, *GONE)
    for path in (f"/items/{item}", f"/items/{item}.json", f"/iiif/{item}/manifest.json"):
        assert client.get(path).status_code == 410, path
    assert client.get(f"/items/{identifiers.mint('sickle', 'never sent')}").status_code == 404


def test_what_was_received_is_found(world: World) -> None:
    assert world.memory.engine.count() == sum(LIVE.values())


def test_two_picks_make_a_collection_that_is_shown(world: World, client: FlaskClient) -> None:
    page = client.get(f"/collections/{SLUG}")
    assert page.status_code == 200
    for (source, identifier), reason in PICKS.items():
        item = id_of(world, source, identifier)
        assert f"/items/{item}" in page.text and reason.ko in page.text
        manifest = client.get(f"/iiif/{item}/manifest.json").get_json()
        assert manifest["items"]
    shown = client.get(f"/iiif/collections/{SLUG}.json").get_json()
    assert len(shown["items"]) == len(PICKS)


def test_what_machines_read_says_the_same_in_every_format(world: World, client: FlaskClient) -> None:
    for source, identifier in PICKS:
        item = id_of(world, source, identifier)
        turtle, rdf = (client.get(f"/items/{item}.{suffix}").text for suffix in ("ttl", "rdf"))
        written = Graph().parse(data=turtle, format="turtle")
        assert (None, DC.identifier, Literal(identifier)) in written
        assert to_isomorphic(Graph().parse(data=rdf, format="xml")) == to_isomorphic(written)
        assert client.get(f"/items/{item}.json").get_json()["description"]["titles"]


def test_the_pictures_of_what_may_be_seen_are_given_out(world: World, client: FlaskClient) -> None:
    assert set(world.files) == {"fetched", "refused"}
    for source, identifier in PICKS:
        manifest = client.get(f"/iiif/{id_of(world, source, identifier)}/manifest.json").get_json()
        picture = manifest["items"][0]["items"][0]["items"][0]["body"]["id"]
        answer = client.get(picture.removeprefix(world.memory.settings.site_url))
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")


def test_the_plan_takes_what_the_rules_clear_and_nothing_else(world: World, plan: Plan) -> None:
    with world.memory.database.read() as conn:
        chosen = {row.item for row in plans.rows(conn, plan.id, chosen=True, limit=1000)}
    names = {row.item.id: row.item for row in live(world)}
    assert {names[item].local_id for item in chosen} == CLEARED.keys()
    assert {names[item].source for item in chosen} == {"bnf"}
    assert plan.counts.works == plan.counts.files == len(CLEARED)


def test_the_plan_says_of_every_other_work_why_not(world: World, plan: Plan) -> None:
    with world.memory.database.read() as conn:
        rows = plans.rows(conn, plan.id, chosen=False, limit=1000)
    stored = {row.item.id: row.item for row in live(world)}
    refused = [msgspec.json.decode(row.body, type=Refusal) for row in rows]
    assert Counter((stored[one.id].source, one.reason, one.rule) for one in refused) == REFUSED
    assert {stored[one.id].local_id for one in refused if one.rule == "G2X"} == UNDATED
    assert len(rows) + plan.counts.works == len(stored) and plan.counts.refused_works == len(rows)
    for rule in (world.memory.rules.by_code[one.rule] for one in refused):
        assert rule.ko and rule.en and rule.basis_ko and rule.basis_en
