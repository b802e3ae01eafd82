"""Clearing one work for training: the row with all its evidence, or the reason why it is left out.

The judgement is the gate's, by the decision in force; nothing here is freer than a door. A work goes in whole
or not at all: one page that is missing or not cleared keeps the others out too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from curation.release.row import SAMPLE_NOTICE, File, Party, Refusal, Rights, Row, RowUse
from repository.asset import Asset, AssetState, Role
from repository.decisions import StoredDecision
from repository.gate import Access
from repository.institution import Institution
from repository.item import Description, Text, canonical
from repository.items import StoredItem
from repository.rights.decision import Answer, Decision, Ruling, Use, allows
from repository.rights.table import RuleTable, load
from repository.rights.vocabulary import marks
from repository.urls import Urls

LARGEST_FILE = 8 * (1 << 30) - 1  # ustar writes a size in eleven octal digits
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
    "image/jp2": "jp2",
    "image/gif": "gif",
    "image/webp": "webp",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "application/pdf": "pdf",
    "text/vtt": "vtt",
}
_GRANTED = (Answer.YES, Answer.YES_WITH)


@dataclass(frozen=True, slots=True)
class Clearing:
    """What clearing needs to know besides the work; `has` tells whether an original is in the store."""

    institutions: Mapping[str, Institution]
    rules: RuleTable
    urls: Urls
    countries: tuple[str, ...]
    has: Callable[[str], bool]

    def judge(self, stored: StoredItem, access: Access, files: Iterable[Asset]) -> Row | Refusal:
        """Give a work's row, or its refusal."""
        kept = [file for file in files if file.role is not Role.CAPTION or _text_cleared(access)]
        reason = self._reason(access, kept)
        verdict = access.decision
        if reason or verdict is None:
            rule = verdict.decision.rulings.train.rule if verdict else ""
            return Refusal(stored.item.id, reason or "no_decision", rule)
        return self._row(stored, verdict, kept)

    def _reason(self, access: Access, files: list[Asset]) -> str:
        """Name the first reason against a work, or nothing."""
        if access.decision is None:
            return "no_decision"
        if access.takedown():
            return "taken_down"
        if not access.allows(Use.DESCRIBE):
            return "describe_no"
        decision = access.decision.decision
        if not access.allows(Use.TRAIN):
            return f"train_{decision.rulings.train.answer.value}"
        if not all(allows(decision, Use.TRAIN, country) for country in self.countries):
            return "country"
        return self._reason_of_files(access, files)

    def _reason_of_files(self, access: Access, files: list[Asset]) -> str:
        if not files:
            return "no_files"
        if not all(access.allows(Use.TRAIN, file.id) for file in files):
            return "file_not_cleared"
        if not all(file.state is AssetState.FETCHED and self.has(file.sha256) for file in files):
            return "file_missing"
        return "file_too_large" if max(file.bytes for file in files) > LARGEST_FILE else ""

    def _row(self, stored: StoredItem, verdict: StoredDecision, files: list[Asset]) -> Row:
        item, described = stored.item, stored.item.description
        holder, provider = self._party(item.holder, described), self._party(item.provider, None)
        sample = holder.invented or provider.invented
        rights = self._rights(verdict)
        return Row(
            id=item.id,
            url=self.urls.item_id(item.id),
            sample=sample,
            notice=SAMPLE_NOTICE if sample else "",
            caption=f"{SAMPLE_NOTICE}: {item.title}" if sample else item.title,
            credit=", ".join(filter(None, (item.title, _makers(described), holder.name_ko, rights.mark_ko))),
            title=item.title,
            title_hanja=_title(described, "ko-Hani"),
            title_romanised=_title(described, "ko-Latn"),
            title_english=_title(described, "en"),
            titles=described.titles,
            type=described.type,
            makers=described.agents,
            dates=described.dates,
            places=described.places,
            subjects=described.subjects,
            notes=described.notes if rights.text_cleared else (),
            languages=described.languages,
            extents=described.extents,
            holder=holder,
            provider=provider,
            source=item.source,
            identifier=item.local_id,
            item_digest=stored.digest,
            rights=rights,
            files=_files(item.id, files, rights.text_cleared),
        )

    def _party(self, institution: str, described: Description | None) -> Party:
        """Name an institution; a holder that is not registered goes by the name in the record."""
        if known := self.institutions.get(institution):
            return Party(known.id, known.name_ko, known.name_en, known.invented)
        name = described.holder[0].value if described and described.holder else institution
        return Party(institution, name, name, False)

    def _rights(self, verdict: StoredDecision) -> Rights:
        decision = verdict.decision
        table = self.rules if self.rules.version == decision.table_version else load(decision.table_version)
        mark, rule = marks()[decision.mark], table.by_code[decision.rulings.train.rule]
        return Rights(
            mark=mark.code,
            mark_ko=mark.ko,
            mark_en=mark.en,
            mark_uri=mark.uri,
            spdx=mark.spdx,
            table_version=decision.table_version,
            decided_by=verdict.actor,
            decided_at=verdict.at,
            view=_use(decision.rulings.view),
            reuse=_use(decision.rulings.reuse),
            train=_use(decision.rulings.train),
            why_ko=rule.ko,
            why_en=rule.en,
            basis_ko=rule.basis_ko,
            basis_en=rule.basis_en,
            cleared_in=cleared_in(decision, table),
            text_cleared=text_cleared(decision),
            decision=canonical(decision).decode(),
        )


def cleared_in(decision: Decision, table: RuleTable) -> tuple[str, ...]:
    """Give the countries that the table speaks of in which training is allowed, Korea first."""
    return tuple(
        country for country in ("KR", *sorted(table.countries)) if allows(decision, Use.TRAIN, country)
    )


def text_cleared(decision: Decision) -> bool:
    """Tell whether the descriptive texts may be used for training themselves."""
    return any(layer.layer == "text" and layer.rulings.train.answer in _GRANTED for layer in decision.layers)


def _text_cleared(access: Access) -> bool:
    return access.decision is not None and text_cleared(access.decision.decision)


def _use(ruling: Ruling) -> RowUse:
    return RowUse(ruling.answer.value, ruling.rule, ruling.duties)


def _title(described: Description, language: str) -> str:
    return next((title.value for title in described.titles if title.lang == language), "")


def _makers(described: Description) -> str:
    return ", ".join(agent.names[0].value for agent in described.agents if agent.names)


def _files(item: str, files: list[Asset], with_texts: bool) -> tuple[File, ...]:
    """Lay the originals out in order; pages are counted from 1 and written so that names sort as pages do."""
    width = max(3, len(str(len(files))))
    return tuple(
        _file(f"{item}.{page:0{width}}.{ENDINGS.get(file.media_type, 'bin')}", file, with_texts)
        for page, file in enumerate(files, 1)
    )


def _file(name: str, file: Asset, with_texts: bool) -> File:
    alt: tuple[Text, ...] = file.alt if with_texts else ()
    return File(
        name,
        file.id,
        file.role.value,
        file.media_type,
        file.width,
        file.height,
        file.seconds,
        file.bytes,
        file.sha256,
        alt,
    )
