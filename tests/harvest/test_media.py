from __future__ import annotations

import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest
from click.testing import CliRunner
from PIL import Image
from sqlalchemy import select

from harvest import media, media_pages, sources
from harvest.iiif_manifest import ImageService, Manifest, Page
from harvest.media_cli import harvest_media
from harvest.source import Source
from repository import assets, changes, findings, gate, institutions, intake
from repository.asset import Asset, AssetState
from repository.institution import Institution
from repository.item import Claim, Description, ItemDraft, MediaRef, Title
from repository.memory import Memory
from repository.rights.decision import Use
from repository.tables import asset as table
from tests.harvest.loopback import Answer, Request, serve

ROOT = Path(__file__).resolve().parents[2]


def picture(shade: int, side: int = 40) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), (shade, 90, 90)).save(out, "PNG")
    return out.getvalue()


@dataclass
class Site:
    """A file server whose files a test changes: bytes by path, and the answers asked of it."""

    memory: Memory
    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)
    failing: int = 0

    def reply(self, request: Request) -> Answer:
        body = self.files.get(request.target)
        tag = f'"{hash(body)}"'
        status = self.failing or (
            404 if body is None else 304 if request.headers.get("if-none-match") == tag else 200
        )
        self.asked.append((request.target, status))
        return Answer(body or b"" if status == 200 else b"", status, (("ETag", tag),))

    def statuses(self) -> list[int]:
        found = [status for _, status in self.asked]
        self.asked.clear()
        return found

    def harvest(self, *refs: MediaRef, local_id: str = "a") -> str:
        draft = ItemDraft(
            Description(titles=(Title("책"),), type="book", claims=(Claim("만료저작물"),)), refs
        )
        with self.memory.database.write() as tx:
            context = intake.context_of(tx.conn, self.memory.rules, 2026)
            return intake.accept(tx, context, "s", "lib", local_id, draft).item

    def names(self, *paths: str, local_id: str = "a") -> str:
        return self.harvest(*(MediaRef(path, self.url + path) for path in paths), local_id=local_id)

    def files_of(self, item: str) -> list[Asset]:
        with self.memory.database.read() as conn:
            return assets.of_item(conn, item)

    def rows(self) -> dict[str, dict[str, Any]]:
        with self.memory.database.read() as conn:
            return {row["id"]: dict(row) for row in conn.execute(select(table)).mappings()}

    def changes(self) -> int:
        with self.memory.database.read() as conn:
            return changes.head(conn)

    def later(self) -> None:
        """Let what was fetched have been asked for long ago."""
        with self.memory.database.write() as tx:
            tx.conn.execute(
                table.update().where(table.c.fetched_at != "").values(fetched_at="2020-01-01T00:00:00Z")
            )


@pytest.fixture
def site(memory: Memory) -> Iterator[Site]:
    made = Site(memory)
    with serve(made.reply) as running:
        made.url = running.url
        with memory.database.write() as tx:
            institutions.save(tx, Institution("lib", "새벽도서관", "Dawn Library"))
            source = Source("s", "새벽도서관", "Dawn Library", running.url, "lib", media_hosts=("127.0.0.1",))
            sources.save(tx, source)
        yield made


# ---- asking again


def test_a_record_that_names_the_same_file_again_fetches_nothing(site: Site) -> None:
    site.files["/1.png"] = picture(1)
    item = site.names("/1.png")
    assert media.fetch_wanted(site.memory) == {"fetched": 1}
    assert site.names("/1.png") == item and media.fetch_wanted(site.memory) == {}
    assert site.statuses() == [200]


def test_what_is_unchanged_writes_nothing_but_when_it_was_asked(site: Site) -> None:
    site.files["/1.png"] = picture(1)
    site.names("/1.png")
    media.fetch_wanted(site.memory)
    site.later()
    before, head = site.rows(), site.changes()
    assert media.recheck(site.memory) == {"unchanged": 1}
    after = site.rows()
    assert site.statuses() == [200, 304] and site.changes() == head
    assert all(row.pop("fetched_at") > "2020-01-01T00:00:00Z" for row in after.values())
    assert [row.pop("fetched_at") for row in before.values()] == ["2020-01-01T00:00:00Z"] and before == after
    assert media.recheck(site.memory) == {}  # asked within this second


