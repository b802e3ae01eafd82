from __future__ import annotations

import io
import struct
import warnings
import wave
import zlib
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image

from repository.iiif import pyramid, sniff
from repository.iiif.sniff import Examined, Limits, examine
from repository.problems import Problem
from tests.repository.iiif.conftest import Draw, drawing


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def code(found: Examined | Problem) -> str:
    assert isinstance(found, Problem), found
    return found.code


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("TIFF", "image/tiff"),
        ("WEBP", "image/webp"),
        ("GIF", "image/gif"),
        ("JPEG2000", "image/jp2"),
    ],
)
def test_pictures_are_told_by_their_content_and_measured(draw: Draw, form: str, media_type: str) -> None:
    assert examine(draw(300, 200, form)) == Examined(media_type, 300, 200, pages=1)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP", "GIF", "JPEG2000"])
def test_pictures_that_end_too_early_are_refused(draw: Draw, tmp_path: Path, form: str) -> None:
    whole = draw(300, 200, form).read_bytes()
    for share in (0.02, 0.5, 0.9):
        cut = write(tmp_path / "cut", whole[: max(20, int(len(whole) * share))])
        assert code(examine(cut)) == "media_refused_broken", (form, share)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_measures_are_those_after_rotation_as_in_the_pyramid(
    draw: Draw, tmp_path: Path, orientation: int
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    for form in ("JPEG", "PNG", "TIFF", "WEBP"):
        path = draw(30, 20, form, exif=exif)
        found = examine(path)
        assert isinstance(found, Examined)
        assert (found.width, found.height) == ((20, 30) if orientation >= 5 else (30, 20)), form
        target = tmp_path / "upright.tif"
        pyramid.build(path, target)
        with Image.open(target) as made:
            assert made.size == (found.width, found.height)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?><svg/>",
        b"<!doctype html><html><script>alert(1)</script></html>",
        b"GIF",
        b"PK\x03\x04",
        b"MZ",
        b"BM" + bytes(60),
        b"%!PS-Adobe",
        b"\0\0\0\x18ftypheic" + bytes(30),
        b"\0\0\0\x18ftypavif" + bytes(30),
        b"1\n00:00:01,000 --> 00:00:02,000\nsrt\n",
        b"#EXTM3U\nhttp://example.org/a.ts\n",
        b"WEBVTTX",
    ],
)
def test_other_kinds_are_refused_whatever_they_are_called(tmp_path: Path, content: bytes) -> None:
    assert code(examine(write(tmp_path / "picture.jpg", content))) == "media_refused_type"


def png_claiming(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def test_bombs_are_refused_by_their_header_and_no_limit_of_the_process_is_touched(tmp_path: Path) -> None:
    before = Image.MAX_IMAGE_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert code(examine(write(tmp_path / "a", png_claiming(60_000, 60_000)))) == "media_refused_size"
        assert code(examine(write(tmp_path / "b", png_claiming(18_000, 18_000)))) == "media_refused_broken"
    assert before == Image.MAX_IMAGE_PIXELS


def test_limits_are_those_of_the_caller(draw: Draw, tmp_path: Path) -> None:
    path = draw(300, 200, "JPEG")
    assert code(examine(path, Limits(pixels=59_999))) == "media_refused_size"
    assert isinstance(examine(path, Limits(pixels=60_000)), Examined)
    assert code(examine(path, Limits(bytes=100))) == "media_refused_size"
    assert code(examine(draw(300, 200, "WEBP"), Limits(whole_pixels=59_999))) == "media_refused_size"


def test_smaller_copies_in_a_tiff_are_no_pages(make_pyramid: Draw, tmp_path: Path) -> None:
    found = examine(make_pyramid(1500, 1100))
    assert found == Examined("image/tiff", 1500, 1100, pages=1)
    sheets = [drawing(20, 10), drawing(20, 12)]
    sheets[0].save(tmp_path / "two.tif", save_all=True, append_images=sheets[1:])
    assert examine(tmp_path / "two.tif") == Examined("image/tiff", 20, 10, pages=2)
    assert code(examine(tmp_path / "two.tif", Limits(pages=1))) == "media_refused_size"


def test_captions_are_utf_8_text(tmp_path: Path) -> None:
    for good in (
        b"WEBVTT",
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n\xea\xb0\x80\n",
        b"\xef\xbb\xbfWEBVTT - x\n",
    ):
        assert examine(write(tmp_path / "good", good)) == Examined("text/vtt")
    for bad in (b"WEBVTT\n\n\xb0\xa1", b"WEBVTT\n\0"):
        assert code(examine(write(tmp_path / "bad", bad))) == "media_refused_broken"


def sound(path: Path, seconds: float = 1.5) -> Path:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(bytes(int(16_000 * seconds)))
    return path


def frame_of(picture: Image.Image) -> av.VideoFrame:
    return av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call,no-any-return]  # PyAV's own


def film(path: Path, form: str = "mp4", codec: str = "libx264", frames: int = 24, dark: int = 0) -> Path:
    """A film of 12 frames a second whose first frames are black."""
    with av.open(str(path), "w", format=form) as container:
        stream: Any = container.add_stream(codec, rate=12, options={"g": "4", "threads": "1"})
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        for number in range(frames):
            picture = Image.new("RGB", (96, 64)) if number < dark else drawing(96, 64)
            container.mux(stream.encode(frame_of(picture)))
        container.mux(stream.encode())
    return path


