"""Makers as records name them: names in their scripts, life dates, and whether there is a person at all."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from repository.dates import parse
from repository.item import Agent, Text

LIMIT = 500
LONGEST_LIFE = 122  # years, the longest on record
_ORDINARY = re.compile(r"\s+")
_DASHES = str.maketrans(dict.fromkeys("–—−‒‐‑∼〜～~", "~"))

_UNKNOWN = re.compile(
    r"(?:작자|작가|저자|지은이|필자|편자|찬자|제작자|화가|촬영자|글쓴이|作者|著者|撰者"
    r"|발행처|발행자|출판사|출판자|간행처|간행자|刊行者|刊寫者|發行者|發行處)?\s*(?:미상|未詳|불명|不明|알\s*수\s*없음|불상)"
    r"|anonymous|unknown(?:\s+(?:artist|maker|author|photographer|creator))?|artist unknown|anon\.?|n/?a"
    r"|s\.?n\.?|\[s\.n\.\]",
    re.I,
)
_BODY = re.compile(
    r".*(?:도서관|박물관|미술관|기록원|문화원|연구원|연구소|위원회|협회|학회|출판사|신문사|방송국|방송공사|주식회사|\(주\)|총독부|대학교|교육청"
    r"|도화서|규장각|승정원|홍문관|예문관|관상감|교서관|주자소|간경도감|의궤청|춘추관|실록청|비변사|의정부|시청|군청|국립\S+|일보|신문"
    r"|圖書館|博物館|總督府|會社|出版社|新聞社)"
    r"|.*\b(?:library|museum|archives?|university|institute|society|company|corporation|press|committee|ministry|office"
    r"|agency|gallery|studio|workshop|association|inc\.?|ltd\.?|co\.)(?:\s.*)?",
    re.I,
)
_HONORIFIC_TAIL = re.compile(r"\s*(?:지음|엮음|씀|그림|글씨|찍음|편찬|편|저|찬|著|撰|編|畵|畫|寫)$")
_BRACKETED = re.compile(r"\s*[(（\[]([^()（）\[\]]*)[)）\]]")
_HANJA = re.compile(r"[一-鿿㐀-䶿豈-﫿\s·]+")
_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_BC = r"(?:\s*(?:b\.?\s?c\.?e?\.?))?"
_YEAR = (
    r"(?:[?]|미상|(?:기원전\s*)?(?:약\s*|c(?:a|irca)?\.?\s*|[?])*"
    rf"\d{{1,4}}(?:년|\?|경|s)?{_BC}(?:\s*(?:이전|이후|경|무렵))?)"
)
_LIFE = re.compile(rf"(?:생몰년?\s*)?(?P<born>{_YEAR})?\s*[~-]\s*(?P<died>{_YEAR}|present|현재)?", re.I)
_BORN = re.compile(
    rf"(?:born|b\.?|\*)\s*(?:in\s+)?(?P<year>{_YEAR})|(?P<korean>{_YEAR})\s*(?:출?생|~|태어남)", re.I
)
_DIED = re.compile(
    rf"(?:died|d\.?|†)\s*(?:in\s+)?(?P<year>{_YEAR})|(?P<korean>{_YEAR})\s*(?:몰|졸|사망|卒|歿)", re.I
)
_LIFE_AT_END = re.compile(
    rf",?\s+(?P<dates>(?:(?:born|died|b\.|d\.)\s*(?:in\s+)?{_YEAR})|{_YEAR}\s*[~-]\s*(?:{_YEAR})?)$", re.I
)
_LIVED = re.compile(r"(?:he|she|they)\s*:\s*|생몰년?\s*:?\s*|(?:active|fl\.?|활동)\s*:?\s*", re.I)
_WHO = re.compile(r"\b(?:s?he|they)\s*:", re.I)  # "he: 1909-2001, she: 1922-2009" are two lives
_NO_DATES = re.compile(r"생몰\s*(?:년|연대)?\s*미상|(?:dates?\s+)?unknown|미상|\?|n\.?d\.?", re.I)
_ACTIVE = re.compile(r"\b(?:active|fl\.?|flourished)\b|활동", re.I)

_SEVERAL = re.compile(r"\s(?:외|등)(?:\s*\d+\s*[인명])?$|\bet al\b|\band others\b", re.I)


@lru_cache(maxsize=8192)
def parse_agent(text: str, role: str = "cre", lang: str = "") -> Agent:
    """Read one maker; an unknown maker keeps the words as a name, of kind unknown and without years.

    `role` is a MARC relator code, `lang` the language of the field. Nothing is dropped: what is neither a
    name nor life dates stays in the name.
    """
    text = _ORDINARY.sub(" ", text[:LIMIT]).strip(" ,;")
    if _UNKNOWN.fullmatch(text):
        return Agent((Text(text, lang),), role)
    bare, dates, others = _taken_apart(text)
    names = _names(bare or text, others, lang)
    if _SEVERAL.search(bare):  # the dates of one say nothing of the others
        return Agent(names, role, "unknown", dates)
    born, died, died_by = life(dates)
    return Agent(names, role, _kind(bare, dates), dates, born, died, died_by)


def life(dates: str) -> tuple[int | None, int | None, int | None]:
    """Read years of birth and death, and the latest possible death: what is not sure is None.

    "c. 1804" is a birth too unsure to keep; a death "before 1866" or "c. 1866" is only a bound.
    """
    plain = unicodedata.normalize("NFKC", dates).translate(_DASHES)
    # A nationality often stands first: "American, born Germany, 1900 - 1950".
    cleaned = _LIVED.sub("", plain.rpartition(",")[2]).strip(" .")
    if not cleaned or _ACTIVE.search(dates) or len(_WHO.findall(plain)) > 1:
        return None, None, None
    if found := _BORN.fullmatch(cleaned):
        return _sure(found["year"] or found["korean"]), None, None
    if found := _DIED.fullmatch(cleaned):
        return None, *_death(found["year"] or found["korean"])
    found = _LIFE.fullmatch(cleaned)
    return _span(found["born"], found["died"]) if found else (None, None, None)


def _span(birth: str | None, death: str | None) -> tuple[int | None, int | None, int | None]:
    """Read both ends of a life; ends that contradict each other are both left out."""
    era = re.search(r"\s*b\.?\s?c\.?e?\.?$", death or "", re.I)
    born = _sure(f"{birth}{era[0]}" if era and birth and birth.isdigit() else birth)
    died, died_by = _death(_full_year(birth, death))
    latest = died if died is not None else died_by
    if born is not None and latest is not None and not born <= latest <= born + LONGEST_LIFE:
        return None, None, None
    return born, died, died_by


def _death(text: str | None) -> tuple[int | None, int | None]:
    died = _sure(text)
    if died is not None or not text:
        return died, None
    _, latest, margin = _years(text)
    return None, latest + margin if latest is not None else None


def _sure(text: str | None) -> int | None:
    if not text:
        return None
    earliest, latest, margin = _years(text)
    return earliest if earliest == latest and not margin else None


def _years(text: str) -> tuple[int | None, int | None, int]:
    """Give the years of one end of a life, and how many years about them are open (ten where it says "about")."""
    date, _ = parse(text if not text.strip().isdigit() else f"{text.strip()}년")
    unsure = date.confidence in ("approximate", "inferred")
    return date.earliest, date.latest, 10 if unsure else 0


def _full_year(born: str | None, died: str | None) -> str | None:
    """Complete 1760–49 by the century of the birth."""
    if born and died and born.isdigit() and died.isdigit() and len(died) < len(born) == 4:
        return born[: 4 - len(died)] + died
    return died


def _taken_apart(text: str) -> tuple[str, str, list[str]]:
    """Part a text into the name before brackets, the life dates, and what else stands in brackets."""
    dates, others = "", []
    for group in _BRACKETED.findall(text):
        for part in re.split(r"\s*[,;/]\s*", group):
            if not dates and _is_life(part):
                dates = part
            elif part:
                others.append(part)
    bare = _HONORIFIC_TAIL.sub("", _BRACKETED.sub("", text).strip(" ,;"))
    if not dates and (found := _LIFE_AT_END.search(bare.translate(_DASHES))):
        dates, bare = bare[found.start("dates") :], bare[: found.start()]
    return bare.strip(" ,;"), dates, others


def _is_life(text: str) -> bool:
    """Tell whether a text in brackets says when somebody lived, or that nobody knows."""
    plain = _LIVED.sub("", unicodedata.normalize("NFKC", text).translate(_DASHES)).strip()
    if _NO_DATES.fullmatch(text.strip()) or (_ACTIVE.search(text) and re.search(r"\d", text)):
        return True
    found = _LIFE.fullmatch(plain)
    return bool(
        (found and (found["born"] or found["died"])) or _BORN.fullmatch(plain) or _DIED.fullmatch(plain)
    )


def _names(bare: str, others: list[str], lang: str) -> tuple[Text, ...]:
    """Give the name, and its forms in other scripts; a remark in brackets stays with the name."""
    remarks = "".join(f" ({other})" for other in others if not _other_script(bare, other))
    forms = [Text(other, _language(other, lang, bare)) for other in others if _other_script(bare, other)]
    return tuple(dict.fromkeys([Text(bare + remarks, _language(bare, lang, "")), *forms]))


def _other_script(bare: str, other: str) -> bool:
    """Tell a name in another script from a remark, which has digits or is in the script of the name."""
    return _script(other) not in (_script(bare), "") and not re.search(r"[\d:]", other)


def _script(name: str) -> str:
    if _HANGUL.search(name):
        return "Hang"
    if _HANJA.fullmatch(name):
        return "Hani"
    return "Latn" if _LATIN.search(name) else ""


def _language(name: str, lang: str, beside: str) -> str:
    """Tell the language of a name by its script, the field's language and the name it stands beside."""
    script = _script(name)
    if script == "Hang":
        return "ko"
    if not script:
        return lang
    if _script(beside) == "Hang" or (script == "Hani" and lang == "ko" and not beside):
        return f"ko-{script}"
    return "" if beside or lang == "ko" else lang


def _kind(bare: str, dates: str) -> str:
    """Tell a person from a body; a name alone does not say, only life dates or an inverted name do."""
    if _BODY.fullmatch(bare):
        return "body"
    return "person" if dates or re.fullmatch(r"[^,\d]+,\s*[^,\d]+", bare) else "unknown"
