"""Whatever is asked, in whatever form: an answer or a refusal by code, soon, and no words of the engine's own."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repository.search.document import FACETS
from repository.search.query import PARAMETERS, SORTS
from tests.repository.web.conftest import Site
from tests.repository.web.test_search_formats import PATHS

FORMS = ("/search", *PATHS.values())
SECONDS = 5.0  # on a busy machine; an answer takes a few hundredths
# What a query parser, a template or a traceback would say.
LEAKS = re.compile(
    r"Traceback|SyntaxError|QueryParser|tantivy|elasticsearch|lucene|jinja2|sqlalchemy", re.IGNORECASE
)
OPERATORS = (
    "AND", "OR", "NOT", "*", "?", "~", "^2", "\\", "/", "(", ")", "[", "TO", "]", "{", "}", ":", '"', "-", "+",
    "titles_exact:x", "제목:", "시대:", "소장:", "_exists_:id", "\u2063", "\u0000", "\ud83d", "ᄒᆞᆫ글", "訓民正音",
)  # fmt: skip


def ask(site: Site, form: str, params: list[tuple[str, str]]) -> None:
    """Ask, and hold the answer against what every answer is."""
    start = time.monotonic()
    encoded = [(name, value.encode("utf-8", "surrogatepass").decode("latin-1")) for name, value in params]
    answer = site.client.get(
        form, query_string="&".join(f"{name}={_quoted(value)}" for name, value in encoded)
    )
    body = answer.get_data(as_text=True)
    assert answer.status_code in (200, 400), (form, params, answer.status_code)
    assert time.monotonic() - start < SECONDS, params
    asked = " ".join(value for _name, value in params)
    leak = LEAKS.search(body)
    assert leak is None or leak[0].lower() in asked.lower(), (params, leak)
    if answer.status_code == 400 and form != "/search":
        assert set(answer.get_json()) == {"status", "code", "message", "ko", "en"}


def _quoted(value: str) -> str:
    return "".join(f"%{byte:02X}" for byte in value.encode("latin-1"))


texts = st.one_of(
    st.text(st.characters(), max_size=80),
    st.lists(st.one_of(st.sampled_from(OPERATORS), st.text(max_size=6)), max_size=12).map(" ".join),
    st.builds(lambda one, many: one * many, st.text(min_size=1, max_size=3), st.integers(1, 400)),
)
values = st.one_of(st.sampled_from(["book", "15", "hanbit", "yes", "-1", "0", ""]), st.text(max_size=12))
params = st.fixed_dictionaries(
    {},
    optional={
        "q": texts,
        "from": st.one_of(st.integers(-10_000, 10_000).map(str), st.text(max_size=4)),
        "to": st.one_of(st.integers(-10_000, 10_000).map(str), st.text(max_size=4)),
        "sort": st.one_of(st.sampled_from(SORTS), st.text(max_size=4)),
        "size": st.one_of(st.integers(-1, 120).map(str), st.text(max_size=4)),
        "cursor": st.text(max_size=30),
        "lang": st.sampled_from(["ko", "en", "xx"]),
    },
)
filters = st.lists(st.tuples(st.sampled_from(FACETS), values), max_size=8)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=st.sampled_from(FORMS), asked=params, chosen=filters)
def test_any_question_in_any_form_is_answered_or_refused(
    site: Site, form: str, asked: dict[str, str], chosen: list[tuple[str, str]]
) -> None:
    ask(site, form, [*asked.items(), *chosen])


def test_the_longest_questions_take_no_longer(site: Site) -> None:
    for word in ("가", "訓", "a", "ᄀ", '"', "-", "제목:", "시대:1 ", "a b ", "訓民 ", "\u0301", "🙂"):
        text = (word * 500)[:500]
        for form in FORMS:
            ask(site, form, [("q", text)])
        ask(site, "/search", [("q", text + "x")])


def test_hostile_strings_in_every_parameter_of_every_form(site: Site, shared_data: Path) -> None:
    """Every other string is the words, the others each some parameter; every parameter of every form gets some."""
    strings: list[str] = json.loads((shared_data / "hostile" / "blns.json").read_text("utf-8"))
    asked = set()
    for place, text in enumerate(strings):
        name = "q" if place % 2 else PARAMETERS[place // 2 % len(PARAMETERS)].name
        form = FORMS[place % len(FORMS)]
        asked.add((name, form))
        ask(site, form, [(name, text)])
    assert len(asked) == len(PARAMETERS) * len(FORMS)


def test_hostile_files_as_questions(site: Site, shared_data: Path) -> None:
    for name in ("dtd.xml", "external.xml", "xmlbomb.xml"):
        text = (shared_data / "hostile" / name).read_text("utf-8", "replace")
        for form in FORMS:
            ask(site, form, [("q", text[:500]), ("type", text[:200])])
