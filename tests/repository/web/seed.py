"""A small installation for the tests of the doors: drawn pictures, real pyramids, decisions by the real rules."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import av
from PIL import Image, ImageDraw

from repository import assets, decisions, derivatives, identities, institutions, intake, items, refresh, sets
from repository.asset import AssetState
from repository.blobs import FolderBlobs
from repository.database import Transaction
from repository.identities import IdentityState
from repository.institution import Institution
from repository.item import (
    Agent,
    Caption,
    Claim,
    Date,
    Description,
    Item,
    ItemDraft,
    MediaRef,
    Note,
    Place,
    Text,
    Title,
)
from repository.memory import Memory, open_memory
from repository.rights.decision import Answer, Decision, Degree, Inputs, Ruling, Rulings
from repository.sets import Member, PublishedSet
from repository.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\n{}\n"

LIBRARY = Institution(
    "hanbit",
    "한빛도서관",
    "Hanbit Library",
    "library",
    invented=True,
    about_ko="시연을 위해 지어낸 도서관입니다.",
    about_en="A library invented for demonstration.",
    hours_ko="평일 9시–18시",
    hours_en="Weekdays 9–18",
    contact="curator@hanbit.example",
)
MUSEUM = Institution("narae", "나래박물관", "Narae Museum", "museum", view_px=600)


def picture(words: str, size: tuple[int, int] = (1400, 1000), ink: str = "#3b3024") -> bytes:
    """Draw a picture that says what it is."""
    image = Image.new("RGB", size, "#efe3c8")
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, size[0] - 20, size[1] - 20), outline=ink, width=6)
    for line in range(120, size[1] - 100, 70):
        draw.line((90, line, size[0] - 90, line), fill=ink, width=3)
    draw.text((100, 60), words, fill=ink, font_size=48)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


@cache
def film() -> bytes:
    """Draw two seconds of film, in a codec that browsers play."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=10, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 640, 360, "yuv420p"
        for number in range(20):
            drawn = Image.new("RGB", (640, 360), (30 + 8 * number, 60, 90))
            ImageDraw.Draw(drawn).ellipse((20 + 20 * number, 120, 120 + 20 * number, 220), fill="#efe3c8")
            frame = av.VideoFrame.from_image(drawn)  # type: ignore[no-untyped-call]  # PyAV's own
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return out.getvalue()


def keep(blobs: FolderBlobs, content: bytes) -> str:
    """Keep bytes as an original."""
    file = blobs.root / "incoming"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    digest = blobs.put(file)
    file.unlink()
    return digest


def arrive(
    memory: Memory, tx: Transaction, provider: str, asset: str, content: bytes, media_type: str
) -> None:
    """Let a file's bytes arrive, and make what is derived from them."""
    digest = keep(memory.blobs, content)
    derivatives.make(memory.blobs, digest, media_type)
    width = height = 0
    if media_type.startswith("image/"):
        width, height = Image.open(io.BytesIO(content)).size
    assets.settle(
        tx,
        provider,
        asset,
        AssetState.FETCHED,
        media_type=media_type,
        bytes=len(content),
        sha256=digest,
        width=width or (640 if media_type.startswith("video") else 0),
        height=height or (360 if media_type.startswith("video") else 0),
        seconds=2.0 if media_type.startswith("video") else 0.0,
    )


@dataclass
class Seeded:
    """What was seeded: the installation, and item ids by a short name."""

    memory: Memory
    ids: dict[str, str] = field(default_factory=dict)

    def files(self, name: str) -> list[str]:
        """Give the ids of an item's files in order."""
        with self.memory.database.read() as conn:
            return [asset.id for asset in assets.of_item(conn, self.ids[name])]


def open_seeded(data: Path) -> Seeded:
    """Open an empty installation in a folder, with its institutions."""
    settings = Settings(
        data=str(data), vendor=str(ROOT / "var" / "vendor"), public_url="http://memory.example"
    )
    memory = open_memory(settings)
    memory.database.migrate()
    with memory.database.write() as tx:
        institutions.save(tx, LIBRARY)
        institutions.save(tx, MUSEUM)
    return Seeded(memory)


