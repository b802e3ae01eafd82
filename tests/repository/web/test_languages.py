"""The language of an answer: what is written late is written in it, also where an answer says something in both."""

from __future__ import annotations

from flask import render_template_string

from repository.web.languages import answering_in, current, lazy
from tests.repository.web.conftest import Site

TITLE = lazy("제목")


def test_late_texts_and_templates_follow_the_language_of_the_answer(site: Site) -> None:
    for address, own, other in (("/", "제목", "title"), ("/?lang=en", "title", "제목")):
        with site.app.test_request_context(address):
            assert _written() == (own, own)
            with answering_in("en" if current() == "ko" else "ko"):
                assert _written() == (other, other)
            assert _written() == (own, own)


def test_a_language_forced_before_anything_was_written_is_forgotten_again(site: Site) -> None:
    with site.app.test_request_context("/"):
        with answering_in("en"):
            assert _written() == ("title", "title")
        assert _written() == ("제목", "제목")


def test_outside_of_any_answer_texts_are_as_in_the_code() -> None:
    assert str(TITLE) == "제목"


def _written() -> tuple[str, str]:
    return str(TITLE).casefold(), render_template_string("{{ _('제목') }}").casefold()