def test_the_same_bytes_under_another_tag_move_nothing_but_the_tag(site: Site) -> None:
    site.files["/1.png"] = picture(1)
    (asset,) = site.files_of(site.names("/1.png"))
    media.fetch_wanted(site.memory)
    with site.memory.database.write() as tx:
        tx.conn.execute(table.update().values(etag='"another"', fetched_at="2020-01-01T00:00:00Z"))
    head = site.changes()
    assert media.recheck(site.memory) == {"unchanged": 1}
    row = site.rows()[asset.id]
    assert (row["revision"], row["state"], site.changes()) == (1, "fetched", head)
    assert row["etag"] == f'"{hash(site.files["/1.png"])}"' and site.statuses() == [200, 200]


def test_changed_bytes_move_the_revision_and_tell_the_feed(site: Site) -> None:
    site.files["/1.png"] = picture(1)
    item = site.names("/1.png")
    media.fetch_wanted(site.memory)
    (old,) = site.files_of(item)
    site.files["/1.png"] = picture(2, 60)
    site.later()
    head = site.changes()
    assert media.recheck(site.memory, "s") == {"changed": 1}
    (new,) = site.files_of(item)
    assert (new.id, new.revision, new.width) == (old.id, 2, 60) and new.sha256 != old.sha256
    assert site.changes() == head + 1
    blobs = site.memory.blobs
    assert blobs.has(old.sha256) and blobs.derived(new.sha256, "pyramid.tif") is not None


def test_a_file_that_is_gone_closes_its_door_keeps_its_master_and_may_return(site: Site) -> None:
    site.files["/1.png"] = body = picture(1)
    item = site.names("/1.png")
    media.fetch_wanted(site.memory)
    (kept,) = site.files_of(item)
    del site.files["/1.png"]
    site.later()
    assert media.recheck(site.memory) == {"gone": 1}
    (gone,) = site.files_of(item)
    assert gone.state is AssetState.GONE and not gone.is_image and site.memory.blobs.has(kept.sha256)
    site.later()
    head = site.changes()
    assert media.recheck(site.memory) == {"gone": 1} and site.changes() == head
    site.files["/1.png"] = body
    site.later()
    assert media.recheck(site.memory) == {"returned": 1}
    assert site.files_of(item) == [kept] and site.changes() == head + 1


@pytest.mark.parametrize(("failing", "body"), [(503, None), (403, None), (0, b"<html>not found</html>")])
def test_a_server_in_trouble_takes_nothing_away(
    failing: int, body: bytes | None, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)
    site.files["/1.png"] = picture(1)
    item = site.names("/1.png")
    media.fetch_wanted(site.memory)
    kept = site.files_of(item)
    site.failing = failing
    site.files["/1.png"] = body or site.files["/1.png"]
    site.later()
    head = site.changes()
    assert media.recheck(site.memory) == {"unknown": 1}
    assert site.files_of(item) == kept and site.changes() == head
    (row,) = site.rows().values()
    assert row["problem"].startswith("media_") and row["fetched_at"] > "2020-01-01T00:00:00Z"


def test_the_oldest_are_asked_first_and_never_more_than_the_limit(site: Site) -> None:
    for number in range(5):
        site.files[f"/{number}.png"] = picture(number)
    site.names(*site.files)
    media.fetch_wanted(site.memory)
    site.statuses()
    with site.memory.database.write() as tx:
        for number in range(5):
            moment = f"2020-01-0{5 - number}T00:00:00Z"
            tx.conn.execute(table.update().where(table.c.key == f"/{number}.png").values(fetched_at=moment))
    assert media.recheck(site.memory, limit=3) == {"unchanged": 3}
    assert sorted(path for path, _ in site.asked) == ["/2.png", "/3.png", "/4.png"]


