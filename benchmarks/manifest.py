"""A manifest of 500 pages: ours, built and kept, against the bare constructors of iiif-prezi3.

python -m benchmarks.manifest
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import orjson
from iiif_prezi3 import Annotation, AnnotationBody, AnnotationPage, Canvas, Manifest, ServiceV3

from benchmarks.measure import in_turns, table
from repository import gate, items, manifests
from repository.asset import AssetState
from repository.assets import of_item, settle
from repository.intake import accept, context_of
from repository.item import Claim, Description, ItemDraft, MediaRef, Text, Title
from repository.memory import Memory, open_memory
from repository.presentation import presenter_of
from repository.settings import Settings

PAGES = 500
ROUNDS = 9


def book(memory: Memory) -> str:
    """Put a book of many fetched pages into an installation; gives its id."""
    described = Description(titles=(Title("훈민정음", "ko"),), claims=(Claim("공공누리 제1유형"),))
    media = tuple(
        MediaRef(f"p{n}", f"https://x.example/{n}.jpg", "page", Text(f"{n}쪽", "ko")) for n in range(PAGES)
    )
    with memory.database.write() as tx:
        item = accept(
            tx, context_of(tx.conn, memory.rules, 2026), "s", "lib", "b", ItemDraft(described, media)
        ).item
        for asset in of_item(tx.conn, item):
            values = {"media_type": "image/jpeg", "width": 2000, "height": 3000, "sha256": "0" * 64}
            settle(tx, "lib", asset.id, AssetState.FETCHED, **values)
    return item


def bare() -> bytes:
    """Build the least manifest of as many pages: one picture with its service for each."""
    name = "http://memory.example/iiif/b"
    canvases = []
    for n in range(PAGES):
        own, image = f"{name}/canvas/{n}", f"http://memory.example/iiif/image/{n}"
        service = ServiceV3(id=image, type="ImageService3", profile="level2")
        body = AnnotationBody(
            id=f"{image}/full/max/0/default.jpg", type="Image", format="image/jpeg",
            width=2000, height=3000, service=[service],
        )  # fmt: skip
        painting = Annotation(id=f"{own}/1/1", motivation="painting", body=body, target=own)
        page = AnnotationPage(id=f"{own}/1", items=[painting])
        canvases.append(Canvas(id=own, label={"ko": [f"{n}쪽"]}, width=2000, height=3000, items=[page]))
    made = Manifest(id=f"{name}/manifest.json", label={"ko": ["훈민정음"]}, items=canvases)
    return orjson.dumps(made.jsonld_dict(), default=str)


def main() -> None:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder:
        memory = open_memory(Settings(data=str(Path(folder))))
        memory.database.migrate()
        item, presenter = book(memory), presenter_of(memory.settings)
        with memory.database.read() as conn:
            built = presenter.build(conn, item)
        assert built is not None
        with memory.database.write() as tx:
            manifests.keep(tx, item, built.basis, built.body)

        def ours() -> None:
            with memory.database.read() as conn:
                presenter.build(conn, item)

        def kept() -> None:
            with memory.database.read() as conn:
                stored = items.find(conn, item)
                assert stored is not None
                presenter.body(conn, stored, gate.load_whole(conn, stored))

        ways = {"bare constructors": bare, "ours, built": ours, "ours, kept": kept}
        table(in_turns(ways, ROUNDS), "bare constructors")
        memory.close()


if __name__ == "__main__":
    main()
