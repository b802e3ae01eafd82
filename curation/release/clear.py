"""Clearing one work for training: the row with all its evidence, or the reason why it is left out.

The judgement is the gate's, by the decision in force; nothing here is freer than a door. A work goes in whole
or not at all: one page that is missing or not cleared keeps the others out too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from curation.release.evidence import evidence_of, text_cleared, text_layer, use_of
from curation.release.row import SAMPLE_NOTICE, File, Party, Refusal, Rights, Row
from repository.asset import INSTITUTION, Asset, AssetState, Role, Words
from repository.decisions import StoredDecision
from repository.gate import Access
from repository.institution import Institution
from repository.item import Description
from repository.items import StoredItem
from repository.rights.decision import Decision, Use, allows
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
        originals = list(files)
        kept = [file for file in originals if file.role is not Role.CAPTION or _text_of_file(access, file)]
        reason = self._reason(access, kept)
        verdict = access.decision
        if reason or verdict is None:
            rule = verdict.decision.rulings.train.rule if verdict else ""
            return Refusal(stored.item.id, reason or "no_decision", rule)
        return self._row(stored, access, verdict, kept, len(originals) - len(kept))

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
        own = [access.files[file.id].decision for file in files if file.id in access.files]
        if not all(allows(one, Use.TRAIN, country) for one in own for country in self.countries):
            return "country"
        if not all(file.state is AssetState.FETCHED and self.has(file.sha256) for file in files):
            return "file_missing"
        return "file_too_large" if max(file.bytes for file in files) > LARGEST_FILE else ""

    def _row(
        self, stored: StoredItem, access: Access, verdict: StoredDecision, kept: list[Asset], captions: int
    ) -> Row:
        """Write a row; `captions` is how many of them were left out."""
        item, described = stored.item, stored.item.description
        holder, provider = self._party(item.holder, described), self._party(item.provider, None)
        sample = holder.invented or provider.invented
        files = _files(item.id, kept, access)
        own = [access.files[file.id].decision for file in kept if file.id in access.files]
        rights = self._rights(verdict, own, _withheld(stored, access, kept, captions))
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
            files=files,
        )

    def _party(self, institution: str, described: Description | None) -> Party:
        """Name an institution; a holder that is not registered goes by the name in the record."""
        if known := self.institutions.get(institution):
            return Party(known.id, known.name_ko, known.name_en, known.invented)
        name = described.holder[0].value if described and described.holder else institution
        return Party(institution, name, name, False)

    def _rights(self, verdict: StoredDecision, own: list[Decision], withheld: tuple[str, ...]) -> Rights:
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
            view=use_of(decision.rulings.view),
            reuse=use_of(decision.rulings.reuse),
            train=use_of(decision.rulings.train),
            text=use_of(text_layer(decision)),
            why_ko=rule.ko,
            why_en=rule.en,
            basis_ko=rule.basis_ko,
            basis_en=rule.basis_en,
            cleared_in=cleared_in([decision, *own], table),
            text_cleared=text_cleared(decision),
            withheld=withheld,
            evidence=evidence_of(verdict),
        )


def cleared_in(decisions: Sequence[Decision], table: RuleTable) -> tuple[str, ...]:
    """Give the countries that the table speaks of in which training on a work and all its files is allowed."""
    return tuple(
        country
        for country in ("KR", *sorted(table.countries))
        if all(allows(decision, Use.TRAIN, country) for decision in decisions)
    )


def _text_of_file(access: Access, file: Asset) -> bool:
    """Tell whether the text that a file is, or that describes it, is cleared: by its decision, else the work's."""
    if not access.allows(Use.TRAIN, file.id):
        return False
    verdict = access.files.get(file.id) or access.decision
    return verdict is not None and text_cleared(verdict.decision)


def _cleared_words(access: Access, file: Asset, words: tuple[Words, ...]) -> tuple[Words, ...]:
    """Keep the words about a file that are cleared: the institution speaks for its own, nobody yet for others'."""
    return tuple(one for one in words if one.origin == INSTITUTION) if _text_of_file(access, file) else ()


def _withheld(stored: StoredItem, access: Access, kept: list[Asset], captions: int) -> tuple[str, ...]:
    """Name the texts that the work has and its row has not, because they are not cleared."""
    left = {
        "notes": bool(stored.item.description.notes)
        and not (access.decision and text_cleared(access.decision.decision)),
        "alt": any(file.alt != _cleared_words(access, file, file.alt) for file in kept),
        "description": any(
            file.description != _cleared_words(access, file, file.description) for file in kept
        ),
        "captions": captions > 0,
    }
    return tuple(name for name, is_left in left.items() if is_left)


def _title(described: Description, language: str) -> str:
    return next((title.value for title in described.titles if title.lang == language), "")


def _makers(described: Description) -> str:
    return ", ".join(agent.names[0].value for agent in described.agents if agent.names)


def _files(item: str, files: list[Asset], access: Access) -> tuple[File, ...]:
    """Lay the originals out in order; pages are counted from 1 and written so that names sort as pages do.

    A name is the key of a sample in a shard, which ends at the first dot, and the file's ending.
    """
    width = max(3, len(str(len(files))))
    places = {file.id: page for page, file in enumerate(files, 1)}
    return tuple(
        _file(
            f"{item}_{places[file.id]:0{width}}.{ENDINGS.get(file.media_type, 'bin')}", file, places, access
        )
        for file in files
    )


def _file(name: str, file: Asset, places: Mapping[str, int], access: Access) -> File:
    own = access.files.get(file.id)
    return File(
        name=name,
        asset=file.id,
        page=places[file.id],
        of=places.get(file.parent, 0),
        role=file.role,
        lang=file.lang,
        media_type=file.media_type,
        width=file.width,
        height=file.height,
        seconds=file.seconds,
        bytes=file.bytes,
        sha256=file.sha256,
        alt=_cleared_words(access, file, file.alt),
        description=_cleared_words(access, file, file.description),
        evidence=evidence_of(own) if own else None,
    )
