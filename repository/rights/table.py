"""The rule table: a versioned data file whose rows say what each mark, fact and gate allows, and why."""

from __future__ import annotations

import tomllib
from functools import cache, cached_property
from importlib.resources import files

import msgspec

from repository.errors import ConfigurationError
from repository.rights.decision import Answer, Ruling, Rulings
from repository.shapes import Shape

CURRENT = "2026-11"
Outcome = tuple[str, ...]
_YES: Outcome = ("yes",)


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """One row: an outcome for each use (the answer, then its duties), its words and its ground.

    Conditions that are absent always hold. `by_contract` names uses that the holder's contract may open,
    `view_px` the side in pixels that such viewing is reduced to where the holder names none.
    """

    code: str
    ko: str
    en: str
    basis_ko: str
    basis_en: str
    describe: Outcome = _YES
    view: Outcome = _YES
    reuse: Outcome = _YES
    train: Outcome = _YES
    marks: tuple[str, ...] = ()
    needs_public: bool = False
    weighs_evidence: bool = False
    by_contract: tuple[str, ...] = ()
    view_px: int = 0
    stance: str = ""
    authors: str = ""
    types: tuple[str, ...] = ()
    died_from: int | None = None
    died_to: int | None = None
    published_from: int | None = None
    published_to: int | None = None

    @cached_property
    def rulings(self) -> Rulings:
        """The row's answers, each under its code."""
        return Rulings(
            *(self._ruling(outcome) for outcome in (self.describe, self.view, self.reuse, self.train))
        )

    def _ruling(self, outcome: Outcome) -> Ruling:
        return Ruling(Answer(outcome[0]), self.code, outcome[1:])

    def text(self, language: str) -> str:
        """Say why; any language but Korean reads English."""
        return self.ko if language.startswith("ko") else self.en

    def basis(self, language: str) -> str:
        """Name the ground in law or policy; any language but Korean reads English."""
        return self.basis_ko if language.startswith("ko") else self.basis_en


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What another country holds back, for marks that speak of time run out in Korea."""

    marks: tuple[str, ...]
    rows: tuple[Rule, ...]


class RuleTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """One version of the rules, as its file says them."""

    version: str
    not_authors: frozenset[str]
    flat_types: frozenset[str]
    marks: tuple[Rule, ...]
    evidence: tuple[Rule, ...]
    countries: dict[str, Country]
    gates: dict[str, Rule]
    fixed: dict[str, Rule]

    @cached_property
    def by_mark(self) -> dict[str, Rule]:
        """The row of each mark or family."""
        return {mark: rule for rule in self.marks for mark in rule.marks}

    @cached_property
    def by_code(self) -> dict[str, Rule]:
        """Every row by its code, for explaining."""
        elsewhere = (rule for country in self.countries.values() for rule in country.rows)
        rows = (*self.marks, *self.evidence, *elsewhere, *self.gates.values(), *self.fixed.values())
        return {rule.code: rule for rule in rows}


_RULE_TABLE = Shape(RuleTable)


@cache
def load(version: str = CURRENT) -> RuleTable:
    """Read one version of the table; ConfigurationError where no such version is installed."""
    path = files("repository.rights") / "data" / f"rules-{version}.toml"
    if not version.replace("-", "").isalnum() or not path.is_file():
        raise ConfigurationError(
            "rule_table_missing",
            f"권리 규칙표 {version} 판이 없습니다.",
            f"No rule table of version {version}.",
        )
    return _RULE_TABLE.of(tomllib.loads(path.read_text("utf-8")))
