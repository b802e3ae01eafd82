"""The exception tree: what ends an operation, as opposed to a problem in one record's data.

    KoreanMemoryError              code, and a text in Korean and English
    ├── BadRequest                 what was asked cannot be understood       (400)
    ├── NotFound                   nothing of that name                      (404)
    ├── Gone                       once here, withdrawn or taken down        (410)
    ├── Closed                     here, but the decision does not allow it  (403)
    ├── ConfigurationError         a setting is missing or wrong             (exit 2)
    ├── StoreError                 a store refused or contradicts itself     (500)
    └── TransferError              another server failed us                  (502)

No HTTP number stands here: the one handler of the web door maps classes to numbers. Faults in data are
never exceptions: see `repository.problems`.
"""

from __future__ import annotations


class KoreanMemoryError(Exception):
    """The root of all errors of this software, with a stable code and both languages."""

    def __init__(self, code: str, ko: str, en: str) -> None:
        super().__init__(f"{code}: {en}")
        self.code = code
        self.ko = ko
        self.en = en

    def text(self, language: str) -> str:
        """Give the reader's text; any language but Korean reads English."""
        return self.ko if language.startswith("ko") else self.en


class BadRequest(KoreanMemoryError):
    """A question that cannot be understood."""


class NotFound(KoreanMemoryError):
    """Nothing of that name was ever here."""


class Gone(KoreanMemoryError):
    """Something that was here and has been withdrawn; `since` is a UTC timestamp, `reason` a plain sentence."""

    def __init__(self, code: str, ko: str, en: str, since: str = "", reason: str = "") -> None:
        super().__init__(code, ko, en)
        self.since = since
        self.reason = reason


class Closed(KoreanMemoryError):
    """Something that is here but that the current decision does not give out for this use."""


class ConfigurationError(KoreanMemoryError):
    """A setting that is missing or cannot be used."""


class StoreError(KoreanMemoryError):
    """A store that refused, or whose content contradicts itself."""


class TransferError(KoreanMemoryError):
    """Another server that did not answer as its protocol promises."""
