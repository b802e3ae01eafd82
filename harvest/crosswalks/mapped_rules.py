"""A saved mapping, as a source file holds it: from the fields of a description to the paths that hold them."""

from __future__ import annotations

import hashlib

import msgspec

from harvest.crosswalks import mapped_paths


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where one field stands, and how its values are to be understood.

    `path` leads to the values, or `value` is one that holds for every record; `lang` is their language, `split`
    what they are joined by, `values` what the source's words mean, `template` what a value is put into
    (`{value}`). `role` says who an agent is (MARC relator code) or what a note is (abstract, contents, …).
    """

    path: str = ""
    value: str = ""
    lang: str = ""
    split: str = ""
    values: dict[str, str] = {}
    template: str = ""
    role: str = ""


Rules = str | Rule | tuple[str | Rule, ...]


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A mapping; a bare text is a path. `ignore` are paths that nobody wants to read, with all below them.

    `date` is when the thing was made or, of what is published, when it came out; `depicted` is the time it is
    about. `rights` speaks of the work, `media_rights` of its digital files. `media` are addresses of files,
    `media_alt` and `media_description` their alternative texts and long descriptions, each beside its file in the
    record or in the same order; `shown_at` is the provider's own page; `format` is a kind, a media type or an extent.
    """

    title: Rules = ()
    titles: Rules = ()
    creators: Rules = ()
    contributors: Rules = ()
    publisher: Rules = ()
    date: Rules = ()
    created: Rules = ()
    issued: Rules = ()
    depicted: Rules = ()
    type: Rules = ()
    format: Rules = ()
    extent: Rules = ()
    subjects: Rules = ()
    description: Rules = ()
    notes: Rules = ()
    language: Rules = ()
    place: Rules = ()
    latitude: Rules = ()
    longitude: Rules = ()
    identifier: Rules = ()
    relations: Rules = ()
    holder: Rules = ()
    shown_at: Rules = ()
    media: Rules = ()
    media_alt: Rules = ()
    media_description: Rules = ()
    rights: Rules = ()
    media_rights: Rules = ()
    ignore: tuple[str, ...] = ()


FIELDS = tuple(name for name in Mapping.__struct_fields__ if name != "ignore")


def rules(mapping: Mapping, field: str) -> tuple[Rule, ...]:
    """Give the rules of a field, in their order."""
    said: Rules = getattr(mapping, field)
    several = said if isinstance(said, tuple) else (said,)
    return tuple(Rule(path=one) if isinstance(one, str) else one for one in several)


def check(mapping: Mapping) -> str:
    """Say what is wrong with a mapping, or nothing."""
    if not rules(mapping, "title"):
        return "mapping.title is needed"
    for field in FIELDS:
        for rule in rules(mapping, field):
            if bool(rule.path) == bool(rule.value):
                return f"mapping.{field}: one of path and value is needed"
            if rule.template and "{value}" not in rule.template:
                return f"mapping.{field}: template has no {{value}}"
            if rule.path and (wrong := check_path(rule.path)):
                return f"mapping.{field}: {wrong}"
    return next(filter(None, map(check_path, mapping.ignore)), "")


def check_path(path: str) -> str:
    """Say what is wrong with a path, or nothing."""
    try:
        mapped_paths.steps(path)
    except ValueError:
        return f"{path!r} is no path"
    return ""


def digest(mapping: Mapping) -> str:
    """Give twelve hexadecimal digits that change when the mapping does."""
    return hashlib.sha256(msgspec.json.encode(mapping, order="sorted")).hexdigest()[:12]
