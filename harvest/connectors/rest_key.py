"""The key to somebody's service: put into a request, and struck out of everything that comes back."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from harvest.connectors.faults import fault
from harvest.source_kinds import Key
from repository.errors import TransferError

_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_STRUCK = "***"


class Secret:
    """A key and where it goes; without either, nothing is put and nothing struck.

    Korea's public data portal hands out each key in two forms, as it is and percent-encoded; both are taken, and it
    is sent encoded once.
    """

    def __init__(self, key: Key | None = None, text: str = "") -> None:
        self._key = key
        self._plain = unquote(text) if _ENCODED.search(text) else text
        encoded = quote(self._plain, safe="")
        lower = _ENCODED.sub(lambda found: found[0].lower(), encoded)
        forms = [encoded, lower, self._plain, quote(encoded, safe="")]
        forms += [self._plain.replace(*pair) for pair in (("/", "\\/"), ("+", " "), ("&", "&amp;"))]
        self._forms = tuple(dict.fromkeys(filter(None, forms)))

    def put(self, address: str) -> tuple[str, dict[str, str]]:
        """Give the address and the headers that bear the key."""
        if self._key is None:
            return address, {}
        if self._key.header:
            return address, {self._key.header: f"{self._key.before}{self._plain}"}
        said = f"{quote(self._key.parameter, safe='')}={quote(self._key.before + self._plain, safe='')}"
        return f"{address}{'&' if '?' in address else '?'}{said}", {}

    def is_at(self, parameter: str) -> bool:
        """Tell whether a parameter bears the key."""
        return self._key is not None and parameter == self._key.parameter

    def strike(self, body: bytes) -> bytes:
        """Strike the key out of an answer."""
        for form in self._forms:
            body = body.replace(form.encode(), _STRUCK.encode())
        return body

    def struck(self, error: TransferError) -> TransferError:
        """Give an error without the key, in words that do not speak of OAI-PMH."""
        if error.code == "answer_not_oai":
            return fault("answer_blocked", self._without(error.en.rpartition("(")[2].rstrip(")")))
        return TransferError(error.code, self._without(error.ko), self._without(error.en))

    def _without(self, text: str) -> str:
        for form in self._forms:
            text = text.replace(form, _STRUCK)
        return text
