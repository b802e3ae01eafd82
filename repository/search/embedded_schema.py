"""The schema of the embedded index, and documents written in it. Engines only match tokens."""

from __future__ import annotations

import json
from pathlib import Path

from tantivy import Document, Index, Schema, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from repository.search import analysis, kept
from repository.search import document as documents
from repository.search.document import FACETS, FIELDS, SearchDocument
from repository.search.embedded_entries import add_columns, add_values
from repository.search.parts import write_whole
from repository.search.tokens import Tokens, analysed

VERSION = f"1.{documents.VERSION}.{analysis.VERSION}"  # an index made by another version is built anew
TOKENIZER = "tokens"
LISTED = "meta.json"  # the library's own list of segments and settings
# Bytes of what is kept that are compressed together. The ranker reads what is kept of some hundred documents, each
# from another place, so of the library's 16 KB nearly all would be unpacked for nothing.
BLOCK = 2048
YEAR_KEYS = {"year": "year_up", "-year": "year_down"}


def column(field: str, form: str) -> str:
    """Name the column of one form of one field."""
    return f"{field}_{form}"


def schema() -> Schema:
    """Make the schema."""
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("digest", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("kept", stored=True, indexed=False)
    for name, field in FIELDS.items():
        for form in field.forms:
            option = "position" if form == "exact" else "freq"
            builder.add_text_field(column(name, form), tokenizer_name=TOKENIZER, index_option=option)
    for facet in FACETS:
        builder.add_text_field(facet, fast=True, tokenizer_name="raw", index_option="basic")
    for key in ("seq", *YEAR_KEYS.values()):
        builder.add_unsigned_field(key, fast=True, indexed=False, stored=key == "seq")
    for year in ("earliest", "latest"):
        builder.add_integer_field(year, fast=True, indexed=False)
    add_columns(builder, TOKENIZER)
    return builder.build()


def create(folder: Path) -> Index:
    """Make an empty index in a folder. How large its blocks are can be said in its list alone."""
    Index(schema(), path=str(folder))
    listed = json.loads((folder / LISTED).read_bytes())
    listed["index_settings"]["docstore_blocksize"] = BLOCK
    write_whole(folder / LISTED, json.dumps(listed).encode())
    return prepare(Index.open(str(folder)))


def prepare(index: Index) -> Index:
    """Register the tokenizer, which an index forgets whenever it is opened."""
    index.register_tokenizer(TOKENIZER, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    return index


def to_row(document: SearchDocument, tokens: Tokens | None = None) -> Document:
    """Write a document as a row of the index; it is analysed, unless its tokens are given."""
    streams = kept.streams(analysed(document) if tokens is None else tokens)
    row = Document()
    row.add_text("id", document.id)
    row.add_text("digest", document.digest)
    row.add_bytes("kept", kept.write(streams))
    for name, forms in streams.items():
        for form, stream in forms.items():
            row.add_text(column(name, form), kept.searched(stream))
    for facet, values in document.facets.items():
        for value in values:
            row.add_text(facet, value)
    row.add_unsigned("seq", document.seq)
    row.add_unsigned("year_up", documents.year_key(document, descending=False))
    row.add_unsigned("year_down", documents.year_key(document, descending=True))
    if document.earliest is not None:
        row.add_integer("earliest", document.earliest)
    if document.latest is not None:
        row.add_integer("latest", document.latest)
    add_values(row, document)
    return row
