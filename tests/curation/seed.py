"""Works of every kind of rights, written through the stores as a harvest would write them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from repository import assets, changes, decisions, identities, institutions, items, takedowns
from repository.asset import AssetState
from repository.database import Transaction
from repository.identifiers import mint
from repository.identities import IdentityState
from repository.institution import Institution
from repository.item import Agent, Claim, Date, Description, Item, MediaRef, Note, Text, Title
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
            f"{local_id}/{page}", f"https://media.example/{local_id}/{page}.jpg", "page", alt=(Text("쪽"),)
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
    picture = memory.settings.data_path / "picture"
    picture.write_bytes(random.Random(asset).randbytes(size))
    sha256 = memory.blobs.put(picture)
    measured = {"media_type": "image/jpeg", "width": 60, "height": 80, "bytes": size, "sha256": sha256}
    assets.settle(tx, provider, asset, AssetState.FETCHED, **measured)


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
