"""The columns of suggestions and of the map in the embedded index."""

from __future__ import annotations

from tantivy import Document, SchemaBuilder

from repository.search import entries, tiles
from repository.search.document import SearchDocument
from repository.search.matching import column


def add_columns(builder: SchemaBuilder, tokenizer: str) -> None:
    """Add the columns of suggestions and of the map to a schema."""
    builder.add_text_field(entries.STARTS, tokenizer_name=tokenizer, index_option="basic")
    builder.add_bytes_field(entries.NAMES, stored=True, indexed=False)
    builder.add_unsigned_field(entries.BRIEF, fast=True, indexed=False)
    for level in tiles.LEVELS:
        builder.add_text_field(
            column("spots", str(level)), fast=True, tokenizer_name="raw", index_option="basic"
        )


def add_values(row: Document, document: SearchDocument) -> None:
    """Write a document's names, beginnings and squares into its row."""
    names = entries.names_of(document)
    row.add_text(entries.STARTS, " ".join(entries.tokens(names)))
    row.add_bytes(entries.NAMES, entries.write(names))
    row.add_unsigned(entries.BRIEF, entries.brief(document))
    for level in tiles.LEVELS:
        for spot in sorted({tiles.tile(*point, level) for point in document.points}):
            row.add_text(column("spots", str(level)), spot)
