"""Works of every kind of rights, written through the stores as a harvest would write them."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from repository import assets, changes, decisions, identities, institutions, items, takedowns
from repository.asset import AssetState, Role
from repository.database import Transaction
from repository.identifiers import mint
from repository.identities import IdentityState
from repository.institution import Institution
from repository.item import Agent, Caption, Claim, Date, Description, Item, MediaRef, Note, Text, Title
from repository.memory import Memory, open_memory
from repository.rights.inputs import gather
from repository.rights.policy import decide
from repository.settings import Settings
from repository.takedowns import TakedownKind

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LIBRARY = Institution("library", "한빛도서관", "Hanbit Library")
INVENTED = Institution("made-up", "꾸민도서관 (가상 기관)", "Made-up Library (invented)", invented=True)
KOGL_0 = (Claim("공공누리 제0유형", layer="work"),)
KOGL_1 = (Claim("공공누리 제1유형", layer="work"),)
KOGL_1_AI = (Claim("공공누리 제1유형 + AI유형", layer="work"),)
KOGL_2 = (Claim("공공누리 제2유형", layer="work"),)
EXPIRED = (Claim("저작권 보호기간 만료", layer="work"),)
CAPTIONS = (
    "WEBVTT\n\nNOTE made by hand\n\n1\n00:00.000 --> 00:02.000\n<v 해설>설날 아침,\n<i>떡국</i> &amp; 세배\n\n"
    "00:02.000 --> 00:04.000\n보름달이 뜬다\n\n00:04.000 --> 00:05.000\n보름달이 뜬다\n"
).encode()
TEXT_FREE = (Claim("", "https://creativecommons.org/publicdomain/zero/1.0/", layer="text"),)


def opened(folder: Path, url: str = "") -> Memory:
    """Open an empty installation whose clock stands at noon."""
    memory = open_memory(Settings(data=str(folder), database=url), clock=lambda: NOON)
    memory.database.migrate()
    with memory.database.write() as tx:
        for institution in (LIBRARY, INVENTED):
            institutions.save(tx, institution)
    return memory


def add(
    memory: Memory,
    local_id: str,
    claims: Sequence[Claim] = KOGL_0,
    *,
    pages: int = 2,
    title: str = "",
    type: str = "book",
    institution: str = "library",
    died: int = 1450,
    year: int = 1446,
    fetched: bool = True,
    size: int = 3000,
    decided: bool = True,
) -> str:
    """Write one work with its pages and its decision; gives its id."""
    media = tuple(
        MediaRef(
            f"{local_id}/{page}",
            f"https://media.example/{local_id}/{page}.jpg",
            "page",
            alt=(Text("먹으로 찍은 글자가 여섯 줄로 늘어선 쪽", "ko"),),
        )
        for page in range(pages)
    )
    with memory.database.write() as tx:
        item_id = identities.identify(tx, "source", local_id, IdentityState.LIVE)
        items.save(
            tx,
            Item(
                item_id,
                "source",
                local_id,
                institution,
                institution,
                _described(claims, type, title or local_id, died, year),
            ),
        )
        assets.sync(tx, item_id, institution, media)
        for ref in media if fetched else ():
            _fetch(memory, tx, institution, assets.asset_id(item_id, ref.key), size)
        if decided:
            decide_again(memory, tx, item_id)
    return item_id


def _described(claims: Sequence[Claim], type: str, title: str, died: int, year: int) -> Description:
    return Description(
        titles=(
            Title(title, "ko"),
            Title("訓民正音", "ko-Hani", "alternative"),
            Title(f"The {title}", "en", "translated"),
        ),
        type=type,
        agents=(
            Agent((Text("세종", "ko"), Text("世宗", "ko-Hani")), "aut", "person", "1397~1450", 1397, died),
        ),
        dates=(Date(f"{year}년", str(year), year, year, "regnal", "exact", "issued"),),
        subjects=(Text("한글", "ko"),),
        notes=(Note("설명하는 글", "ko"),),
        languages=("lzh",),
        claims=tuple(claims),
    )


def _fetch(memory: Memory, tx: Transaction, provider: str, asset: str, size: int) -> None:
    measured = {"media_type": "image/jpeg", "width": 60, "height": 80}
    settle(memory, tx, provider, asset, _drawn(asset, size), **measured)


def _drawn(asset: str, size: int) -> bytes:
    """Draw a picture of its own for a file, of so many bytes; what follows a JPEG's end is not looked at."""
    dice = random.Random(asset)
    colour = dice.randrange(256), dice.randrange(256), dice.randrange(256)
    out = io.BytesIO()
    Image.new("RGB", (60, 80), colour).save(out, "JPEG")
    return (out.getvalue() + dice.randbytes(size))[:size]


