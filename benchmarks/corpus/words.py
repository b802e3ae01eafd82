"""Word lists of our own, and the many ways in which Korean providers write the same thing.

Nothing here is taken from a record of anybody: people, works and numbers are composed,
 so none of them exists.
"""

from __future__ import annotations

SURNAMES = (("김", "金"), ("이", "李"), ("박", "朴"), ("최", "崔"), ("정", "鄭"), ("강", "姜"), ("조",
            "趙"), ("윤", "尹"),
            ("장", "張"), ("임", "林"), ("한", "韓"), ("오", "吳"), ("서", "徐"), ("신", "申"), ("권",
            "權"),
            ("황", "黃"))  # fmt: skip
GIVEN = (("도현", "道賢"), ("서윤", "瑞潤"), ("만수", "萬壽"), ("영재", "英材"), ("홍기", "弘基"),
         ("경애", "敬愛"),
         ("재현", "在鉉"), ("상문", "尙文"), ("희준", "熙俊"), ("청음", "淸陰"), ("교산", "敎山"),
         ("연암", "硏岩"),
         ("석봉", "石峯"), ("난설", "蘭雪"), ("득신", "得臣"), ("인문", "寅文"), ("홍도",
         "弘道"))  # fmt: skip
ROMAN = ("Dohyeon", "Seoyun", "Mansu", "Yeongjae", "Honggi", "Gyeongae", "Jaehyeon", "Sangmun")
AFFILIATIONS = ("한빛대학교", "새벽대학교", "누리국학원", "가온역사연구소", "달빛미술관", "솔마을기록원")
LIVES = ("", "", "(1701-1764)", "(1850~1912)", "(?-1866)", "(생몰년 미상)", "(1923-)", "（1888-1945）")
PLACES = (("한양", "漢陽", "Hanyang"), ("전주", "全州", "Jeonju"), ("경주", "慶州", "Gyeongju"), ("평양",
          "平壤", "Pyeongyang"),
          ("안동", "安東", "Andong"), ("제주", "濟州", "Jeju"), ("개성", "開城", "Gaeseong"), ("함흥",
          "咸興", "Hamheung"),
          ("나주", "羅州", "Naju"), ("공주", "公州", "Gongju"), ("강릉", "江陵", "Gangneung"), ("진주",
          "晉州", "Jinju"),
          ("수원", "水原", "Suwon"))  # fmt: skip
# A work's word in Hangul, Hanja and English, with the words of its kind that providers write.
WORKS = (("지도", "地圖", "Map", "map"), ("읍지", "邑誌", "Gazetteer", "book"), ("시집", "詩集", "Poems",
         "book"),
         ("일기", "日記", "Diary", "manuscript"), ("산수도", "山水圖", "Landscape", "painting"),
         ("풍속도", "風俗圖", "Genre Scene", "painting"), ("사진첩", "寫眞帖", "Album", "photograph"),
         ("호적", "戶籍", "Household Register", "document"), ("신문", "新聞", "Newspaper", "newspaper"),
         ("교지", "敎旨", "Royal Edict", "document"), ("악보", "樂譜", "Score", "score"),
         ("백자", "白磁", "White Porcelain", "object"), ("기록영화", "記錄映畵", "Film",
         "film"))  # fmt: skip
KINDS = {  # kind -> (Korean words, DCMI type, MODS typeOfResource, EDM type)
    "map": (("지도", "고지도"), "StillImage", "cartographic", "IMAGE"),
    "book": (("도서", "고서", "OldBook"), "Text", "text", "TEXT"),
    "manuscript": (("필사본", "고문헌"), "Text", "text", "TEXT"),
    "painting": (("회화", "그림"), "StillImage", "still image", "IMAGE"),
    "photograph": (("사진", "사진자료"), "StillImage", "still image", "IMAGE"),
    "document": (("문서", "고문서"), "Text", "text", "TEXT"),
    "newspaper": (("신문",), "Text", "text", "TEXT"),
    "score": (("악보",), "StillImage", "notated music", "IMAGE"),
    "object": (("유물", "도자기"), "PhysicalObject", "three dimensional object", "3D"),
    "film": (("영상", "동영상"), "MovingImage", "moving image", "VIDEO"),
}
SUBJECTS = ("지리", "조선", "朝鮮", "행정", "풍속", "문학", "미술", "음악", "교육", "敎育", "연구",
            "硏究", "상업·공업", "의례ㆍ제사",
            "농업・어업", "한국사--조선시대", "Korea--History", "생활사", "인물", "청자",
            "淸代")  # fmt: skip
