"""What is found wrong with a collection, a plan or a release, as values with stable codes and words in two languages.

The texts stand in `data/findings.json`; a code that is not in the table cannot be made.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from repository.shapes import Shape

VALUE_LIMIT = 300


class FindingText(msgspec.Struct, frozen=True):
    """One row of the table of codes; `severity` is error, or warning for what does not stop a publication."""

    ko: str
    en: str
    severity: str = "error"


_FINDINGS = Shape(dict[str, FindingText])


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """One coded finding: `where` names the place (a file, a section and pick), `value` what stood there."""

    code: str
    where: str = ""
    value: str = ""

    @property
    def is_error(self) -> bool:
        """Tell whether this stops a publication."""
        return catalogue()[self.code].severity == "error"

    def text(self, language: str) -> str:
        """Give the sentence for people; any language but Korean reads English."""
        row = catalogue()[self.code]
        sentence = row.ko if language.startswith("ko") else row.en
        return ": ".join(filter(None, (self.where, sentence, self.value)))

    def line(self) -> str:
        """Give one line for a terminal: severity, code, and the sentence in both languages."""
        row = catalogue()[self.code]
        return f"{row.severity}  {self.code}  {self.text('ko')} ({row.en})"

    def plain(self) -> dict[str, str]:
        """Give all that is known of it, for machines."""
        row = catalogue()[self.code]
        return {
            "code": self.code,
            "severity": row.severity,
            "where": self.where,
            "value": self.value,
            "ko": row.ko,
            "en": row.en,
        }


@cache
def catalogue() -> dict[str, FindingText]:
    """Read the table of codes once."""
    raw = (files("curation") / "data" / "findings.json").read_bytes()
    return _FINDINGS.read(raw)


def finding(code: str, where: str = "", value: str = "") -> Finding:
    """Make a finding of a known code; an unknown code is a KeyError, because it is a fault in our own code."""
    catalogue()[code]
    return Finding(code, where, value[:VALUE_LIMIT])
