"""Pages in schema.org: documents that another reader turns into the graph that is meant."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from msgspec.structs import replace as changed
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from repository.asset import Words
from repository.institution import Institution
from repository.item import Agent, Date, Description, Item, Note, Place, Text, Title
from repository.linked_data import schema_org, schema_work
from repository.linked_data.schema_org import Exhibition
from repository.linked_data.schema_work import Image, Part, Play, Work
from repository.rights.vocabulary import marks
from repository.urls import Urls
from tests.repository.linked_data.schema_vocabulary import read

pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated"
)  # rdflib's own reader uses it

S = Namespace("https://schema.org/")
URLS = Urls("http://memory.example")
THING = URIRef("http://memory.example/items/x")
LIBRARY = Institution("hanbit", "한빛도서관", "Hanbit Library", "library", url="https://hanbit.example/")
DESCRIBED = Description(
    titles=(
        Title("훈민정음", "ko"),
        Title("訓民正音", "ko-Hani", "alternative"),
        Title("다른 제목", "ko", "alternative"),
    ),
    type="book",
    agents=(
        Agent((Text("세종", "ko"), Text("Sejong", "en")), "aut", "person", born=1397, died=1450,
              uris=("http://viaf.example/1", "not an address")),
        Agent((Text("주자소", "ko"),), "pbl", "body"),
    ),
    dates=(Date("세종 28년", "1446", 1446, 1446), Date("15세기", "14XX", 1401, 1500, role="issued"),
           Date("조선", "", None, None, role="depicted")),
    places=(Place((Text("한성", "ko"),), 37.5, 127.0),),
    notes=(Note("<b>책</b>이다. </script><script>alert(1)</script>", "ko"), Note("나무판", "ko", "physical")),
    subjects=(Text("한글", "ko"),),
    identifiers=("H-1",),
    shown_at="https://hanbit.example/1",
)  # fmt: skip
WORK = Work(
    item=Item("x", "s", "1", "hanbit", "hanbit", DESCRIBED),
    address="http://memory.example/items/x?lang=en",
    changed="2026-11-24T00:00:00Z",
    came="2026-11-20T00:00:00Z",
    image=Image(
        "http://memory.example/iiif/image/a/full/!1200,1200/0/default.jpg",
        1200,
        800,
        (Words("목판에 새긴 글자", "ko"), Words("Carved letters", "en", "machine", "seer 2", "2026-11-20")),
    ),
    play=None,
    mark=marks()["kogl-1"],
    credit=Text("「훈민정음」, 세종", "ko"),
    access=Text("누구나 볼 수 있음", "ko"),
    holder=LIBRARY,
    provider=LIBRARY,
    collections=(Part("hangul", (Text("한글", "ko"), Text("Hangul", "en"))),),
    sample=None,
)


def graph_of(*nodes: schema_org.Node) -> Graph:
    return read(schema_org.document(nodes))


def test_an_item_is_the_graph_that_is_meant() -> None:
    graph = graph_of(schema_work.item(WORK, URLS))
    assert {*graph.objects(THING, RDF.type)} == {S.Book, S.ArchiveComponent}
    assert {*graph.objects(THING, S.name)} == {
        Literal("훈민정음", lang="ko"),
        Literal("訓民正音", lang="ko-Hani"),
    }
    assert {*graph.objects(THING, S.alternateName)} == {Literal("다른 제목", lang="ko")}
    author, publisher = URIRef(f"{THING}#agent-1"), URIRef(f"{THING}#agent-2")
    assert {*graph.objects(THING, S.creator)} == {author} and {*graph.objects(THING, S.publisher)} == {
        publisher
    }
    assert (author, RDF.type, S.Person) in graph and (author, S.birthDate, Literal("1397")) in graph
    assert {*graph.objects(author, S.sameAs)} == {URIRef("http://viaf.example/1")}
    assert (THING, S.dateCreated, Literal("1446")) in graph
    assert {*graph.objects(THING, S.temporal)} == {
        Literal("세종 28년"),
        Literal("1401/1500"),
        Literal("15세기"),
    }
    assert (THING, S.temporalCoverage, Literal("조선")) in graph
    assert (THING, S.license, URIRef("https://www.kogl.or.kr/info/licenseType1.do")) in graph
    assert (THING, S.usageInfo, URIRef(f"{THING}#rights")) in graph
    assert (THING, S.isAccessibleForFree, Literal(True)) in graph
    assert (THING, S.isPartOf, URIRef("http://memory.example/collections/hangul")) in graph
    house = URIRef("http://memory.example/institutions/hanbit")
    assert (THING, S.provider, house) in graph and (THING, S.holdingArchive, house) in graph
    assert (house, RDF.type, S.Library) in graph and (
        house,
        S.name,
        Literal("Hanbit Library", lang="en"),
    ) in graph
    [image] = graph.objects(THING, S.image)
    assert (image, RDF.type, S.ImageObject) in graph and (image, S.width, Literal(1200)) in graph
    assert (image, S.creditText, Literal("「훈민정음」, 세종")) in graph
    [place] = graph.objects(THING, S.spatial)
    [spot] = graph.objects(place, S.geo)
    assert graph.value(spot, S.latitude) == Literal(37.5)


def test_what_is_closed_names_no_picture_and_never_says_that_it_costs() -> None:
    closed = schema_work.item(replace(WORK, image=None, mark=None), URLS)
    assert "image" not in closed and "license" not in closed and "copyrightNotice" not in closed
    assert (
        "isAccessibleForFree" not in closed and closed["conditionsOfAccess"]["@value"] == "누구나 볼 수 있음"
    )


def test_a_film_is_one_where_it_can_be_played() -> None:
    film = changed(WORK.item, description=changed(DESCRIBED, type="video"))
    given = replace(WORK, item=film, image=None)
    assert schema_work.item(given, URLS)["@type"] == ["CreativeWork", "ArchiveComponent"]
    play = Play(
        "http://memory.example/assets/f/film", "video/mp4", 62.4, "http://memory.example/assets/f/poster.jpg"
    )
    told = schema_work.item(replace(given, play=play), URLS)
    assert told["@type"] == ["VideoObject", "ArchiveComponent"] and told["duration"] == "PT62S"
    assert told["uploadDate"] == WORK.came and told["isAccessibleForFree"] is True


def test_nothing_in_a_document_ends_the_element_that_holds_it() -> None:
    text = schema_org.document([schema_work.item(WORK, URLS)])
    assert "<" not in text
    told = json.loads(text)["@graph"][0]["description"]["@value"]
    assert told == "<b>책</b>이다. </script><script>alert(1)</script>"


def test_the_site_says_how_to_search_it() -> None:
    graph = graph_of(*schema_org.website(URLS, "en", "help@memory.example"))
    site, body = URIRef("http://memory.example/#site"), URIRef("http://memory.example/#organization")
    assert (site, RDF.type, S.WebSite) in graph and (site, S.publisher, body) in graph
    [action] = graph.objects(site, S.potentialAction)
    [entry] = graph.objects(action, S.target)
    assert graph.value(entry, S.urlTemplate) == Literal("http://memory.example/search?q={q}&lang=en")
    assert graph.value(action, S["query-input"]) == Literal("required name=q")
    [contact] = graph.objects(body, S.contactPoint)
    assert graph.value(contact, S.email) == Literal("help@memory.example")
    assert "contactPoint" not in schema_org.website(URLS, "ko", "")[1]


def test_an_institution_a_collection_and_the_way_to_a_page() -> None:
    house = URIRef("http://memory.example/institutions/hanbit")
    graph = graph_of(schema_org.institution(LIBRARY, URLS))
    assert (house, RDF.type, S.Library) in graph and (
        house,
        S.sameAs,
        URIRef("https://hanbit.example/"),
    ) in graph
    shown = Exhibition("hangul", (Text("한글", "ko"), Text("Hangul", "en")), Text("글자 이야기", "ko"),
                       "http://memory.example/collections/hangul", "2026-11-24T00:00:00Z", "김사서", "",
                       (("http://memory.example/items/x", "훈민정음"),))  # fmt: skip
    graph = graph_of(schema_org.collection(shown, URLS))
    page = URIRef("http://memory.example/collections/hangul")
    assert (page, RDF.type, S.CollectionPage) in graph
    [works] = graph.objects(page, S.mainEntity)
    assert graph.value(works, S.numberOfItems) == Literal(1)
    [entry] = graph.objects(works, S.itemListElement)
    assert graph.value(entry, S.url) == URIRef("http://memory.example/items/x")
    graph = graph_of(schema_org.trail([("홈", "http://memory.example/"), ("글", "http://memory.example/x")]))
    steps = {
        graph.value(one, S.position): graph.value(one, S.item) for one in graph.subjects(RDF.type, S.ListItem)
    }
    assert steps == {
        Literal(1): URIRef("http://memory.example/"),
        Literal(2): URIRef("http://memory.example/x"),
    }


def test_words_for_a_picture_say_who_wrote_them() -> None:
    graph = graph_of(schema_work.item(WORK, URLS))
    captions = {str(graph.value(one, S.text)): one for one in graph.objects(None, S.caption)}
    assert captions.keys() == {"목판에 새긴 글자", "Carved letters"}
    machine = captions["Carved letters"]
    assert str(graph.value(machine, S.creditText)) == "기계가 쓴 설명 · seer 2"
    assert graph.value(machine, S.digitalSourceType) == S.TrainedAlgorithmicMediaDigitalSource
    assert graph.value(captions["목판에 새긴 글자"], S.digitalSourceType) is None
