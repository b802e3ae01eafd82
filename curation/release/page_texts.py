"""The text of pages: a row for each page or film whose text came as a file and is cleared by its own layer.

Today the files are captions (WebVTT); the text of a film is what its captions say, without times and markup.
A text is made from the original by this module alone, so the same original always gives the same text.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import msgspec

from curation.release.evidence import Evidence, RowUse, use_of
from curation.release.row import File, Party, Row
from repository import transcript

TEXT_ENDING = ".vtt"


class TextRow(msgspec.Struct, frozen=True):
    """The text of one page: where it stands (`item`, `page` from 1), what it is, and its own rights.

    `id` is that of the work and page of the file that the text came from, `sha256` that of the file, and
    `row_sha256` that of the work's row. `kind` is captions. `rights` is the answer for training on this text,
    `evidence` the decision that gave it.
    """

    id: str
    item: str
    url: str
    page: int
    asset: str
    kind: str
    lang: str
    text: str
    characters: int
    title: str
    credit: str
    sample: bool
    notice: str
    holder: Party
    mark: str
    rights: RowUse
    decided_by: str
    decided_at: str
    sha256: str
    row_sha256: str
    evidence: Evidence


def is_text(file: File) -> bool:
    """Tell whether a file of a row is the text of one of its pages."""
    return file.name.endswith(TEXT_ENDING)


def text_rows(row: Row, row_sha256: str, contents: Mapping[str, bytes]) -> list[TextRow]:
    """Give the texts of a work; `contents` are the bytes of its text files by name."""
    return [
        _text_row(row, row_sha256, file, words_of(contents[file.name]))
        for file in row.files
        if file.name in contents
    ]


def _text_row(row: Row, row_sha256: str, file: File, text: str) -> TextRow:
    evidence = file.evidence or row.rights.evidence
    layer = next(layer for layer in evidence.layers if layer.layer == "text")
    ruling = layer.rulings.train
    return TextRow(
        id=file.name.partition(".")[0],
        item=row.id,
        url=row.url,
        page=file.of or file.page,
        asset=file.asset,
        kind="captions",
        lang=file.lang,
        text=text,
        characters=len(text),
        title=row.title,
        credit=row.credit,
        sample=row.sample,
        notice=row.notice,
        holder=row.holder,
        mark=layer.mark,
        rights=use_of(ruling),
        decided_by=evidence.decided_by,
        decided_at=evidence.decided_at,
        sha256=file.sha256,
        row_sha256=row_sha256,
        evidence=evidence,
    )


def words_of(captions: bytes) -> str:
    """Read what a WebVTT file says, a line for each cue: no times, voices or markup.

    What two cues on end say alike is said once, as where a line stays on screen.
    """
    return "\n".join(words for words, _ in groupby(cue.text for cue in transcript.read(captions)))
