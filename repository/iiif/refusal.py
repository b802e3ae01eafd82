"""Why a file is not taken, on its way up to the one function that makes it a problem."""

from __future__ import annotations


class Refused(Exception):
    """Ends the examination of a file; `code` is that of a problem, `value` what was found."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(code, value)
        self.code, self.value = code, value
