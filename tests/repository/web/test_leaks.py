"""No byte and no answering address leaks: every door, for items that allow nothing up to all, and after a takedown.

The walk takes its doors from the application's own map of addresses, so a door without a case here fails it.
No worker runs: the index and every kept thing are as they were before the takedown.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PIL import Image

from repository import assets, citations, takedowns
from repository.asset import Role
from repository.rights.decision import Degree
from repository.takedowns import TakedownKind
from repository.urls import SUFFIXES
from repository.web.workbench import PREFIX
from tests.repository.web import seed
from tests.repository.web.conftest import Site, make_app

MAX_PX = 300
STATES = {
    "nothing": ("", Degree.CLOSED, 0),
    "described": ("d", Degree.CLOSED, 0),
    "reduced": ("dv", Degree.REDUCED, MAX_PX),
    "viewed": ("dv", Degree.OPEN, 0),
    "reused": ("dvr", Degree.OPEN, 0),
    "all": ("dvrt", Degree.OPEN, 0),
}
DOWN = tuple(TakedownKind)


@dataclass
class Thing:
    """A secret item: what it allows, and the ids of its files by role."""

    name: str
    item: str
    open_for: str
    degree: Degree
    files: dict[Role, str]


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, dict[str, Thing]]]:
    """A site of one secret item for every state, and one more for every kind of takedown, all of them indexed."""
    seeded = seed.open_seeded(tmp_path_factory.mktemp("secrets"))
    names = dict(STATES) | {f"down_{kind.value}": ("dvrt", Degree.OPEN, 0) for kind in DOWN}
    things = {}
    for name, (open_for, degree, max_px) in names.items():
        item = seed.put_plain(seeded, name, open_for, degree=degree, max_px=max_px, film=True)
        with seeded.memory.database.read() as conn:
            files = {asset.role: asset.id for asset in reversed(assets.of_item(conn, item))}
        things[name] = Thing(name, item, open_for, degree, files)
    seed.publish(seeded, "secrets", "모음", "Set", list(seeded.ids))
    seed.index(seeded)
    with seeded.memory.database.write() as tx:
        for kind in DOWN:
            takedowns.add(tx, things[f"down_{kind.value}"].item, kind, "까닭입니다", "test")
    yield Site(seeded, make_app(seeded)), things
    seeded.memory.close()


# ---- the cases: for each door, its addresses about an item, and the letter of the use that opens it
def image_sizes(base: str) -> list[str]:
    return [
        base,
        f"{base}/info.json",
        f"{base}/full/max/0/default.jpg",
        f"{base}/full/100,/0/default.png",
        f"{base}/0,0,200,200/200,200/0/default.jpg",
        f"{base}/square/200,200/90/gray.webp",
        f"{base}/pct:40,40,10,10/max/0/default.jpg",
    ]


Paths = Callable[[Thing], list[str]]
PAGES: tuple[str, ...] = (
    "/",
    "/components/",
    "/search",
    "/search?q=비밀",
    "/api/v1/suggest?limit=20&q=비밀",
    "/api/v1/suggest?limit=20&q=secret",
    "/institutions/",
    "/institutions/hanbit",
    "/iiif/collections/secrets.json",
    "/items/feed.atom",
    "/opensearch/suggestions?q=비밀",
    "/sitemaps/items.xml",
    "/sitemaps/collections.xml",
)
CASES: dict[str, tuple[str, Paths]] = {
    "items.item": (
        "d",
        lambda thing: [f"/items/{thing.item}{end}" for end in ("", *(f".{s}" for s in SUFFIXES))],
    ),
    "cite.export": ("d", lambda thing: [f"/items/{thing.item}.{form}" for form in citations.FORMATS]),
    "share_pictures.picture": ("v", lambda thing: [f"/items/{thing.item}/share.jpg"]),
    "iiif.service": ("v", lambda thing: [f"/iiif/image/{thing.files[Role.PAGE]}"]),
    "iiif.info": ("v", lambda thing: [f"/iiif/image/{thing.files[Role.PAGE]}/info.json"]),
    "iiif.picture": ("v", lambda thing: image_sizes(f"/iiif/image/{thing.files[Role.PAGE]}")[2:]),
    "iiif.service2": ("v", lambda thing: [f"/iiif/2/{thing.files[Role.PAGE]}"]),
    "iiif.info2": ("v", lambda thing: [f"/iiif/2/{thing.files[Role.PAGE]}/info.json"]),
    "iiif.picture2": ("v", lambda thing: image_sizes(f"/iiif/2/{thing.files[Role.PAGE]}")[2:]),
    "iiif.manifest": ("v", lambda thing: [f"/iiif/{thing.item}/manifest.json"]),
    "files.thumbnail": (
        "v",
        lambda thing: [f"/assets/{thing.files[role]}/thumbnail.jpg" for role in (Role.FILM, Role.PAGE)],
    ),
    "files.poster": ("o", lambda thing: [f"/assets/{thing.files[Role.FILM]}/poster.jpg"]),
    "files.film": ("o", lambda thing: [f"/assets/{thing.files[Role.FILM]}/film"]),
    "files.captions": ("v", lambda thing: [f"/assets/{thing.files[Role.CAPTION]}/captions.vtt"]),
    "files.original": (
        "r",
        lambda thing: [
            f"/assets/{thing.files[role]}/original" for role in (Role.PAGE, Role.FILM, Role.CAPTION)
        ],
    ),
}
# Doors that give out nothing of a single item by its own address; the lists among them are read below.
LISTS = {"pages.home", "pages.institution_list", "pages.institution", "search.search", "iiif.collection"}
LISTS |= {"components.components"}
LISTS |= {"feeds.newest", "opensearch.suggestions", "sitemaps.part", "suggest.suggest"}
APART = {
    "static",
    "machines.healthz",
    "machines.readyz",
    "about.page",
    "machines.mining",
    "machines.robots",
    "machines.tdmrep",
    "machines.vendor",
    "machines.description",
    "opensearch.description",
    "page_fonts.font",
    "share_pictures.card",
    "sitemaps.index",
}
# Never kept by anybody, so not with the cases above: `test_reports.py` walks them.
APART |= {"reports.form", "report_answers.overview", "report_answers.status"}
APART |= {"report_answers.ask", "report_answers.confirm"}
# Reduced pictures whose thumbnail would be larger than they may be seen.
TOO_LARGE_WHEN_REDUCED = {"files.thumbnail"}


def test_every_door_has_a_case(secrets: tuple[Site, dict[str, Thing]]) -> None:
    rules = secrets[0].app.url_map.iter_rules()
    doors = {rule.endpoint for rule in rules if not rule.rule.startswith(PREFIX)}  # see test_login
    assert doors == CASES.keys() | LISTS | APART


def is_open(thing: Thing, endpoint: str) -> bool:
    """Tell whether a door should give out this thing."""
    use = CASES[endpoint][0]
    if thing.name.startswith("down_"):
        return False
    if thing.degree is Degree.REDUCED and (use == "o" or endpoint in TOO_LARGE_WHEN_REDUCED):
        return False
    return ("v" if use == "o" else use) in thing.open_for


@pytest.mark.parametrize("name", [*STATES, *(f"down_{kind.value}" for kind in DOWN)])
@pytest.mark.parametrize("endpoint", CASES)
def test_a_door_gives_out_what_is_allowed_and_nothing_else(
    endpoint: str, name: str, secrets: tuple[Site, dict[str, Thing]]
) -> None:
    site, things = secrets
    thing = things[name]
    for path in CASES[endpoint][1](thing):
        for method in ("GET", "HEAD"):
            for accept in ("*/*", "text/html", "application/ld+json"):
                headers = {"Accept": accept, "Range": "bytes=0-9", "If-None-Match": '"x"'}
                answer = site.client.open(path, method=method, headers=headers)
                body = answer.get_data()
                if is_open(thing, endpoint):
                    assert answer.status_code in (200, 206, 303), (path, answer.status_code)
                    assert answer.headers["Cache-Control"] in (
                        "public, max-age=30",
                        "max-age=30, public",
                    ) or (answer.status_code == 303)
                    continue
                assert answer.status_code == (410 if name.startswith("down_") else 403), path
                assert answer.headers["Cache-Control"] == "no-store"
                assert "ETag" not in answer.headers and "Location" not in answer.headers
                assert answer.mimetype in ("application/json", "text/html")
                assert_tells_nothing(thing, body.decode().replace(path, ""))


def assert_tells_nothing(thing: Thing, text: str) -> None:
    """Look for the files' ids beside the address that was asked for, and for the title where it is closed."""
    for asset in thing.files.values():
        assert asset not in text
    if "d" not in thing.open_for or thing.name == "down_privacy":
        assert "비밀" not in text and "Secret" not in text


