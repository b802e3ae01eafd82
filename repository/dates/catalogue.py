"""Dates as library catalogues write them when not every digit is known, or when a thing goes on appearing.

AACR2 1.4F7 and the KORMARC rules after it: [18--] and [190-]; MARC 008: 18uu, 190u; 1890- is not yet ended.
"""

from __future__ import annotations

import re

from repository.dates.reading import OPEN, Reading, Readings

_UNKNOWN_DIGITS = re.compile(r"(?P<century>\d{2})(?:--|\?\?|uu)|(?P<decade>\d{3})[-u]")
_GOING_ON = re.compile(r"(?P<year>\d{4})\s?-")


def unknown_digits(text: str) -> Readings:
    """Read a century or decade of which the last digits are open (18--, 17??, 190-)."""
    found = _UNKNOWN_DIGITS.fullmatch(text)
    if not found:
        return ()
    digits = (found["century"] or found["decade"]).ljust(4, "X")
    return (Reading(digits, digits),)


def going_on(text: str) -> Readings:
    """Read a year from which on a thing appears (1890-)."""
    found = _GOING_ON.fullmatch(text)
    return (Reading(found["year"], OPEN),) if found else ()


READERS = (unknown_digits, going_on)