PHRASES = ("고을의 산과 물을 한눈에 보이도록 그렸다.", "앞뒤 표지가 떨어져 나가 간행한 때를 알 수 없다.",
           "뒷면에 붉은 먹으로 쓴 글이 있다.",
           "네 첩으로 접히며 세 번째 첩에 물 얼룩이 있다.",
           "장날의 사람들과 가게의 이름을 하나하나 적었다.",
           "여러 사람의 손을 거친 듯 글씨체가 고르지 않다.",
           "집안에 전해 오던 것을 후손이 맡겼다.", "종이는 닥종이이며 크기가 고르다.",
           "序文과 跋文이 갖추어져 있다.", "본문은 國漢文 혼용이다.",
           "It was photographed in eight parts.", "물레로 빚은 뒤 맑은 유약을 입혔다.")  # fmt: skip
OLD_HANGUL = "나랏말\u110a\u119e미 듕귁에 달아"
PRIVATE_HANGUL = "\ue0bc\ue5d3 니르고져"  # as fonts of the nineties wrote old Hangul, in the private use area
COMPATIBILITY = "\uf9e1氏 家門의 \uf96f力"  # 李, 寧: compatibility ideographs
DATES = ("光武 3年(1899)", "高宗 31年", "乾隆四十五年", "개국 503년", "檀紀 4283", "昭和 10", "甲午",
         "18세기 후반", "朝鮮後期", "[刊寫年未詳]",
         "철종 12년(1861)", "1750년경", "1592-1598", "[1930년대]", "19世紀 初", "純祖 5年 閏6月",
         "숙종 24년 음력 3월", "大正 8年 3月 1日",
         "서기 1876년", "1945. 8. 15.", "日帝強占期", "n.d.", "0000", "1870?")  # fmt: skip
LANGUAGES = ("한국어", "kor", "ko", "bnk", "kor", "ko", "chi", "lzh", "한문", "jpn", "eng")
KOGL = ("공공누리 제1유형", "공공누리 제 1 유형 : 출처표시", "제2유형",
        "공공누리 제3유형(출처표시+변경금지)", "제4유형", "KOGL Type 1",
        "kogl type 4", "OPEN 공공누리 1유형", "https://www.kogl.or.kr/info/licenseType1.do",
        "https://www.kogl.or.kr/open/web/images/images_2014/codetype/new_img_opentype01.png",
        "이용허락범위 제한 없음",
        "공공누리 제1유형; CC BY 4.0", "공공누리", "공공저작물 자유이용허락",
        "저작권 보호기간 만료")  # fmt: skip
RIGHTS = (*KOGL, "Y", "N", "저작권 있음. 이용하려면 소장처의 허락이 필요합니다.",
          "http://creativecommons.org/licenses/by-nc/4.0/",
          "http://rightsstatements.org/vocab/InC/1.0/", "Copyright © 새벽도서관", "")  # fmt: skip
EXTENTS = (
    "1장",
    "4帖",
    "120면",
    "1책(64장) : 삽화 ; 31.2×20.1cm",
    "２冊",
    "가로 52.5cm, 세로 118.0cm",
    "흑백, 12분",
)
PUBLISHERS = ("새벽도서관", "曙光書館", "한빛고을 향교", "가온 출판사", "[刊寫者未詳]", " 누리인쇄소")
HOLDERS = (
    "새벽도서관",
    "한빛박물관",
    "달빛미술관",
    "솔마을기록원",
    "가온 국학자료실",
    "누리문서관",
    "바다박물관",
)
COLLECTIONS = ("옛 지도", "고을의 글", "그림과 글씨", "사진첩", "생활 유물", "새 기증 자료")
