"""What a release is asked to be: its name, its purpose, and which works are looked at; checked before anything."""

from __future__ import annotations

import re

import msgspec

from repository.errors import BadRequest
from repository.item import TYPES

PROFILES = ("conservative",)
SAMPLE_NAME = "sample"
GIGABYTE = 1 << 30
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_VERSION = re.compile(r"(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})")
_COUNTRY = re.compile(r"[A-Z]{2}")


class Terms(msgspec.Struct, frozen=True):
    """The terms of a plan: empty filters mean all; `countries` must all allow training.

    `institutions` are holders or providers, `collection` the slug of a published collection. `shard_bytes`
    bounds the originals in one file on average. The `conservative` profile takes what is cleared by a mark
    or a rule, and nothing that would have to be asked.
    """

    title_ko: str = ""
    title_en: str = ""
    profile: str = "conservative"
    institutions: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    collection: str = ""
    countries: tuple[str, ...] = ("KR",)
    shard_bytes: int = GIGABYTE


def check_name(name: str, version: str) -> None:
    """Refuse a name or version that could not stand in an address or a folder; raises BadRequest."""
    if not _NAME.fullmatch(name):
        raise BadRequest(
            "dataset_name",
            f"데이터 이름은 영어 소문자와 숫자, 붙임표만 씁니다: {name}",
            f"a data set's name is small letters, digits and hyphens: {name}",
        )
    if not _VERSION.fullmatch(version):
        raise BadRequest(
            "dataset_version",
            f"버전은 1.0.0처럼 씁니다: {version}",
            f"a version is written like 1.0.0: {version}",
        )


def check_terms(terms: Terms) -> None:
    """Refuse terms that no plan can follow; raises BadRequest."""
    wrong = [f"type {name}" for name in terms.types if name not in TYPES]
    wrong += [f"country {code}" for code in terms.countries if not _COUNTRY.fullmatch(code)]
    if terms.profile not in PROFILES:
        wrong.append(f"profile {terms.profile}")
    if terms.shard_bytes < 1:
        wrong.append(f"shard_bytes {terms.shard_bytes}")
    if wrong:
        raise BadRequest(
            "plan_terms",
            f"계획의 조건이 올바르지 않습니다: {', '.join(wrong)}",
            f"the plan's terms cannot be followed: {', '.join(wrong)}",
        )


def sort_key(version: str) -> tuple[int, ...]:
    """Give what versions sort by."""
    return tuple(int(part) for part in version.split("."))


def next_patch(version: str) -> str:
    """Give the version after one, for the same shape with other content."""
    major, minor, patch = sort_key(version)
    return f"{major}.{minor}.{patch + 1}"
