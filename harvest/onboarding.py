"""What a provider's answers mean for a harvest: judged without asking anything, and said in plain words.

Records are read with the crosswalks, and rights decided as intake decides them; nothing is stored.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import ceil

import msgspec

from harvest.connector import Identity
from harvest.crosswalks import to_draft
from harvest.oai_asking import Habits
from harvest.onboarding_ask import Asked, Sample, is_known
from harvest.onboarding_words import Grade, Said, say
from repository import intake
from repository.intake import Context
from repository.item import Description, Item, ItemDraft
from repository.problems import catalogue
from repository.rights import policy
from repository.rights.decision import Answer, Use

SOME = 12
ANSWERS = {Answer.YES: "가능", Answer.YES_WITH: "조건부 가능", Answer.ASK: "문의", Answer.NO: "불가"}
BUSY_PACE, PACE = 5.0, 1.0
_PRECISIONS = (
    ("day", re.compile(r"\d{4}-\d\d-\d\d")),
    ("month", re.compile(r"\d{4}-\d\d")),
    ("year", re.compile(r"-?\d{4,}")),
    ("span", re.compile(r".+")),
)


class Read(msgspec.Struct, frozen=True):
    """A sampled record as a crosswalk reads it."""

    prefix: str
    bytes: int
    draft: ItemDraft


class FormatFound(msgspec.Struct, frozen=True):
    """A format: `fields` is how many fields of ours a record fills on average, `filled` which are ever filled."""

    prefix: str
    readable: bool
    records: int = 0
    fields: float = 0.0
    filled: tuple[str, ...] = ()


class Statement(msgspec.Struct, frozen=True):
    """A statement of rights, how many records make it, and the answers that each use would get."""

    value: str
    count: int
    mark: str
    answers: dict[str, str]


class Judged(msgspec.Struct, frozen=True):
    """What the check found: `exit` is 0 usable, 1 usable with serious problems, 2 not usable."""

    endpoint: str
    exit: int
    identity: Identity | None
    requests: int
    records: int
    formats: tuple[FormatFound, ...]
    prefixes: tuple[str, ...]
    pace: float
    sets: dict[str, str]
    honours: dict[str, str]
    missing: dict[str, int]
    unread: dict[str, int]
    problems: dict[str, int]
    repairs: dict[str, int]
    rights: tuple[Statement, ...]
    media_hosts: dict[str, int]
    public: dict[str, bool | None]
    languages: dict[str, int]
    dates: dict[str, int]
    said: tuple[Said, ...]


def read(samples: Sequence[Sample], records: int) -> tuple[Read, ...]:
    """Read about so many of the sampled records, spread over the pages; each record of a format once."""
    share = ceil(records / len(samples)) if samples else 0
    found: dict[tuple[str, str], Read] = {}
    for sample in samples:
        live = [row for row in sample.page.records if not row.deleted]
        step = max(1, len(live) // share) if share else 1
        for row in live[::step][:share]:
            draft = to_draft(row.payload, sample.prefix)
            found.setdefault((sample.prefix, row.identifier), Read(sample.prefix, len(row.payload), draft))
    return tuple(found.values())


def media_hosts(rows: Iterable[Read]) -> dict[str, int]:
    """Count the files that records name, by host (with its port)."""
    urls = {media.url for row in rows for media in row.draft.media}
    return dict(
        Counter(found[1] for url in urls if (found := re.match(r"https?://([^/?#]+)", url))).most_common()
    )


def judge(asked: Asked, rows: Sequence[Read], public: Mapping[str, bool | None], context: Context) -> Judged:
    """Judge what was asked and read; `public` says of hosts of files whether they are; None for no such name."""
    formats = _formats(asked, rows)
    prefixes = _trust(formats)
    best = [row for row in rows if prefixes and row.prefix == prefixes[0]]
    problems = Counter(found.code for row in best for found in row.draft.problems)
    unread = Counter(
        found.field for row in best for found in row.draft.problems if found.code == "field_not_consumed"
    )
    busy = any(trouble.code == "endpoint_busy" for trouble in asked.troubles)
    judged = Judged(
        endpoint=asked.endpoint,
        exit=2,
        identity=asked.identity,
        requests=asked.requests,
        records=len(rows),
        formats=formats,
        prefixes=prefixes,
        pace=BUSY_PACE if busy else PACE,
        sets={found.spec: found.name for found in asked.sets},
        honours={name: verdict.value for name, verdict in asked.honours.items()},
        missing=_missing(best),
        unread=dict(unread.most_common()),
        problems=dict(problems.most_common()),
        repairs=dict(Counter(code for sample in asked.samples for code in sample.page.repairs)),
        rights=_rights(best, context),
        media_hosts=media_hosts(rows),
        public=dict(public),
        languages=dict(
            Counter(lang for row in best for lang in row.draft.description.languages).most_common()
        ),
        dates=_dates(best),
        said=(),
    )
    said = (*_of_answers(asked), *_of_records(asked, judged, best))
    grades = {one.grade for one in said}
    exit_ = 2 if Grade.FATAL in grades else 1 if Grade.SERIOUS in grades else 0
    return msgspec.structs.replace(judged, exit=exit_, said=(*said, say(f"verdict_{exit_}")))


def _formats(asked: Asked, rows: Sequence[Read]) -> tuple[FormatFound, ...]:
    offered = dict.fromkeys([*(one.prefix for one in asked.formats), *(one.prefix for one in asked.samples)])
    return tuple(_format(prefix, [row for row in rows if row.prefix == prefix]) for prefix in offered)


def _format(prefix: str, rows: Sequence[Read]) -> FormatFound:
    filled = [_filled(row.draft) for row in rows]
    ever = dict.fromkeys(name for names in filled for name in names)
    mean = sum(map(len, filled)) / len(filled) if filled else 0.0
    return FormatFound(prefix, bool(ever), len(rows), round(mean, 1), tuple(ever))


def _filled(draft: ItemDraft) -> list[str]:
    names = Description.__struct_fields__
    said = [name for name in names if getattr(draft.description, name) not in ((), "", "unknown")]
    return [*said, *(["media"] if draft.media else [])]


def _trust(formats: Sequence[FormatFound]) -> tuple[str, ...]:
    """Order the formats by richness; one that fills nothing more than those before it is not worth asking for."""
    order: list[str] = []
    filled: set[str] = set()
    for one in sorted(formats, key=lambda one: (-one.fields, one.prefix == "oai_dc")):
        if one.readable and not filled.issuperset(one.filled):
            order.append(one.prefix)
            filled.update(one.filled)
    return tuple(order)


def _missing(rows: Sequence[Read]) -> dict[str, int]:
    said = [row.draft.description for row in rows]
    return {
        "title": sum(not one.titles for one in said),
        "type": sum(one.type == "unknown" for one in said),
        "date": sum(not one.dates for one in said),
        "rights": sum(not any(claim.layer != "text" for claim in one.claims) for one in said),
    }


def _rights(rows: Sequence[Read], context: Context) -> tuple[Statement, ...]:
    """Decide as intake does for a provider without a contract, and gather equal statements."""
    found: Counter[tuple[str, str, tuple[tuple[str, str], ...]]] = Counter()
    for row in rows:
        said = row.draft.description
        inputs, _ = intake.gather_inputs(context, Item("check", "", "", "", "", said), (), ())
        decision = policy.decide("check", inputs, context.rules)
        words = " | ".join(dict.fromkeys(claim.value or claim.uri for claim in said.claims))
        answers = tuple((use.value, decision.ruling(use).answer.value) for use in Use)
        found[words[:200], decision.mark, answers] += 1
    return tuple(
        Statement(value, count, mark, dict(answers))
        for (value, mark, answers), count in found.most_common(SOME)
    )


def _dates(rows: Sequence[Read]) -> dict[str, int]:
    found = [
        next((name for name, form in _PRECISIONS if form.fullmatch(date.edtf)), "unread")
        for row in rows
        for date in row.draft.description.dates
    ]
    return dict(Counter(found).most_common())


def _of_answers(asked: Asked) -> list[Said]:
    """Say what the provider says of itself, what failed, and what it honours."""
    said = [say(f"step_{one.step}", what=one.what, ko=one.ko, en=one.en) for one in asked.troubles]
    if asked.identity and asked.identity.deleted in ("persistent", "transient", "no"):
        said.append(say(f"deleted_{asked.identity.deleted}"))
    if asked.samples:
        said += [say(f"{name}_{verdict.value}") for name, verdict in asked.honours.items()]
    if asked.formats and not any(is_known(one) for one in asked.formats):
        said.append(say("no_format"))
    if asked.sets:
        some = ", ".join(f"{found.spec} ({found.name})" for found in asked.sets[:SOME])
        said.append(say("sets", count=len(asked.sets), more="+" if asked.more_sets else "", some=some))
    if asked.habits != Habits():
        names = ", ".join(name for name, value in msgspec.structs.asdict(asked.habits).items() if value)
        said.append(say("habits", habits=names))
    return said


def _of_records(asked: Asked, judged: Judged, best: Sequence[Read]) -> list[Said]:
    """Say what the sampled records are like."""
    said = [_of_format(one) for one in judged.formats if one.records or one.prefix in judged.prefixes]
    said += _of_pages(asked, judged)
    if not any(row.draft.description.titles for row in best):
        return [*said, say("no_records")]
    said.append(say("richest", prefix=judged.prefixes[0], order=", ".join(judged.prefixes)))
    for name, count in judged.missing.items():
        most = name == "rights" and 2 * count > len(best)
        code = f"missing_{name}_most" if most else f"missing_{name}"
        said += [say(code, count=count, of=len(best))] if count else []
    said += [_of_rights(one) for one in judged.rights]
    said += _of_media(judged)
    for code, counts in (("languages", judged.languages), ("dates", judged.dates)):
        said += [say(code, **{code: _list(counts)})] if counts else []
    if judged.unread:
        said.append(say("unfielded", fields=_list(judged.unread)))
    said += _of_problems(judged)
    sizes = [sample.page.complete_size or 0 for sample in asked.samples if sample.place == "first"]
    page = max(len(sample.page.records) for sample in asked.samples)
    mean = sum(row.bytes for row in best) // len(best)
    said.append(say("size", said=max(sizes, default=0) or "?", page=page, bytes=mean))
    said.append(say("pace", pace=judged.pace))
    return said


def _of_rights(one: Statement) -> Said:
    korean = {f"{use}_ko": ANSWERS[Answer(answer)] for use, answer in one.answers.items()}
    return say("rights", count=one.count, value=one.value, mark=one.mark, **one.answers, **korean)


def _of_problems(judged: Judged) -> list[Said]:
    """Say what is wrong with the records, but for the fields without a rule, which are said by their names."""
    texts = catalogue()
    return [
        say("problem", count=count, code=code, ko=texts[code].ko, en=texts[code].en)
        for code, count in judged.problems.items()
        if code != "field_not_consumed"
    ]


def _of_format(one: FormatFound) -> Said:
    if not one.readable:
        return say("format_unread", prefix=one.prefix)
    return say("format", prefix=one.prefix, records=one.records, fields=one.fields)


def _of_pages(asked: Asked, judged: Judged) -> list[Said]:
    rows = {
        (sample.prefix, row.raw): row.reason for sample in asked.samples for row in sample.page.quarantined
    }
    held = Counter(rows.values())
    said = [say("quarantined", count=held.total(), codes=_list(held))] if held else []
    return [*said, *([say("repaired", codes=_list(judged.repairs))] if judged.repairs else [])]


def _of_media(judged: Judged) -> list[Said]:
    if not judged.media_hosts:
        return [say("media_none")]
    said = [say("media", files=sum(judged.media_hosts.values()), hosts=_list(judged.media_hosts))]
    for code, value in (("media_private", False), ("media_unknown", None)):
        hosts = [host for host, found in judged.public.items() if found is value]
        said += [say(code, hosts=", ".join(hosts))] if hosts else []
    return said


def _list(counts: Mapping[str, int]) -> str:
    """Write the commonest of what was counted."""
    some = ", ".join(f"{name} {count}" for name, count in list(counts.items())[:SOME])
    return f"{some} …" if len(counts) > SOME else some
