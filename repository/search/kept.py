"""What is kept of a document for the ranker: its tokens by field and form, in order, bounded and quick to search.

A stream is one text of tokens with a blank before and after each, so that a token, or a row of tokens, is
counted by one search of that text; of the same token twice in a row one is counted. Values stand apart in
it, and so do the sentences of long texts. All streams are written as one JSON object, long texts at its end:
most of three hundred candidates are judged without reading these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from repository.search.document import FIELDS, SENTENCES_APART
from repository.shapes import Shape

MOST_TOKENS = 400  # of each form of a field
MOST_TOKENS_LONG = 2_000  # of each form of a field of long texts
_SENTENCES = f" {SENTENCES_APART}"

Tokens = Mapping[str, Mapping[str, Sequence[str]]]
Forms = dict[str, str]
_NONE: Forms = {}
_FIELDS, _FORMS = Shape(dict[str, msgspec.Raw]), Shape(Forms)
_LONG = next(name for name, field in FIELDS.items() if field.long)
# No quotation mark stands bare within a text, so these bytes are never part of one.
_LONG_NAME = f'"{_LONG}":'.encode()


class Kept:
    """The streams of a document by field and form, read out of what `write` wrote.

    `short` and `long` are these bytes, in which a needle is soon missed: of names, and of long texts.
    """

    __slots__ = ("_fields", "_read", "long", "short")

    def __init__(self, body: bytes) -> None:
        self.short, _, self.long = body.partition(_LONG_NAME)
        self._fields: dict[str, msgspec.Raw] | None = None
        self._read: dict[str, Forms] = {}

    def get(self, field: str) -> Forms:
        """Give the streams of a field by form; of one that the document has not, nothing."""
        forms = self._read.get(field)
        if forms is None:
            forms = self._read[field] = self._of(field)
        return forms

    def names(self, form: str) -> Iterator[str]:
        """Give the streams of names in a form."""
        return (forms[form] for field in self._names() if form in (forms := self.get(field)))

    def _of(self, field: str) -> Forms:
        if field == _LONG:
            return _FORMS.read(self.long[:-1]) if self.long else _NONE
        written = self._names().get(field)
        return _FORMS.read(written) if written else _NONE

    def _names(self) -> dict[str, msgspec.Raw]:
        if self._fields is None:
            self._fields = _FIELDS.read(self.short.rstrip(b",") + b"}" if self.long else self.short or b"{}")
        return self._fields


NOTHING = Kept(b"")


def streams(tokens: Tokens) -> dict[str, Forms]:
    """Make the streams of analysed tokens, where there are any."""
    return {
        name: {form: _stream(found) for form, found in forms.items() if found}
        for name, forms in tokens.items()
    }


def write(streams: Mapping[str, Forms]) -> bytes:
    """Write the streams of a document, each as long as may be."""
    return msgspec.json.encode(
        {
            name: {form: _bounded(stream, most_tokens(name)) for form, stream in forms.items()}
            for name, forms in streams.items()
        }
    )


def _stream(tokens: Iterable[str]) -> str:
    """Make the stream of some tokens."""
    return f" {' '.join(tokens)} "


def searched(stream: str) -> str:
    """Give a stream as an engine searches it: a phrase may run from one sentence into the next."""
    return stream.replace(_SENTENCES, "") if SENTENCES_APART in stream else stream


def most_tokens(field: str) -> int:
    """Give how many tokens of each form of a field are kept."""
    return MOST_TOKENS_LONG if FIELDS[field].long else MOST_TOKENS


def _bounded(stream: str, most: int) -> str:
    if len(stream) <= most or stream.count(" ") - 1 <= most:
        return stream
    return _stream(stream.split(" ", most + 1)[1 : most + 1])
