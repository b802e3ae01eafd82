"""Finding the passage that answers a question: our search beside plain BM25, on a SQuAD-shaped file.

    python -m benchmarks.finding FILE [--engine ADDRESS] [--questions N]

FILE is JSON as SQuAD and KorQuAD have it (data[].title, paragraphs[].context, qas[].question). Every passage is
an item whose title is that of its article and whose note is the passage. ADDRESS is `tantivy`, or that of an
Elasticsearch. Without FILE, the questions of our own in `benchmarks/data/questions.tsv` are asked over the real
data that `KM_TEST_SHARED` names. R@k is the share of questions whose passage is among the first k.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.measure import say
from repository.search import statistics
from repository.search.analysis import analyse
from repository.search.document import SearchDocument, seq_of
from repository.search.engine import SearchEngine
from repository.search.factory import open_engine
from repository.search.knowledge import Knowledge
from repository.search.query import Query

DEEP = 20  # hits looked at
QUESTIONS = Path(__file__).parent / "data" / "questions.tsv"


class Passage(NamedTuple):
    """A passage and the title of what it is from."""

    title: str
    text: str


class Question(NamedTuple):
    """A question, and the place of the passage that answers it."""

    text: str
    passage: int


class Task(NamedTuple):
    """What is measured on; passages of one text are one."""

    passages: tuple[Passage, ...]
    questions: tuple[Question, ...]

    def half(self, odd: bool) -> Task:
        """Give the questions whose passages stand at odd, or at even places, over all passages."""
        return self._replace(questions=tuple(one for one in self.questions if one.passage % 2 == odd))


class Figures(NamedTuple):
    """Shares of questions answered first and among the first five, and the mean reciprocal rank."""

    first: float
    five: float
    reciprocal: float


Finder = Callable[[str], Sequence[int]]
"""Gives the places of passages, best first, for a question."""


def read_squad(path: Path) -> Task:
    """Read a SQuAD-shaped file."""
    passages: list[Passage] = []
    questions: list[Question] = []
    for article in json.loads(path.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            place = len(passages)
            passages.append(Passage(str(article["title"]).replace("_", " "), paragraph["context"]))
            questions += [Question(one["question"], place) for one in paragraph["qas"]]
    return Task(tuple(passages), tuple(questions))


def read_own(shared: Path) -> Task:
    """Read the questions of our own over the National Treasures and the Veritable Records."""
    korean = shared / "korean"
    found = {
        one["ccbaCpno"]: Passage(one["ccbaMnm1"], one["content"])
        for one in json.loads((korean / "gukbo.json").read_text("utf-8"))
    }
    for name, text in (("sillok_articles", "original"), ("sillok_originals", "input")):
        for line in (korean / f"{name}.jsonl").read_text("utf-8").splitlines():
            one = json.loads(line)
            found[one["article_id"]] = Passage(one.get("title") or one["article_id"], one[text])
    places = {name: place for place, name in enumerate(found)}
    rows = (line.split("\t") for line in QUESTIONS.read_text("utf-8").splitlines() if line[:1] not in "#")
    return Task(tuple(found.values()), tuple(Question(text, places[name]) for name, text in rows))


def measure(task: Task, finder: Finder) -> Figures:
    """Ask every question."""
    same: dict[str, set[int]] = {}
    for place, passage in enumerate(task.passages):
        same.setdefault(passage.text, set()).add(place)
    ranks = [_rank(finder(one.text), same[task.passages[one.passage].text]) for one in task.questions]
    number = len(ranks)
    return Figures(
        sum(rank == 1 for rank in ranks) / number,
        sum(0 < rank <= 5 for rank in ranks) / number,
        sum(1 / rank for rank in ranks if rank) / number,
    )


def _rank(found: Sequence[int], right: set[int]) -> int:
    return next((rank for rank, place in enumerate(found[:DEEP], 1) if place in right), 0)


# ---- plain BM25 ---------------------------------------------------------------------------------------
def blanks(text: str) -> list[str]:
    """Cut a text at its blanks."""
    return text.split()


def bigrams(text: str) -> list[str]:
    """Cut the words of a text into pairs of characters."""
    return [pair for word in text.split() for pair in map("".join, pairwise(word))]


def morphemes(text: str) -> list[str]:
    """Cut a text into content morphemes and Latin words."""
    found = analyse(text, long=True)
    return [token.text for token in (*found.morph, *found.latin)]


def plain(texts: Iterable[str], cut: Callable[[str], list[str]], k1: float = 0.9, b: float = 0.4) -> Finder:
    """Make plain BM25 over texts (Robertson and Zaragoza, 2009)."""
    counted = [Counter(cut(text)) for text in texts]
    lengths = [sum(counts.values()) for counts in counted]
    mean = sum(lengths) / len(lengths)
    where: dict[str, list[int]] = {}
    for place, counts in enumerate(counted):
        for token in counts:
            where.setdefault(token, []).append(place)

    def find(question: str) -> list[int]:
        scores: dict[int, float] = {}
        for token in cut(question):
            held = where.get(token, [])
            idf = log(1 + (len(counted) - len(held) + 0.5) / (len(held) + 0.5))
            for place in held:
                times = counted[place][token]
                score = idf * times * (k1 + 1) / (times + k1 * (1 - b + b * lengths[place] / mean))
                scores[place] = scores.get(place, 0.0) + score
        return sorted(scores, key=lambda place: (-scores[place], place))[:DEEP]

    return find


# ---- ours ---------------------------------------------------------------------------------------------
def documents(task: Task) -> list[SearchDocument]:
    """Make an item of every passage."""
    return [
        SearchDocument(
            str(place),
            seq_of(str(place)),
            {"titles": (passage.title,), "notes": (passage.text,)},
            {},
            digest=str(place),
        )
        for place, passage in enumerate(task.passages)
    ]


def ours(task: Task, address: str, folder: Path) -> Finder:
    """Index every passage, with statistics of them all, and ask by the site's own search."""
    made = documents(task)
    counted = statistics.count(made)
    engine = open_engine(address, folder, Knowledge(statistics=lambda: counted))
    with engine.rebuild() as beside:
        beside.put(made)
    return asking(engine)