def draft(
    titles: Sequence[Title],
    claim: str,
    *,
    type: str = "book",
    pages: int = 1,
    agents: tuple[Agent, ...] = (),
    dates: tuple[Date, ...] = (),
    holder: str = "한빛도서관",
    film: bool = False,
) -> ItemDraft:
    """Describe a thing with some pages, or a film with captions in both languages."""
    described = Description(
        titles=tuple(titles),
        type=type,
        agents=agents,
        dates=dates,
        places=(Place((Text("한성", "ko"), Text("Hanseong", "en"))),),
        subjects=(Text("한글", "ko"), Text("음운", "ko")),
        notes=(
            Note("새로 만든 글자를 풀어 설명한 책이다.", "ko"),
            Note("A book that explains the newly made letters.", "en"),
            Note("나무판에 새겨 찍음.", "ko", "physical"),
        ),
        languages=("ko", "lzh"),
        extents=(Text("1책(33장)", "ko"),),
        identifiers=("H-001",),
        holder=(Text(holder, "ko"),),
        shown_at="https://hanbit.example/items/1",
        claims=(Claim(claim, field="dc:rights"),) if claim else (),
    )
    media = tuple(
        MediaRef(f"p{number}", f"https://hanbit.example/{number}.jpg", "page", Text(f"{number}쪽", "ko"),
                 (Text(f"{titles[0].value} 둘레로 먹줄을 그은 종이. 견본 그림 · 실물 사진이 아님", "ko"),
                  Text("A sheet with ink lines. Drawn sample, not the object", "en")))
        for number in range(1, pages + 1)
    )  # fmt: skip
    if film:
        captions = (
            Caption("https://hanbit.example/f.ko.vtt", "ko"),
            Caption("https://hanbit.example/f.en.vtt", "en"),
        )
        media = (MediaRef("f", "https://hanbit.example/f.mp4", "film", captions=captions), *media)
    return ItemDraft(described, media)


def put(seeded: Seeded, name: str, what: ItemDraft, provider: str = "hanbit") -> str:
    """Take a draft in by the real intake, with its files."""
    memory = seeded.memory
    with memory.database.write() as tx:
        context = intake.context_of(tx.conn, memory.rules, 2026)
        accepted = intake.accept(tx, context, f"{provider}-oai", provider, name, what)
        for asset in assets.of_item(tx.conn, accepted.item):
            if asset.role.value == "caption":
                arrive(memory, tx, provider, asset.id, CAPTIONS.format(asset.lang).encode(), "text/vtt")
            elif asset.role.value == "film":
                arrive(memory, tx, provider, asset.id, film(), "video/mp4")
            else:
                arrive(memory, tx, provider, asset.id, picture(f"{name} {asset.sequence}"), "image/jpeg")
    seeded.ids[name] = accepted.item
    return accepted.item


def decide(tx: Transaction, item: str, open_for: str, *, degree: Degree = Degree.OPEN, max_px: int = 0,
           subject: str = "") -> None:  # fmt: skip
    """Record a decision that allows the uses named in `open_for` (letters d, v, r, t)."""
    uses = {"d": "describe", "v": "view", "r": "reuse", "t": "train"}
    rulings = {
        use: Ruling(Answer.YES if letter in open_for else Answer.NO, "L00") for letter, use in uses.items()
    }
    verdict = Decision(
        subject or item,
        Rulings(**rulings),
        degree if "v" in open_for else Degree.CLOSED,
        "kogl-1" if "r" in open_for else "in-copyright",
        "2026-11",
        Inputs("book"),
        max_px=max_px,
    )
    decisions.record(tx, item, verdict, "test")


