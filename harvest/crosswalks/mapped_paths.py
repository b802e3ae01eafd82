"""Paths into a record of fields: `a.b`, `a.b[*].c`, `a[0]`; a name that is a whole path is taken as it stands.

A path in double quotes is one name, whatever stands in it. Lists are walked through where nothing is said; `[*]`
says so, `[n]` takes one. XML is read by the same paths, by local names; an attribute is called `@name`, and the
text beside one `#text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from lxml import etree

from harvest.strict_xml import local_name

DEPTH_LIMIT = 64
_STEP = re.compile(r"\[(\d+|\*)\]|([^.\[]+)")


class Found(NamedTuple):
    """One value: its place, with every index, and the value."""

    place: tuple[str | int, ...]
    value: Any


def find(record: Any, path: str) -> list[Found]:
    """Give what stands at a path, in the order of the record; lists at its end are given element by element."""
    if isinstance(record, dict) and path in record:
        return list(_spread(Found((path,), record[path])))
    met = [Found((), record)]
    for step in steps(path):
        met = [deeper for one in met for deeper in _step(one, step)]
    return [last for one in met for last in _spread(one)]


def texts(record: Any, path: str) -> list[str]:
    """Give the texts at a path that are not empty."""
    return [text for one in find(record, path) if (text := text_of(one.value))]


def first(record: Any, path: str) -> str:
    """Give the first text at a path, or nothing; no path leads nowhere."""
    return next(iter(texts(record, path)), "") if path else ""


@lru_cache(maxsize=4096)
def steps(path: str) -> tuple[str | int, ...]:
    """Split a path into names and indices; raises ValueError for one that cannot be read."""
    if len(path) > 2 and path[0] == path[-1] == '"':
        return (path[1:-1],)
    found: list[str | int] = []
    end = 0
    for match in _STEP.finditer(path):
        if path[end : match.start()] not in ("", "."):
            break
        end = match.end()
        if match[1] != "*":
            found.append(int(match[1]) if match[1] else match[2])
    if end != len(path) or not found:
        raise ValueError(path)
    return tuple(found)


def _step(one: Found, step: str | int) -> Iterator[Found]:
    value = one.value
    if isinstance(step, int):
        values = value if isinstance(value, list) else [value]
        if step < len(values):
            yield Found((*one.place, step), values[step]) if values is value else one
    elif isinstance(value, list):
        for part in _spread(one):
            yield from _step(part, step)
    elif isinstance(value, dict) and step in value:
        yield Found((*one.place, step), value[step])


def _spread(one: Found) -> Iterator[Found]:
    if isinstance(one.value, list):
        for number, value in enumerate(one.value if len(one.place) < DEPTH_LIMIT else ()):
            yield from _spread(Found((*one.place, number), value))
    else:
        yield one


def text_of(value: Any) -> str:
    """Write a value as text; what holds other values, or nothing, has none."""
    said = value.get("#text") if isinstance(value, dict) else value
    if isinstance(said, bool):
        return "true" if said else "false"
    return "" if said is None or isinstance(said, dict | list) else str(said).strip()


def is_deep(value: Any) -> bool:
    """Tell whether values are nested beyond the limit."""
    level = [value]
    for _ in range(DEPTH_LIMIT):
        holders = [one for one in level if isinstance(one, dict | list)]
        level = [inner for one in holders for inner in (one.values() if isinstance(one, dict) else one)]
        if not level:
            return False
    return True


def leaves(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[Found]:
    """Give every value that holds no others, down to the limit of depth."""
    if len(place) > DEPTH_LIMIT:
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*place, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, (*place, number))
    else:
        yield Found(place, value)


def written(place: tuple[str | int, ...]) -> str:
    """Write a place as a path without indices."""
    return ".".join(step for step in place if isinstance(step, str))


def plain(element: etree._Element) -> Any:
    """Give an XML element as the dicts, lists and texts that paths are read of."""
    inner: dict[str, Any] = {f"@{str(name).rpartition('}')[2]}": value for name, value in element.items()}
    for child in element:
        name, value = local_name(child), plain(child)
        if name not in inner:
            inner[name] = value
        elif isinstance(inner[name], list):
            inner[name].append(value)
        else:
            inner[name] = [inner[name], value]
    own = (element.text or "").strip()
    if inner and own:
        inner["#text"] = own
    return inner or own
