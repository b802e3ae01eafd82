"""One query in any script: pairs over real titles and names, and the National Treasures both ways."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from repository.search.embedded import EmbeddedEngine
from repository.search.folding import fold
from repository.search.query import Query
from tests.repository.search.samples import document, item

PAIRS = """
훈민정음 訓民正音 | 대동여지도 大東輿地圖 | 용비어천가 龍飛御天歌 | 이순신 李舜臣 | 노량 露梁 | 여자 女子
난중일기 亂中日記 | 조선왕조실록 朝鮮王朝實錄 | 삼국사기 三國史記 | 삼국유사 三國遺事 | 고려사 高麗史
동의보감 東醫寶鑑 | 경국대전 經國大典 | 악학궤범 樂學軌範 | 월인천강지곡 月印千江之曲 | 석보상절 釋譜詳節
동국정운 東國正韻 | 무구정광대다라니경 無垢淨光大陀羅尼經 | 금강반야바라밀경 金剛般若波羅蜜經
직지심체요절 直指心體要節 | 승정원일기 承政院日記 | 일성록 日省錄 | 징비록 懲毖錄 | 목민심서 牧民心書
열하일기 熱河日記 | 유림 儒林 | 이두 吏讀 | 김홍도 金弘道 | 정선 鄭敾 | 신윤복 申潤福 | 안견 安堅
몽유도원도 夢遊桃源圖 | 인왕제색도 仁王霽色圖 | 금강전도 金剛全圖 | 세한도 歲寒圖 | 괘불탱 掛佛幀
다보탑 多寶塔 | 석굴암 石窟庵 | 불국사 佛國寺 | 비로자나불 毘盧遮那佛 | 나전칠기 螺鈿漆器 | 양반 兩班
역사 歷史 | 도로 道路 | 법률 法律 | 비율 比率 | 내년 來年 | 요리 料理 | 유월 六月 | 시월 十月 | 황룡사 皇龍寺
낙랑 樂浪 | 음악 音樂 | 차례 茶禮 | 기미독립선언서 己未獨立宣言書 | 의궤 儀軌 | 세시풍속 歲時風俗
"""
SAME = """
龍飛御天歌 竜飛御天歌 | 龜船 亀船 | 敎育 教育 | 硏究 研究 | 靑磁 青磁 | 大東輿地圖 大東輿地図 | 實錄 実録
金剛山 金剛山 | 六曲屛風 六曲屏風 | 李滉 李滉 | 훈민정음 훈민\u00a0정음 | 훈민정음 훈민정음을 | 訓民正音 訓民正音의
瞻星臺 瞻星台 | 高麗國 髙麗国 | Hunminjŏngŭm hunminjongum | Taedong-yŏjido Taedongyojido | 뎡음 뎡음
"""


def pairs(table: str) -> list[tuple[str, str]]:
    """Read a table of pairs."""
    cells = (cell.strip().split(" ") for cell in table.replace("\n", "|").split("|") if cell.strip())
    return [(one, other) for one, other in cells]


TITLES = frozenset(title for pair in (*pairs(PAIRS), *pairs(SAME)) for title in pair)


def written_alike(title: str) -> set[str]:
    """Give the titles that differ from one by nothing but variants of its characters, so that none comes first."""
    return {one for one in TITLES if fold(one).text == fold(title).text}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    """All titles of the pairs, each side an item of its own."""
    engine = EmbeddedEngine(tmp_path_factory.mktemp("index"))
    engine.put([document(item(title)) for title in sorted(TITLES)])
    yield engine


@pytest.mark.parametrize(("hangul", "hanja"), pairs(PAIRS))
def test_hangul_finds_hanja_and_hanja_finds_hangul(library: EmbeddedEngine, hangul: str, hanja: str) -> None:
    by_hangul, by_hanja = library.search(Query(hangul)), library.search(Query(hanja))
    assert not by_hangul.relaxed
    assert not by_hanja.relaxed
    ids = {item(hangul).id, item(hanja).id}
    assert ids <= {hit.id for hit in by_hangul.hits}
    assert ids <= {hit.id for hit in by_hanja.hits}
    assert by_hangul.hits[0].id == item(hangul).id
    assert by_hanja.hits[0].id in {item(title).id for title in written_alike(hanja)}
    forms = {hit.id: hit.forms for hit in by_hangul.hits}
    assert forms[item(hangul).id] == ("exact",)
    assert forms[item(hanja).id] == ("reading",)


@pytest.mark.parametrize(("one", "other"), pairs(SAME))
def test_variants_of_writing_are_the_same(library: EmbeddedEngine, one: str, other: str) -> None:
    for asked in (one, other):
        answer = library.search(Query(asked))
        assert not answer.relaxed
        assert {item(one).id, item(other).id} <= {hit.id for hit in answer.hits}


def test_there_are_pairs_enough() -> None:
    assert len(pairs(PAIRS)) + len(pairs(SAME)) >= 60


@pytest.mark.parametrize(("held", "asked"), [("ccbaMnm1", "ccbaMnm2"), ("ccbaMnm2", "ccbaMnm1")])
def test_national_treasures_are_found_by_the_name_in_the_other_script(
    tmp_path: Path, shared_data: Path, record_property: Callable[[str, object], None], held: str, asked: str
) -> None:
    treasures = json.loads((shared_data / "korean" / "gukbo.json").read_text("utf-8"))
    engine = EmbeddedEngine(tmp_path)
    engine.put([document(item(one["ccbaCpno"], one[held])) for one in treasures])
    found = 0
    for one in treasures:
        hits = engine.search(Query(one[asked], size=10)).hits
        found += item(one["ccbaCpno"]).id in {hit.id for hit in hits}
    recall = found / len(treasures)
    record_property("recall@10", recall)
    assert len(treasures) == 244
    assert recall >= 0.95
