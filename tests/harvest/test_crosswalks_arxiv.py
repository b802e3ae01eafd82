"""arXiv's own format: a preprint, its authors and their bodies, the dates of its versions."""

from __future__ import annotations

from harvest.crosswalks import to_draft
from repository.item import Claim, ItemDraft, Note, Text, Title

RECORD = """<arXiv xmlns="http://arxiv.org/OAI/arXiv/">{}</arXiv>"""
PREPRINT = """<id>2601.00001</id><created>2026-01-02</created><updated>2026-03-04</updated><authors>
<author><keyname>Kim</keyname><forenames>Garam</forenames><suffix>Jr.</suffix>
<affiliation>Somewhere University</affiliation></author>
<author><keyname>The Collaboration</keyname></author></authors>
<title>On Movable
  Type</title><categories>cs.DL stat.ML</categories><comments>12 pages</comments><report-no>R-1</report-no>
<acm-class>H.3.7; I.2.7</acm-class><msc-class>68P20, 68T50</msc-class><journal-ref>J. Type 1 (2026)</journal-ref>
<doi>10.1234/a 10.1234/b</doi><license>http://creativecommons.org/licenses/by/4.0/</license>
<abstract>  We print
and read.</abstract><proxy>ccsd</proxy>"""


def read(xml: str) -> ItemDraft:
    return to_draft(RECORD.format(xml).encode(), "arXiv")


def test_a_preprint() -> None:
    made = read(PREPRINT)
    item = made.description
    assert (item.titles, item.type) == ((Title("On Movable Type"),), "document")
    assert [(agent.names[0].value, agent.role, agent.kind) for agent in item.agents] == [
        ("Kim, Garam, Jr.", "aut", "person"),
        ("The Collaboration", "aut", "unknown"),
    ]
    assert [(date.edtf, date.role) for date in item.dates] == [
        ("2026-01-02", "created"),
        ("2026-03-04", "other"),
    ]
    assert [text.value for text in item.subjects] == [
        "cs.DL", "stat.ML", "H.3.7", "I.2.7", "68P20", "68T50",
    ]  # fmt: skip
    assert item.notes == (
        Note("12 pages", kind="note"),
        Note("R-1", kind="note"),
        Note("We print and read."),
        Note("Kim, Garam, Jr.: Somewhere University", kind="note"),
    )
    assert item.identifiers == ("2601.00001", "10.1234/a", "10.1234/b")
    assert item.shown_at == "https://arxiv.org/abs/2601.00001"
    assert item.relations == (Text("J. Type 1 (2026)"),)
    assert item.claims == (Claim("", "http://creativecommons.org/licenses/by/4.0/", field="license"),)


def test_what_was_not_said_or_not_read_is_a_problem() -> None:
    made = read(PREPRINT)
    assert [(one.code, one.value) for one in made.problems] == [
        ("type_derived", "arXiv → document"),
        ("media_missing", ""),
        ("field_not_consumed", "ccsd"),
    ]
    assert "title_missing" in [one.code for one in read("<id>1</id>").problems]
    assert read("").description.shown_at == ""
