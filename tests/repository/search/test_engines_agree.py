"""Whatever one engine returns, the other returns: the same questions to both, over documents not chosen to fit."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import pytest

from benchmarks.search_corpus import documents
from benchmarks.search_questions import questions
from repository.search.access import Access
from repository.search.answering import WINDOW
from repository.search.document import FACETS, SearchDocument
from repository.search.engine import Results, SearchEngine
from repository.search.factory import open_engine
from repository.search.query import Query
from tests.real_elasticsearch import delete_indices, fresh_name
from tests.repository.search.crowd import crowd
from tests.repository.search.samples import document

SEED = 20_261_125
CORPUS = 2_000
CROWD = 400
FIRST = 20
PAGE = 100


class Both(NamedTuple):
    """Two engines that hold the same."""

    embedded: SearchEngine
    elastic: SearchEngine


def corpus() -> list[SearchDocument]:
    """Give the documents, in the order in which they are made."""
    return [*documents(0, CORPUS), *(document(one) for one in crowd(CROWD, SEED))]


@pytest.fixture(scope="module")
def both(elasticsearch_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Both engines, filled in different orders and by different ways."""
    index, folder = fresh_name(), tmp_path_factory.mktemp("index")
    access = Access(index=index, timeout_seconds=60)
    engines = Both(
        open_engine("tantivy", folder / "embedded"), open_engine(elasticsearch_url, folder, access=access)
    )
    made = corpus()
    with engines.embedded.rebuild() as beside:
        beside.put(made)
    shuffled = random.Random(SEED).sample(made, len(made))
    for start in range(0, len(shuffled), 500):
        engines.elastic.put(shuffled[start : start + 500])
    engines.elastic.drop([one.id for one in made[::5]])
    engines.elastic.put(made[::5])
    yield engines
    delete_indices(elasticsearch_url, index)


def asked() -> list[Query]:
    """Draw questions of every kind."""
    chance = random.Random(SEED)
    drawn = [query for _kind, query in questions(100)]
    texts = _texts(chance)
    words = [word for text in texts for word in text.split() if len(word) > 2 and word.isalnum()]
    drawn += [Query(_wild(chance, word), sort=chance.choice(("relevance", "year"))) for word in words[::4]]
    drawn += [
        Query(f"{one} -{_wild(chance, other)}") for one, other in zip(words[::9], words[4::9], strict=False)
    ]
    drawn += [Query(f"제목:{_wild(chance, word)}") for word in words[::9]]
    drawn += [Query(text) for text in texts]
    drawn += [Query(text, sort=chance.choice(("year", "-year", "id"))) for text in texts[::4]]
    drawn += [Query(text, filters=_filters(chance)) for text in texts[::3]]
    drawn += [
        Query(text, year_from=chance.randrange(600, 1500), year_to=chance.randrange(1500, 2000))
        for text in (*texts[::6], "")
    ]
    drawn += [
        Query(filters=_filters(chance), sort=chance.choice(("relevance", "year", "-year"))) for _ in range(15)
    ]
    return list(dict.fromkeys(drawn))


def _texts(chance: random.Random) -> list[str]:
    """Cut words, phrases and exclusions out of the documents themselves, in all their scripts."""
    found = []
    for one in chance.sample(corpus(), 24):
        titles, notes = one.texts["titles"], one.texts.get("notes", ("",))[0].split()
        word = chance.choice(notes or ["책"])
        other = chance.choice(notes or ["책"])
        found += [
            chance.choice(titles),
            f'"{" ".join(notes[1:3])}"',
            f"{chance.choice(titles)} -{word}",
            " ".join(chance.sample(notes, min(4, len(notes)))),
            f"{word} {other}",
        ]
    return found


def _wild(chance: random.Random, word: str) -> str:
    """Put a wildcard into a word, or behind it."""
    place = chance.randrange(1, len(word))
    return chance.choice(
        (
            word[: place + 1] + "*",
            word[:place] + "*" + word[place + 1 :],
            word[:place] + "?" + word[place + 1 :],
        )
    )


def _filters(chance: random.Random) -> tuple[tuple[str, tuple[str, ...]], ...]:
    values = {
        "holder": ("h1", "h2", "library"),
        "type": ("book", "map"),
        "reuse": ("yes", "ask"),
        "century": ("15", "18"),
        "colour": ("paper", "red"),
    }
    chosen = sorted(chance.sample([*values], chance.choice((1, 2))), key=FACETS.index)
    return tuple((name, tuple(chance.sample(values[name], 2))) for name in chosen)


def pages(engine: SearchEngine, query: Query) -> list[Results]:
    """Turn all pages of an answer."""
    found = [engine.search(replace(query, size=PAGE))]
    while found[-1].next:
        found.append(engine.search(replace(query, size=PAGE, cursor=found[-1].next)))
    return found


def test_there_are_questions_and_documents_enough() -> None:
    assert len(asked()) >= 200
    assert len({one.id for one in corpus()}) >= 2_000


def test_both_hold_the_same(both: Both) -> None:
    assert list(both.embedded.digests()) == list(both.elastic.digests())
    assert both.embedded.count() == both.elastic.count() == CORPUS + CROWD


def test_both_answer_every_question_alike(both: Both) -> None:
    totals = []
    for query in asked():
        one, other = (
            both.embedded.search(replace(query, size=FIRST)),
            both.elastic.search(replace(query, size=FIRST)),
        )
        assert one == other, query
        totals.append(one.total)
    assert sum(total > WINDOW for total in totals) > 20
    assert sum(total == 0 for total in totals) < len(totals) / 4


def test_both_turn_the_same_pages(both: Both) -> None:
    wide = 0
    for query in asked()[::4]:
        ours, theirs = pages(both.embedded, query), pages(both.elastic, query)
        assert ours == theirs, query
        ids = [hit.id for page in ours for hit in page.hits]
        assert len(ids) == len(set(ids)) == ours[0].total, query
        wide += ours[0].total > WINDOW
    assert wide >= 5
