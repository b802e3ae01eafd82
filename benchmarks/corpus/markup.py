"""The markup in which facts are sent: oai_dc in three manners, MODS and EDM, with the habits of Korean providers.

Everything is well-formed; what a schema would refuse (attributes of their own, elements of no standard) is there
on purpose, because providers send it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from benchmarks.corpus.facts import NUMBER, Facts, Maker
from benchmarks.corpus.words import KINDS

DC = "http://purl.org/dc/elements/1.1/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
MODS = "http://www.loc.gov/mods/v3"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_EDM_SPACES = (
    f'xmlns:rdf="{RDF}" xmlns:dc="{DC}" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:edm="http://www.europeana.eu/schemas/edm/" xmlns:ore="http://www.openarchives.org/ore/terms/" '
    'xmlns:skos="http://www.w3.org/2004/02/skos/core#"'
)
_KOREAN, _HANJA, _ENGLISH = (f' xml:lang="{tag}"' for tag in ("ko", "ko-Hani", "en"))
_LOCAL, _USE = ' type="local"', ' type="use and reproduction"'
BASE = "\ufdd1"  # stands for the address of the provider
PAGE = f"{BASE}/items/{NUMBER}"
Writer = Callable[[Facts], str]


def oai_dc(facts: Facts) -> str:
    """Write simple Dublin Core, in one of three manners."""
    fields = _MANNERS[facts.manner](facts)
    return f'<oai_dc:dc xmlns:oai_dc="{OAI_DC}" xmlns:dc="{DC}">{"".join(fields)}</oai_dc:dc>'


def _plain(facts: Facts) -> Iterable[str]:
    """As the standard has it; everything repeated, creators in one field."""
    yield _many("dc:title", facts.title, facts.hanja, facts.english)
    yield _many("dc:creator", ";".join(maker.written for maker in facts.makers))
    yield _common(facts)
    yield _many("dc:identifier", PAGE, facts.call, facts.odd_identifier)
    yield _many("dc:relation", *_pictures(facts))
    yield _many("dc:rights", *facts.rights.split("; "))


def _attributed(facts: Facts) -> Iterable[str]:
    """With attributes of no schema: `lang` of titles, `type` of identifiers, English names of creators."""
    for lang, text in (("original", facts.title), ("chinese", facts.hanja), ("english", facts.english)):
        yield _one("dc:title", text, f' lang="{lang}"')
    for maker in facts.makers:
        yield _one("dc:creator", maker.written, f" english={quoteattr(maker.hanja)}")
    yield _common(facts)
    for kind, text in (("url", PAGE), ("call", facts.call), ("uci", facts.odd_identifier)):
        yield _one("dc:identifier", text, f' type="{kind}"')
    yield _many("dc:source", *_pictures(facts))
    yield _many("dc:rights", facts.rights)


def _named(facts: Facts) -> Iterable[str]:
    """With elements that Dublin Core does not know."""
    yield _many("dc:title", facts.title or facts.english) + _many("dc:title_h", facts.hanja)
    yield _many("dc:author", *(maker.written for maker in facts.makers))
    yield _many("dc:publish_date", *facts.dates) + _many("dc:abstract_e", facts.description)
    yield _many("dc:keyword", facts.kind_word) + _many("dc:location_org", facts.holder)
    yield _many("dc:publisher", facts.publisher) + _many("dc:language", facts.language)
    yield _many("dc:deep_link", PAGE) + _many("dc:contents_url", *_pictures(facts))
    yield _many("dc:identifier", facts.call, facts.odd_identifier) + _many("dc:rights", facts.rights)


_MANNERS = (_plain, _attributed, _named)


def _common(facts: Facts) -> str:
    return (
        _many("dc:subject", *facts.subjects)
        + _many("dc:description", facts.description)
        + _many("dc:publisher", facts.publisher)
        + _many("dc:date", *facts.dates)
        + _many("dc:type", facts.kind_word, KINDS[facts.kind][1])
        + _many("dc:format", facts.extent)
        + _many("dc:source", facts.holder)
        + _many("dc:language", facts.language)
        + _many("dc:coverage", facts.place[0])
    )


def mods(facts: Facts) -> str:
    """Write MODS 3.7, with a constituent for each picture."""
    topics = "".join(f"<subject>{_one('topic', topic)}</subject>" for topic in facts.subjects)
    return (
        f'<mods xmlns="{MODS}" xmlns:xlink="http://www.w3.org/1999/xlink" version="3.7">'
        f"{_mods_titles(facts)}{''.join(map(_mods_name, facts.makers))}"
        f"<typeOfResource>{KINDS[facts.kind][2]}</typeOfResource>{_one('genre', facts.kind_word)}"
        f'<originInfo><place><placeTerm type="text">{facts.place[0]}</placeTerm></place>'
        f"{_one('publisher', facts.publisher)}{_many('dateCreated', *facts.dates)}</originInfo>"
        f"<language><languageTerm>{facts.language}</languageTerm></language>"
        f"<physicalDescription>{_one('extent', facts.extent)}</physicalDescription>"
        f"{_one('abstract', facts.description)}{topics}{''.join(map(_mods_part, _pictures(facts)))}"
        f"{_one('identifier', facts.call, _LOCAL)}{_one('identifier', facts.odd_identifier)}"
        f"<location>{_one('physicalLocation', facts.holder)}"
        f'<url usage="primary display">{PAGE}</url></location>'
        f"{_one('accessCondition', facts.rights, _USE)}</mods>"
    )


def _mods_titles(facts: Facts) -> str:
    told = (
        ("", facts.title),
        (' type="alternative" script="Hani"', facts.hanja),
        (' type="translated" lang="eng"', facts.english),
    )
    return "".join(f"<titleInfo{kind}>{_one('title', text)}</titleInfo>" for kind, text in told if text)


def _mods_name(maker: Maker) -> str:
    life = _one("namePart", maker.life.strip("()（）"), ' type="date"')
    role = '<role><roleTerm type="text">creator</roleTerm></role>'
    return f'<name type="personal">{_one("namePart", maker.written)}{life}{role}</name>'


def _mods_part(picture: str) -> str:
    url = f'<url access="raw object">{picture}</url>'
    return f'<relatedItem type="constituent"><location>{url}</location></relatedItem>'


def edm(facts: Facts) -> str:
    """Write the Europeana Data Model in RDF/XML: object, aggregation, web resources and agents."""
    pictures = _pictures(facts)
    agents = {f"{PAGE}#a{n}": maker for n, maker in enumerate(facts.makers, start=1)}
    views = "".join(_to("edm:hasView", view) for view in pictures[1:])
    return (
        f'<rdf:RDF {_EDM_SPACES}><edm:ProvidedCHO rdf:about="{PAGE}#o">'
        f"{_many('dc:title', facts.title)}{_one('dcterms:alternative', facts.hanja, _HANJA)}"
        f"{_one('dcterms:alternative', facts.english, _ENGLISH)}"
        f"{''.join(_to('dc:creator', agent) for agent in agents)}"
        f"{_many('dcterms:created', *facts.dates)}{_many('dc:description', facts.description)}"
        f"{_many('dc:subject', *facts.subjects)}{_many('dcterms:spatial', facts.place[0])}"
        f"{_many('dcterms:extent', facts.extent)}{_many('dc:language', facts.language)}"
        f"{_many('dc:identifier', facts.call, facts.odd_identifier)}{_many('dc:type', facts.kind_word)}"
        f"{_many('dc:rights', facts.rights)}{_many('edm:type', KINDS[facts.kind][3])}</edm:ProvidedCHO>"
        f'<ore:Aggregation rdf:about="{PAGE}#g">{_to("edm:aggregatedCHO", f"{PAGE}#o")}'
        f"{_many('edm:dataProvider', facts.holder)}"
        f"{_to('edm:isShownAt', PAGE)}{_to('edm:isShownBy', pictures[0])}{views}</ore:Aggregation>"
        f"{''.join(map(_edm_resource, pictures))}{''.join(_edm_agent(*pair) for pair in agents.items())}</rdf:RDF>"
    )


def _edm_resource(address: str) -> str:
    return f'<edm:WebResource rdf:about="{address}"><dc:format>image/jpeg</dc:format></edm:WebResource>'


def _edm_agent(about: str, maker: Maker) -> str:
    names = _one("skos:prefLabel", maker.name, _KOREAN) + _one("skos:altLabel", maker.hanja, _HANJA)
    return f'<edm:Agent rdf:about="{about}">{names}</edm:Agent>'


def _to(tag: str, address: str) -> str:
    return f'<{tag} rdf:resource="{address}"/>'


def _pictures(facts: Facts) -> list[str]:
    return [f"{BASE}/media/{NUMBER}-{page}.jpg" for page in range(1, facts.pictures + 1)]


def _one(tag: str, text: str, attributes: str = "") -> str:
    return f"<{tag}{attributes}>{escape(text)}</{tag}>" if text else ""


def _many(tag: str, *texts: str) -> str:
    return "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts if text)


WRITERS: Mapping[str, Writer] = {"oai_dc": oai_dc, "mods": mods, "edm": edm}
SCHEMAS: Mapping[str, tuple[str, str]] = {
    "oai_dc": ("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC),
    "mods": ("http://www.loc.gov/standards/mods/v3/mods-3-7.xsd", MODS),
    "edm": ("http://www.europeana.eu/schemas/edm/EDM.xsd", RDF),
}