def asking(engine: SearchEngine) -> Finder:
    """Ask an engine that holds the passages."""
    return lambda question: [int(hit.id) for hit in engine.search(Query(question, size=DEEP)).hits]


def table(task: Task, address: str, folder: Path) -> dict[str, Figures]:
    """Measure ours and the plain ones, saying each as it is known."""
    texts = [passage.text for passage in task.passages]
    titled = [f"{passage.title} {passage.text}" for passage in task.passages]
    finders: dict[str, Callable[[], Finder]] = {
        "white space": lambda: plain(texts, blanks),
        "pairs of characters": lambda: plain(texts, bigrams),
        "morphemes": lambda: plain(texts, morphemes),
        "morphemes with titles": lambda: plain(titled, morphemes),
        f"ours ({address.partition(':')[0]})": lambda: ours(task, address, folder),
    }
    figures: dict[str, Figures] = {}
    say(f"{len(task.passages)} passages, {len(task.questions)} questions")
    say(f"{'':26}{'R@1':>8}{'R@5':>8}{'MRR':>8}{'ms each':>10}")
    for name, make in finders.items():
        finder = make()
        began = time.perf_counter()
        figures[name] = measure(task, finder)
        each = (time.perf_counter() - began) / len(task.questions) * 1000
        say(f"{name:26}" + "".join(f"{one:8.4f}" for one in figures[name]) + f"{each:10.2f}")
    return figures


def main() -> None:
    """Measure on the file named, or on our own questions."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, nargs="?", help="a SQuAD-shaped file of questions and passages")
    parser.add_argument("--engine", default="tantivy", help="tantivy, or the address of an Elasticsearch")
    parser.add_argument("--questions", type=int, default=0, help="ask only so many, evenly chosen")
    chosen = parser.parse_args()
    shared = Path(os.environ.get("KM_TEST_SHARED", Path(__file__).parents[2] / "shared")) / "data"
    task = read_squad(chosen.file) if chosen.file else read_own(shared)
    if chosen.questions:
        step = max(1, len(task.questions) // chosen.questions)
        task = task._replace(questions=task.questions[::step])
    with TemporaryDirectory() as folder:
        table(task, chosen.engine, Path(folder))


if __name__ == "__main__":
    main()