def settle(
    memory: Memory, tx: Transaction, provider: str, asset: str, content: bytes, **measured: object
) -> None:
    """Let a file have been fetched."""
    path = memory.settings.data_path / "picture"
    path.write_bytes(content)
    sha256 = memory.blobs.put(path)
    assets.settle(tx, provider, asset, AssetState.FETCHED, bytes=len(content), sha256=sha256, **measured)


def add_film(memory: Memory, local_id: str, claims: Sequence[Claim], captions: bytes = CAPTIONS) -> str:
    """Write a film with Korean captions; gives its id."""
    url = f"https://media.example/{local_id}"
    film = MediaRef(f"{local_id}/film", f"{url}.mp4", "film", captions=(Caption(f"{url}.ko.vtt", "ko"),))
    with memory.database.write() as tx:
        item_id = identities.identify(tx, "source", local_id, IdentityState.LIVE)
        described = _described(claims, "video", local_id, 1450, 1446)
        items.save(tx, Item(item_id, "source", local_id, "library", "library", described))
        assets.sync(tx, item_id, "library", (film,))
        for file in assets.of_item(tx.conn, item_id):
            told = ("text/vtt", captions) if file.role is Role.CAPTION else ("video/mp4", b"film" * 500)
            settle(memory, tx, "library", file.id, told[1], media_type=told[0])
        decide_again(memory, tx, item_id)
    return item_id


def decide_again(memory: Memory, tx: Transaction, item_id: str) -> None:
    """Decide on a work, and on its files that make claims of their own, by the rules, takedowns and all."""
    stored = items.find(tx.conn, item_id)
    assert stored is not None
    downs = tuple(down.kind.value for down in takedowns.in_force(tx.conn, [item_id]))
    own = assets.claims_of(tx.conn, item_id)
    for subject in (item_id, *own):
        inputs, _ = gather(stored.item.description, claims=own.get(subject, ()), takedowns=downs)
        decisions.record(tx, item_id, decide(subject, inputs, memory.rules), "rules")


def take_down(memory: Memory, item_id: str, kind: TakedownKind = TakedownKind.RIGHTS) -> None:
    """Take a work down as `km takedown` does, with no worker running."""
    with memory.database.write() as tx:
        takedowns.add(tx, item_id, kind, "유족의 요청", "librarian")
        decide_again(memory, tx, item_id)
        tx.touch(item_id, "decision")


def lift(memory: Memory, item_id: str) -> None:
    """Lift the takedowns of a work."""
    with memory.database.write() as tx:
        takedowns.lift(tx, item_id)
        decide_again(memory, tx, item_id)
        tx.touch(item_id, "decision")


def reclaim(memory: Memory, local_id: str, claims: Sequence[Claim]) -> None:
    """Let the source send a work again with other claims."""
    with memory.database.write() as tx:
        item_id = identities.find(tx.conn, "source", local_id)
        stored = items.find(tx.conn, item_id) if item_id else None
        assert stored is not None and item_id is not None
        described = _described(claims, stored.item.description.type, stored.item.title, 1450, 1446)
        items.save(tx, Item(item_id, "source", local_id, "library", "library", described))
        decide_again(memory, tx, item_id)


def collection_of_rights(memory: Memory, cleared: int = 6) -> dict[str, str]:
    """Write cleared works, and one for each reason to be left out; gives their ids by name."""
    found = {
        f"cleared-{n}": add(memory, f"cleared-{n}", KOGL_0 if n % 2 else KOGL_1_AI) for n in range(cleared)
    }
    found["text"] = add(memory, "text", (*EXPIRED, *TEXT_FREE))
    found["ask"] = add(memory, "ask", KOGL_1)
    found["no"] = add(memory, "no", KOGL_2)
    found["silent"] = add(memory, "silent", ())
    found["undecided"] = add(memory, "undecided", decided=False)
    found["bare"] = add(memory, "bare", pages=0)
    found["unfetched"] = add(memory, "unfetched", fetched=False)
    found["down"] = add(memory, "down")
    take_down(memory, found["down"])
    return found


def head(memory: Memory) -> int:
    """Give the newest change number."""
    with memory.database.read() as conn:
        return changes.head(conn)


def identifiers(count: int) -> list[str]:
    """Make ids as items have them."""
    return [mint("source", str(number)) for number in range(count)]