def test_the_same_bytes_twice_are_stored_once(site: Site) -> None:
    site.files["/1.png"] = site.files["/2.png"] = picture(1)
    item = site.names("/1.png", "/2.png")
    media.fetch_wanted(site.memory)
    one, two = site.files_of(item)
    assert one.sha256 == two.sha256 and one.id != two.id
    kept = [path for path in (site.memory.blobs.root / "original").rglob("*") if path.is_file()]
    assert [path.name for path in kept] == [one.sha256]


def test_the_command_fetches_and_asks_again(site: Site) -> None:
    site.files["/1.png"] = picture(1)
    site.names("/1.png")
    run = CliRunner().invoke

    def said(*words: str) -> dict[str, int]:
        result = run(harvest_media, [*words, "--json"], obj=lambda: site.memory)
        assert result.exit_code == 0, result.output
        found: dict[str, int] = json.loads(result.stdout)
        return found

    assert said("s") == {"fetched": 1} and said() == {}
    site.later()
    assert said("--recheck", "s", "--limit", "5") == {"unchanged": 1}
    assert said("--manifests", "s") == {}
    assert run(harvest_media, ["--manifests"], obj=lambda: site.memory).exit_code == 2
    assert run(harvest_media, ["nobody"], obj=lambda: site.memory).exit_code != 0
    assert "할 일이 없습니다 (nothing to do)" in run(harvest_media, [], obj=lambda: site.memory).stdout


# ---- killed on the way


CHILD = """
import sys
from pathlib import Path
from harvest import media
from repository.memory import open_memory
from repository.settings import Settings
media.fetch_wanted(open_memory(Settings(data=sys.argv[1])))
"""


def noise() -> bytes:
    """Make a picture of some 12 MB that nothing makes smaller."""
    out = io.BytesIO()
    Image.frombytes("RGB", (2000, 2000), random.Random(7).randbytes(12_000_000)).save(
        out, "PNG", compress_level=0
    )
    return out.getvalue()


def test_killed_in_a_big_file_the_next_process_goes_on_where_it_was(memory: Memory) -> None:
    body, sent, ranges = noise(), [0], []
    slow = [True]

    def stream(start: int) -> Iterator[bytes]:
        for place in range(start, len(body), 65536):
            yield body[place : place + 65536]
            sent[0] += len(body[place : place + 65536])
            if slow[0]:
                time.sleep(0.02)

    def reply(request: Request) -> Answer:
        start = int(request.headers.get("range", "bytes=0-")[6:-1])
        ranges.append((request.headers.get("range"), request.headers.get("if-range")))
        headers = [("ETag", '"big"'), ("Content-Length", str(len(body) - start))]
        if start:
            headers.append(("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}"))
        return Answer(status=206 if start else 200, headers=tuple(headers), stream=stream(start))

    with serve(reply) as server:
        site = Site(memory, server.url)
        with memory.database.write() as tx:
            institutions.save(tx, Institution("lib", "새벽도서관", "Dawn Library"))
            sources.save(tx, Source("s", "s", "s", server.url, "lib", media_hosts=("127.0.0.1",)))
        item = site.names("/big.png")
        child = subprocess.Popen([sys.executable, "-c", CHILD, memory.settings.data], cwd=ROOT)
        while sent[0] < 4_000_000:
            assert child.poll() is None
            time.sleep(0.01)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        slow[0] = False
        time.sleep(0.1)
        first = sent[0]
        assert site.files_of(item)[0].state is AssetState.WANTED
        assert media.fetch_wanted(memory) == {"fetched": 1}
    (file,) = site.files_of(item)
    assert memory.blobs.local(file.sha256).read_bytes() == body and file.bytes == len(body)
    assert ranges[0] == (None, None) and ranges[1][1] == '"big"'
    start = int(str(ranges[1][0])[6:-1])
    assert 3_000_000 < start <= first and sent[0] == first + len(body) - start
    assert [path.name for path in (memory.settings.data_path / "fetching" / "0").iterdir()] == ["lock"]


def test_what_nobody_will_go_on_with_is_swept(site: Site) -> None:
    folder = site.memory.settings.data_path / "fetching" / "0"
    folder.mkdir(parents=True)
    for name in ("gone.part", "gone.part.json", "whole"):
        (folder / name).write_bytes(b"x")
    assert media.fetch_wanted(site.memory) == {}
    assert [path.name for path in folder.iterdir()] == ["lock"]


