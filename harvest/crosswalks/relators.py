"""Roles of makers as sources write them, in Korean or English, as MARC relator codes."""

from __future__ import annotations

import re
from functools import cache

_CODES = """
abr act adp anl anm ann app arc arr art asn ato att aud aui aus aut bkd bkp bnd bsl cas chr cmp cnd cng cns
cor cph cre crp crr ctb ctg ctr cur cwt dgg dir dnc dnr dpc dpt dsr drm dst dte dto dub edt egr etr exp fac
fmk fmo fnd ill ins inv isb itr ive ivr lbr len lil lso ltg lyr mcp mfr mod mon mrb msd mte mtk mus nrt orm
oth own pat pbd pbl pho plt pma pmn pop ppm pra prd prf prg pro prp prt pta ptf rbr rcd rce rcp red res rev
rps rpt rsp rtm sce scl scr sds sec sgn sng spk spn srv std stl tch trc trl tyd tyg ust vdg voc wam wdc wde
win wit
"""
_WORDS_OF = {
    "ann": "annotator, 주석",
    "arc": "architect",
    "art": "artist, painter, 화가, 그린이",
    "att": "attributed, attributed name, 전칭, 추정",
    "aut": "author, writer, auteur du texte, astronomer, sender, "
    "저자, 지은이, 지음, 씀, 저, 찬자, 찬, 필자, 작가, 글, 著, 撰",
    "cmp": "composer, 작곡가, 작곡",
    "col": "collector",
    "com": "compiler, 편찬, 편찬자",
    "cph": "rights holder, copyright holder, 저작권자",
    "cre": "creator, originator",
    "ctb": "contributor, 기여자, 참여",
    "ctg": "cartographer, 지도제작자, mapmaker",
    "dnr": "donor, 기증자",
    "drt": "director, film director, 감독, 연출",
    "dsr": "designer",
    "edt": "editor, 편자, 편집, 편, 편저, 엮은이, 엮음, 編",
    "egr": "engraver, 각수",
    "fmo": "former owner",
    "ill": "그림, illustrator",
    "isb": "issuing body",
    "ive": "interviewee, 구술자",
    "ivr": "interviewer, 면담자",
    "lyr": "lyricist, 작사",
    "mfr": "maker, 제작자, 제작, 만든이, manufacturer",
    "own": "owner",
    "pbl": "publisher, 발행, 발행자, 발행처, 출판사, 간행",
    "pho": "photographer, 사진가, 사진작가, 촬영자, 촬영, 찍음, 사진",
    "prf": "performer, 연주",
    "pro": "producer, 프로듀서",
    "prt": "printer",
    "rcp": "addressee, recipient",
    "scl": "sculptor, 조각가",
    "scr": "calligrapher, scribe, 서예가, 필사자, 글씨, 書",
    "sgn": "signatory, signer, 서명자",
    "sng": "singer, 노래",
    "spk": "speaker",
    "trl": "translator, 역자, 옮긴이, 옮김, 역, 번역, 언해, 譯",
}
_WORDS = {word: code for code, words in _WORDS_OF.items() for word in words.split(", ")}


def code_of(word: str, default: str = "cre") -> str:
    """Give the relator code of a role as written (a code, a word, an address that ends in one), or the default."""
    bare = re.split(r"[/#]", word.strip().rstrip("./"))[-1].casefold()
    return bare if bare in _known() else _WORDS.get(bare, default)


@cache
def _known() -> frozenset[str]:
    return frozenset(_CODES.split()) | set(_WORDS_OF)
