"""The doors of collections, data sets and the harvest, in the whole application: nothing leaks after a decision.

The works were open when their collection and release were published; then each was closed, by a decision or by a
takedown, and no worker has run since. The core's own doors are walked in `tests/repository/web/test_leaks.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from repository import takedowns
from repository.item import Title
from repository.takedowns import TakedownKind
from repository.web.workbench import PREFIX
from tests.publishing import publish_all
from tests.repository.web import seed, test_leaks
from tests.repository.web.conftest import Reader
from tests.repository.web.seed import Seeded
from wsgi import create_app

CORE = test_leaks.CASES.keys() | test_leaks.LISTS | test_leaks.APART
WALKED = {
    "collection_feed.newest",
    "collections.collection",
    "collections.collection_list",
    "datasets.aria2",
    "datasets.croissant_json",
    "datasets.dataset",
    "datasets.dataset_json",
    "datasets.dataset_list",
    "datasets.download",
    "datasets.newest",
    "datasets.recalls",
}
# Open to who has the link only, and about what one institution sent: `tests/harvest/test_report_page.py`.
SECRET = {"report.report", "report.corrections"}
OPEN = "open"
CLOSED = {"nothing": "", "described": "d", "viewed": "dv", "reused": "dvr"}
DOWN = {f"down_{kind.value}": kind for kind in TakedownKind}
NAMES = (OPEN, *CLOSED, *DOWN)
RELEASE = "/datasets/sample/1.0.0"


class World(NamedTuple):
    """The application, what was seeded, and the files of each work."""

    app: Flask
    seeded: Seeded
    files: dict[str, list[str]]

    def get(self, path: str, accept: str = "text/html") -> TestResponse:
        """Ask for something."""
        return Reader(self.app, self.app.response_class).get(path, headers={"Accept": accept})


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    seeded = seed.open_seeded(tmp_path_factory.mktemp("doors"))
    for name in NAMES:
        titles = [Title(f"비밀 {name}", "ko"), Title(f"Secret {name}", "en", "translated")]
        seed.put(seeded, name, seed.draft(titles, "공공누리 제0유형", pages=2))
    seed.index(seeded)
    publish_all(seeded, NAMES, OPEN)
    with seeded.memory.database.write() as tx:
        for name, letters in CLOSED.items():
            seed.decide(tx, seeded.ids[name], letters)
        for name, kind in DOWN.items():
            takedowns.add(tx, seeded.ids[name], kind, "까닭입니다", "test")
    app = create_app(seeded.memory.settings)
    yield World(app, seeded, {name: seeded.files(name) for name in NAMES})
    seeded.memory.close()


def test_every_door_of_the_whole_is_walked_here_or_in_the_core(world: World) -> None:
    rules = list(world.app.url_map.iter_rules())
    assert {rule.endpoint for rule in rules if not rule.rule.startswith(PREFIX)} == CORE | WALKED | SECRET


def test_every_door_of_the_workbench_is_closed_to_strangers(world: World) -> None:
    client = Reader(world.app, world.app.response_class)
    doors = [rule for rule in world.app.url_map.iter_rules() if rule.rule.startswith(PREFIX)]
    assert doors
    for rule in doors:
        path = re.sub(r"<[^>]*>", "1", rule.rule)
        for method in (rule.methods or set()) - {"OPTIONS"}:
            answer = client.open(path, method=method)
            if rule.endpoint == "workbench.login":
                assert answer.status_code == (400 if method == "POST" else 200)
            else:
                assert answer.status_code == 303 and answer.location.startswith(f"{PREFIX}login"), path
            assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("path", ["/collections/", "/collections/secrets", "/collections/secrets.json"])
def test_a_collection_names_nothing_of_what_was_closed(world: World, path: str, name: str) -> None:
    answer = world.get(path)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] in (
        "public, max-age=30",
        "max-age=30, public",
    )
    described = name == OPEN or "d" in CLOSED.get(name, "")
    seen = name == OPEN or "v" in CLOSED.get(name, "")
    if path != "/collections/":
        assert (f"비밀 {name}<" in text or f'"비밀 {name}"' in text) == described
    if not described:
        assert f"비밀 {name}<" not in text and f'"비밀 {name}"' not in text
    if not seen:
        assert not [asset for asset in world.files[name] if asset in text]


@pytest.mark.parametrize("name", NAMES)
def test_a_release_withholds_the_shard_of_what_was_closed(world: World, name: str) -> None:
    listed = world.get(f"{RELEASE}.json").get_json()
    item = world.seeded.ids[name]
    assert (item in listed["recalled"]) == (name != OPEN)
    holding = []
    for file in listed["files"]:
        answer = world.get(f"{RELEASE}/files/{file['name']}")
        if file.get("withheld"):
            assert (answer.status_code, answer.headers["Cache-Control"]) == (410, "no-store")
            assert f'files/{file["name"]}"' not in world.get(f"{RELEASE}/").text
        else:
            assert answer.status_code == 200
            holding += [file["name"]] if item.encode() in answer.data else []
    assert bool(holding) == (name == OPEN)


def test_the_feed_and_the_lists_answer_without_a_worker(world: World) -> None:
    assert world.get("/datasets/").status_code == 200
    assert world.get("/datasets/sample/").status_code == 302
    recalls = world.get("/datasets/revocations.jsonl")
    assert recalls.status_code == 200 and "비밀" not in recalls.text