@pytest.mark.parametrize("named", [(), ("/1.png?v=2",)])
def test_a_file_that_the_record_names_otherwise_meanwhile_is_not_taken_for_it(
    named: tuple[str, ...], site: Site
) -> None:
    site.files = {"/1.png": picture(1), "/1.png?v=2": picture(2)}

    def meanwhile(request: Request) -> Answer:
        if request.target == "/1.png":
            site.harvest(*(MediaRef("/1.png", site.url + path) for path in named))
        return Site.reply(site, request)

    with serve(meanwhile) as busy:
        item = site.harvest(MediaRef("/1.png", busy.url + "/1.png"))
        assert media.fetch_wanted(site.memory) == {"wanted": 1}
    (row,) = site.rows().values()
    assert (row["state"], row["sha256"]) == ("wanted" if named else "dropped", "")
    assert media.fetch_wanted(site.memory) == ({"fetched": 1} if named else {})
    assert [file.width for file in site.files_of(item)] == [40] * len(named)


# ---- manifests


def canvas(site: Site, name: str, **service: Any) -> dict[str, Any]:
    body = {"id": f"{site.url}/{name}.png", "type": "Image", "width": 40, "height": 40}
    if service:
        body["service"] = [
            {"id": f"{site.url}/iiif/{name}", "type": "ImageService3", "profile": "level2", **service}
        ]
    note = {"type": "Annotation", "motivation": "painting", "body": body}
    label = {"ko": [name]}
    return {"id": f"http://x.example/canvas/{name}", "type": "Canvas", "label": label,
            "items": [{"type": "AnnotationPage", "items": [note]}]}  # fmt: skip


def put_manifest(site: Site, *canvases: dict[str, Any], **more: Any) -> None:
    said = {"type": "Manifest", "items": canvases, **more}
    site.files["/manifest.json"] = json.dumps(said).encode()


MANIFEST = "/manifest.json"


def manifest_ref(site: Site) -> MediaRef:
    return MediaRef(MANIFEST, site.url + MANIFEST, "manifest")


def test_the_pages_of_a_manifest_become_the_files_of_the_item(site: Site) -> None:
    site.files = {"/a.png": picture(1), "/b.png": picture(2)}
    put_manifest(site, canvas(site, "b"), canvas(site, "a"), rights="http://x.example/terms")
    item = site.harvest(manifest_ref(site))
    assert [file.role for file in site.files_of(item)] == ["manifest"]
    assert media.fetch_wanted(site.memory) == {"fetched": 3}
    files = site.files_of(item)
    assert [(file.label, file.role, file.state) for file in files] == [
        ("b", "page", "fetched"), ("a", "page", "fetched"),
    ]  # fmt: skip
    assert [file.key for file in files] == ["http://x.example/canvas/b", "http://x.example/canvas/a"]
    rows = site.rows()
    (own,) = [row for row in rows.values() if row["role"] == "manifest"]
    assert {file.parent for file in files} == {own["id"]}
    assert site.memory.blobs.local(own["sha256"]).read_bytes() == site.files[MANIFEST]
    with site.memory.database.read() as conn:
        found = [one.problem for one in findings.of_subject(conn, item) if one.prefix == own["id"]]
    assert [(one.code, one.field, one.value) for one in found] == [
        ("field_not_consumed", "rights", "http://x.example/terms")
    ]
    head = site.changes()
    assert site.harvest(manifest_ref(site)) == item and site.changes() == head  # a replay writes nothing


