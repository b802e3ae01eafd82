"""The short films, drawn frame by frame, with captions and a poster: five festivals, a train through the seasons."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import av
from PIL import Image

from harvest.sample.drawings import crowds, customs
from harvest.sample.drawings.board import Board, publish
from harvest.sample.drawings.journey import journey
from harvest.sample.works import Asset

RATE = 10
SIZE = (1024, 576)  # whole macroblocks, at half size too: the encoder's padding is not the same each time


@dataclass(frozen=True, slots=True)
class Reel:
    """A film: `draw` gives a scene at its phase (0 to 1); captions share its time out evenly, Korean and English."""

    draw: Callable[[Asset, int, float], Board]
    scenes: int
    seconds: float
    captions: tuple[tuple[str, str], ...]
    poster: tuple[int, float]

    @property
    def caption_seconds(self) -> float:
        """How long each caption stands."""
        return self.scenes * self.seconds / len(self.captions)


_FESTIVALS: tuple[tuple[Callable[[Asset, float], Board], str], ...] = (
    (customs.kites, ""),
    (customs.moonrise, "rise"),
    (customs.swing, ""),
    (crowds.round_dance, "film"),
    (customs.bowl, ""),
)


def _festival(asset: Asset, number: int, phase: float) -> Board:
    function, style = _FESTIVALS[number]
    turn = phase * 0.35 + 0.001 if function is crowds.round_dance else phase
    return function(replace(asset, style=style), turn)


REELS = {
    "": Reel(_festival, 5, 2.4, (
        ("설날, 연을 날리며 새해를 엽니다.", "New Year opens with kites in the wind."),
        ("정월 대보름, 첫 보름달을 맞습니다.", "The first full moon rises."),
        ("단오, 큰 나무에 그네를 맵니다.", "At Dano a swing is hung from a great tree."),
        ("한가위, 손을 잡고 강강술래를 합니다.", "At Chuseok all join the round dance."),
        ("동지, 팥죽을 나누며 한 해를 보냅니다.", "At the solstice, red-bean porridge is shared."),
    ), (3, 0.02)),
    "train": Reel(journey, 4, 4.0, (
        ("<v 차장>다음 역은 봄, 봄입니다.", "<v Conductor>Next stop: spring."),
        ("<v 해설>꽃나무 사이로 초가가 지나갑니다.", "<v Narrator>Thatched roofs pass among the blossom."),
        ("<v 차장>여름입니다. 바다 쪽 창을 여세요.", "<v Conductor>Summer. Open the windows to the sea."),
        ("<v 해설>돛배 몇 척이 먼 물 위에 떠 있습니다.", "<v Narrator>A few sails stand on the far water."),
        ("<v 해설>가을, 논이 누렇게 익었습니다.", "<v Narrator>Autumn: the paddies have turned yellow."),
        ("<v 차장>단풍은 오래 서지 않습니다.", "<v Conductor>The red leaves do not stop for long."),
        ("<v 해설>겨울, 지붕마다 눈이 쌓였습니다.", "<v Narrator>Winter: snow lies on every roof."),
        ("<v 차장>종점입니다. 다시 봄에 만나요.", "<v Conductor>Last stop. We shall meet again in spring."),
    ), (0, 0.3)),
}  # fmt: skip


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
    """The still that stands for the film."""
    publish(_scene(asset, *REELS[asset.style].poster), path)


def write_captions(asset: Asset, path: Path) -> None:
    """WebVTT captions in the asset's language, one after the other."""
    reel = REELS[asset.style]
    lines = ["WEBVTT", ""]
    for number, (korean, english) in enumerate(reel.captions):
        start, end = number * reel.caption_seconds, (number + 1) * reel.caption_seconds
        lines += [f"{_clock(start)} --> {_clock(end)}", korean if asset.language == "ko" else english, ""]
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_text("\n".join(lines), encoding="utf-8")
    part.replace(path)


def _frames(asset: Asset) -> Iterator[Image.Image]:
    reel = REELS[asset.style]
    count = round(RATE * reel.seconds) if asset.scale == 1 else 4
    for number in range(reel.scenes):
        for frame in range(count):
            yield _scene(asset, number, frame / count).finish()


def _scene(asset: Asset, number: int, phase: float) -> Board:
    return REELS[asset.style].draw(replace(asset, size=SIZE, draw="film"), number, phase)


def _clock(seconds: float) -> str:
    return f"00:00:{seconds:06.3f}"
