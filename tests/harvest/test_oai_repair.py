"""Repairs of namespaces: prefixes that nobody declared, and addresses with a gap."""

from __future__ import annotations

import pytest

from harvest.oai_repair import mend
from harvest.oai_xml import parse_page

PAGE = """<o:OAI-PMH xmlns:o="http://www.openarchives.org/OAI/2.0/"><o:ListRecords><o:record><o:header>
<o:identifier>a</o:identifier></o:header><o:metadata>{}</o:metadata></o:record></o:ListRecords></o:OAI-PMH>"""


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ('<a xmlns:b="http://x.o rg/b#"><b:c>d</b:c></a>', b"http://x.org/b#"),
        ("<a id='1' xmlns='http://x/ b'>c</a>", b"http://x/b"),
        ("<sear:DOC>a</sear:DOC>", b"http://www.exlibrisgroup.com/xsd/jaguar/search"),
    ],
)
def test_a_namespace_is_repaired_and_said(sent: str, kept: bytes) -> None:
    page = parse_page(PAGE.format(sent).encode(), "x")
    (record,) = page.records
    assert page.repairs == ("namespace",)
    assert kept in record.payload


def test_words_about_namespaces_stay_as_they_are() -> None:
    said = 'write xmlns:b="http://x.o rg" here'
    sent = PAGE.format(f'<a b="{said.replace(chr(34), "&quot;")}">{said} &</a>').encode()
    mended = mend(sent)
    assert mended is not None and mended[1] == ("markup",)
    assert said.encode() in mended[0]


def test_a_prefix_that_nobody_can_know_is_not_invented() -> None:
    page = parse_page(PAGE.format("<my:a>b</my:a>").encode(), "x")
    assert (page.records, [one.reason for one in page.quarantined]) == ((), ["record_not_wellformed"])