def test_a_manifest_that_changes_moves_adds_and_drops_pages_and_keeps_their_ids(site: Site) -> None:
    site.files = {f"/{name}.png": picture(number) for number, name in enumerate("abcd")}
    put_manifest(site, *(canvas(site, name) for name in "abc"))
    item = site.harvest(manifest_ref(site), MediaRef("/d.png", f"{site.url}/d.png"))
    media.fetch_wanted(site.memory)
    before = {file.label: file for file in site.files_of(item)}
    put_manifest(site, *(canvas(site, name) for name in "cxa"))
    site.files["/x.png"] = picture(9)
    site.later()
    found = media.recheck(site.memory)  # page b may be asked for before or after it is dropped
    assert found.pop("changed") == 1 and sum(found.values()) == 4
    after = site.files_of(item)
    assert [(file.label, file.sequence) for file in after] == [("c", 1), ("x", 2), ("a", 3), ("", 4)]
    for name in "ca":
        now = next(file for file in after if file.label == name)
        assert msgspec.structs.replace(now, sequence=before[name].sequence) == before[name]
    assert site.rows()[before["b"].id]["state"] == "dropped" and site.memory.blobs.has(before["b"].sha256)
    assert media.fetch_wanted(site.memory) == {"fetched": 1}
    put_manifest(site, *(canvas(site, name) for name in "bcxa"))
    site.later()
    media.recheck(site.memory)
    assert site.files_of(item)[0].id == before["b"].id and site.files_of(item)[0].state is AssetState.WANTED


def test_pages_go_with_their_manifest_and_come_back_with_it(site: Site) -> None:
    site.files = {"/a.png": picture(1)}
    put_manifest(site, canvas(site, "a"))
    item = site.harvest(manifest_ref(site))
    media.fetch_wanted(site.memory)
    (page,) = site.files_of(item)
    assert page.role == "view"
    site.harvest()
    assert site.files_of(item) == []
    site.harvest(manifest_ref(site))
    media.fetch_wanted(site.memory)
    assert [file.id for file in site.files_of(item)] == [page.id]


def test_a_page_that_the_record_names_itself_is_one_file(site: Site) -> None:
    site.files = {"/a.png": picture(1), "/b.png": picture(2)}
    put_manifest(site, canvas(site, "a"), canvas(site, "b"))
    own = MediaRef("/a.png", f"{site.url}/a.png")
    item = site.harvest(own, manifest_ref(site))
    media.fetch_wanted(site.memory)
    assert [file.url.rpartition("/")[2] for file in site.files_of(item)] == ["a.png", "b.png"]
    site.harvest(manifest_ref(site))  # the record names it no more, the manifest still does
    media.fetch_wanted(site.memory)
    assert [(file.url.rpartition("/")[2], file.state) for file in site.files_of(item)] == [
        ("a.png", "fetched"), ("b.png", "fetched"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<html>", "media_refused_broken"),
        (b"{}", "media_refused_type"),
        (picture(1), "media_refused_broken"),
    ],
)
def test_what_is_no_manifest_is_refused_with_its_code(body: bytes, code: str, site: Site) -> None:
    site.files[MANIFEST] = body
    site.harvest(manifest_ref(site))
    assert media.fetch_wanted(site.memory) == {"refused": 1}
    (row,) = site.rows().values()
    assert row["problem"] == code


def test_a_picture_of_the_same_service_is_one_file_at_whatever_size_the_record_names_it(site: Site) -> None:
    small = f"{site.url}/iiif/a/full/!600,600/0/default.jpg"
    site.files = {"/iiif/a/full/!600,600/0/default.jpg": picture(1), "/b.png": picture(2)}
    put_manifest(site, canvas(site, "a", profile="level2"), canvas(site, "b"))
    item = site.harvest(MediaRef("a", small), manifest_ref(site))
    media.fetch_wanted(site.memory)
    assert [file.url for file in site.files_of(item)] == [small, f"{site.url}/b.png"]


def test_what_a_manifest_says_of_rights_holds_for_its_pages(site: Site) -> None:
    site.files = {"/a.png": picture(1)}
    put_manifest(site, canvas(site, "a"), rights="http://rightsstatements.org/vocab/InC/1.0/")
    own = MediaRef("/b.png", f"{site.url}/b.png")
    site.files["/b.png"] = picture(2)
    item = site.harvest(own, manifest_ref(site))
    media.fetch_wanted(site.memory)
    with site.memory.database.read() as conn:
        stored, _ = gate.named_item(conn, item)
        access = gate.load_whole(conn, stored)
    free, closed = site.files_of(item)
    assert access.allows(Use.VIEW, free.id) and not access.allows(Use.REUSE, closed.id)


