"""The closed list of rights marks: names in two languages, addresses, and what each standard lets stand for them.

KOGL, the 12 RightsStatements and the public-domain marks stand in `data/marks.json` one by one; the Creative
Commons licences are made from their kinds, versions and jurisdiction ports, so that no pair that never
existed (a Public Domain Mark 4.0, a Korean port of 4.0) can be named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import msgspec

from repository.shapes import Shape

CREATIVE_COMMONS = "creativecommons.org/licenses"
IN_COPYRIGHT = "http://rightsstatements.org/vocab/InC/1.0/"


class Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One mark: `uri` is its own address, `iiif` the http address that IIIF `rights` may hold; each may be empty.

    `edm` is the nearest address that Europeana's rules accept in `edm:rights`; where `edm_inherits` holds it
    is nearest only, and belongs in a `cc:License` of ours by `odrl:inheritFrom`, with `uri` kept beside it.
    `within_copyright` marks presuppose copyright, so a bare copyright notice beside them contradicts nothing.
    `public_bodies` marks may be given by public bodies only. `spdx` is an SPDX licence expression; `family`
    is the mark without its version, and equals the code where a mark has one version.
    """

    code: str
    family: str
    ko: str
    en: str
    plain_ko: str
    plain_en: str
    uri: str = ""
    iiif: str = ""
    edm: str = ""
    spdx: str = ""
    version: str = ""
    edm_inherits: bool = False
    within_copyright: bool = False
    public_bodies: bool = False

    def label(self, language: str) -> str:
        """Give the name; any language but Korean reads English."""
        return self.ko if language.startswith("ko") else self.en

    def plain(self, language: str) -> str:
        """Give the plain sentence for readers; any language but Korean reads English."""
        return self.plain_ko if language.startswith("ko") else self.plain_en


_MARK = Shape(Mark)


class _Kind(msgspec.Struct, frozen=True):
    ko: str
    en: str
    plain_ko: str
    plain_en: str


class _CreativeCommons(msgspec.Struct, frozen=True):
    kinds: dict[str, _Kind]
    ports: dict[str, tuple[str, ...]]
    not_international: tuple[str, ...]
    spdx_ports: tuple[str, ...]


class _File(msgspec.Struct, frozen=True):
    version: str
    marks: dict[str, dict[str, str | bool]]
    creative_commons: _CreativeCommons


_FILE = Shape(_File)


@cache
def marks() -> Mapping[str, Mark]:
    """Give all marks by code, read once; the code `none` stands for "no mark recognised"."""
    raw = (files("repository.rights") / "data" / "marks.json").read_bytes()
    data = _FILE.read(raw)
    single = [_MARK.of({"code": code, "family": code, **row}) for code, row in data.marks.items()]
    return MappingProxyType({mark.code: mark for mark in [*single, *_licences(data.creative_commons)]})


@cache
def by_address() -> Mapping[str, str]:
    """Give the code of each mark by its own address, in small letters and without scheme.

    The types of KOGL are told apart by their words only: the address of a type also serves its AI mark.
    """
    return MappingProxyType(
        {
            mark.uri.partition("://")[2].casefold(): mark.code
            for mark in marks().values()
            if mark.iiif and mark.uri
        }
    )


def unversioned(code: str) -> bool:
    """Tell whether a code names a Creative Commons licence without its version."""
    return code in marks() and not marks()[code].version and code.startswith("cc-by")


def without_bare_notice(found: set[str]) -> set[str]:
    """Leave out "in copyright" beside marks that presuppose copyright: a credit line contradicts no licence."""
    others = found - {"in-copyright"}
    return others if others and all(m in marks() and marks()[m].within_copyright for m in others) else found


def _licences(data: _CreativeCommons) -> Iterator[Mark]:
    for kind, words in data.kinds.items():
        yield _unversioned(kind, words)
        for version, ports in data.ports.items():
            whole = () if version in data.not_international else ("",)
            for port in (*whole, *ports):
                yield _licence(kind, words, version, port, data.spdx_ports)


def _unversioned(kind: str, words: _Kind) -> Mark:
    """Make the mark of a licence named without its version, which has no address and is never guessed."""
    name = f"CC {kind.upper()}"
    return Mark(
        code=f"cc-{kind}",
        family=f"cc-{kind}",
        ko=f"{name} ({words.ko}, 판 번호 없음)",
        en=f"{name} ({words.en}, version not given)",
        plain_ko=words.plain_ko,
        plain_en=words.plain_en,
        edm=IN_COPYRIGHT,
        spdx=f"LicenseRef-CC-{kind.upper()}",
        within_copyright=True,
    )


def _licence(kind: str, words: _Kind, version: str, port: str, spdx_ports: tuple[str, ...]) -> Mark:
    tail = "/".join(filter(None, (kind, version, port))) + "/"
    code = "-".join(filter(None, ("cc", kind, version, port)))
    name = " ".join(filter(None, (f"CC {kind.upper()}", version, port.upper())))
    spdx = code.upper()
    return Mark(
        code=code,
        family=f"cc-{kind}",
        ko=f"{name} ({words.ko})",
        en=f"{name} ({words.en})",
        plain_ko=words.plain_ko,
        plain_en=words.plain_en,
        uri=f"https://{CREATIVE_COMMONS}/{tail}",
        iiif=f"http://{CREATIVE_COMMONS}/{tail}",
        edm=f"http://{CREATIVE_COMMONS}/{tail}",
        spdx=spdx if (not port and version != "2.1") or spdx in spdx_ports else f"LicenseRef-{spdx}",
        version=version,
        within_copyright=True,
    )
