"""A confirmed claim closes its thing at every door of the whole application at once, and its answer opens them again.

No worker runs: the index, manifests, the collection and the release are as they were before the claim.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from click.testing import CliRunner

from repository import assets, jobs
from repository.item import Title
from repository.reports import marks
from repository.rights.decision import Degree
from repository.secret import key_of
from tests import serving
from tests.publishing import publish_all
from tests.repository.web import report_desk, seed, test_leaks
from tests.repository.web.report_desk import CLAIM, receipt
from tests.repository.web.seed import Seeded
from tests.repository.web.test_leaks import Thing
from wsgi import create_app, km

RELEASE = "/datasets/sample/1.0.0"
LISTED = (*test_leaks.PAGES, "/collections/", "/collections/secrets", "/collections/secrets.json")


class Whole(NamedTuple):
    """The whole application at an address, what was seeded, and the thing that somebody wants gone."""

    base: str
    seeded: Seeded
    thing: Thing

    def client(self) -> httpx.Client:
        """Open a client."""
        return httpx.Client(base_url=self.base, timeout=30)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    seeded = seed.open_seeded(tmp_path_factory.mktemp("whole"))
    for name in ("wanted", "other"):
        titles = [Title(f"비밀 {name}", "ko"), Title(f"Secret {name}", "en", "translated")]
        seed.put(seeded, name, seed.draft(titles, "공공누리 제0유형", pages=2, film=True))
    seed.index(seeded)
    publish_all(seeded, seeded.ids, "other")
    with seeded.memory.database.read() as conn:
        found = assets.of_item(conn, seeded.ids["wanted"])
    files = {asset.role: asset.id for asset in reversed(found)}
    thing = Thing("wanted", seeded.ids["wanted"], "dvrt", Degree.OPEN, files)
    app = create_app(seeded.memory.settings)
    with serving.application(app) as base:
        yield Whole(base, seeded, thing)
    app.extensions["memory"].close()
    seeded.memory.close()


def paths(thing: Thing) -> list[str]:
    """Give every address of every door that gives out something of the thing."""
    return [path for _use, addresses in test_leaks.CASES.values() for path in addresses(thing)]


def answers(whole: Whole) -> dict[str, int]:
    """Ask every door, and give the numbers that they answer with."""
    with whole.client() as client:
        return {path: client.get(path).status_code for path in paths(whole.thing)}


def lists(whole: Whole) -> list[str]:
    """Give the lists, of the core and of both arms, that name the thing."""
    with whole.client() as client:
        return [path for path in LISTED if whole.thing.item in client.get(path).text]


def shards(whole: Whole) -> list[str]:
    """Give the files of the release that hold the thing and are given out."""
    with whole.client() as client:
        listed = client.get(f"{RELEASE}.json").json()["files"]
        given = {one["name"]: client.get(f"{RELEASE}/files/{one['name']}") for one in listed}
    return [
        name
        for name, answer in given.items()
        if answer.is_success and whole.thing.item.encode() in answer.content
    ]


def test_a_confirmed_claim_closes_every_door_at_once_and_is_reversible(whole: Whole) -> None:
    before, named, held = answers(whole), lists(whole), shards(whole)
    assert set(before.values()) <= {200, 206, 303} and len(named) > 8 and held
    number = confirmed(whole)
    after = answers(whole)
    assert set(after.values()) == {410}, {path: code for path, code in after.items() if code != 410}
    # An exhibition says what is missing from it, by its number; it shows and tells nothing of it.
    assert [path for path in lists(whole) if not path.startswith("/collections/secrets")] == []
    with whole.client() as client:
        for path in LISTED:
            text = client.get(path).text
            assert not [one for one in whole.thing.files.values() if one in text], path
    assert shards(whole) == []
    done = CliRunner().invoke(
        km,
        [
            "reports",
            "answer",
            str(number),
            "--outcome",
            "declined",
            "--restore",
            "--text",
            "확인했습니다.",
            "--json",
        ],
        env={"KM_DATA": whole.seeded.memory.settings.data},
    )
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout.splitlines()[-1])["hides"] is False
    assert (answers(whole), lists(whole)) == (before, named)


def confirmed(whole: Whole) -> int:
    """Claim the thing and confirm the claim, as a person does it; gives the number of the report."""
    memory = whole.seeded.memory
    path = f"/items/{whole.thing.item}/report?kind=removal"
    now = int(memory.database.clock().timestamp())
    token = marks.form_token(key_of(memory.settings), "removal", whole.thing.item, now - 60)
    with whole.client() as client:
        receipt(client.post(path, data={"token": token, **CLAIM}))
        jobs.send_mails(memory)
        (mail,) = Path(memory.settings.data, "mail").glob("*.eml")
        link = report_desk.confirm_link(report_desk.read_mail(mail))
        assert client.post("/reports/confirm", data={"link": link.params["link"]}).status_code == 200
    listed = CliRunner().invoke(
        km, ["reports", "list", "--state", "hidden", "--json"], env={"KM_DATA": memory.settings.data}
    )
    (report,) = json.loads(listed.stdout.splitlines()[-1])
    assert report["item"] == whole.thing.item
    return int(report["id"])
