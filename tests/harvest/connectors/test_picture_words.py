"""Words for pictures from an institution's sheet to `km status`: harvested, corrected, harvested again, counted."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select

from harvest import media, status
from harvest.run import harvest
from repository import assets, items, picture_words, wording
from repository.asset import Asset
from repository.memory import Memory
from repository.picture_words import Written
from repository.tables import asset as table
from repository.tables import item as item_table
from tests.harvest.connectors.conftest import Register
from tests.harvest.connectors.given import source_of
from tests.harvest.loopback import Answer, serve
from tests.harvest.test_run import snapshot

MAPPING = {
    "title": "제목",
    "media": {"path": "파일", "split": ";"},
    "media_alt": [
        {"path": "그림 설명", "lang": "ko", "split": ";"},
        {"path": "영문", "lang": "en", "split": ";"},
    ],
}
ALT = "돌다리 위로 소를 모는 아이"
HEAD = "번호,제목,파일,그림 설명,영문\n"
Send = Callable[[str], dict[str, int]]


@pytest.fixture
def send(memory: Memory, drop: Path, register: Register) -> Iterator[Send]:
    """Sends the rows of a sheet, and fetches the pictures that it names; gives the counts of the run."""
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), (90, 120, 90)).save(picture, "PNG")
    with serve(lambda _: Answer(picture.getvalue())) as running:
        near = {"media_hosts": ("127.0.0.1",), "most_gone": 0.9}
        register(source_of("sheet", "a.csv", sheet={"identifier": "번호"}, mapping=MAPPING, **near))

        def sent(rows: str) -> dict[str, int]:
            (drop / "a.csv").write_text(HEAD + rows.replace("@", running.url), "utf-8")
            counts = harvest(memory, "s", full=True).counts
            media.fetch_wanted(memory)
            return dict(counts)

        yield sent


def files(memory: Memory, name: str) -> list[Asset]:
    with memory.database.read() as conn:
        (found,) = [row for row in items.newest(conn, 99) if row.item.local_id == name]
        return assets.of_item(conn, found.item.id)


def counted(memory: Memory) -> dict[str, int]:
    """Give what `km status` says, after holding it against a count of every row."""
    query: Any = (
        select(table.c.alt_origin, func.count().label("files"))
        .join(item_table, item_table.c.id == table.c.item)
        .where(item_table.c.state == "live", table.c.state.in_(["fetched", "remote"]))
        .where(table.c.role.in_(["page", "view", "film", "sound"]))
        .group_by(table.c.alt_origin)
    )
    with memory.database.read() as conn:
        (found,) = status.of_all(conn)
        assert found.words == {row.alt_origin: row.files for row in conn.execute(query)}
    lacking, whole = found.words.get("none", 0), sum(found.words.values())
    assert f"pictures without words {lacking} of {whole}" in status.line(found)
    return found.words


FIRST = f"1,외나무다리,@/1.png;@/2.png,{ALT};외나무다리,;\n2,빈집,@/3.png,,\n"


def test_status_counts_gaps_by_who_wrote_and_a_harvest_without_difference_writes_nothing(
    memory: Memory, send: Send
) -> None:
    send(FIRST)
    assert [[text.value for text in one.alt] for one in files(memory, "1")] == [[ALT], []]
    assert counted(memory) == {"institution": 1, "none": 2}
    before = snapshot(memory)
    assert send(FIRST)["unchanged"] == 2
    assert snapshot(memory) == before
    send(FIRST.replace(",,\n", ",마당에 잡초가 무성한 집,A house with weeds\n"))
    assert counted(memory) == {"institution": 2, "none": 1}
    send(f"1,외나무다리,@/1.png,{ALT},\n")
    assert counted(memory) == {"institution": 1}
    send(FIRST)
    assert counted(memory) == {"institution": 1, "none": 2}


def test_a_correction_survives_what_is_sent_again_and_is_told_as_a_conflict(
    memory: Memory, send: Send
) -> None:
    send(FIRST)
    first, second = files(memory, "1")
    with memory.database.write() as tx:
        wording.write(tx, first.id, [Written("alt", "ko", "아이가 소를 앞세우고 다리를 건넌다", by="김사서")])
        wording.write(tx, second.id, [Written("alt", "en", "A plank over a stream", "machine", "seer")])
    assert counted(memory) == {"person": 1, "machine": 1, "none": 1}
    before = snapshot(memory)
    assert send(FIRST)["unchanged"] == 2 and snapshot(memory) == before
    send(FIRST.replace(ALT, "소와 아이"))
    first, second = files(memory, "1")
    assert [text.value for text in first.alt] == ["아이가 소를 앞세우고 다리를 건넌다"]
    assert [text.origin for text in second.alt] == ["machine"]
    with memory.database.read() as conn:
        (conflict,) = picture_words.conflicts(conn)
    assert [text.value for text in conflict.harvested] == ["소와 아이"]
    with memory.database.write() as tx:
        wording.write(tx, first.id, [Written("alt", "ko", "")])
    assert [text.value for text in files(memory, "1")[0].alt] == ["소와 아이"]
    assert counted(memory) == {"institution": 1, "machine": 1, "none": 1}


def test_a_deleted_record_takes_its_gaps_along_and_brings_words_back(memory: Memory, send: Send) -> None:
    send(FIRST)
    with memory.database.write() as tx:
        wording.write(tx, files(memory, "2")[0].id, [Written("alt", "ko", "지붕이 내려앉은 집")])
    send("1,외나무다리,@/1.png,,\n")
    assert counted(memory) == {"none": 1}
    send(FIRST)
    assert counted(memory) == {"institution": 1, "none": 1, "person": 1}
