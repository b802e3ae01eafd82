"""Topic collections written back as TOML files that read to the same."""

from __future__ import annotations

from collections.abc import Iterable

from curation.collections import (
    UNSET,
    Block,
    Clip,
    Collection,
    Compare,
    Event,
    Pick,
    PickBlock,
    Quote,
    Reference,
    Section,
    Side,
    Timeline,
    Words,
)


def write(collection: Collection) -> str:
    """Write a collection as a file that reads back to the same."""
    lines = [f"slug = {_text(collection.slug)}", f"position = {collection.position}"]
    lines += [f"curator = {_text(collection.curator)}"] if collection.curator else []
    lines += [f"cover.{line}" for line in _named(collection.cover)]
    lines += _words("title", collection.title)
    lines += [] if collection.lead is UNSET else _words("lead", collection.lead)
    lines += _words("statement", collection.statement)
    for section in collection.sections:
        lines += _section(section)
    return "\n".join(lines) + "\n"


def _section(section: Section) -> list[str]:
    lines = ["", "[[sections]]", *_words("title", section.title)]
    lines += _optional("text", section.text)
    lines += ["blocks = []"] if section.blocks == () else []
    for block in section.content:
        lines += ["", f"[[sections.{'picks' if section.blocks is UNSET else 'blocks'}]]", *_block(block)]
    return lines


def _block(block: Pick | Block) -> list[str]:
    match block:
        case Pick():
            size = [f"size = {_text(block.size)}"] if block.size != "small" else []
            kind = ['kind = "pick"'] if isinstance(block, PickBlock) else []
            return [*kind, *_named(block.reference), *size, *_words("reason", block.reason)]
        case Compare():
            sides = [
                line for side in block.works for line in _part("works", side, _optional("note", side.note))
            ]
            return ['kind = "compare"', *_words("reason", block.reason), *sides]
        case Quote():
            said = [f"lang = {_text(block.lang)}", f"text = {_text(block.text)}"]
            reading = [*_words("reading", block.reading), *_optional("note", block.note)]
            return ['kind = "quote"', *_named(block), *said, *reading]
        case Clip():
            times = [
                f"{name} = {value!r}" for name, value in (("start", block.start), ("end", block.end)) if value
            ]
            return ['kind = "clip"', *_named(block), *times, *_words("reason", block.reason)]
        case Timeline():
            events = [line for event in block.events for line in _part("events", event, _event(event))]
            return ['kind = "timeline"', *_words("title", block.title), *events]


def _event(event: Event) -> list[str]:
    year = [] if event.year is None else [f"year = {event.year}"]
    return [*year, *_words("label", event.label)]


def _part(name: str, reference: Side | Event, lines: Iterable[str]) -> list[str]:
    return ["", f"[[sections.blocks.{name}]]", *_named(reference), *lines]


def _named(reference: Reference) -> list[str]:
    texts = ("item", reference.item), ("source", reference.source), ("identifier", reference.identifier)
    lines = [f"{name} = {_text(value)}" for name, value in texts if value]
    lines += [f"page = {reference.page}"] if reference.page else []
    return lines + ([f"detail = {_text(reference.detail)}"] if reference.detail else [])


def _optional(name: str, words: Words) -> list[str]:
    return _words(name, words) if words else []


def _words(name: str, words: Words) -> list[str]:
    return [f"{name}.ko = {_text(words.ko)}", f"{name}.en = {_text(words.en)}"]


def _text(text: str) -> str:
    """Write a TOML basic string (TOML 1.0 §String), over several lines where the text has several."""
    safe = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"""\n{safe}"""' if "\n" in text else f'"{safe}"'.replace("\t", "\\t")
