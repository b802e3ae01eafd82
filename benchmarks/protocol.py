"""OAI-PMH 2.0 over the invented corpus, as a function from a request's arguments to the bytes of the answer.

It keeps to the protocol: dates to the second with both bounds included, deletions that persist, tokens that say
everything and hold for ever, sets, all six verbs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from benchmarks import generator
from benchmarks.corpus.markup import SCHEMAS
from benchmarks.corpus.words import COLLECTIONS

PAGE = 100
PAGES_KEPT = 256  # of some 150 kB each
OAI = "http://www.openarchives.org/OAI/2.0/"
ARGUMENTS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {  # verb -> needed, allowed beside
    "Identify": (frozenset(), frozenset()),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
}
_NUMBER = re.compile(r"(?:K|책/)(\d{1,9})")


class Refusal(Exception):
    """A protocol error (OAI-PMH 2.0 §3.6)."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code


class Site(NamedTuple):
    """One endpoint in a generation: the number of its source, its size, and its address."""

    source: int
    size: int
    generation: int
    address: str

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The formats on offer."""
        return tuple(dict.fromkeys(("oai_dc", generator.format_of(self.source))))

    @property
    def says_size(self) -> bool:
        """Tell whether lists say how long they are; most sources do."""
        return self.source % 5 != 0


class Asked(NamedTuple):
    """A request for a list; `place` is that of a record (datestamp and number) to go on after, `cursor` its count."""

    prefix: str
    set: str
    from_: str
    until: str
    cursor: int = 0
    place: tuple[int, int] = (-1, -1)

    @property
    def token(self) -> str:
        """Write it as a token."""
        return "!".join(map(str, (*self[:5], *self.place)))


def answer(site: Site, sent: Mapping[str, list[str]]) -> bytes:
    """Answer one request, given its arguments as they came."""
    try:
        verb, asked = _checked(sent)
        body = _VERBS[verb](site, verb, asked)
        said = "".join(f" {name}={quoteattr(value)}" for name, value in {"verb": verb, **asked}.items())
    except Refusal as refusal:
        body, said = f'<error code="{refusal.code}">{escape(str(refusal))}</error>', ""
    date = _text(generator.clock(site.generation))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="{OAI}" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">'
        f"<responseDate>{date}</responseDate><request{said}>{site.address}</request>{body}</OAI-PMH>"
    ).encode()


def _checked(sent: Mapping[str, list[str]]) -> tuple[str, dict[str, str]]:
    asked = {name: values[0] for name, values in sent.items()}
    verb = asked.pop("verb", "")
    if verb not in ARGUMENTS or len(sent["verb"]) != 1:
        raise Refusal("badVerb", "no such verb")
    needed, more = ARGUMENTS[verb]
    alone = asked.keys() == {"resumptionToken"} and verb.startswith("List") and verb != "ListMetadataFormats"
    if (not alone and not needed <= asked.keys() <= needed | more) or any(
        len(values) > 1 for values in sent.values()
    ):
        raise Refusal("badArgument", "arguments that this verb does not take, or not enough of them")
    return verb, asked


def _identify(site: Site, _verb: str, _asked: dict[str, str]) -> str:
    return (
        f"<Identify><repositoryName>가상 제공처 {site.source}</repositoryName><baseURL>{site.address}</baseURL>"
        f"<protocolVersion>2.0</protocolVersion><adminEmail>curator@s{site.source:02}.example</adminEmail>"
        f"<earliestDatestamp>{_text(generator.FIRST)}</earliestDatestamp><deletedRecord>persistent</deletedRecord>"
        "<granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>"
    )


def _sets(_site: Site, verb: str, asked: dict[str, str]) -> str:
    if asked:
        raise Refusal("badResumptionToken", "the list of sets has one page")
    rows = (
        f"<set><setSpec>c{n}</setSpec><setName>{name}</setName></set>"
        for n, name in enumerate(COLLECTIONS, start=1)
    )
    return f"<{verb}>{''.join(rows)}</{verb}>"


def _formats(site: Site, verb: str, asked: dict[str, str]) -> str:
    if asked:
        _number(site, asked["identifier"])
    rows = (
        f"<metadataFormat><metadataPrefix>{prefix}</metadataPrefix><schema>{SCHEMAS[prefix][0]}</schema>"
        f"<metadataNamespace>{SCHEMAS[prefix][1]}</metadataNamespace></metadataFormat>"
        for prefix in site.prefixes
    )
    return f"<{verb}>{''.join(rows)}</{verb}>"


def _get(site: Site, verb: str, asked: dict[str, str]) -> str:
    number = _number(site, asked["identifier"])
    _served(site, asked["metadataPrefix"])
    return f"<{verb}>{_record(site, number, asked['metadataPrefix'])}</{verb}>"


def _list(site: Site, verb: str, sent: dict[str, str]) -> str:
    asked = _of_token(sent["resumptionToken"]) if "resumptionToken" in sent else _of_arguments(sent)
    _served(site, asked.prefix)
    return _page(site, verb, asked)


@lru_cache(maxsize=PAGES_KEPT)
def _page(site: Site, verb: str, asked: Asked) -> str:
    listed = generator.listing(site.source, site.size, site.generation, asked.set)
    first, end = listed.between(*_bounds(asked))
    start = max(first, listed.after(*asked.place))
    numbers = listed.numbers[start : min(start + PAGE, end)]
    if not numbers:
        raise Refusal("noRecordsMatch", "nothing matches")
    if verb == "ListRecords":
        rows = "".join(_record(site, number, asked.prefix) for number in numbers)
    else:
        rows = "".join(_header(site, number) for number in numbers)
    last = start + len(numbers) - 1
    following = asked._replace(cursor=asked.cursor + len(numbers), place=(listed.moments[last], numbers[-1]))
    if last + 1 == end and not asked.cursor:
        return f"<{verb}>{rows}</{verb}>"
    size = f' completeListSize="{end - first}"' if site.says_size else ""
    token = following.token if last + 1 < end else ""
    return f'<{verb}>{rows}<resumptionToken cursor="{asked.cursor}"{size}>{token}</resumptionToken></{verb}>'


def _bounds(asked: Asked) -> tuple[int, int]:
    from_ = _moment(asked.from_) if asked.from_ else datetime(1, 1, 2, tzinfo=UTC)
    until = _moment(asked.until) if asked.until else datetime(9999, 1, 1, tzinfo=UTC)
    if asked.until and "T" not in asked.until:
        until += timedelta(days=1, seconds=-1)
    if from_ > until or (asked.from_ and asked.until and len(asked.from_) != len(asked.until)):
        raise Refusal("badArgument", "from and until do not fit together")
    return int(from_.timestamp()), int(until.timestamp())


def _moment(text: str) -> datetime:
    for form in ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise Refusal("badArgument", f"{text} is no date")


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _of_arguments(sent: dict[str, str]) -> Asked:
    return Asked(sent["metadataPrefix"], sent.get("set", ""), sent.get("from", ""), sent.get("until", ""))


def _of_token(token: str) -> Asked:
    try:
        prefix, set_, from_, until, cursor, moment, number = token.split("!")
        return Asked(prefix, set_, from_, until, int(cursor), (int(moment), int(number)))
    except ValueError:
        raise Refusal("badResumptionToken", "no token of ours") from None


def _served(site: Site, prefix: str) -> None:
    if prefix not in site.prefixes:
        raise Refusal("cannotDisseminateFormat", f"no format {prefix}")


def _number(site: Site, identifier: str) -> int:
    found = _NUMBER.fullmatch(identifier.rpartition(":")[2])
    number = int(found[1]) if found else site.size
    if number >= site.size or generator.header(site.source, number, 0).identifier != identifier:
        raise Refusal("idDoesNotExist", "no such record")
    return number


def _header(site: Site, number: int) -> str:
    name, moment, spec, deleted = generator.header(site.source, number, site.generation)
    status = ' status="deleted"' if deleted else ""
    stamp = _stamp(moment)
    return (
        f"<header{status}><identifier>{name}</identifier><datestamp>{stamp}</datestamp>"
        f"<setSpec>{spec}</setSpec></header>"
    )


@lru_cache(maxsize=64)
def _stamp(moment: int) -> str:
    return _text(datetime.fromtimestamp(moment, UTC))


def _record(site: Site, number: int, prefix: str) -> str:
    head = _header(site, number)
    if head.startswith("<header status"):
        return f"<record>{head}</record>"
    told = generator.payload(site.source, number, site.generation, prefix)
    return f"<record>{head}<metadata>{told}</metadata></record>"


_VERBS = {
    "Identify": _identify,
    "ListSets": _sets,
    "ListMetadataFormats": _formats,
    "GetRecord": _get,
    "ListRecords": _list,
    "ListIdentifiers": _list,
}
