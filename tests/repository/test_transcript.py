"""WebVTT read as a transcript: what players take is taken, and whatever else a file holds harms nobody."""

from __future__ import annotations

import time

import pytest

from repository.transcript import BYTES, CUES, LONGEST, Cue, read

VTT = """\ufeffWEBVTT - 설날 풍경

STYLE
::cue { background: url(https://evil.example/) }

REGION
id:fred

NOTE 00:00:00.000
a note to whoever edits

첫째
00:01.000 --> 00:02.500 align:start position:10%
<v 김 선생>연을 <b>날리며</b> 새해를
엽니다.</v>

00:00:02.500 --> 00:00:04.000
둘째 &amp; 셋째 &lt;줄&gt; <00:00:03.000><c.loud>끝</c>

1000:00:04.000 --> 1000:00:05.250
긴 영상
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_cues_are_read_with_times_and_voices_and_nothing_else(newline: str) -> None:
    assert read(VTT.replace("\n", newline).encode()) == (
        Cue(1.0, 2.5, "연을 날리며 새해를 엽니다.", "김 선생"),
        Cue(2.5, 4.0, "둘째 & 셋째 <줄> 끝"),
        Cue(3_600_004.0, 3_600_005.25, "긴 영상"),
    )


def test_cues_stand_in_the_order_of_their_times() -> None:
    assert [cue.text for cue in read(b"WEBVTT\n\n00:05.000 --> 00:06.000\nb\n\n00:01.000 --> 00:02.000\na\n")] == [
        "a", "b"]  # fmt: skip


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"WEBVTTX\n\n00:01.000 --> 00:02.000\nx",
        b"1\n00:00:01,000 --> 00:00:02,000\nSubRip",
        b"<html><script>alert(1)</script>",
        b"WEBVTT",
        b"WEBVTT\n\n00:02.000 --> 00:01.000\nbackwards",
        b"WEBVTT\n\n00:01.000 --> 00:01.000\nno time at all",
        b"WEBVTT\n\n00:61.000 --> 00:62.000\nno such second",
        b"WEBVTT\n\n00:01.000-->00:02.000\nno blanks",
        "WEBVTT\n\n٠٠:٠١.٠٠٠ --> ٠٠:٠٢.٠٠٠\nother digits".encode(),
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v A></v>",
        b"WEBVTT\n\na\nb\n00:01.000 --> 00:02.000\ntiming too late",
    ],
)
def test_what_is_no_webvtt_or_says_nothing_gives_nothing(raw: bytes) -> None:
    assert read(raw) == ()


def test_a_hostile_file_gives_plain_text_without_what_is_not_to_be_seen() -> None:
    (cue,) = read(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n"
        '<script>alert(1)</script>&lt;img src=x onerror="alert(2)"&gt;\0\x1b[31m\u202etxt\u2066\u200b'
        "<v \u202e<b>이름>말 <i onmouseover=alert(3)".encode()
    )
    assert cue.text == 'alert(1)<img src=x onerror="alert(2)">\ufffd[31mtxt이름>말'
    assert not any(sign in cue.text + cue.voice for sign in "\0\x1b\u202e\u2066\u200b")


def test_bad_bytes_are_replaced_and_sizes_are_bounded() -> None:
    (cue,) = read(b"WEBVTT\n\n00:01.000 --> 00:02.000\n\xff\xfe\xea\xb0\x80")
    assert cue.text.endswith("가") and "\ufffd" in cue.text
    many = b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\nx\n\n" * (CUES + 10)
    assert len(read(many)) == CUES
    (long,) = read(b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"a" * 10**6)
    assert len(long.text) == LONGEST


@pytest.mark.parametrize("piece", [b"<", b"<v ", b"&", b"-->", b"\n\n", b"00:01.000 --> ", b"<v a>", b"&#"])
def test_no_repetition_makes_reading_slow(piece: bytes) -> None:
    raw = b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + piece * (4 * 10**6 // len(piece))
    began = time.process_time()
    read(raw[:BYTES])
    assert time.process_time() - began < 5
