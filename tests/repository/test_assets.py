"""Files in the store, the same on SQLite and on PostgreSQL: pages of manifests, and who is asked for again."""

from __future__ import annotations

from repository import assets, counters, identities, items
from repository.asset import Asset, AssetState, remote_origin, remote_picture, service_type
from repository.assets import ListedPage
from repository.database import Database
from repository.identities import IdentityState
from repository.item import Description, Item, MediaRef, Title
from repository.tables import asset as table

MANIFEST = MediaRef("m", "https://x.example/manifest.json", "manifest")


def put(database: Database, *refs: MediaRef) -> str:
    with database.write() as tx:
        item_id = identities.identify(tx, "s", "a", IdentityState.LIVE)
        items.save(tx, Item(item_id, "s", "a", "lib", "mus", Description(titles=(Title("책"),), type="book")))
        assets.sync(tx, item_id, "lib", refs)
    return item_id


def page(name: str, service: str = "") -> ListedPage:
    return ListedPage(MediaRef(name, f"https://x.example/iiif/{name}", "page"), service, 300, 200)


def test_pages_are_laid_out_behind_their_manifest_and_counted(database: Database) -> None:
    item = put(
        database, MediaRef("a", "https://x.example/a.jpg"), MANIFEST, MediaRef("z", "https://x.example/z.pdf")
    )
    own = assets.asset_id(item, "m")
    remote = service_type(3, 2)
    with database.write() as tx:
        assets.settle(tx, "lib", own, AssetState.FETCHED, sha256="ab")
        assert assets.expand(tx, "lib", own, [page("p1"), page("p2", remote)])
        assert not assets.expand(tx, "lib", own, [page("p1"), page("p2", remote)])
    with database.read() as conn:
        files = assets.of_item(conn, item)
        assert [(file.key, file.sequence, file.state) for file in files] == [
            ("a", 0, "wanted"), ("p1", 2, "wanted"), ("p2", 3, "remote"), ("z", 4, "wanted"),
        ]  # fmt: skip
        assert counters.of_scope(conn, "lib")["asset"] == {"wanted": 3, "fetched": 1, "remote": 1}
    with database.write() as tx:
        assert not assets.sync(tx, item, "lib", [MediaRef("a", "https://x.example/a.jpg"), MANIFEST,
                                                 MediaRef("z", "https://x.example/z.pdf")])  # fmt: skip
        assert assets.expand(tx, "lib", own, [page("p2")])  # copied from now on
        assert assets.want_manifests(tx, "lib", "s") == 1 and assets.want_manifests(tx, "lib", "other") == 0
    with database.read() as conn:
        assert [(file.key, file.state) for file in assets.of_item(conn, item)] == [
            ("a", "wanted"), ("m", "wanted"), ("p2", "wanted"), ("z", "wanted"),
        ]  # fmt: skip
        assert counters.of_scope(conn, "lib")["asset"] == {"wanted": 4, "dropped": 1}


def test_who_was_asked_for_longest_ago_comes_first(database: Database) -> None:
    item = put(database, *(MediaRef(name, f"https://x.example/{name}") for name in "abcd"))
    states = (AssetState.FETCHED, AssetState.GONE, AssetState.FETCHED, AssetState.REFUSED)
    with database.write() as tx:
        for name, state, day in zip("abcd", states, (3, 2, 1, 1), strict=True):
            moment = f"2026-01-0{day}T00:00:00Z"
            assets.settle(tx, "lib", assets.asset_id(item, name), state, fetched_at=moment, etag=f'"{name}"')
    with database.read() as conn:
        every = assets.held(conn, "s", "2026-02-01T00:00:00Z")
        assert [(one.asset.key, one.etag) for one in every] == [("c", '"c"'), ("b", '"b"'), ("a", '"a"')]
        after = (every[0].asked, every[0].asset.id)
        assert [one.asset.key for one in assets.held(conn, "", "2026-01-03T00:00:00Z", after)] == ["b"]
        assert assets.held(conn, "other", "2026-02-01T00:00:00Z") == []
    with database.write() as tx:
        assets.asked(tx, every[0].asset.id, "media_unreachable")
        assert assets.stands(tx, every[0].asset)
        tx.conn.execute(table.update().where(table.c.key == "c").values(url="https://x.example/moved"))
        assert not assets.stands(tx, every[0].asset)
    with database.read() as conn:
        assert assets.held(conn, "s", "2026-02-01T00:00:00Z")[0].asset.key == "b"


def test_the_addresses_of_a_remote_picture() -> None:
    three = Asset("a", "i", "k", "https://X.example:8443/iiif/a", 0, state=AssetState.REMOTE,
                  media_type=service_type(3, 1), width=3000, height=2000)  # fmt: skip
    two = Asset("a", "i", "k", "https://x.example/a", 0, state=AssetState.REMOTE,
                media_type=service_type(2, 2), width=200, height=400)  # fmt: skip
    assert remote_picture(three, 400) == "https://X.example:8443/iiif/a/full/400,/0/default.jpg"
    assert remote_picture(three) == "https://X.example:8443/iiif/a/full/max/0/default.jpg"
    assert remote_picture(two, 300) == "https://x.example/a/full/150,/0/default.jpg"
    assert remote_picture(two, 400) == "https://x.example/a/full/full/0/default.jpg"
    assert remote_origin(three) == "https://x.example:8443"
    for url in (
        "https://[::1]/a",
        "https://x.example;script-src/a",
        "https://x.example",
        "https://한글.example/a",
    ):
        assert remote_origin(Asset("a", "i", "k", url, 0)) == ""
