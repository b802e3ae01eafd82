"""Films and sounds by PyAV: their measures, and a still that stands for a film.

Files are handed over opened, with their format named, so that the decoder can neither guess another format nor
reach for another file or address (playlists, external references).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
from PIL import Image

from repository.iiif.refusal import Refused

FORMATS = {"mp4": "mp4", "webm": "webm", "mpeg": "mp3", "wav": "wav", "ogg": "ogg", "flac": "flac"}
_TAIL_SECONDS = 2.0  # what a file may hold less than its header promises
_STILL_FRAMES = 90  # how many frames are looked at for a still
_STILL_SIDE = 64


@dataclass(frozen=True, slots=True)
class Measures:
    """A film's size in pixels as it is shown (0 for sound) and its duration in seconds."""

    width: int
    height: int
    seconds: float


@contextmanager
def _opened(path: Path, form: str | None) -> Iterator[Any]:
    with path.open("rb") as file, av.open(file, format=form) as container:
        yield container


def measure(path: Path, subtype: str, pixels: int, seconds: float) -> Measures:
    """Read a film or sound to its end and decode its first frame; raises Refused for what cannot be played."""
    try:
        with _opened(path, FORMATS[subtype]) as container:
            width, height = _first_frame(container, pixels)
            container.seek(0)
            length = _length(container)
    except av.FFmpegError as error:
        raise Refused("media_refused_broken", str(error)) from error
    if length > seconds:
        raise Refused("media_refused_size", f"{length:.0f} seconds")
    return Measures(width, height, round(length, 3))


def _first_frame(container: Any, pixels: int) -> tuple[int, int]:
    """Decode the first frame of picture, else of sound; gives the size as shown."""
    stream = next(iter((*container.streams.video, *container.streams.audio)), None)
    if stream is None:
        raise Refused("media_refused_broken", "neither picture nor sound")
    if stream.type == "video" and stream.width * stream.height > pixels:
        raise Refused("media_refused_size", f"{stream.width} × {stream.height}")
    frame = next(container.decode(stream), None)
    if frame is None:
        raise Refused("media_refused_broken", "no frame can be decoded")
    return _shown_size(frame) if stream.type == "video" else (0, 0)


def _shown_size(frame: Any) -> tuple[int, int]:
    ratio = frame.sample_aspect_ratio if getattr(frame, "sample_aspect_ratio", None) else 1
    width, height = max(1, round(frame.width * ratio)), frame.height
    return (height, width) if frame.rotation % 180 else (width, height)


def _length(container: Any) -> float:
    """Give the time of the last packet's end; a file that ends well before its header says is broken."""
    end = 0.0
    for packet in container.demux():
        if packet.pts is not None and packet.time_base is not None:
            end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    promised = (container.duration or 0) / av.time_base
    if end <= 0 or end < promised - _TAIL_SECONDS:
        raise Refused("media_refused_broken", f"{end:.1f} of {promised:.1f} seconds")
    return end


def still(path: Path) -> Image.Image:
    """Give the first frame that shows something, looking at key frames; a dark or blank film gives its best."""
    best: tuple[float, Image.Image] | None = None
    with _opened(path, None) as container:
        stream = container.streams.video[0]
        stream.codec_context.skip_frame = "NONKEY"
        for number, frame in enumerate(container.decode(stream)):
            liveliness = _liveliness(frame)
            if best is None or liveliness > best[0]:
                best = liveliness, _upright(frame)
            if liveliness >= 1 or number >= _STILL_FRAMES:
                break
    if best is None:
        raise Refused("media_refused_broken", "no frame can be decoded")
    return best[1]


def _liveliness(frame: Any) -> float:
    """Measure how much a frame shows: the spread of its grey values, 1 and above being enough for a still."""
    plane = frame.reformat(width=_STILL_SIDE, height=_STILL_SIDE, format="gray").planes[0]
    grey = bytes(plane)
    mean = sum(grey) / len(grey)
    return float(sum(abs(value - mean) for value in grey) / len(grey) / 12)


def _upright(frame: Any) -> Image.Image:
    width, height = _shown_size(frame)
    turned: Image.Image = frame.to_image().rotate(frame.rotation, expand=True)
    return turned if turned.size == (width, height) else turned.resize((width, height))
