"""Notices: whoever runs the site is told of a harvest in trouble, and of a source that is well again.

A notice is a file in `notices` of the data folder, which says that its run was told of; before that, a copy is laid
into a folder there for each way to send it, and taken away when it is sent. A process killed in between lays it or
sends it once more, with the same name: at least once, never unsaid. Where there is nobody to send it to, the file is
all.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from harvest import notices_sending, reports
from harvest.ledger import RunState
from harvest.notices_sending import Notice, Way
from harvest.reports import TROUBLE, RunReport
from repository.database import timestamp
from repository.errors import KoreanMemoryError
from repository.memory import Memory
from repository.settings import Settings
from repository.shapes import Shape

log = logging.getLogger(__name__)
FOLDER = "notices"
# Older runs are told by no worker that was away: they are in the reports.
OLDEST = timedelta(days=7)
WELL = frozenset({RunState.COMPLETE, RunState.REPAIRED})
MISSING = 10


_NOTICE = Shape(Notice)


def notice_of(report: RunReport, event: str, site: str) -> Notice:
    """Write a notice of a run."""
    ko, en = _words(report, event, 0), _words(report, event, 1)
    title = EVENTS[event]
    return Notice(
        id=f"run-{report.run}",
        event=event,
        run=report.run,
        source=report.source,
        name_ko=report.name_ko,
        name_en=report.name_en,
        ended=report.ended,
        subject=f"[코리안메모리] {report.name_ko}: {title[0]} (Korean Memory: {report.source}: {title[1]})",
        text_ko=ko,
        text_en=en,
        counts=report.counts,
        url=site,
    )


EVENTS = {
    "held": ("수집을 멈추고 결정을 기다립니다", "the harvest is held for your decision"),
    "incomplete": ("수집에 빠진 것이 있습니다", "the harvest is incomplete"),
    "blocked": ("서버 앞에서 막혔습니다", "the server blocks the harvest"),
    "failed": ("수집하지 못했습니다", "the harvest failed"),
    "recovered": ("다시 온전히 수집되었습니다", "the source is well again"),
}
_WORDS = {
    "run": ("수집", "run"),
    "counts": ("건수", "counts"),
    "hold": ("멈춘 까닭", "held for"),
    "next": ("할 일", "what to do"),
    "missing": ("받지 못한 기록", "records not had"),
    "error": ("오류", "error"),
}
_HELD = (
    "km harvest report {source}로 살핀 뒤 km harvest approve {source} 또는 km harvest discard {source}",
    "look with km harvest report {source}, then km harvest approve {source} or km harvest discard {source}",
)


def _words(report: RunReport, event: str, language: int) -> str:
    names = {word: texts[language] for word, texts in _WORDS.items()}
    title = (report.name_ko, report.name_en)[language]
    counts = ", ".join(f"{name} {count}" for name, count in report.counts.items() if count)
    lines = [
        f"{title} ({report.source}): {EVENTS[event][language]}.",
        f"{names['run']} {report.run}, {report.kind}, {report.started} ~ {report.ended}",
        f"{names['counts']}: {counts or 0}",
    ]
    if report.hold:
        lines.append(f"{names['hold']}: {(report.hold.ko, report.hold.en)[language]}")
    if event == "held":
        lines.append(f"{names['next']}: {_HELD[language].format(source=report.source)}")
    met = (*report.failures, *report.notes)
    lines += [f"- {row.count} × {row.code}: {(row.ko, row.en)[language]}" for row in met]
    if report.missing:
        lines.append(f"{names['missing']}: {', '.join(report.missing[:MISSING])}")
    return "\n".join(lines)


def tell(memory: Memory, ways: Sequence[Way] | None = None) -> int:
    """Tell of every run that ended in trouble, or well after trouble, and was not told of; gives how many were sent.

    `ways` are those of the settings, unless others are given. What cannot be sent waits for the next call.
    """
    chosen = notices_sending.ways(memory.settings) if ways is None else ways
    folder = memory.settings.data_path / FOLDER
    with memory.database.read() as conn:
        since = timestamp(memory.database.clock() - OLDEST)
        untold = _untold(conn, folder, since, memory.settings)
    for notice in untold:
        body = msgspec.json.format(msgspec.json.encode(notice))
        for place in (*(folder / way.name for way in chosen), folder):
            _write(place / f"{notice.id}.json", body)
        log.info("notice", extra={"notice": notice.id, "event": notice.event, "source": notice.source})
    return sum(_send(folder / way.name, way) for way in chosen)


def _untold(conn: Connection, folder: Path, since: str, settings: Settings) -> list[Notice]:
    found = []
    for run in reports.ended_since(conn, since):
        if (folder / f"run-{run.id}.json").exists():
            continue
        event = run.state.value if run.state in TROUBLE else ""
        if run.state in WELL:
            earlier = reports.before(conn, run)
            event = "recovered" if earlier is not None and earlier.state in TROUBLE else ""
        if event:
            found.append(notice_of(reports.report_of(conn, run), event, settings.site_url))
    return found


def _send(folder: Path, way: Way) -> int:
    """Send what waits for a way, in order, up to the first that cannot be sent; gives how many were."""
    sent = 0
    for path in sorted(folder.glob("run-*.json"), key=lambda path: (len(path.name), path.name)):
        notice = _NOTICE.read(path.read_bytes())
        try:
            way.send(notice)
        except KoreanMemoryError as error:
            log.warning("notice not sent", extra={"notice": notice.id, "way": way.name, "code": error.code})
            break
        path.unlink()
        sent += 1
    return sent


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    with new.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    new.rename(path)
