"""The short film: five festivals of the year, drawn frame by frame, with captions and a poster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import av
from PIL import Image

from harvest.sample.drawings import crowds, customs
from harvest.sample.drawings.board import Board, publish
from harvest.sample.works import Asset

RATE = 10
SECONDS = 2.4
SIZE = (1024, 576)  # whole macroblocks, at half size too: the encoder's padding is not the same each time
_SCENES: tuple[tuple[Callable[[Asset, float], Board], str, str, str], ...] = (
    (customs.kites, "", "설날, 연을 날리며 새해를 엽니다.", "New Year opens with kites in the wind."),
    (customs.moonrise, "rise", "정월 대보름, 첫 보름달을 맞습니다.", "The first full moon rises."),
    (customs.swing, "", "단오, 큰 나무에 그네를 맵니다.", "At Dano a swing is hung from a great tree."),
    (
        crowds.round_dance,
        "film",
        "한가위, 손을 잡고 강강술래를 합니다.",
        "At Chuseok all join the round dance.",
    ),
    (
        customs.bowl,
        "",
        "동지, 팥죽을 나누며 한 해를 보냅니다.",
        "At the solstice, red-bean porridge is shared.",
    ),
)


def write_film(asset: Asset, path: Path) -> None:
    """Encode the film as MP4 with H.264, without dates and on one thread, so that its bytes are always the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    width, height = (round(side * asset.scale) // 2 * 2 for side in SIZE)
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(part), "w", format="mp4", container_options=options) as container:
        stream = container.add_stream(
            "libx264", rate=RATE, options={"crf": "23", "preset": "veryfast", "threads": "1"}
        )
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.flags |= av.codec.context.Flags.bitexact
        for image in _frames(asset):
            frame = av.VideoFrame.from_image(image.crop((0, 0, width, height)))  # type: ignore[no-untyped-call]  # PyAV's own
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    part.replace(path)


def write_poster(asset: Asset, path: Path) -> None:
    """The still that stands for the film: the round dance."""
    publish(_scene(asset, 3, 0.02), path)


def write_captions(asset: Asset, path: Path) -> None:
    """WebVTT captions in the asset's language, one for each scene."""
    lines = ["WEBVTT", ""]
    for number, (_, _, korean, english) in enumerate(_SCENES):
        lines += [
            f"{_clock(number * SECONDS)} --> {_clock((number + 1) * SECONDS)}",
            korean if asset.language == "ko" else english,
            "",
        ]
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_text("\n".join(lines), encoding="utf-8")
    part.replace(path)


def _frames(asset: Asset) -> Iterator[Image.Image]:
    count = round(RATE * SECONDS) if asset.scale == 1 else 4
    for number in range(len(_SCENES)):
        for frame in range(count):
            yield _scene(asset, number, frame / count).finish()


def _scene(asset: Asset, number: int, phase: float) -> Board:
    function, style, _, _ = _SCENES[number]
    turn = phase * 0.35 + 0.001 if function is crowds.round_dance else phase
    return function(replace(asset, size=SIZE, style=style, draw="film"), turn)


def _clock(seconds: float) -> str:
    return f"00:00:{seconds:06.3f}"
