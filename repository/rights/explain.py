"""A decision in plain sentences for readers: the answer for each use, why, on what ground, and what to keep to."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from repository.rights.decision import Answer, Decision, Ruling, Use
from repository.rights.duties import Duty, duty
from repository.rights.table import RuleTable, load
from repository.shapes import Shape

_WORDS = Shape(dict[str, dict[str, dict[str, str]]])


class UseExplained(msgspec.Struct, frozen=True):
    """One use: the answer in words, why, the ground, and the duties (none unless the answer carries some)."""

    use: Use
    answer: str
    why: str
    basis: str
    duties: tuple[Duty, ...] = ()


class Explanation(msgspec.Struct, frozen=True):
    """A whole decision in one language; `elsewhere` holds a sentence for each country that differs."""

    uses: tuple[UseExplained, ...]
    elsewhere: tuple[str, ...]
    table: str
    language: str

    def sentences(self) -> tuple[str, ...]:
        """Give all of it as sentences, for a page or a terminal; the reason of several uses is said once."""
        reasons = {(use.why, use.basis): None for use in self.uses if use.use is not Use.DESCRIBE}
        kept = {item.text(self.language): None for use in self.uses for item in use.duties}
        why = [f"{why} {_page('basis', self.language).format(basis=basis)}" for why, basis in reasons]
        return (*(use.answer for use in self.uses), *why, *kept, *self.elsewhere, self.table)


def explain(decision: Decision, language: str, table: RuleTable | None = None) -> Explanation:
    """Explain a decision by the table that made it; ConfigurationError where that version is not installed."""
    rules = table or load(decision.table_version)
    known = set(decision.elsewhere) & set(_words()["country"])
    return Explanation(
        uses=tuple(_explain_use(use, decision, rules, language) for use in Use),
        elsewhere=tuple(_words()["country"][country][_key(language)] for country in sorted(known)),
        table=_page("table", language).format(version=decision.table_version),
        language=language,
    )


def answer_words(decision: Decision, use: Use, language: str, country: str = "KR") -> str:
    """Give the interface's words for one answer."""
    ruling = decision.ruling(use, country)
    return _words()[use.value][_situation(use, ruling, decision)][_key(language)]


def _explain_use(use: Use, decision: Decision, table: RuleTable, language: str) -> UseExplained:
    ruling = decision.ruling(use)
    rule = table.by_code[ruling.rule]
    return UseExplained(
        use=use,
        answer=answer_words(decision, use, language),
        why=rule.text(language),
        basis=rule.basis(language),
        duties=tuple(map(duty, ruling.duties)),
    )


def _situation(use: Use, ruling: Ruling, decision: Decision) -> str:
    """Name the situation that the words are listed under."""
    granted = ruling.answer in (Answer.YES, Answer.YES_WITH)
    if use is Use.DESCRIBE:
        return "yes" if granted else "no"
    if use is Use.VIEW and granted:
        return decision.degree.value
    if ruling.answer is Answer.YES_WITH:
        return _conditions({*ruling.duties}) if use is Use.REUSE else "with"
    return ruling.answer.value


def _conditions(duties: set[str]) -> str:
    limits = [name for name in ("noncommercial", "no_change") if name in duties]
    if limits and "cite_source" in duties:
        return "_".join(limits)
    if duties <= {"cite_source", "keep_author_name", "share_alike"}:
        return "cite"
    return "with"


def _key(language: str) -> str:
    return "ko" if language.startswith("ko") else "en"


def _page(name: str, language: str) -> str:
    return _words()["page"][name][_key(language)]


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    raw = (files("repository.rights") / "data" / "words.json").read_bytes()
    return _WORDS.read(raw)