@pytest.mark.parametrize("name", [*STATES, *(f"down_{kind.value}" for kind in DOWN)])
def test_lists_and_descriptions_name_only_what_answers(
    name: str, secrets: tuple[Site, dict[str, Thing]]
) -> None:
    """What may not be described stands in no list, and no answer names an address that would not answer."""
    site, things = secrets
    thing = things[name]
    down = name.startswith("down_")
    own = [
        path
        for door in ("items.item", "iiif.manifest")
        if is_open(thing, door)
        for path in CASES[door][1](thing)
    ]
    paths = [*PAGES, *own]
    for path in paths:
        for language in ("ko", "en"):
            text = (
                site.page(path, language) if "." not in path else site.client.get(path).get_data(as_text=True)
            )
            if down or "d" not in thing.open_for:
                assert thing.item not in text, path
                assert f"비밀 {name}<" not in text and f"Secret {name}<" not in text
            for endpoint, (_use, addresses) in CASES.items():
                named = [one for one in addresses(thing) if f'{one}"' in text or f"{one}>" in text]
                assert not named or is_open(thing, endpoint), (path, named)
            if "v" not in thing.open_for or down:
                assert all(asset not in text for asset in thing.files.values()), path


ENLARGING = (
    "full/max",
    "full/full",
    "full/^max",
    "full/!5000,5000",
    "full/^!5000,5000",
    "pct:0,0,50,50/max",
    "0,0,100,100/max",
    "0,0,100,100/^1000,1000",
    "square/max",
    "full/1400,1000",
)