def publish(seeded: Seeded, slug: str, title_ko: str, title_en: str, names: Sequence[str]) -> None:
    """Publish a topic collection of some items."""
    ids = [seeded.ids[name] for name in names]
    with seeded.memory.database.write() as tx:
        sets.publish(
            tx,
            PublishedSet(slug, "collection", title_ko, title_en, ids[0], 1, ""),
            [Member(item, "까닭", "a reason") for item in ids],
        )


def library(data: Path) -> Seeded:
    """Seed the small library that the pages are tested with."""
    seeded = open_seeded(data)
    sejong = Agent(
        (Text("세종", "ko"), Text("世宗", "ko-Hani"), Text("Sejong", "en")),
        "aut",
        "person",
        "1397–1450",
        1397,
        1450,
    )
    old = Date("세종 28년", "1446", 1446, 1446, "korean-reign", "exact")
    put(seeded, "hunmin", draft(
        [Title("훈민정음 해례본", "ko"), Title("訓民正音 解例本", "ko-Hani", "alternative"),
         Title("The Correct Sounds for Instructing the People", "en", "translated")],
        "공공누리 제1유형", pages=5, agents=(sejong,), dates=(old,)))  # fmt: skip
    put(seeded, "map", draft(
        [Title("대동여지도", "ko"), Title("大東輿地圖", "ko-Hani", "alternative"),
         Title("Map of the Great East", "en", "translated")],
        "저작권 보호기간 만료", type="map", agents=(Agent((Text("김정호", "ko"),), "ctg", "person", died=1866),),
        dates=(Date("1861년", "1861", 1861, 1861),)))  # fmt: skip
    put(seeded, "film", draft(
        [Title("설날 풍경", "ko"), Title("Scenes of the New Year", "en", "translated")],
        "공공누리 제3유형", type="video", pages=0, film=True, dates=(Date("1958", "1958", 1958, 1958),)))  # fmt: skip
    put(seeded, "novel", draft(
        [Title("어느 소설", "ko"), Title("A Novel", "en", "translated")],
        "저작권 있음", dates=(Date("1990", "1990", 1990, 1990),)))  # fmt: skip
    put(seeded, "silent", draft(
        [Title("권리 모르는 편지", "ko"), Title("A Letter", "en", "translated")],
        "", type="document"))  # fmt: skip
    publish(seeded, "hangul", "한글이 태어나다", "The Birth of Hangul", ["hunmin", "map", "film", "novel"])
    return seeded


def put_plain(seeded: Seeded, name: str, open_for: str, *, degree: Degree = Degree.OPEN, max_px: int = 0,
              film: bool = False) -> str:  # fmt: skip
    """Put an item whose decision says exactly what the letters of `open_for` allow."""
    memory = seeded.memory
    what = draft(
        [Title(f"비밀 {name}", "ko"), Title(f"Secret {name}", "en", "translated")], "", pages=2, film=film
    )
    with memory.database.write() as tx:
        item = identities.identify(tx, "hanbit-oai", name, IdentityState.LIVE)
        items.save(tx, Item(item, "hanbit-oai", name, "hanbit", "hanbit", what.description))
        assets.sync(tx, item, "hanbit", what.media)
        for asset in assets.of_item(tx.conn, item):
            content, kind = _content(asset.role.value, name, asset.sequence)
            arrive(memory, tx, "hanbit", asset.id, content, kind)
        decide(tx, item, open_for, degree=degree, max_px=max_px)
    seeded.ids[name] = item
    return item


def _content(role: str, name: str, number: int) -> tuple[bytes, str]:
    if role == "film":
        return film(), "video/mp4"
    if role == "caption":
        return CAPTIONS.format(f"{name} {number}").encode(), "text/vtt"
    return picture(f"{name} {number}"), "image/jpeg"


def index(seeded: Seeded) -> None:
    """Bring the search index up to date."""
    with seeded.memory.database.read() as conn:
        ids = list(items.iter_ids(conn))
    refresh.index_items(seeded.memory, ids)