def test_a_process_that_ends_between_manifest_and_pages_leaves_it_wanted(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.files = {"/a.png": picture(1)}
    put_manifest(site, canvas(site, "a"))
    item = site.harvest(manifest_ref(site))

    def ended(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(assets, "expand", ended)
        with pytest.raises(KeyboardInterrupt):
            media.fetch_wanted(site.memory)
    assert [(file.role, file.state) for file in site.files_of(item)] == [("manifest", "wanted")]
    assert media.fetch_wanted(site.memory) == {"fetched": 2}
    assert [file.label for file in site.files_of(item)] == ["a"]


def test_a_manifest_that_breaks_leaves_the_pages_it_had(site: Site) -> None:
    site.files = {"/a.png": picture(1)}
    put_manifest(site, canvas(site, "a"))
    item = site.harvest(manifest_ref(site))
    media.fetch_wanted(site.memory)
    kept = site.files_of(item)
    site.files[MANIFEST] = b"<html>sorry</html>"
    site.later()
    assert media.recheck(site.memory) == {"unchanged": 1, "unknown": 1} and site.files_of(item) == kept


def referred(site: Site) -> str:
    """Harvest a manifest of a source that leaves its pictures where they are."""
    choose(site, "refer")
    item = site.harvest(manifest_ref(site))
    assert media.fetch_wanted(site.memory, limit=1) == {"fetched": 1}
    return item


def choose(site: Site, way: Literal["copy", "refer"]) -> None:
    with site.memory.database.write() as tx:
        sources.save(tx, msgspec.structs.replace(sources.get(tx.conn, "s"), media=way))


def test_pictures_are_left_with_the_institutions_own_service_and_nothing_is_copied(site: Site) -> None:
    site.files = {
        "/iiif/c/info.json": b'{"width": 1200, "height": 800, "protocol": "x"}',
        "/d.png": picture(1),
    }
    bare = canvas(site, "c", profile="level1", type="ImageService2")
    for name in ("width", "height"):
        del bare["items"][0]["items"][0]["body"][name]
    put_manifest(site, canvas(site, "a", profile="level2"), bare, canvas(site, "d", profile="level0"))
    item = referred(site)
    first, second, third = site.files_of(item)
    assert (first.state, first.url, first.media_type) == (
        "remote",
        f"{site.url}/iiif/a",
        "ImageService3/level2",
    )
    assert (second.width, second.height, second.media_type) == (1200, 800, "ImageService2/level1")
    assert first.is_remote_image and (first.width, first.sha256) == (40, "") and not first.is_image
    assert (third.state, third.url) == ("wanted", f"{site.url}/d.png")  # fixed sizes only: copied
    assert [path for path, _ in site.asked] == [MANIFEST, "/iiif/c/info.json"]
    assert media.fetch_wanted(site.memory) == {"fetched": 1}
    with site.memory.database.read() as conn:
        assert assets.counts(conn, [item]) == {item: 3}
        assert assets.covers(conn, [item])[item].id == first.id


def test_a_source_that_is_copied_again_fetches_what_was_left(site: Site) -> None:
    site.files = {"/iiif/a/full/max/0/default.jpg": picture(1)}
    put_manifest(site, canvas(site, "a", profile="level2"))
    item = referred(site)
    (remote,) = site.files_of(item)
    choose(site, "copy")
    assert media.reread(site.memory, "s") == {"fetched": 2}
    (copied,) = site.files_of(item)
    assert (copied.id, copied.state, copied.media_type) == (remote.id, "fetched", "image/png")
    assert copied.is_image and copied.url.endswith("/iiif/a/full/max/0/default.jpg")


def test_a_service_that_does_not_answer_is_said_and_its_picture_copied(tmp_path: Path) -> None:
    page = Page("c", "view", "http://x.invalid/a.jpg", service=ImageService("http://10.0.0.1/iiif", 3, 2))
    (made,), (found,) = media_pages.listed(Manifest((page,)), refer=True, folder=tmp_path)
    assert made.service == "" and found.code == "media_refused_host"
    assert made.ref.url == "http://10.0.0.1/iiif/full/max/0/default.jpg"
