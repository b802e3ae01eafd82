"""The JSON beside each original in a shard: which page of which work it is, and on what terms it may be used.

Every value is a text, a number or a truth value and never absent, so that a loader which guesses types from a
few samples guesses right for all; lists are words with a space between. The whole evidence stands in the table
of works, under the same `item`.
"""

from __future__ import annotations

import msgspec

from curation.release.row import File, Row
from repository.rights.duties import ordered


class Sample(msgspec.Struct, frozen=True):
    """One original as it is found in a shard; `duties` are those of the work and of the file together."""

    key: str
    item: str
    url: str
    page: int
    asset: str
    role: str
    lang: str
    media_type: str
    width: int
    height: int
    seconds: float
    bytes: int
    sha256: str
    alt: str
    title: str
    title_hanja: str
    title_english: str
    type: str
    caption: str
    credit: str
    sample: bool
    notice: str
    holder_ko: str
    holder_en: str
    mark: str
    mark_uri: str
    spdx: str
    train: str
    rule: str
    duties: str
    cleared_in: str
    basis_ko: str
    basis_en: str
    decided_by: str
    decided_at: str
    table_version: str
    row_sha256: str


def sample_of(row: Row, file: File, row_sha256: str) -> Sample:
    """Give the sample of one original of a work."""
    rights = row.rights
    own = file.evidence.rulings.train.duties if file.evidence else ()
    duties = ordered({*rights.train.duties, *own})
    return Sample(
        key=file.name.partition(".")[0],
        item=row.id,
        url=row.url,
        page=file.page,
        asset=file.asset,
        role=file.role.value,
        lang=file.lang,
        media_type=file.media_type,
        width=file.width,
        height=file.height,
        seconds=float(file.seconds),
        bytes=file.bytes,
        sha256=file.sha256,
        alt=file.alt[0].value if file.alt else "",
        title=row.title,
        title_hanja=row.title_hanja,
        title_english=row.title_english,
        type=row.type,
        caption=row.caption,
        credit=row.credit,
        sample=row.sample,
        notice=row.notice,
        holder_ko=row.holder.name_ko,
        holder_en=row.holder.name_en,
        mark=rights.mark,
        mark_uri=rights.mark_uri,
        spdx=rights.spdx,
        train="yes_with" if duties else rights.train.answer,
        rule=rights.train.rule,
        duties=" ".join(duties),
        cleared_in=" ".join(rights.cleared_in),
        basis_ko=rights.basis_ko,
        basis_en=rights.basis_en,
        decided_by=rights.decided_by,
        decided_at=rights.decided_at,
        table_version=rights.table_version,
        row_sha256=row_sha256,
    )


def encode(sample: Sample) -> bytes:
    """Write a sample; a whole number of seconds keeps its point, so that all are read as of one type."""
    return msgspec.json.encode(sample, order="sorted")


def beside(file: File) -> str:
    """Name the member that holds the sample of an original."""
    return f"{file.name.partition('.')[0]}.json"
