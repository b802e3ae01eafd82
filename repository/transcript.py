"""WebVTT captions read as a transcript: what is said when, as plain text, whatever the file holds.

Cue settings, styles, regions and notes say nothing to a reader and are passed over; of the markup inside a cue only
the name in a voice span is kept. https://www.w3.org/TR/webvtt1/ §4 and §6
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

BYTES = 16 << 20  # what is taken of captions
CUES = 5_000
LONGEST = 2_000  # characters of one cue
_TIME = r"(?:(\d{2,6}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?\Z", re.ASCII)
_ARROW = "-->"
_VOICE = re.compile(r"<v(?:\.[^\t\n >]*)?[ \t\n]+([^>]{1,200})>")
_TAG = re.compile(r"<[^<>]*>?")  # one that is never closed ends the cue's text (§6.4)


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said from one second to another, and by whom where the captions name a voice."""

    start: float
    end: float
    text: str
    voice: str = ""


def read(raw: bytes) -> tuple[Cue, ...]:
    """Read captions as the cues that say something, in the order of their times; none where they are no WebVTT."""
    text = raw[:BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    if not re.match(r"WEBVTT(?:[ \t\n]|\Z)", text):
        return ()
    return tuple(sorted(islice(_cues(text), CUES), key=lambda cue: (cue.start, cue.end)))


def _cues(text: str) -> Iterator[Cue]:
    """Yield the cues of the blocks that empty lines divide; a timing may stand first or after an identifier."""
    for block in re.split(r"\n\n+", text):
        lines = block.strip("\n").split("\n")
        place = next((number for number, line in enumerate(lines[:2]) if _ARROW in line), None)
        timing = _TIMING.match(lines[place]) if place is not None else None
        if place is None or timing is None:
            continue
        start, end = _seconds(timing.groups()[:4]), _seconds(timing.groups()[4:])
        said = "\n".join(lines[place + 1 :])[: 4 * LONGEST]
        spoken = _plain(said)
        if end > start and spoken:
            voices = dict.fromkeys(_clean(html.unescape(name)) for name in _VOICE.findall(said))
            yield Cue(start, end, spoken, " · ".join(islice(filter(None, voices), 5)))


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _plain(said: str) -> str:
    return _clean(html.unescape(_TAG.sub("", said)))[:LONGEST]


def _clean(text: str) -> str:
    """Put a text on one line, without what is not to be seen and could turn the line around (UAX #9)."""
    spaced = " ".join(text.split())
    return "".join(one for one in spaced if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
