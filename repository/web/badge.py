"""The badge: in a few words, what may be done with an item now; the words are those of the rights rules."""

from __future__ import annotations

from dataclasses import dataclass

from repository.gate import Access
from repository.rights.decision import Answer, Use
from repository.rights.explain import answer_words


@dataclass(frozen=True, slots=True)
class Badge:
    """The words, and a code for their look: free, credit, limited, view or text."""

    code: str
    text: str


_LIMITS = frozenset({"noncommercial", "no_change", "share_alike"})


def badge_of(access: Access, language: str) -> Badge:
    """Say the freest thing that may be done: reuse it, else look at it, else read about it."""
    if access.decision is None:
        return Badge("text", "")
    decision = access.decision.decision
    if access.allows(Use.REUSE):
        return Badge(
            _look(decision.rulings.reuse.answer, decision.rulings.reuse.duties),
            _words(access, Use.REUSE, language),
        )
    use = Use.VIEW
    return Badge("view" if access.allows(use) else "text", _words(access, use, language))


def _look(answer: Answer, duties: tuple[str, ...]) -> str:
    if answer is Answer.YES:
        return "free"
    return "limited" if _LIMITS & {*duties} else "credit"


def _words(access: Access, use: Use, language: str) -> str:
    assert access.decision is not None
    return answer_words(access.decision.decision, use, language)
