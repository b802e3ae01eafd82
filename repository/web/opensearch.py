"""How a browser searches here (OpenSearch 1.1): the description, and suggestions in the form that browsers take."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response
from lxml import etree

from repository.linked_data.schema_org import SITE_NAME
from repository.shapes import Shape
from repository.urls import Urls
from repository.web import answers, suggest
from repository.web.context import site_urls
from repository.web.languages import current
from repository.web.page_head import site_description, urls_in
from repository.web.words import pick

blueprint = Blueprint("opensearch", __name__)

_SPACE = "http://a9.com/-/spec/opensearch/1.1/"
_ANSWER = Shape(suggest.Answer)
_WORDS = "{searchTerms}"


@blueprint.get("/opensearch.xml")
def description() -> Response:
    """Tell a browser where to search, in the language of the page that it was found on."""
    language = current()
    urls = urls_in(site_urls(), language)
    root = etree.Element(f"{{{_SPACE}}}OpenSearchDescription", nsmap={None: _SPACE})  # type: ignore[dict-item]  # the default
    name = pick(SITE_NAME, language)
    assert name is not None
    for tag, text in (("ShortName", name.value), ("Description", site_description()), ("Language", language)):
        etree.SubElement(root, f"{{{_SPACE}}}{tag}").text = text
    for kind in ("InputEncoding", "OutputEncoding"):
        etree.SubElement(root, f"{{{_SPACE}}}{kind}").text = "UTF-8"
    for kind, relation, address in _ways(urls):
        etree.SubElement(root, f"{{{_SPACE}}}Url", type=kind, rel=relation, template=address)
    body = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return _brief(Response(body, content_type="application/opensearchdescription+xml; charset=utf-8"))


def _ways(urls: Urls) -> list[tuple[str, str, str]]:
    params = [("q", "searchTerms")]
    suggestions = urls.opensearch_suggestions()
    return [
        ("text/html", "results", _template(urls.search(params))),
        ("application/atom+xml", "results", _template(urls.search_as("atom", params))),
        (
            "application/x-suggestions+json",
            "suggestions",
            f"{suggestions}{'&' if '?' in suggestions else '?'}q={_WORDS}",
        ),
        ("application/opensearchdescription+xml", "self", urls.opensearch()),
    ]


def _template(address: str) -> str:
    return address.replace("q=searchTerms", f"q={_WORDS}")


@blueprint.get("/opensearch/suggestions")
def suggestions() -> Response:
    """Give suggestions as browsers take them: what was typed, then texts, notes and addresses in one order."""
    given = _ANSWER.read(suggest.suggest().get_data())
    site = site_urls()
    shown = given.suggestions
    body = [
        given.query,
        [one.text for one in shown],
        [one.note for one in shown],
        [f"{site.base}{one.url}" for one in shown],
    ]
    return _brief(Response(msgspec.json.encode(body), mimetype="application/x-suggestions+json"))


def _brief(response: Response) -> Response:
    response.vary.add("Accept-Language")
    response.headers["Cache-Control"] = f"public, max-age={answers.GATED_SECONDS}"
    return response