def test_pictures_to_be_seen_reduced_are_never_larger(secrets: tuple[Site, dict[str, Thing]]) -> None:
    site, things = secrets
    page = things["reduced"].files[Role.PAGE]
    for base in (f"/iiif/image/{page}", f"/iiif/2/{page}"):
        for asked in ENLARGING:
            answer = site.client.get(f"{base}/{asked}/0/default.jpg")
            assert answer.status_code in (200, 400, 403)
            if answer.status_code == 200:
                assert max(Image.open(io.BytesIO(answer.data)).size) <= MAX_PX
        described = site.client.get(f"{base}/info.json").get_json()
        assert max(described["width"], described["height"]) <= MAX_PX


def test_a_page_names_reduced_pictures_by_addresses_that_are_answered(fresh: Site) -> None:
    item = seed.put_plain(fresh.seeded, "bounded", "dvrt")
    with fresh.seeded.memory.database.write() as tx:
        # 299 of 1400 pixels: the shorter side is not whole, and page and door have to cut it alike.
        seed.decide(tx, item, "dv", degree=Degree.REDUCED, max_px=299)
    shown = set(
        re.findall(r"/iiif/image/[^\s\",]+/(?:!?\d+,\d*)/0/default\.jpg", fresh.page(f"/items/{item}"))
    )
    assert shown
    for address in shown:
        answer = fresh.client.get(address)
        assert answer.status_code == 200, address
        assert max(Image.open(io.BytesIO(answer.data)).size) == 299


def test_a_file_with_a_stricter_decision_of_its_own_is_closed_alone(fresh: Site) -> None:
    item = seed.put_plain(fresh.seeded, "mixed", "dvrt")
    first, second = fresh.seeded.files("mixed")
    with fresh.seeded.memory.database.write() as tx:
        seed.decide(tx, item, "d", subject=first)
    assert fresh.client.get(f"/assets/{first}/thumbnail.jpg").status_code == 403
    assert fresh.client.get(f"/iiif/image/{first}/full/max/0/default.jpg").status_code == 403
    assert fresh.client.get(f"/assets/{first}/original").status_code == 403
    assert fresh.client.get(f"/assets/{second}/original").status_code == 200
    for path in (f"/items/{item}", f"/items/{item}.json", f"/items/{item}.ttl", "/"):
        text = fresh.client.get(path).get_data(as_text=True)
        assert first not in text, path
    assert second in fresh.page(f"/items/{item}")


def test_a_file_taken_down_is_gone_while_its_item_stays(fresh: Site) -> None:
    item = seed.put_plain(fresh.seeded, "partly", "dvrt")
    first, second = fresh.seeded.files("partly")
    with fresh.seeded.memory.database.write() as tx:
        takedowns.add(tx, first, TakedownKind.PRIVACY, "얼굴이 보임", "test")
    assert fresh.client.get(f"/assets/{first}/original").status_code == 410
    text = fresh.page(f"/items/{item}")
    assert first not in text and second in text and "얼굴" not in text


def test_a_film_taken_down_takes_its_captions_with_it(fresh: Site) -> None:
    seed.put_plain(fresh.seeded, "silent", "dvrt", film=True)
    film, caption = fresh.seeded.files("silent")[:2]
    assert fresh.client.get(f"/assets/{caption}/captions.vtt").status_code == 200
    with fresh.seeded.memory.database.write() as tx:
        takedowns.add(tx, film, TakedownKind.RIGHTS, "음악", "test")
    assert fresh.client.get(f"/assets/{caption}/captions.vtt").status_code == 410


def test_a_takedown_that_is_lifted_opens_the_doors_again(fresh: Site) -> None:
    item = seed.put_plain(fresh.seeded, "back", "dvrt")
    memory = fresh.seeded.memory
    with memory.database.write() as tx:
        takedowns.add(tx, item, TakedownKind.REQUEST, "확인", "test")
    assert fresh.client.get(f"/items/{item}").status_code == 410
    with memory.database.write() as tx:
        takedowns.lift(tx, item)
    assert fresh.client.get(f"/items/{item}").status_code == 200


def test_an_item_nobody_decided_on_is_closed(fresh: Site) -> None:
    item = seed.put_plain(fresh.seeded, "undecided", "")
    with fresh.seeded.memory.database.write() as tx:
        tx.conn.exec_driver_sql("DELETE FROM current_decision")
    assert fresh.client.get(f"/items/{item}").status_code == 403
    assert "비밀" not in fresh.page("/")
