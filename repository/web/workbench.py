"""What arms bring to the workbench: entries of its first page, and views that ask for an action.

A view below `/workbench/` that does not say what it asks for is closed to everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask
from flask_login import current_user

from repository.errors import Closed
from repository.person import Action, Person, may

P = ParamSpec("P")
R = TypeVar("R")
PREFIX = "/workbench/"
DECLARED = "required_action"
_KEY = "workbench_entries"


@dataclass(frozen=True, slots=True)
class WorkbenchEntry:
    """A link of the first page, for those who may do its action; `endpoint` is what `url_for` takes."""

    title_ko: str
    title_en: str
    endpoint: str
    action: Action

    def title(self, language: str) -> str:
        """Give the title in the reader's language."""
        return self.title_ko if language == "ko" else self.title_en


def add(app: Flask, entry: WorkbenchEntry) -> None:
    """Register an entry of the first page."""
    app.extensions.setdefault(_KEY, []).append(entry)


def entries(app: Flask, person: Person) -> list[WorkbenchEntry]:
    """Give the entries that a person may use, in the order in which they were registered."""
    registered: list[WorkbenchEntry] = app.extensions.get(_KEY, [])
    return [entry for entry in registered if may(person, entry.action)]


def someone() -> Person:
    """Give the person who is logged in; raises Closed where nobody is."""
    person: Person | None = getattr(current_user, "person", None)
    if person is None:
        raise Closed("login_needed", "로그인해야 합니다.", "Please log in.")
    return person


def requires(action: Action) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a view be used by those only who may do an action; others are refused with action_not_allowed."""

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if not may(someone(), action):
                raise Closed(
                    "action_not_allowed", "이 일을 할 권한이 없습니다.", "Your account may not do this."
                )
            return view(*args, **kwargs)

        setattr(guarded, DECLARED, action)
        return guarded

    return guard