def test_films_and_sounds_are_measured(tmp_path: Path) -> None:
    for form, codec in (("mp4", "libx264"), ("webm", "libvpx")):
        found = examine(film(tmp_path / form, form, codec))
        assert isinstance(found, Examined)
        assert (found.media_type, found.width, found.height) == (f"video/{form}", 96, 64)
        assert found.seconds == pytest.approx(2.0, abs=0.1)
    assert examine(sound(tmp_path / "wav")) == Examined("audio/wav", seconds=1.5)
    assert code(examine(tmp_path / "wav", Limits(seconds=1))) == "media_refused_size"
    assert code(examine(tmp_path / "mp4", Limits(pixels=96 * 64 - 1))) == "media_refused_size"


@pytest.mark.parametrize(("form", "codec"), [("mp3", "libmp3lame"), ("ogg", "libopus"), ("flac", "flac")])
def test_sounds_of_other_kinds(tmp_path: Path, form: str, codec: str) -> None:
    source, target = sound(tmp_path / "in.wav", 2.0), tmp_path / "out"
    with av.open(str(source)) as reading, av.open(str(target), "w", format=form) as writing:
        stream: Any = writing.add_stream(codec, rate=48_000)
        for frame in reading.decode(audio=0):
            for resampled in av.AudioResampler(stream.format, stream.layout, 48_000).resample(frame):
                writing.mux(stream.encode(resampled))
        writing.mux(stream.encode())
    found = examine(target)
    assert isinstance(found, Examined)
    assert found.media_type == {"mp3": "audio/mpeg"}.get(form, f"audio/{form}")
    assert found.seconds > 1


def test_a_film_cut_off_is_refused(tmp_path: Path) -> None:
    whole = film(tmp_path / "whole", frames=120).read_bytes()
    assert code(examine(write(tmp_path / "cut", whole[: len(whole) // 2]))) == "media_refused_broken"
    webm = film(tmp_path / "webm", "webm", "libvpx", frames=120).read_bytes()
    assert code(examine(write(tmp_path / "cut", webm[: len(webm) // 3]))) == "media_refused_broken"
    assert (
        code(examine(write(tmp_path / "head", b"\0\0\0\x18ftypisom" + bytes(50)))) == "media_refused_broken"
    )
    assert code(examine(write(tmp_path / "id3", b"ID3\x03" + bytes(500)))) == "media_refused_broken"


def test_documents_are_counted_and_their_pages_drawn(tmp_path: Path) -> None:
    pages = [Image.new("RGB", (200, 300), color) for color in ("white", "red")]
    pages[0].save(tmp_path / "a.pdf", save_all=True, append_images=pages[1:], resolution=72)
    assert examine(tmp_path / "a.pdf") == Examined("application/pdf", pages=2)
    assert code(examine(tmp_path / "a.pdf", Limits(pages=1))) == "media_refused_size"
    assert code(examine(write(tmp_path / "b", b"%PDF-1.7\nnothing"))) == "media_refused_broken"
    pyramid.pdf_page(tmp_path / "a.pdf", 2, tmp_path / "page.tif")
    with Image.open(tmp_path / "page.tif") as drawn:
        assert drawn.size == (round(200 * 200 / 72), round(300 * 200 / 72) + 1)
        red = drawn.convert("RGB").getpixel((100, 100))
        assert isinstance(red, tuple)
        assert red[0] > 240
        assert max(red[1:]) < 15


def test_every_hostile_and_odd_real_file_ends_in_an_answer(shared_data: Path, tmp_path: Path) -> None:
    files = [
        path
        for folder in ("images/hostile", "images/formats", "images/iiif", "hostile", "video", "oai")
        for path in sorted((shared_data / folder).rglob("*"))
        if path.is_file()
    ]
    found = {path.name: examine(path) for path in files}
    refused = {name: answer.code for name, answer in found.items() if isinstance(answer, Problem)}
    assert refused["decompression_bomb.gif"] == "media_refused_size"
    assert refused["truncated_jpeg.jpg"] == refused["broken.png"] == "media_refused_broken"
    assert refused["zero_width.gif"] == "media_refused_broken"
    assert refused["xmlbomb.xml"] == refused["lab.tif"] == "media_refused_type"
    assert found["bigbuckbunny.mp4"] == Examined("video/mp4", 1280, 720, 5.312)
    assert found["lunchroom_manners.vtt"] == Examined("text/vtt")
    for path in files:  # what is passed can be made into a pyramid
        answer = found[path.name]
        if isinstance(answer, Examined) and answer.media_type.startswith("image/"):
            pyramid.build(path, tmp_path / "made.tif")


def test_damaged_bytes_end_in_an_answer(draw: Draw, tmp_path: Path) -> None:
    for form in ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "JPEG2000"):
        whole = draw(60, 40, form).read_bytes()
        for place in range(0, len(whole), max(1, len(whole) // 40)):
            damaged = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
            found = examine(write(tmp_path / "damaged", damaged))
            if isinstance(found, Examined):
                pyramid.build(tmp_path / "damaged", tmp_path / "made.tif")


def test_kinds_are_told_by_the_first_bytes_only(tmp_path: Path) -> None:
    late = io.BytesIO(bytes(2000) + b"%PDF-1.7")
    assert sniff.kind_of(write(tmp_path / "late", late.getvalue())) == ""
    assert sniff.kind_of(write(tmp_path / "early", bytes(1000) + b"%PDF-1.7")) == "application/pdf"
