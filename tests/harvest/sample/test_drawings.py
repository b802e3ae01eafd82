"""The drawn pictures: always the same, never without the margin that says what they are; the film plays."""

import hashlib
import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import av
import pytest
from PIL import Image, ImageChops, ImageStat

from harvest.sample.build import FONTS, build, make, wanted
from harvest.sample.drawings import DRAWINGS, draw, letters
from harvest.sample.drawings.board import margin_height, write_margin
from harvest.sample.film import RATE
from harvest.sample.provider import ENDPOINTS
from harvest.sample.works import Asset, load

PICTURES = [
    asset for source in ENDPOINTS for work in load(source) for asset in work.assets if asset.draw in DRAWINGS
]
KINDS = list({(asset.draw, asset.style, asset.size): asset for asset in PICTURES}.values())


def small(asset: Asset) -> Asset:
    """The asset at about 300 pixels of width, or of height."""
    return replace(asset, scale=300 / min(asset.size))


@pytest.mark.parametrize("asset", KINDS, ids=lambda asset: asset.path)
def test_no_picture_lacks_the_margin(asset: Asset) -> None:
    picture = draw(small(asset)).finish()
    blank = Image.new("RGB", picture.size)
    write_margin(blank, asset.credit)
    strip = (0, picture.height - margin_height(picture.height), *picture.size)
    assert ImageChops.difference(picture.crop(strip), blank.crop(strip)).getbbox() is None
    tones = picture.crop(strip).convert("L").histogram()
    assert sum(tones[:120]) > 50 and sum(tones[240:]) > 1000
    assert ImageStat.Stat(picture.crop((0, 0, picture.width, strip[1])).convert("L")).stddev[0] > 3


@pytest.mark.parametrize("asset", [KINDS[0], KINDS[1], *KINDS[20:60:13]], ids=lambda asset: asset.path)
def test_a_picture_is_the_same_each_time(asset: Asset) -> None:
    def digest() -> str:
        stream = io.BytesIO()
        draw(small(asset)).finish().save(stream, "JPEG", quality=86)
        return hashlib.sha256(stream.getvalue()).hexdigest()

    assert digest() == digest()


def test_a_file_is_the_same_from_another_process(tmp_path: Path) -> None:
    asset = next(asset for asset in PICTURES if asset.draw == "woodblock")
    make(asset, tmp_path / "here")
    code = (
        "import sys; from pathlib import Path; from harvest.sample.build import make, wanted; d = Path(sys.argv[1]);"
        "[make(a, d) for a in wanted(d) if a.path == sys.argv[2]]"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "there"), asset.path], check=True, timeout=60)
    here, there = (tmp_path / side / "media" / asset.path for side in ("here", "there"))
    assert here.read_bytes() == there.read_bytes()
    with Image.open(here) as picture:
        assert picture.size == asset.size


def test_building_goes_on_where_it_stopped(tmp_path: Path) -> None:
    steps = build(tmp_path, tiny=True)
    count = next(steps)[1]
    assert [next(steps) for _ in range(3)][-1] == (3, count)
    steps.close()
    left = len(wanted(tmp_path, tiny=True))
    assert 0 < left <= count - 3
    assert list(build(tmp_path, tiny=True))[-1] == (left, left)
    assert wanted(tmp_path, tiny=True) == []
    assert list(build(tmp_path, tiny=True)) == [(0, 0)]
    assert not list(tmp_path.rglob("*.part"))
    assert not (tmp_path / "media/museum/M015").exists()
    for path in tmp_path.rglob("*.jpg"):
        with Image.open(path) as picture:
            picture.load()


def test_the_film_plays_and_has_captions_in_two_languages(tmp_path: Path) -> None:
    assets = load("archive", tiny=True)[0].assets
    for asset in assets:
        make(asset, tmp_path)
    film, poster, korean, english = (tmp_path / "media" / asset.path for asset in assets)
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        frames = list(container.decode(stream))
        assert stream.codec_context.name == "h264" and stream.average_rate == RATE
        assert len(frames) == 20 and (frames[0].width, frames[0].height) == (512, 288)
    with Image.open(poster) as picture:
        assert picture.size == (512, 288)
    for path, words in ((korean, "강강술래"), (english, "round dance")):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:02.400\n") and words in text
    again = tmp_path / "again"
    make(assets[0], again)
    assert (again / "media" / assets[0].path).read_bytes() == film.read_bytes()


def test_the_second_film_passes_four_seasons_with_two_voices(tmp_path: Path) -> None:
    film = next(work for work in load("archive") if work.id == "A013").assets[0]
    make(replace(film, scale=0.5), tmp_path)
    with av.open(str(tmp_path / "media" / film.path)) as container:
        decoded = container.decode(video=0)
        frames = [frame.to_image() for frame in decoded]  # type: ignore[no-untyped-call]  # PyAV's own
    assert len(frames) == 16
    skies = {frames[season * 4].getpixel((20, 20)) for season in range(4)}
    assert len(skies) == 4
    for code, voice in (("ko", "<v 차장>"), ("en", "<v Conductor>")):
        captions = replace(film, path=f"film.{code}.vtt", role="captions", language=code)
        make(captions, tmp_path)
        cues = (tmp_path / "media" / captions.path).read_text(encoding="utf-8")
        assert cues.count("-->") == 8 and cues.count(voice) == 4
        assert "00:00:14.000 --> 00:00:16.000" in cues


def test_old_hangul_is_put_together_from_its_parts() -> None:
    letters.use_fonts(FONTS)
    assert letters.clusters("말ᄊᆞ미") == ["말", "ᄊᆞ", "미"]
    boxes = [letters.glyph(cluster, 60).getbbox() for cluster in ("ᄊᆞ", "ᄇᆡᆨ", "셔ᇰ", "호ᇙ", "ᄒᆡᅇᅧ"[:2])]
    assert all(box and box[3] - box[1] > 30 for box in boxes)


def test_missing_faces_are_told_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(letters.FontsMissing, match="make setup"):
        list(build(tmp_path, fonts=tmp_path))
