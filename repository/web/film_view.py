"""A film or sound as a page shows it: what to play, its poster, its captions, and the transcript made from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from repository import transcript
from repository.asset import Asset, Role, Words
from repository.blobs import FolderBlobs
from repository.errors import NotFound
from repository.transcript import Cue
from repository.urls import Urls
from repository.web.picture_words import PictureWords, described
from repository.web.words import language_name, tag

LINES = 600  # of a transcript on the page; the rest is in the captions' file
_KEPT = 64  # transcripts of files, which never change


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a transcript: its time in words and in seconds, and the address that plays the film from there."""

    clock: str
    at: str
    url: str
    voice: str
    text: str


@dataclass(frozen=True, slots=True)
class Track:
    """Captions of a film in one language, and the same as a transcript; `cut` where the page holds not all lines."""

    src: str
    lang: str
    name: str
    lines: tuple[Line, ...] = ()
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Film:
    """A film or sound to play: its length in words, its poster and captions, those in the reader's language first."""

    src: str
    media_type: str
    is_sound: bool
    poster: str
    width: int
    height: int
    alt: Words
    words: PictureWords
    seconds: float
    length: str
    tracks: tuple[Track, ...]

    @property
    def transcripts(self) -> tuple[Track, ...]:
        """The tracks that say something."""
        return tuple(track for track in self.tracks if track.lines)


Read = Callable[[Asset], tuple[Cue, ...]]


def silent(_captions: Asset) -> tuple[Cue, ...]:
    """Read no captions, for a view that shows no transcript."""
    return ()


def build(film: Asset, captions: Sequence[Asset], alt: Words, urls: Urls, language: str, read: Read) -> Film:
    """Make the view of a film that may be seen whole, with those of its captions that may be seen."""
    src = urls.film(film.id)
    tracks = [_track(one, urls, language, src, read(one)) for one in captions]
    return Film(
        src=src,
        media_type=film.media_type,
        is_sound=film.role is Role.SOUND,
        poster="" if film.role is Role.SOUND else urls.poster(film.id),
        width=film.width,
        height=film.height,
        alt=alt,
        words=described(film),
        seconds=film.seconds,
        length=clock(film.seconds) if film.seconds else "",
        tracks=tuple(sorted(tracks, key=lambda track: track.lang != language)),
    )


def _track(one: Asset, urls: Urls, language: str, src: str, cues: Sequence[Cue]) -> Track:
    lang = tag("", one.lang) or "ko"
    lines = tuple(_line(cue, src) for cue in cues[:LINES])
    name = language_name(one.lang or "ko", language)
    return Track(urls.captions(one.id), lang, name, lines, len(cues) > LINES)


def _line(cue: Cue, src: str) -> Line:
    at = f"{cue.start:.3f}".rstrip("0").rstrip(".")
    return Line(clock(cue.start), at, f"{src}#t={at}", cue.voice, cue.text)


def clock(seconds: float) -> str:
    """Say a time of a film as players do: 0:05, 12:30, 1:02:03."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def reader(blobs: FolderBlobs) -> Read:
    """Give what reads the captions of a fetched file from the store; a file that is not there says nothing."""

    def read(one: Asset) -> tuple[Cue, ...]:
        try:
            return _cues(blobs, one.sha256)
        except NotFound:
            return ()

    return read


@lru_cache(maxsize=_KEPT)
def _cues(blobs: FolderBlobs, sha256: str) -> tuple[Cue, ...]:
    with blobs.local(sha256).open("rb") as file:
        return transcript.read(file.read(transcript.BYTES))
