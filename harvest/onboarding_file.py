"""The source file that a check proposes: `km source add` takes it as it is, and a person completes it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from itertools import count
from urllib.parse import urlsplit

from harvest.onboarding import Judged
from harvest.onboarding_words import one_line

LONGEST = 48


def source_id(endpoint: str) -> str:
    """Derive an id from an endpoint's host."""
    host = (urlsplit(endpoint).hostname or "").removeprefix("www.").removeprefix("oai.")
    return re.sub(r"[^a-z0-9]+", "-", host).strip("-")[:LONGEST].strip("-") or "source"


def propose(judged: Judged, taken: Collection[str] = ()) -> str:
    """Write a source file (TOML); `taken` are ids that other sources have."""
    first = source_id(judged.endpoint)
    found = next(one for n in count(1) if (one := first if n == 1 else f"{first}-{n}") not in taken)
    name = one_line(judged.identity.name if judged.identity else "") or found
    mails = judged.identity.admin_emails if judged.identity else ()
    private = [host for host, public in judged.public.items() if public is False]
    lines = [
        "# 수집처 초안: 고치고 채워서 km source add로 등록합니다.",
        "# A draft by km source check: complete it, then register it with km source add.",
        f"id = {_text(found)}",
        f"name_ko = {_text(name)}",
        f"name_en = {_text(name)}",
        'kind = "oai"',
        f"endpoint = {_text(judged.endpoint)}",
        "# 믿는 순서 (in the order of trust)",
        f"prefixes = [{', '.join(_text(prefix) for prefix in judged.prefixes or ('oai_dc',))}]",
        f"provider = {_text(found)}",
        f"pace = {judged.pace}",
        '# schedule = "daily 03:30"  # 한국 시각 (time of Seoul)',
    ]
    if private:
        lines += [
            "# 공개된 주소가 아닌 파일 서버, 믿는다면 (hosts that are not public, if they are trusted):",
            f"# media_hosts = [{', '.join(_text(host) for host in private)}]",
        ]
    lines += ["# 한 집합만 받으려면 (to take one set only):"] if judged.sets else []
    lines += [f"# set = {_text(spec)}  # {one_line(title)}" for spec, title in judged.sets.items()]
    return "\n".join([*lines, "", *_institution(found, name, one_line(" ".join(mails[:1])))]) + "\n"


def _institution(found: str, name: str, contact: str) -> list[str]:
    return [
        "# 제공 기관: 채운 뒤 #을 지웁니다 (the provider: complete it and take away the #)",
        "# [[institutions]]",
        f"# id = {_text(found)}",
        f"# name_ko = {_text(name)}",
        f"# name_en = {_text(name)}",
        '# kind = "library"  # museum, archive, gallery …',
        '# roles = ["provider", "holder"]',
        "# public = true  # 공공기관 (a public body)",
        f"# contact = {_text(contact)}",
        "# 계약이 허락하는 이용, 없으면 기록의 권리 표시만 따릅니다 (what its contract grants):",
        '# grants = ["display", "download", "train"]',
    ]


def _text(value: str) -> str:
    """Write a TOML basic string; a JSON string of printable signs is one."""
    return json.dumps(one_line(value), ensure_ascii=False)
